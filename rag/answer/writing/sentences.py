"""Gathers a reply into sentences with the ids that each of them cites.

A sentence is given out once the first word of the next has come, so that it is cut the same
way whatever the pieces were. Markers are taken out of the text; one behind a full stop
belongs to the sentence before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.answer.writing.markers import Item, Marker
from rag.index.sentences import sentence_spans

# A sentence longer than this is cut at a space; so much more is read before that is decided.
LONGEST = 1_200
_SLACK = 300
_LINES = str.maketrans(
    {"\r": " ", "\t": " "} | dict.fromkeys("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", "\n")
)
_MARKS = re.compile(r"[.!?…؟۔।。！？｡]")
_WORD_ENDED = re.compile(r"[^\W_]\S*\s")
_ENDED = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_CJK = "。！？｡"
_CLOSES = frozenset(".,;:!?)]}”’\"'»…%")


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One sentence of a reply, without its markers. ``lead`` is the space to set before it."""

    lead: str
    text: str
    ids: tuple[str, ...]


class Sentences:
    """Gathers the sentences of one reply."""

    def __init__(self) -> None:
        self._text = ""
        self._marks: list[tuple[int, tuple[str, ...]]] = []
        self._gap = False  # a space was taken away with the marker behind it
        self._breaks = 0  # line breaks since the last sentence
        self._begun = False

    def feed(self, item: Item) -> list[Said]:
        """The sentences that are complete now."""
        if isinstance(item, Marker):
            self._mark(item)
            return []
        text = item.translate(_LINES)
        if not text:
            return []
        if self._gap and not text[0].isspace() and text[0] not in _CLOSES:
            text = f" {text}"
        self._gap = False
        self._text += text
        # Nothing can be settled before a word or a line has ended.
        return list(self._complete()) if any(c.isspace() or c in _CJK for c in text) else []

    def close(self) -> list[Said]:
        """What is left when the reply ended as it should."""
        return list(self._complete(last=True))

    def broken_off(self) -> list[Said]:
        """What is whole when the reply was cut off: no sentence that may have gone on."""
        ends = max((place for place, _ in self._marks), default=-1)
        words = self._text.rstrip()
        behind = len(self._text) > len(words) or ends == len(words)
        whole = bool(_ENDED.search(words)) and behind
        found = self.close()
        return found if whole else found[:-1]

    def _mark(self, marker: Marker) -> None:
        kept = self._text.rstrip(" ")
        self._gap = self._gap or len(kept) < len(self._text)
        self._text = kept
        self._marks.append((len(kept), marker.ids))

    def _complete(self, *, last: bool = False) -> Iterator[Said]:
        while self._text:
            newline = self._text.find("\n")
            line = self._text if newline < 0 else self._text[:newline]
            closed = newline >= 0 or last
            cut = _first_end(line, closed=closed)
            if cut is not None:
                yield from self._take(*cut)
            elif not closed:
                return
            else:
                yield from self._take(len(line), len(line) + (newline >= 0))
                self._breaks += newline >= 0

    def _take(self, end: int, resume: int) -> Iterator[Said]:
        """Gives out ``text[:end]`` and goes on at ``resume``."""
        text = self._text[:end].strip()
        taken = [ids for place, ids in self._marks if place <= end]
        self._marks = [(place - resume, ids) for place, ids in self._marks if place > end]
        self._text = self._text[resume:]
        if not text:
            return
        lead = "" if not self._begun else (" ", "\n", "\n\n")[min(self._breaks, 2)]
        self._begun, self._breaks = True, 0
        yield Said(
            lead=lead, text=text, ids=tuple(dict.fromkeys(one for ids in taken for one in ids))
        )


def _first_end(line: str, *, closed: bool) -> tuple[int, int] | None:
    """End of the first sentence and start of the next, once nothing to come can change them."""
    window = line[: LONGEST + _SLACK]
    if _MARKS.search(window):
        spans = sentence_spans(window)
        if len(spans) > 1 and spans[0][1] <= LONGEST:
            end, resume = spans[0][1], spans[1][0]
            settled = (
                _WORD_ENDED.search(window, resume) or window[:end].rstrip("”’\"')")[-1:] in _CJK
            )
            if closed or settled:
                return end, resume
    if len(window) < LONGEST + _SLACK:
        return None
    space = window.rfind(" ", 0, LONGEST)
    end = space if space > 0 else LONGEST
    return end, end
