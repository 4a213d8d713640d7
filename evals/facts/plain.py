"""Text made comparable without losing offsets: quotes, dashes, spaces, citation markers.

`plain` keeps the length of its input, character for character, so that a place found in
its output is the same place in the original. `words` cuts it into folded words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_SAME_LENGTH = {
    **dict.fromkeys("\u2018\u2019\u201a\u2032\u02bc`\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys(
        "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t\n\r",
        " ",
    ),
    **dict.fromkeys("\u3010\uff3b", "["),
    **dict.fromkeys("\u3011\uff3d", "]"),
}
_TABLE = str.maketrans(_SAME_LENGTH)
_MARKER = re.compile(r"\[\s*\d{1,3}(?:\s*[,;-]\s*\d{1,3})*\s*\]")
# Letters and digits of any script; inner apostrophes and dots stay for the fold to treat.
_WORD = re.compile(r"[^\W_]+(?:[.'][^\W_]+)*")
_ARTICLES = frozenset({"a", "an", "the"})


def plain(text: str) -> str:
    """The text with straight quotes, hyphens and spaces, and citation markers blanked out."""
    return _MARKER.sub(lambda match: " " * len(match.group()), text.translate(_TABLE))


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """One word: folded for comparison, and where and how it stands in the text."""

    folded: str
    raw: str
    start: int
    end: int


def fold(word: str) -> str:
    """Case, accents, possessive 's and the dots of an acronym taken away."""
    base = "".join(
        char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char)
    ).casefold()
    base = base.removesuffix("'s")
    return base.replace(".", "").replace("'", "") if not base[:1].isdigit() else base


def words(text: str, *, articles: bool = False) -> list[Word]:
    """The words of a text in order, without 'a', 'an', 'the' unless asked for."""
    found = [
        Word(folded=fold(match.group()), raw=match.group(), start=match.start(), end=match.end())
        for match in _WORD.finditer(plain(text))
    ]
    return found if articles else [word for word in found if word.folded not in _ARTICLES]
