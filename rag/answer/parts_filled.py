"""What a later clause of a question leaves open, filled from the ones before it.

'Who attended, and what did they decide?' asks in its second clause what those who attended
decided. `completed` makes of a clause a question that stands alone, or says that it cannot.
"""

from __future__ import annotations

import re

from rag.answer.followup import understand
from rag.answer.followup_names import is_place, is_plural_noun
from rag.answer.followup_needs import AUX
from rag.answer.followup_replace import timeless
from rag.answer.parts_types import asked
from rag.answer.parts_verbs import PARTICIPLE, PERSONS, VERB, passive
from rag.retrieve.time import parse_times
from rag.retrieve.time_relative import COUNT, count_of
from rag.types import Turn

BARE = re.compile(
    r"^(?:why(?:\s+not)?|when|where|how(?:\s+(?:so|long))?|since\s+when|(?:by|with|to|from|for|against)\s+whom|"
    r"(?:in|at|on|for|by|under|with)\s+(?:which|what|how\s+many)\s+[\w-]+|"
    r"(?:for|with|by)\s+(?:what|how\s+(?:long|many|much)))$",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(r"^(?:for|with|by)\s+(?:how\s|what\b|which\b)(?!\s+long\b)", re.IGNORECASE)
GAPPED = re.compile(
    r"^(?:(?:who|whom|what|where|how\s+many|how\s+much)\s+(?:in|on|at|during|after|before|since)\s+\S.*"
    r"|what\s+about\s+\S.*)$",
    re.IGNORECASE,
)
# 'Who attended …', 'Who was arrested …', 'Which minister doubted …': those whom a pronoun means.
_WHO_DID = re.compile(rf"^who\s+(?P<did>(?!{AUX}\b)[a-z]+\b.*)$", re.IGNORECASE)
_WHO_WAS_DONE = re.compile(
    rf"^who\s+(?P<did>(?P<be>is|are|was|were)\s+(?P<done>(?:\w+ly\s+)?(?:{PARTICIPLE}|[a-z]+ing)\b.*))$",
    re.IGNORECASE,
)
_WHICH_DID = re.compile(
    rf"^(?:which|what)\s+(?P<noun>(?:(?!{AUX}\b)[\w'’-]+\s+){{0,2}}?{PERSONS})\s+"
    rf"(?P<did>(?:\w+ly\s+)?{VERB}\b.*)$",
    re.IGNORECASE,
)
# 'How many miners came out …, and how many were still below?': of what, the first says.
_OF_WHAT = re.compile(r"\bhow\s+many\s+(?P<rest>\w.*)$", re.IGNORECASE)
_UNSAID = re.compile(
    rf"^(?P<ask>(?:\w+\s+){{0,2}}?how\s+many(?:\s+(?:more|others?))?)\s+(?={AUX}\b)", re.IGNORECASE
)
_VERB_OF_MANY = re.compile(rf"{AUX}$", re.IGNORECASE)
_MOST_WORDS = 4  # of what is counted: 'new coal power plants'
# A name that need not be a place's: 'he' may be that one as well.
_SOMEBODY = re.compile(
    r"(?<!\bin)(?<!\bat)(?<!\bnear)(?<!\bfrom)(?<!\bon)(?<!\bon the)(?<!\bin the)(?<!\bat the)"
    r"(?<!\bof the)\s[A-Z][\w-]+(?!['’]s?\s)"
)
_ONE_DOES = re.compile(r"(?:is|was|has)\b", re.IGNORECASE)
_MANY = frozenset({"they", "them", "their"})
_SUBJECT_PRONOUN = re.compile(r"\b(?:they|he|she|them|him)\b", re.IGNORECASE)
# 'her lawyer', but not 'drove her home': an object stands behind a verb.
_OWNER_PRONOUN = re.compile(
    r"\b(?:his|their|(?:(?<=\bof )|(?<=\bdid )|(?<=\bdoes )|(?<=\bis )|(?<=\bwas )|(?<=\bare )|"
    r"(?<=\bwere )|(?<=\bto )|(?<=\bwith )|(?<=\bin )|(?<=\bon )|(?<=\bfor ))her(?=\s+[a-z]{3}))\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:he|him|his|she|hers?|they|them|theirs?|it|its|this|that|these|those|there|then)\b",
    re.IGNORECASE,
)
# '…, and who five years later?'
_YEARS_ON = re.compile(
    rf"{COUNT}\s+years?\s+(?P<way>later|on|afterwards?|after\s+that|earlier|before)$", re.IGNORECASE
)
_WHERE = re.compile(r"\bin\s+(?P<place>[A-Z][\w-]+)\b")
_THERE = re.compile(r"(?<=\w )there(?=\s*$)")
_NAMELESS = re.compile(r"^[^A-Z]*\bthe\s+[a-z][\w-]*(?:\s+[a-z][\w-]*)?$")
_HAPPENED = re.compile(r"^what\s+happened(?P<rest>.*)$", re.IGNORECASE)
# 'Who was its head in 2013, and who is it now?'
_WHO_WAS = re.compile(
    r"^who\s+(?:is|was|are|were)\s+(?P<what>(?!(?:he|she|it|they)\b).+)$", re.IGNORECASE
)
_WHO_AGAIN = re.compile(r"^who\s+(?P<be>is|was|will)\s+(?:it|that)\b(?P<rest>.*)$", re.IGNORECASE)
# '…, and who was in 2018?'
_WHO_THEN = re.compile(
    r"^who\s+(?P<be>is|was|will\s+be)\s+(?P<when>(?:in|as\s+of|by|at|on|during|from)\s+.*\d.*|now|today)$",
    re.IGNORECASE,
)
# '…, and who held the post in 2018?'
_WHO_HELD = re.compile(
    r"^who\s+(?:held|holds|has|had|took(?:\s+over)?|takes|filled|fills)\s+(?:the|that|this)\s+"
    r"(?:same\s+)?(?:post|job|office|position|role|title)\b(?P<rest>.*)$",
    re.IGNORECASE,
)

# 'Who ran the games in 2012, and who ran them in 2016?': what the first did it to.
_WHO_DID_IT = re.compile(
    rf"^who\s+(?P<verb>(?!{AUX}\b)[a-z]+)\s+(?P<whom>it|them|him|her)(?P<rest>(?:\s+(?:in|on|at|by|after|"
    r"before|during|from|for|with|to|as|first|last|then|later|now|next|again|up|out)\b.*)?)$",
    re.IGNORECASE,
)
_WHO_DID_WHAT = re.compile(
    rf"^who\s+(?!{AUX}\b)[a-z]+\s+(?P<what>(?:the|an?|[A-Z][\w-]+)(?:\s+[\w-]+){{0,4}})$",
    re.IGNORECASE,
)


def completed(clause: str, first: str, turns: list[Turn]) -> str | None:
    """A later clause with what the first supplies; None where it says too little."""
    if not turns:
        return clause
    clause = _of_the_same(clause, first)
    made = _to_the_same(clause, first) or _by_shape(clause, first)
    if made is not None:
        return made
    # A clause with a name of its own says what it is about; only a pronoun points back.
    if not _OPEN.search(clause) and not BARE.match(clause) and not GAPPED.match(clause):
        return _placed(clause, first)
    if _HOW_MUCH.match(clause):
        return None  # 'Who won, and by how much?': of what, only a verb that is known tells
    place = _WHERE.search(first)
    if place is not None:
        clause = _THERE.sub(place[0], clause)
    understood = understand(asked(clause), turns)
    if understood.changed:
        return understood.question
    return None if BARE.match(clause) or GAPPED.match(clause) else clause


def _of_the_same(clause: str, first: str) -> str:
    """'How many were saved?' with what the first clause counts, where it says no other thing."""
    told, unsaid = _OF_WHAT.search(first), _UNSAID.match(clause)
    if told is None or unsaid is None:
        return clause
    words = told["rest"].split()[:_MOST_WORDS]
    plural = [is_plural_noun(w.strip(",;:")) and not _VERB_OF_MANY.match(w) for w in words]
    if not any(plural):
        return clause
    end = plural.index(True) + 1
    while plural[end : end + 1] == [True]:  # 'news agencies'
        end += 1
    return f"{unsaid['ask']} {' '.join(words[:end])} {clause[unsaid.end() :]}"


def _to_the_same(clause: str, first: str) -> str | None:
    """'Who ran them in 2016?' with what the first clause has somebody do something to."""
    again, did = _WHO_DID_IT.match(clause), _WHO_DID_WHAT.match(timeless(first))
    if again is None or did is None:
        return None
    if (again["whom"].lower() == "them") != is_plural_noun(did["what"].split()[-1]):
        return None
    return f"who {again['verb']} {did['what']}{again['rest']}"


def _by_shape(clause: str, first: str) -> str | None:
    """What two clauses of certain shapes make of each other; None for others."""
    if BARE.match(clause):
        if (told := passive(first)) is not None:
            return f"{clause} {told}"
        if done := _WHO_WAS_DONE.match(first):
            return f"{clause} {done['be']} somebody {done['done']}"
        happened = _HAPPENED.match(first)
        return f"{clause} did it happen{happened['rest']}" if happened else None
    if (again := _WHO_AGAIN.match(clause)) and (was := _WHO_WAS.match(first)):
        return f"who {again['be']} {timeless(was['what'])}{again['rest']}"
    then, was = _WHO_THEN.match(clause), _WHO_WAS.match(first)
    if then and was and parse_times(first) and _only_a_time(then["when"]):
        return f"who {then['be']} {timeless(was['what'])} {then['when']}"
    if (held := _WHO_HELD.match(clause)) and (was := _WHO_WAS.match(first)):
        return f"who was {timeless(was['what'])}{held['rest']}"
    # 'Who attended, and what did they decide?': they are those who attended.
    pronoun = _SUBJECT_PRONOUN.search(clause)
    those = _those(first, pronoun[0].lower() in _MANY) if pronoun else None
    if pronoun is None or those is None:
        return None
    return f"{clause[: pronoun.start()]}{those}{clause[pronoun.end() :]}"


def _those(first: str, many: bool) -> str | None:
    """Whom 'he' (or, of ``many``, 'they') means behind a question for somebody; None elsewhere."""
    found = _WHO_DID.match(first) or _WHO_WAS_DONE.match(first)
    if found and many and _ONE_DOES.match(found["did"]):
        return None
    if found and (found.re is _WHO_DID or not _SOMEBODY.search(found["did"])):
        return f"{'those' if many else 'the one'} who {found['did']}"
    found = _WHICH_DID.match(first)
    if found is None or _SOMEBODY.search(found["did"]):
        return None
    if many and not is_plural_noun(found["noun"].split()[-1]):
        return None
    return f"the {found['noun']} that {found['did']}"


def around(clause: str, first: str, whole: str) -> tuple[str, str] | None:
    """A later clause without the word for whom the first asks for; None where it has none.

    What stands there in the end is the name that the first clause finds. ``whole`` is the clause
    as it was completed: what it names already stays.
    """
    if BARE.match(clause):
        before, _, behind = whole.partition(" somebody ")
        return (f"{before} ", f" {behind}") if behind else None
    for pattern, owner in ((_SUBJECT_PRONOUN, ""), (_OWNER_PRONOUN, "'s")):
        found = pattern.search(clause)
        if found is None:
            continue
        those = _those(first, found[0].lower() in _MANY)
        if those is None or (those if not owner else found[0]) not in whole:
            return None
        word = found[0] if owner else those
        before, _, behind = whole.partition(word)
        return before, f"{owner}{behind}"
    return None


def counted(clause: str, first: str) -> str:
    """'Five years later' as the year that it is, where the first clause names one time."""
    found = _YEARS_ON.search(clause)
    named = found and [t for t in parse_times(clause[: found.start()]) if t.resolved]
    times = named or [t for t in parse_times(first) if t.resolved]
    if found is None or len(times) != 1 or times[0].first // 10000 != times[0].last // 10000:
        return clause
    count = count_of(found)
    back = found["way"].lower() in ("earlier", "before")
    year = times[0].first // 10000 + (-count if back else count)
    return f"{clause[: found.start()]}in {year}" if 1000 <= year <= 9999 else clause


def _only_a_time(text: str) -> bool:
    """Whether a phrase is a time and nothing else: 'in 2018', 'on 3 May', not 'on Flight 370'."""
    times = parse_times(text)
    if not times:
        return text.lower() in ("now", "today")
    return len(times) == 1 and times[0].end == len(text) and len(text[: times[0].start].split()) < 3


def _placed(clause: str, first: str) -> str:
    """'… killed in Peru, and who was the prime minister?': the one of Peru."""
    place = _WHERE.search(first)
    if place is not None and _NAMELESS.match(clause) and is_place(place["place"]):
        return f"{clause} in {place['place']}"
    return clause
