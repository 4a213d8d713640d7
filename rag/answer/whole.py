"""A short answer made whole: no name, number or bracket cut in two.

The reader points at pieces of words, and its ends are often a piece off: 'hundred personnel'
of 'several hundred personnel', 'President [Ashraf' of 'President [Ashraf Ghani]'. Only words
that stand in the sentence beside it are taken in; nothing is ever taken away.
"""

from __future__ import annotations

import re

from rag.retrieve.names import names
from rag.types import Span

_ABOUT = (
    r"at\s+least|at\s+most|more\s+than|less\s+than|fewer\s+than|up\s+to|as\s+many\s+as|"
    r"an\s+estimated|about|around|nearly|almost|roughly|some|over"
)
_BEFORE_DIGITS = re.compile(rf"(?:{_ABOUT})\s+$", re.IGNORECASE)
_BEFORE_SCALE = re.compile(
    rf"(?:(?:{_ABOUT}|several|many|dozens\s+of|a\s+few|a\s+couple\s+of|one|two|three|four|five|"
    r"six|seven|eight|nine|ten|half\s+a|a|[$£€]?\d[\d.,]*)\s+)+$",
    re.IGNORECASE,
)
_SCALE = re.compile(
    r"(?:hundreds?|thousands?|millions?|billions?|trillions?|dozens?)\b", re.IGNORECASE
)
# 'Iraq's northern city' says no place yet; 'of Irbil' does.
_KIND_OF_PLACE = re.compile(
    r"\b(?:city|town|village|province|region|district|state|port|capital|island|suburb)$",
    re.IGNORECASE,
)
_OF = re.compile(r"\s+of\s+")
_TIME = re.compile(
    r"(?:1[5-9]|20)\d\d\b|(?:the\s+)?(?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.)(?!\w)|"
    r"(?:this|next|last|the)\s+(?:week|month|year|decade|century|season|summer|winter|spring|autumn)"
)
_PART_OF_TIME = re.compile(
    r"(?<!\w)(?:(?:the\s+)?(?:very\s+)?(?:end|start|beginning|middle|close|turn|(?:first|second)\s+half|"
    r"(?:first|second|third|fourth)\s+quarter)\s+of\s+|(?:early|late|mid)(?:\s+in)?(?:\s+|-))$",
    re.IGNORECASE,
)
_WHERE = re.compile(r"(?:and\s+|so\s+)?where\b", re.IGNORECASE)
_SIDE = r"(?:north|south|east|west)(?:[-\s]?(?:east|west))?(?:ern)?"
_DISTANCE = r"(?:\d[\d.,]*|several|a\s+few|some)\s+(?:miles?|kilomet(?:er|re)s?|km)\s+"
_BESIDE = re.compile(
    rf"(?<!\w)(?:(?:near|outside|off|along|across|inside|at|on)\s+)?(?:"
    rf"(?:the|its|their|his|her)\s+(?:{_SIDE}\s+)?(?:borders?|frontier|coast|shores?|outskirts|edge|"
    rf"banks?|suburbs?|foothills|tip)\s+(?:with|of)|"
    rf"(?:{_DISTANCE}(?:{_SIDE}\s+of|from)|{_SIDE}\s+of)|(?:near|outside)(?:\s+of)?)\s+"
    r"(?:the\s+(?:city|town|village|port)\s+of\s+)?$",
    re.IGNORECASE,
)
_PAIRS = {"[": "]", "(": ")", "“": "”"}
_FAR = 60  # characters within which the other half of a bracket is looked for


def whole(text: str, span: Span, question: str = "") -> Span:
    """The span with the rest of what it cuts in two; offsets into ``text``, one sentence.

    What 'Syria' leaves out of 'near its border with Syria' is wanted by a ``question`` of where.
    """
    span = _name(text, span)
    span = _brackets(text, span)
    span = _place(text, _part_of_time(text, _number(text, span)))
    return _beside(text, span) if _WHERE.match(question) else span


def _name(text: str, span: Span) -> Span:
    """A name that begins inside or ends inside is taken in whole.

    A first name and a last one are whole without an office before them, and 'State John Kerry'
    is no name: nothing is taken from 'Secretary of'.
    """
    start, end = span
    for first, last in names(text):
        if first < end < last:
            end = last
        alone = " " not in text[start : min(end, last)].strip()
        if first < start < last and alone and not text[:first].endswith("of "):
            start = first
    return start, end


def _number(text: str, span: Span) -> Span:
    before = None
    if _SCALE.match(text, span[0]):
        before = _BEFORE_SCALE.search(text[: span[0]])
    elif text[span[0] : span[0] + 1].isdigit():
        before = _BEFORE_DIGITS.search(text[: span[0]])
    starts_a_word = before and (before.start() == 0 or not text[before.start() - 1].isalnum())
    return (before.start(), span[1]) if before and starts_a_word else span


def _part_of_time(text: str, span: Span) -> Span:
    """'The end of' before the year that is pointed at."""
    before = _PART_OF_TIME.search(text[: span[0]]) if _TIME.match(text, span[0]) else None
    return (before.start(), span[1]) if before else span


def _beside(text: str, span: Span) -> Span:
    """'Near its border with' before the place that is pointed at."""
    before = _BESIDE.search(text[: span[0]]) if text[span[0] : span[0] + 1].isupper() else None
    return (before.start(), span[1]) if before else span


def _place(text: str, span: Span) -> Span:
    if not _KIND_OF_PLACE.search(text[slice(*span)]):
        return span
    of = _OF.match(text, span[1])
    ends = [last for first, last in names(text) if of and first == of.end()]
    return (span[0], ends[0]) if ends else span


def _brackets(text: str, span: Span) -> Span:
    start, end = span
    for opening, closing in _PAIRS.items():
        inside = text[start:end]
        if inside.count(opening) > inside.count(closing):
            at = text.find(closing, end, end + _FAR)
            end = at + 1 if at >= 0 else end
            if opening == "[" and at >= 0:
                # 'President [Ashraf] Ghani': what an editor put in is a part of the name
                end = next((last for first, last in names(text) if first == end + 1), end)
        elif inside.count(closing) > inside.count(opening):
            at = text.rfind(opening, max(0, start - _FAR), start)
            start = at if at >= 0 else start
    return start, end
