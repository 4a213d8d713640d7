"""Offices and who holds them: what a question asks for, and the name after an office in a sentence.

Newspapers name the office ('NATO Secretary General Jens Stoltenberg'); a question that asks who
leads, heads or runs something shares no word with such a sentence. English only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.retrieve.expect import Expect, expect
from rag.retrieve.words import akin, expand, is_function, tokens
from rag.types import Span

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
    r"chief executive|ceo|chair(?:man|woman|person)?|(?:foreign )?policy chief|"
    r"chief|head|leader|director(?:[- ]general)?|"
    r"commander|governor|mayor|king|queen|emir|sultan|pope|boss|managing director|"
    r"general secretary|spokes(?:man|woman|person))\b",
    re.IGNORECASE,
)
# Offices that newspapers call by several names; a title of the first kind asks for any of them.
_FOREIGN = (
    "foreign policy chief",
    "foreign minister",
    "foreign secretary",
    "secretary of state",
    "state secretary",
)
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
CERTAIN = frozenset(
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
# 'Who is the new president of …', 'What is the name of its mayor'; not 'Who was hurt by the mayor'.
_HOLDS = re.compile(
    r"(?:and |so )?(?:who(?:['’]s| is| was| are| were| became| has been| had been)|"
    r"(?:what (?:is|was) )?(?:the )?name of|who (?:held|holds|had|has|filled|fills) the "
    r"(?:office|post|job|position|role|title) of) "
    r"(?:(?!\w+(?:ing|ed)\b|(?:by|with|for|against|to|at|on|shot|hurt|met|sent|held|behind|who|that)\b)"
    rf"[\w.'’-]+ ){{0,5}}?{OFFICE.pattern}",
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
PERSON = re.compile(
    r",? (?P<name>(?:(?:\[?[A-Z][\w-]+\]?|[A-Z]\.|[A-Z]['’][A-Z]\w+|al-[A-Z]\w+|bin|von|van|de)\s+)"
    r"{0,3}(?:al-|[A-Z]['’])?\[?[A-Z][\w-]*\w\]?)"
)
_OF = re.compile(r" (?:of|at) (?:the )?(?P<words>(?:[\w'’.-]+ ?){1,4})")
_WORDS_BEFORE = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Office:
    """What is asked for: the keys of the institution, and the office where one is named."""

    led: frozenset[str]
    titles: frozenset[str] | None  # lower case, spaces for hyphens; None for any
    asked: str = ""  # the one of the titles that the question uses


def asks_holder(question: str) -> bool:
    """Whether it is asked who holds a named office, and nothing else about its holder."""
    return _HOLDS.match(" ".join(question.split())) is not None


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
    if leads or title is None:
        return Office(led=led, titles=None)
    return Office(led=led, titles=titles_of(title.group()), asked=_plain(title.group()))


def _part_of(word: re.Match[str], title: re.Match[str] | None) -> bool:
    """Whether 'chief' is only half of 'chief diplomat'."""
    if title is None or " " not in title.group():
        return False
    return title.start() <= word.start() < title.end()


def titles_of(title: str) -> frozenset[str]:
    """All that an office is called."""
    plain = _plain(title)
    for name, same in _SAME_OFFICE:
        if plain.endswith(name) or (plain.startswith(name) and plain in same):
            return same | {plain}
    return frozenset({plain})


def _plain(title: str) -> str:
    return title.lower().replace("-", " ")


def leader(sentence: str, office: Office, *, exact: bool = False) -> Span | None:
    """The name after an office whose institution stands before it, or after 'of'.

    ``exact`` wants the very title that was asked for, and none that stands for it.
    """
    for title in OFFICE.finditer(sentence):
        if exact and _plain(title.group()) != office.asked:
            continue
        if office.titles is not None and not titles_of(title.group()) & office.titles:
            continue
        at = title.end()
        if not named(sentence[:at], office.led):  # 'the US president', 'top US diplomat'
            at = _after_institution(sentence, at, office.led)
        person = PERSON.match(sentence, at) if at else None
        if person:
            return person.span("name")
    return None


def _after_institution(sentence: str, at: int, led: frozenset[str]) -> int:
    """Where 'of the institution' ends, if that is what follows; else 0."""
    for following in _OF.finditer(sentence, at):
        if following.start() != at:
            break
        for word in re.finditer(r"[\w'’.-]+", following.group("words")):
            if led <= held(following.group("words")[: word.end()]):
                return following.start("words") + word.end()
    return 0


def named(before: str, led: frozenset[str]) -> bool:
    """Whether the last few words before an office name the thing."""
    last = tokens(before)[-_WORDS_BEFORE:]
    return bool(last) and led <= held(before[last[0].start :])


def held(text: str) -> set[str]:
    """Keys of all words of a text, with aliases and seats of government."""
    run = [t.key for t in tokens(text)]
    same = set(run) | expand(run)
    return same | akin(same)
