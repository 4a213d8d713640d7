"""A reader made sure of who leads what, where a sentence names the office beside the name.

`rag.retrieve.offices` finds the office that is asked about and the person after it; here that
moves the probability of the reader that is wrapped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from rag.protocols import PromisingReader, Reader
from rag.retrieve.offices import (
    CERTAIN,
    OFFICE,
    PERSON,
    Office,
    asked_office,
    asks_holder,
    held,
    leader,
    named,
    titles_of,
)
from rag.retrieve.pointed import doubted, pointed
from rag.retrieve.words import countries, is_function
from rag.types import Passage, Reading

SURE, SUREST = 0.9, 0.93
OTHERWISE = 0.5
# What is left of a probability whose answer holds the office of something else.
_ELSEWHERE = 0.3
_RISES = re.compile(
    r"\b(?:became|becomes?|sworn in|elected|appointed|named|chosen|succeed\w*|replac\w+|will be)\b",
    re.IGNORECASE,
)
_OF_A_PEOPLE = re.compile(r"(?:[a-z]ish|[a-z]ese|[a-z]ian)$|^[A-Z]{2,}$")
_NOT_NOW = frozenset({"former", "ex", "deputy", "vice", "late", "then"})


class RoleReader:
    """Another reader, made sure of sentences that name the office asked about.

    It is made less sure where the answer holds another office, or the office of others.
    """

    name = "roles"

    def __init__(self, inner: Reader) -> None:
        """``inner`` reads everything; this adds to what it finds."""
        self._inner = inner

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """One reading a passage, same order."""
        readings = self._inner.read(question, passages)
        office = asked_office(question)
        if office is None:
            return readings
        exact = partial(leader, office=office, exact=True)
        told = [
            # 'Secretary of State' is asked for: 'top diplomat' is told only where that is not
            pointed(reading, passage, exact, SUREST)
            or pointed(reading, passage, partial(leader, office=office), SURE)
            for reading, passage in zip(readings, passages, strict=True)
        ]
        if not any(told):
            if not asks_holder(question):
                return readings
            pairs = zip(readings, passages, strict=True)
            return [_of_another(_with_holder(r, p, office), p, office) for r, p in pairs]
        # Where the office is named, 'led' in another sense is no second opinion.
        return [
            found or doubted(reading, OTHERWISE)
            for found, reading in zip(told, readings, strict=True)
        ]

    def at_most(self, question: str, passages: Sequence[Passage]) -> list[float]:
        """As the other reader says; anything, where an office is asked for."""
        if isinstance(self._inner, PromisingReader) and asked_office(question) is None:
            return self._inner.at_most(question, passages)
        return [1.0] * len(passages)


def _with_holder(reading: Reading, passage: Passage, office: Office) -> Reading:
    """The reading with the words that name a holder, where the reader gave none.

    Only in a sentence that names no country but the one asked about, and no more sure of it:
    'President Lee', said of a visit to Peru, need not be Peru's.
    """
    asked = countries(" ".join(office.led))
    if reading.start is not None or reading.sentence is None or office.titles is None:
        return reading
    start, end = reading.sentence
    said = passage.text[start - passage.start : end - passage.start]
    if len(asked) != 1 or countries(said) != asked:
        return reading
    for title in OFFICE.finditer(said):
        person = PERSON.match(said, title.end())
        if person and titles_of(title.group()) & office.titles and not _owned(said, title):
            first, last = person.span("name")
            return replace(reading, start=start + first, end=start + last)
    return reading


def _owned(said: str, title: re.Match[str]) -> bool:
    """Whether an office is another's or bygone: 'the bank's president', 'university president'."""
    before = re.search(r"([\w.-]+)(['’]s?)?[\s-]+$", said[: title.start()])
    if before is None or is_function(before[1]):
        return False
    named = before[2] or before[1][0].isupper() or before[1].lower() in _NOT_NOW
    return bool(named or title.group()[0].islower())


def _of_another(reading: Reading, passage: Passage, office: Office) -> Reading:
    """The reading made less sure where its answer holds another office, or one of others."""
    if reading.start is None or reading.sentence is None or office.titles is None:
        return reading
    first = reading.sentence[0]
    said = passage.text[first - passage.start : reading.sentence[1] - passage.start]
    titles = [(title, titles_of(title.group())) for title in OFFICE.finditer(said)]
    if _RISES.search(said):
        return reading  # 'Mayor Berg became premier'
    for title, called in titles:
        if not 0 <= reading.start - first - title.end() <= 2:
            continue
        whose = _belongs(said, title)
        if called & office.titles:
            other = bool(whose) and not held(whose) & office.led
        else:
            again = any(names & office.titles for _, names in titles)
            # 'The union's chief' may be its president; 'the premier' is not.
            certain = called <= CERTAIN or not named(said[: title.start()], office.led)
            other = office.titles <= CERTAIN and certain and not again
        if other:
            return doubted(reading, _ELSEWHERE)
    return reading


def _belongs(said: str, title: re.Match[str]) -> str:
    """Whose an office is said to be: 'Flemish' of 'Flemish President', 'Peru' of its 'of Peru'."""
    before = re.search(r"(?<!\S)([A-Z][\w.-]*)(['’]s?)?\s+$", said[: title.start()])
    if before and (before[2] or countries(before[1]) or _OF_A_PEOPLE.search(before[1])):
        return before[1]
    after = re.match(r"\s+(?:of|at)\s+(?:the\s+)?([A-Z][\w'’.-]*)", said[title.end() :])
    return after[1] if after else ""
