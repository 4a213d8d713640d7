"""Who else an article was made with: 'With reporting by Reuters, AP', 'Contributing: Jo Doe'.

Such a line stands apart from the prose, mostly as no part of the body but of the text: it is read
where it is asked for.
"""

from __future__ import annotations

import re

from rag.types import Article

_LONGEST = 160  # characters of such a line
_WITH = re.compile(
    r"^[^\S\n]*[(\[*–—-]*[^\S\n]*(?P<line>(?:(?:with|includes|contains)\s+(?:additional\s+|further\s+)?"
    r"(?:reporting|material|information|files|input|agency\s+reports)|"
    r"(?:additional|further)\s+reporting|"
    r"(?:compiled|based|written|adapted)\s+(?:on|from)\s+(?:the\s+)?(?:reporting|reports?|material|information))"
    r"\s+(?:by|from|of)\s+(?P<who>[^\n]{2,120}?))[^\S\n]*[.)\]]*[^\S\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_WORD = (
    r"(?:[A-ZÀ-Þ0-9][\w.'’/,-]*|and|of|the|for|in|at|with|writers?|reporters?|correspondents?|&)"
)
_NAMES = rf"{_WORD}(?:[^\S\n]{_WORD}){{0,30}}"
_PERSON = r"[A-ZÀ-Þ][\w.'’-]*(?:\s[A-ZÀ-Þ][\w.'’-]*){1,3}"
# Somebody contributed to this report; is told as contributing; or reported what others edited.
_COLLEAGUES = (
    re.compile(
        rf"(?:^|(?<=[.!?”\"])\s|[—–-]\s|\()[^\S\n]{{0,3}}(?P<line>(?P<who>{_NAMES})[^\S\n]+(?:also\s+|both\s+|all\s+)?"
        r"contributed\s+(?:(?:additional\s+)?reporting\s+)?(?:to|for)\s+this\s+"
        r"(?:report|story|article|piece|analysis|column)(?=\s*(?:[.)]|$)))",
        re.MULTILINE,
    ),
    re.compile(
        r"^[^\S\n]*(?P<line>(?:Contributing|Contributors|Additional\s+reporting)\s*:[^\S\n]*"
        r"(?P<who>[^\n]{3,140}?))[^\S\n]*\.?[^\S\n]*$",
        re.MULTILINE,
    ),
    re.compile(
        r"\((?P<line>(?:Additional\s)?[Rr]eporting\s+by\s+"
        rf"(?P<who>{_PERSON}(?:(?:,\s|\sand\s|,\sand\s){_PERSON}){{0,6}})(?:;[^()\n]{{0,80}})?)\)"
    ),
)
# The agency whose report it is stands in brackets behind the place in capitals: 'LIMA (AP) —'.
_HEAD = 1200  # characters of the text in which the story begins
_PLACE = re.compile(
    r"^[^\S\n]*(?P<line>(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’/-]+,?[^\S\n]+"
    r"(?:[A-ZÀ-Þ][\w.,’'/-]*[^\S\n]+){0,5})?\((?P<who>[A-Z][\w.&/ -]{1,30})\))"
    r"[^\S\n]*(?:—|–|-{1,2})\s",
    re.MULTILINE,
)
# A list of names has no clause in it.
_PROSE = re.compile(
    r",\s+(?!(?:and|or)\b)[a-z]+\s+[a-z]+|\b(?:was|were|is|are|has|had|said|will)\b"
)


def credits_of(article: Article) -> tuple[int, int, str] | None:
    """Where the line starts and ends, and whom it names; None where there is none."""
    for pattern in (_WITH, *_COLLEAGUES):
        for found in pattern.finditer(article.text):
            who = found["who"].split(";")[0].strip(" ,")
            if found.end("line") - found.start("line") <= _LONGEST and not _PROSE.search(who):
                return found.start("line"), found.end("line"), who
    place = _PLACE.search(article.text, 0, _HEAD)
    if place is None or _same(place["who"], article.publisher or ""):
        return None
    return place.start("line"), place.end("line"), place["who"]


def _same(agency: str, publisher: str) -> bool:
    """Whether the brackets name who published it: 'London (CNN Business) —' at CNN."""
    one, other = agency.casefold(), publisher.casefold()
    return bool(other) and (one in other or other in one)
