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
_PAIRS = {"[": "]", "(": ")", "“": "”"}
_FAR = 60  # characters within which the other half of a bracket is looked for


def whole(text: str, span: Span) -> Span:
    """The span with the rest of what it cuts in two; offsets into ``text``, one sentence."""
    span = _name(text, span)
    span = _brackets(text, span)
    return _place(text, _number(text, span))


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
