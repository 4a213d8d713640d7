"""Words that lean on the thing or the event of the question before, without a pronoun for it.

'When is the launch?' after 'What mission is planned in Peru?' is the launch of that mission;
'How did it go?' after 'Did Weller meet Prado?' asks how that meeting went; 'the first one'
after 'Which two bridges fell in 2015?' is a bridge.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.followup_asked import clause, cut, object_of, parts_of
from rag.answer.followup_mentions import mentions
from rag.answer.followup_names import Sort
from rag.answer.followup_needs import AUX
from rag.answer.followup_replace import timeless
from rag.retrieve.words import key
from rag.types import Turn

# Nouns that are always something's: a launch, a cost, an aim.
_OF_SOMETHING = re.compile(
    r"^(?:(?:and|but|so)[\s,]+)?(?:(?:what|who|when|where|which|how\s+\w+)\s+(?:is|was|are|were)\s+)?"
    r"the\s+(?:(?:exact|total|main|final|official|overall|likely|new|first|original)\s+)?"
    r"(?:launch|start|beginning|opening|cost|price|budget|size|length|duration|aim|goal|purpose|point|"
    r"outcome|result|reason|cause|deadline|venue|location|name|leader|head|author|owner|founder|theme|"
    r"agenda|plan|target|scope|strength)(?=\s*[?.!]*$)",
    re.IGNORECASE,
)
_WENT = re.compile(
    r"^(?:(?:and|so|but)[\s,]+)*(?P<asks>how\s+did\s+(?:it|that|this)\s+(?:go|end|turn\s+out|work\s+out)|"
    r"did\s+(?:it|that|this)\s+(?:work(?:\s+out)?|succeed|help|go\s+well))\s*[?.!]*$",
    re.IGNORECASE,
)
_WHO_ELSE = re.compile(r"^(?:(?:and|but|so)[\s,]+)?whom?\s+else\s*[?.!]*$", re.IGNORECASE)
# 'Why does Peru mind?': what was told or asked before.
_MINDS = re.compile(
    r"^(?:(?:and|but|so)[\s,]+)?(?P<asks>why\s+(?:do|does|did)\s+[\w.'’ -]+?\s+"
    r"(?:mind|object|complain|disagree|care))\s*[?.!]*$",
    re.IGNORECASE,
)
_HOW_MANY_ALONE = re.compile(r"^(?:and\s+)?(?P<asks>how\s+many\s+[a-z]+)\s*\?*$", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:he|she|they|it|you|we|i)\b", re.IGNORECASE)
# 'Deaths?' after 'How many people have been in hospital with flu?'.
_NOUN_ALONE = re.compile(
    r"^(?:and\s+)?(?:the\s+)?(?P<noun>(?:deaths|injuries|arrests|victims|survivors|casualties|"
    r"fatalities|hospitali[sz]ations|infections|cases|recoveries|evacuations|refugees))\s*\?$",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(
    r"^(?P<asks>how\s+many)\s+[\w'’-]+(?:\s+[\w'’-]+){0,2}?\s+"
    rf"(?:(?:{AUX}|been|being)\s+)+[\w'’-]+\s+(?P<rest>(?:in|on|at|from|with|of|by|during|for|since)\s.+)$",
    re.IGNORECASE,
)
_ONE_OF = re.compile(
    r"\bthe\s+(?P<which>first|second|third|fourth|last|other|former|latter)\s+one\b", re.IGNORECASE
)
_SEVERAL = re.compile(
    r"^(?:which|what)\s+(?:two|three|four|five|several)\s+(?P<noun>[a-z][\w-]*s)\s+(?P<did>[^?]+?)\s*\??$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:two|three|four|five|several|both)\s+(?P<noun>[a-z][\w-]*s)\b", re.IGNORECASE
)


def related(text: str, turns: Sequence[Turn]) -> str | None:
    """The question with the thing or event that it leans on; None where it leans on none."""
    if found := _WENT.match(text):
        return _of_event(found["asks"], turns[-1])
    if found := _ONE_OF.search(text):
        return _one_of(text, found, turns[-1])
    if (found := _MINDS.match(text)) and not _PRONOUN.search(found["asks"]):
        told = _done(turns[-1])
        return f"{found['asks'][:1].upper()}{found['asks'][1:]} that {told}?" if told else None
    counted = _HOW_MANY.match(turns[-1].effective_question.strip())
    if counted and (found := _NOUN_ALONE.match(text)):
        return f"{counted['asks']} {found['noun'].lower()} {counted['rest']}"
    thing = object_of(turns[-1]) or ""
    if (found := _HOW_MANY_ALONE.match(text)) and _plain(thing, found["asks"]):
        return f"{found['asks']} in {timeless(thing)}?" if len(thing.split()) <= _WORDS else None
    if _WHO_ELSE.match(text):
        return _who_else(turns[-1])
    if found := _OF_SOMETHING.search(text):
        return _of_thing(text, found, turns)
    return None


def _plain(thing: str, asks: str) -> bool:
    """Whether a thing can hold what is counted: not itself, and not the articles."""
    counted = key(asks.rsplit(maxsplit=1)[-1])
    articles = {key(word) for word in ("articles", "stories", "reports", "comments", "sources")}
    own = {key(word) for word in re.findall(r"\w+", thing)}
    return thing.startswith("the ") and counted not in own | articles


def _who_else(turn: Turn) -> str | None:
    """'Who else is Weller seeing on Monday?' after 'Is Weller seeing Prado on Monday?'."""
    before = turn.effective_question.strip()
    if asked := re.match(
        r"(?:and\s+)?(?P<who>whom?)\s+(?P<rest>(?!else\b).+)$", before, re.IGNORECASE
    ):
        return f"{asked['who'].capitalize()} else {asked['rest']}"
    parts = parts_of(before)
    subject, deed = cut(parts.rest)
    verb, _, tail = deed.partition(" ")
    known = frozenset(key(word) for word in re.findall(r"[A-Z][\w-]+", tail))
    whom = next((m for m in mentions(tail, known) if m.named and m.sort is not Sort.PLACE), None)
    if whom is not None and tail[: whom.start].lower() not in ("", "the "):
        return None  # 'speak to Prado': what is left would want its preposition
    if parts.wh or not parts.aux or not subject or whom is None:
        return None
    rest = tail[whom.start + len(whom.text) :].strip()
    return f"Who else {parts.aux.lower()} {subject} {verb} {rest}".rstrip() + "?"


def _done(turn: Turn) -> str:
    """What the question before says that somebody did: 'Peru was invited to join the league'."""
    parts = parts_of(turn.effective_question)
    named, deed = cut(parts.rest)
    asked = re.match(r"(?:which|what|who)\b", parts.wh, re.IGNORECASE) and turn.short
    acted = bool(named and deed) or bool(asked and parts.aux)
    return clause(turn) if acted and " " in parts.rest and parts.aux.lower() != "did" else ""


def _of_event(asks: str, turn: Turn) -> str | None:
    """'How did it go when Weller did meet Prado?': the deed that the question before asked of."""
    parts = parts_of(turn.effective_question)
    subject, deed = cut(parts.rest)
    if parts.wh or parts.aux.lower() != "did" or not subject or not deed[:1].isalpha():
        return None
    if re.search(r"\s(?:the|an?|his|her|its|their)\s", f" {deed} "):
        return None  # 'Did they test the vaccine?': it is the vaccine
    return f"{asks[:1].upper()}{asks[1:]} when {subject} did {deed}?"


def _one_of(text: str, found: re.Match[str], turn: Turn) -> str | None:
    """'the first bridge that fell in 2015', of the several that the question before asked for."""
    before = turn.effective_question.strip()
    several = _SEVERAL.match(before)
    counted = several or _COUNTED.search(before)
    if counted is None or _UNSURE.search(counted["noun"]) or _WAS_ONE.search(text):
        return None
    noun = re.sub(r"(?<=[^aeiou])ies$", "y", counted["noun"])
    noun = re.sub(r"(?<=ch|sh|ss)es$|(?<=[^s])s$", "", noun)
    told = f" that {_did(several['did'])}" if several is not None else ""
    return f"{text[: found.start()]}the {found['which'].lower()} {noun}{told}{text[found.end() :]}"


def _did(told: str) -> str:
    """'fell in 2015' as it is; 'did Weller visit in 2015' with its subject first."""
    aux, _, rest = told.partition(" ")
    subject, deed = cut(rest) if re.fullmatch(AUX, aux, re.IGNORECASE) else ("", "")
    return f"{subject} {aux} {deed}" if subject else told


def _of_thing(text: str, found: re.Match[str], turns: Sequence[Turn]) -> str | None:
    """'the launch of the mission': of the thing that was last asked for or done."""
    for turn in reversed(turns[-2:]):
        thing = timeless(object_of(turn) or "").strip()
        if not _THING.fullmatch(thing) or len(thing.split()) > _WORDS or _CLAUSE.search(thing):
            continue
        the = "" if re.match(r"the\b", thing, re.IGNORECASE) else "the "
        return f"{text[: found.end()]} of {the}{thing}?"
    return None


# A thing has a noun in small letters: 'the new bridge', 'vaccination plan', not 'Palmyra'.
_THING = re.compile(r"(?:[Tt]he\s+)?[a-z][\w-]*(?:\s+[\w'’.-]+)*")
_CLAUSE = re.compile(
    rf"\b(?:{AUX}|must|may|might|it|he|she|they|that|because|who|which|to|into)\b|\d",
    re.IGNORECASE,
)
# 'Was he the first one?': of those who were like him, not of what was counted.
_WAS_ONE = re.compile(r"\b(?i:is|was|are|were)\s+(?:he|she|it|they|[A-Z][\w-]*)\b")
# Counted, but none of them is what is asked for; and plurals that no rule turns back.
_UNSURE = re.compile(
    r"^(?:years?|months|weeks|days|hours|minutes|terms|times|goals|points|oscars|awards|prizes|sides|seasons)$|"
    r"(?:ves|[sz]es|oes|vies|kies|news|series|species)$",
    re.IGNORECASE,
)
_WORDS = 8  # of a thing that is put behind 'of'
