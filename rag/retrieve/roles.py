"""Who leads what: newspapers name the office ('NATO Secretary General Jens Stoltenberg').

A question that asks who leads, heads or runs something shares no word with such a sentence,
so neither retriever nor reader is sure of it. This finds the office beside the name of the
thing asked about and the person after it, and tells the reader's wrapper. English only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.protocols import PromisingReader, Reader
from rag.retrieve.expect import Expect, expect
from rag.retrieve.pointed import pointed
from rag.retrieve.words import akin, countries, expand, is_function, tokens
from rag.types import Passage, Reading, Span

_LEADS = re.compile(
    r"\b(?:leads?|led|leading|heads?|headed|heading|runs?|ran|chairs?|chaired|governs?|governed|"
    r"commands?|commanded|rules?|ruled|in charge of|leader|boss|chief)\b",
    re.IGNORECASE,
)
OFFICE = re.compile(
    r"\b(?:secretary[- ]general|secretary of (?:state|defen[cs]e|\w+)|(?:state|defen[cs]e|"
    r"foreign|home) secretary|(?:top|chief) (?:[a-z.]+ )?diplomat|head of (?:state|government)|"
    r"(?:vice[- ])?president|"
    r"(?:prime|foreign|defen[cs]e|finance|interior|health|\w+) minister|premier|chancellor|"
    r"chief executive|ceo|chair(?:man|woman|person)?|chief|head|leader|director(?:[- ]general)?|"
    r"commander|governor|mayor|king|queen|emir|sultan|pope|boss|managing director|"
    r"general secretary|spokes(?:man|woman|person))\b",
    re.IGNORECASE,
)
# Offices that newspapers call by several names; a title of the first kind asks for any of them.
_FOREIGN = ("foreign minister", "foreign secretary", "secretary of state", "state secretary")
_SAME_OFFICE: tuple[tuple[str, frozenset[str]], ...] = (
    ("diplomat", frozenset((*_FOREIGN, "top diplomat", "chief diplomat"))),
    ("foreign minister", frozenset(_FOREIGN)),
    ("secretary of state", frozenset(("secretary of state", "state secretary"))),
    ("state secretary", frozenset(("secretary of state", "state secretary"))),
    ("spokes", frozenset(("spokesman", "spokeswoman", "spokesperson"))),
    ("chair", frozenset(("chair", "chairman", "chairwoman", "chairperson"))),
    ("head of state", frozenset(("president", "king", "queen", "emir", "sultan"))),
    ("head of government", frozenset(("prime minister", "premier", "chancellor"))),
    ("premier", frozenset(("prime minister", "premier"))),
    ("prime minister", frozenset(("prime minister", "premier"))),
)
# Offices that are no others: whoever holds one of them is not asked for by the name of another.
_CERTAIN = frozenset(
    (
        *_FOREIGN, "president", "prime minister", "premier", "chancellor", "defense minister",
        "defence minister", "finance minister", "interior minister", "health minister", "king",
        "queen", "pope", "mayor", "governor", "secretary general", "spokesman", "spokeswoman",
        "spokesperson", "top diplomat", "chief diplomat", "vice president",
    )
)  # fmt: skip
# 'Who was NATO's secretary general?' asks for the holder; 'Who met …?' does not.
_HOLDER = re.compile(
    r"\bname of (?:the|a|its|their) |"
    r"\bwho(?:['’]s| is| was| are| were| has been| had been| became)\b|"
    r"\bwho (?:held|holds|had|has|filled|fills|took) "
    r"the (?:office|post|job|position|role|title) of\b",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\b(?:held|holds|had|has|filled|fills|took) the (?:office|post|job|position|role|title) of\b|"
    r"\bname of\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(?:late|early|mid|end|beginning|latest|current(?:ly)?|newest|new|former|acting|interim|outgoing|incoming|ousted|deposed|"
    r"then|last|first|next|previous|today|now|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
_FEW = 5  # words of a keyword question: 'nato head 2013'
_PERSON = re.compile(
    r",? (?P<name>(?:(?:\[?[A-Z][\w'’-]+\]?|[A-Z]\.|al-[A-Z]\w+|bin|von|van|de)\s+){0,3}"
    r"(?:al-)?[A-Z][\w'’-]*\w)"
)
_OF = re.compile(r" (?:of|at) (?:the )?(?P<words>(?:[\w'’.-]+ ?){1,4})")
_WORDS_BEFORE = 6
SURE = 0.9
OTHERWISE = 0.5
# What is left of a probability whose answer holds the office of something else.
_ELSEWHERE = 0.3


@dataclass(frozen=True, kw_only=True, slots=True)
class Office:
    """What is asked for: the keys of the institution, and the office where one is named."""

    led: frozenset[str]
    titles: frozenset[str] | None  # lower case, spaces for hyphens; None for any


class RoleReader:
    """Another reader, made sure of sentences that name the office asked about."""

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
        told = [
            pointed(reading, passage, lambda sentence: leader(sentence, office), SURE)
            for reading, passage in zip(readings, passages, strict=True)
        ]
        if not any(told):
            pairs = zip(readings, passages, strict=True)
            return [_of_another(_with_holder(r, p, office), p, office) for r, p in pairs]
        # Where the office is named, 'led' in another sense is no second opinion.
        return [
            found or replace(reading, probability=reading.probability * OTHERWISE)
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
        person = _PERSON.match(said, title.end())
        if person and _titles(title.group()) & office.titles and not _belongs(said, title):
            first, last = _bare(person)
            return replace(reading, start=start + first, end=start + last)
    return reading


def _bare(person: re.Match[str]) -> Span:
    """Where the name stands, without a possessive ending."""
    start, end = person.span("name")
    return start, end - 2 if person["name"].endswith(("'s", "’s")) else end


def _of_another(reading: Reading, passage: Passage, office: Office) -> Reading:
    """The reading made less sure where its answer holds another office, or one of others."""
    if reading.start is None or reading.sentence is None or office.titles is None:
        return reading
    first = reading.sentence[0]
    said = passage.text[first - passage.start : reading.sentence[1] - passage.start]
    for title in OFFICE.finditer(said):
        whose = _belongs(said, title)
        near = 0 <= reading.start - first - title.end() <= 2
        titles = _titles(title.group())
        other = office.titles <= _CERTAIN and not titles & office.titles
        # 'The union's chief' may be its president; 'the premier' is not.
        other = other and (titles <= _CERTAIN or not _named(said[: title.start()], office.led))
        if near and (other or (whose and not _held(whose) & office.led)):
            return replace(reading, probability=reading.probability * _ELSEWHERE)
    return reading


def _belongs(said: str, title: re.Match[str]) -> str:
    """The name right before an office, or after its 'of': 'Kurdish' of 'Kurdish President'."""
    before = re.search(r"(?<!\S)([A-Z][\w'’.-]*)\s+$", said[: title.start()])
    if before and not is_function(before[1]) and not _WHEN.fullmatch(before[1]):
        return before[1]
    after = re.match(r"\s+(?:of|at)\s+(?:the\s+)?([A-Z][\w'’.-]*)", said[title.end() :])
    return after[1] if after else ""


def asked_office(question: str) -> Office | None:
    """The office whose holder is asked for; None for any other question."""
    kind = expect(question)
    keywords = kind is Expect.TOPIC and len(question.split()) <= _FEW
    if kind is not Expect.PERSON and not keywords:
        return None
    title = OFFICE.search(question)
    leads = next((m for m in _LEADS.finditer(question) if not _part_of(m, title)), None)
    if leads is None and not (title and (keywords or _HOLDER.search(question))):
        return None
    plain = _LEADS.sub(" ", question) if leads else OFFICE.sub(" ", _HELD.sub(" ", question))
    led = frozenset(
        t.key
        for t in tokens(_WHEN.sub(" ", plain))
        if not is_function(t.text) and not t.text[0].isdigit()
    )
    if not led:
        return None
    return Office(led=led, titles=None if leads or title is None else _titles(title.group()))


def _part_of(word: re.Match[str], title: re.Match[str] | None) -> bool:
    """Whether 'chief' is only half of 'chief diplomat'."""
    if title is None or " " not in title.group():
        return False
    return title.start() <= word.start() < title.end()


def _titles(title: str) -> frozenset[str]:
    """All that an office is called."""
    plain = _plain(title)
    for name, same in _SAME_OFFICE:
        if plain.endswith(name) or (plain.startswith(name) and plain in same):
            return same | {plain}
    return frozenset({plain})


def _plain(title: str) -> str:
    return title.lower().replace("-", " ")


def leader(sentence: str, office: Office) -> Span | None:
    """The name after an office whose institution stands before it, or after 'of'."""
    for title in OFFICE.finditer(sentence):
        if office.titles is not None and not _titles(title.group()) & office.titles:
            continue
        at = title.end()
        if not _named(sentence[:at], office.led):  # 'the US president', 'top US diplomat'
            at = _after_institution(sentence, at, office.led)
        person = _PERSON.match(sentence, at) if at else None
        if person:
            return _bare(person)
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
    same = set(run) | expand(run)
    return same | akin(same)
