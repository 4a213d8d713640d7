"""Who somebody is: newspapers say it beside the name ('Ida Berg, director of the port, said').

'Who is Ida Berg?' shares only the name with such a sentence, as with every other that names
her, so no reader is sure of one. This finds the office or trade before the name, or behind it
between commas, and tells the reader's wrapper. English only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.protocols import PromisingReader, Reader
from rag.retrieve.roles import OFFICE
from rag.retrieve.words import is_function
from rag.types import Passage, Reading, Span

_NAME = r"(?P<name>(?:[^\W\d_][\w.’'-]*\s+){0,3}?[^\W\d_][\w-]*)"
_ROLE = r"(?:job|role|position|title|post|office|occupation|profession|function)"
_ASKED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?:and\s+|so\s+)?who(?:\s+(?:is|was)|['’]s)\s+{_NAME}\s*\??$",
        rf"^what(?:\s+(?:is|was)|['’]s)\s+{_NAME}['’]s?\s+(?:job\s+)?{_ROLE}\s*\??$",
        rf"^(?:what|which)\s+(?:job\s+)?{_ROLE}\s+(?:does|did|has)\s+{_NAME}\s+(?:hold|have|held|fill)\s*\??$",
        rf"^{_NAME}\s+(?:job\s+title|{_ROLE})\s*\??$",
    )
)
_TRADE = re.compile(
    OFFICE.pattern
    + r"|\b(?:envoy|ambassador|senator|representative|congress(?:man|woman)|lawmaker|"
    r"secretary|official|officer|general|colonel|judge|justice|attorney|lawyer|prosecutor|"
    r"professor|lecturer|researcher|scientist|economist|historian|analyst|expert|strategist|"
    r"doctor|physician|nurse|surgeon|psychologist|engineer|teacher|principal|superintendent|"
    r"editor|reporter|journalist|columnist|correspondent|author|writer|poet|novelist|"
    r"founder|co-founder|owner|partner|manager|executive|adviser|advisor|consultant|investor|"
    r"coach|captain|player|quarterback|pitcher|striker|goalkeeper|forward|guard|midfielder|champion|"
    r"actor|actress|singer|rapper|musician|composer|comedian|producer|host|presenter|star|"
    r"activist|organi[sz]er|resident|farmer|pilot|detective|sheriff|bishop|rabbi|imam|priest|"
    r"mother|father|wife|husband|widow|son|daughter|sister|brother|fianc[eé]e?|spokesperson)s?\b",
    re.IGNORECASE,
)
# What may stand before an office or trade and belongs to it: 'EU foreign policy chief'.
_BEFORE = re.compile(
    r"(?:(?:[A-Z][\w.&-]*(?:['’]s)?|of|for|and|foreign|policy|former|new|top|deputy|vice|special|acting|then|"
    r"senior|head|lead|chief|assistant|co)[ -])*$"
)
_BEHIND = re.compile(
    r",\s+(?:\d{1,3},\s+)?(?:who\s+is\s+|who\s+was\s+)?(?P<told>(?:[\w.&’'/-]+\s+){0,13}?[\w.&’'/-]+)\s*(?=[,.;:—–)]|$)"
)
SURE = 0.88


class DescribingReader:
    """Another reader, made sure of what stands beside the name of a person asked about."""

    name = "described"

    def __init__(self, inner: Reader) -> None:
        """``inner`` reads everything; this adds to what it finds."""
        self._inner = inner

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """One reading a passage, same order."""
        readings = self._inner.read(question, passages)
        name = asked_person(question)
        if name is None:
            return readings
        return [
            _told(reading, passage, name)
            for reading, passage in zip(readings, passages, strict=True)
        ]

    def at_most(self, question: str, passages: Sequence[Passage]) -> list[float]:
        """As the other reader says; anything, where it is asked who somebody is."""
        if isinstance(self._inner, PromisingReader) and asked_person(question) is None:
            return self._inner.at_most(question, passages)
        return [1.0] * len(passages)


def asked_person(question: str) -> str | None:
    """The name of whom a question asks who that is, or what office that person has."""
    text = " ".join(question.split())
    for pattern in _ASKED:
        match = pattern.match(text)
        if match and _is_name(match["name"], typed_small=text.islower()):
            return match["name"]
    return None


def _is_name(text: str, *, typed_small: bool) -> bool:
    """Whether words can be a person's name; without capitals where the question has none."""
    words = text.split()
    capital = typed_small or all(word[:1].isupper() for word in (words[0], words[-1]))
    return capital and not any(map(is_function, words)) and not _TRADE.search(text)


def description(sentence: str, name: str) -> Span | None:
    """The office or trade beside the name, where the sentence tells one."""
    words = [re.escape(word) for word in name.split()]
    full = r"\s+".join(words)
    for found in re.finditer(rf"(?<!\w)(?:{full}|{words[-1]})(?!\w)", sentence, re.IGNORECASE):
        if not found[0][:1].isupper():
            continue
        span = _before(sentence, found.start()) or _behind(sentence, found.end())
        if span is not None:
            return span
    return None


def _before(sentence: str, at: int) -> Span | None:
    """'EU foreign policy chief' of 'EU foreign policy chief Ida Berg', her first name between."""
    for given in range(3):
        first = re.search(rf"(?:[A-Z][\w.’'-]*\s+){{{given}}}$", sentence[:at])
        if first is None:
            return None
        end = first.start()
        trade = next(
            (t for t in _TRADE.finditer(sentence[:end]) if not sentence[t.end() : end].strip()),
            None,
        )
        if trade is not None and trade.end() < end:
            led = _BEFORE.search(sentence[: trade.start()])
            return (led.start() if led else trade.start()), trade.end()
    return None


def _behind(sentence: str, at: int) -> Span | None:
    """'director of the port' of 'Ida Berg, director of the port, said'."""
    found = _BEHIND.match(sentence, at)
    return found.span("told") if found and _TRADE.search(found["told"]) else None


def _told(reading: Reading, passage: Passage, name: str) -> Reading:
    for start, end in passage.sentences:
        span = description(passage.text[start - passage.start : end - passage.start], name)
        if span is not None:
            return replace(
                reading,
                probability=max(reading.probability, SURE),
                start=start + span[0],
                end=start + span[1],
                sentence=(start, end),
            )
    return reading
