"""Who leads what: newspapers name the office ('NATO Secretary General Jens Stoltenberg').

A question that asks who leads, heads or runs something shares no word with such a sentence,
so neither retriever nor reader is sure of it. This finds the office beside the name of the
thing asked about and the person after it, and tells the reader's wrapper. English only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.protocols import Reader
from rag.retrieve.expect import Expect, expect
from rag.retrieve.words import expand, is_function, tokens
from rag.types import Passage, Reading, Span

_LEADS = re.compile(
    r"\b(?:leads?|led|leading|heads?|headed|heading|runs?|ran|chairs?|chaired|governs?|governed|"
    r"commands?|commanded|rules?|ruled|in charge of|leader|boss|chief)\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:secretary[- ]general|president|prime minister|premier|chancellor|chief executive|ceo|"
    r"chair(?:man|woman|person)?|chief|head|leader|director(?:[- ]general)?|commander|governor|"
    r"mayor|king|queen|emir|sultan|boss|managing director|general secretary)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r",? (?P<name>(?:(?:[A-Z][\w'’-]+|[A-Z]\.|al-[A-Z]\w+|bin|von|van|de)\s+){0,3}"
    r"(?:al-)?[A-Z][\w'’-]*\w)"
)
_OF = re.compile(r" (?:of|at) (?:the )?(?P<words>(?:[\w'’.-]+ ?){1,4})")
_WORDS_BEFORE = 6
SURE = 0.9


class RoleReader:
    """Another reader, made sure of sentences that name the office asked about."""

    name = "roles"

    def __init__(self, inner: Reader) -> None:
        """``inner`` reads everything; this adds to what it finds."""
        self._inner = inner

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """One reading a passage, same order."""
        readings = self._inner.read(question, passages)
        led = _asked_about(question)
        if not led:
            return readings
        return [
            _told(reading, passage, led)
            for reading, passage in zip(readings, passages, strict=True)
        ]


def _asked_about(question: str) -> frozenset[str]:
    """Keys of the thing whose leader is asked for; empty for any other question."""
    if expect(question) is not Expect.PERSON or not _LEADS.search(question):
        return frozenset()
    plain = _LEADS.sub(" ", question)
    return frozenset(
        t.key for t in tokens(plain) if not is_function(t.text) and not t.text[0].isdigit()
    )


def _told(reading: Reading, passage: Passage, led: frozenset[str]) -> Reading:
    for start, end in passage.sentences:
        text = passage.text[start - passage.start : end - passage.start]
        span = leader(text, led)
        if span is not None:
            return replace(
                reading,
                probability=max(reading.probability, SURE),
                start=start + span[0],
                end=start + span[1],
                sentence=(start, end),
            )
    return reading


def leader(sentence: str, led: frozenset[str]) -> Span | None:
    """The name after an office whose institution is ``led``: before it, or after 'of'."""
    for office in _OFFICE.finditer(sentence):
        at = office.end()
        if not _named(sentence[: office.start()], led):
            at = _after_institution(sentence, at, led)
        person = _PERSON.match(sentence, at) if at else None
        if person:
            return person.span("name")
    return None


def _after_institution(sentence: str, at: int, led: frozenset[str]) -> int:
    """Where 'of the institution' ends, if that is what follows; else 0."""
    for following in _OF.finditer(sentence, at):
        if following.start() != at:
            break
        for word in re.finditer(r"[\w'’.-]+", following.group("words")):
            if led <= _held(following.group("words")[: word.end()]):
                return following.start("words") + word.end()
    return 0


def _named(before: str, led: frozenset[str]) -> bool:
    """Whether the last few words before an office name the thing."""
    last = tokens(before)[-_WORDS_BEFORE:]
    return bool(last) and led <= _held(before[last[0].start :])


def _held(text: str) -> set[str]:
    run = [t.key for t in tokens(text)]
    return set(run) | expand(run)
