"""Who somebody is: newspapers say it beside the name ('Ida Berg, director of the port, said').

'Who is Ida Berg?' shares only the name with such a sentence, as with every other that names
her, so no reader is sure of one. This finds the office or trade before the name, or behind it
between commas, and tells the reader's wrapper. English only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from itertools import islice

from rag.protocols import PromisingReader, Reader
from rag.retrieve.offices import OFFICE
from rag.retrieve.pointed import pointed
from rag.retrieve.words import is_function
from rag.types import Passage, Reading, Span

_NAME = r"(?P<name>(?:[^\W\d_][\w.’'-]*\s+){0,3}?[^\W\d_][\w-]*)"
_JOB = r"(?:job(?:\s+title)?|title|occupation|profession)"
_ASKED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^(?:and\s+|so\s+)?who(?:\s+(?:is|was)|['’]s)\s+{_NAME}\s*\??$",
        rf"^what(?:\s+(?:is|was)|['’]s)\s+{_NAME}['’]s?\s+{_JOB}\s*\??$",
        rf"^(?:what|which)\s+(?:{_JOB}|office|position|post)\s+(?:does|did)\s+{_NAME}\s+hold\s*\??$",
        rf"^{_NAME}\s+(?:job\s+title|occupation|profession)\s*\??$",
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
    r"(?:(?:[A-Z][\w.&]*(?:['’]s)?|of|for|and|foreign|policy|former|new|top|deputy|vice|special|acting|then|"
    r"senior|head|lead|chief|assistant|co)[ -])*$"
)
# An apposition: 'a farmer from Porto', 'the League's envoy for Peru', and nothing with a verb.
_WORD = (
    r"(?:(?!(?:and|or|not|but|by|with|who|whom|which|that|is|was|were|are|had|has|have|said|says|told|"
    r"according|[a-z]+ing|[a-z]+ed)\b)[\w’'-]+\s+)"
)
_BEHIND = re.compile(
    rf",\s+(?:\d{{1,3}},\s+)?(?:who\s+(?:is|was)\s+)?(?P<told>{_WORD}{{0,6}}?(?:{_TRADE.pattern})"
    r"(?:\s+(?:of|for|at|in|from|with|to|on|under)\s+[^,;:()—–.]{1,60})?)(?=\s*[,;:.)—–]|$)",
    re.IGNORECASE,
)
SURE = 0.88
_FAR = 120  # characters before a name in which its office stands
_MENTIONS = 20  # of a name in one sentence, that are looked at


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
            pointed(reading, passage, partial(description, name=name, known=passage.text), SURE)
            or reading
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
    """Whether words can be a person's name; two where the question has no capitals."""
    words = text.split()
    if typed_small and len(words) < 2:
        return False
    capital = typed_small or all(word[:1].isupper() for word in (words[0], words[-1]))
    return capital and not any(map(is_function, words)) and not _TRADE.search(text)


def description(sentence: str, name: str, known: str) -> Span | None:
    """The office or trade beside the name, where the sentence tells one.

    ``known`` is the text around it. The last name alone is somebody else's unless the whole
    name stands in it too, and where another capital word stands before it.
    """
    words = [re.escape(word) for word in name.split()]
    full = r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)"
    for found in islice(re.finditer(full, sentence, re.IGNORECASE), _MENTIONS):
        span = _beside(sentence, found, given=2 if len(words) == 1 else 0)
        if span is not None:
            return span
    if len(words) > 1 and re.search(full, known, re.IGNORECASE):
        last = re.finditer(rf"(?<!\w){words[-1]}(?!\w)", sentence, re.IGNORECASE)
        for found in islice(last, _MENTIONS):
            if not re.search(r"[A-Z][\w.’'-]*\s+$", sentence[: found.start()]):
                span = _beside(sentence, found, given=0)
                if span is not None:
                    return span
    return None


def _beside(sentence: str, found: re.Match[str], *, given: int) -> Span | None:
    if not found[0][:1].isupper():
        return None
    return _before(sentence, found.start(), given) or _behind(sentence, found.end())


def _before(sentence: str, at: int, given: int) -> Span | None:
    """'EU foreign policy chief' of 'EU foreign policy chief Ida Berg', her first names between."""
    floor = max(0, at - _FAR)
    near = sentence[floor:at]
    for count in range(given + 1):
        first = re.search(rf"(?:[A-Z][\w.’'-]*\s+){{{count}}}$", near)
        if first is None:
            return None
        end = first.start()
        trade = next(
            (t for t in _TRADE.finditer(near[:end]) if not near[t.end() : end].strip()), None
        )
        if trade is not None and trade.end() < end:
            led = _BEFORE.search(near[: trade.start()])
            return floor + (led.start() if led else trade.start()), floor + trade.end()
    return None


def _behind(sentence: str, at: int) -> Span | None:
    """'director of the port' of 'Ida Berg, director of the port, said'."""
    found = _BEHIND.match(sentence, at)
    return found.span("told") if found else None
