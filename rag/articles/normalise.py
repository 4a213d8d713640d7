r"""The one normalisation behind every offset: raw text becomes canonical characters.

``normalise`` is applied once, before anything is cut or counted, and is idempotent. It

- makes line ends ``\\n`` (CR LF, CR, NEL, vertical tab, form feed, U+2028 and U+2029 too);
- makes every other space, the no-break ones included, a plain space, and runs of them one;
- drops what cannot be seen: control characters, soft hyphens, zero-width spaces, the byte
  order mark, tag and annotation characters, and all bidirectional controls, which can show
  a reader other words than those that are searched;
- keeps zero-width joiners only where they shape what is seen: between characters beyond
  Latin script (Persian, Indic scripts, emoji);
- replaces lone surrogates, which no encoder accepts, by U+FFFD;
- composes to NFC, strips every line, and leaves at most one blank line in a row.

It changes no letter, quotation mark or dash: a quote stays what the newsroom wrote.
"""

from __future__ import annotations

import re
import unicodedata

_LINE_END = re.compile("\r\n?|[\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_ODD = "\t\x1f\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_SPACES = re.compile(f"[{_ODD}][ {_ODD}]*| [ {_ODD}]+")  # a lone plain space matches neither
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f]"
)
_JOINER = re.compile("[\u200c\u200d]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_EDGES = re.compile(" ?\n ?")
_BLANK_LINES = re.compile("\n{3,}")
_BEYOND_LATIN = 0x0590  # Hebrew and everything after it; Latin, Greek and Cyrillic lie before

FORBIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u1680\u2000-\u200b\u200e\u200f\u2028-\u202f\u205f-\u206f"
    "\u3000\ufeff\ud800-\udfff]"
)
"""Characters that canonical text never holds (for checks; ``normalise`` removes more)."""


def normalise(text: str) -> str:
    """The canonical characters of a text. Idempotent; never raises."""
    if text.isascii():
        cleaned = _INVISIBLE.sub("", _LINE_END.sub("\n", text))
    else:
        cleaned = _SURROGATE.sub("\ufffd", _INVISIBLE.sub("", _LINE_END.sub("\n", text)))
        cleaned = _drop_idle_joiners(unicodedata.normalize("NFC", cleaned))
        cleaned = unicodedata.normalize("NFC", cleaned)
    cleaned = _EDGES.sub("\n", _SPACES.sub(" ", cleaned))
    return _BLANK_LINES.sub("\n\n", cleaned).strip("\n ")


def one_line(text: str) -> str:
    """Canonical text on a single line: for titles, names and evidence."""
    return " ".join(normalise(text).split())


def _drop_idle_joiners(text: str) -> str:
    if not _JOINER.search(text):
        return text
    kept: list[str] = []
    for index, char in enumerate(text):
        if char in "\u200c\u200d":
            before = ord(kept[-1]) if kept else 0
            after = ord(text[index + 1]) if index + 1 < len(text) else 0
            if not (_shapes(before) and _shapes(after)):
                continue
        kept.append(char)
    return "".join(kept)


def _shapes(code: int) -> bool:
    """Whether a joiner beside this character can change what is seen."""
    return code >= _BEYOND_LATIN and not 0x2000 <= code <= 0x206F and code != 0x3000
