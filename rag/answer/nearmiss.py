"""What speaks against a sentence as an answer, read off the sentence itself.

A near-miss has the words of a question and another year, another kind of number, or nothing
but the question's own words. `rag.answer.demands` looks at whole passages, where much is told
side by side; here it is the one sentence that would be quoted. Signs, not proofs: each leaves
a part of the probability. English forms only; no list of questions, names or articles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from rag.answer.units import in_another_unit
from rag.retrieve.expect import Expect, is_number
from rag.retrieve.offices import asks_holder
from rag.retrieve.shape import person_like
from rag.retrieve.time import parse_times
from rag.retrieve.words import is_function, key, keys, tokens
from rag.types import DateRange, PublishedDate


class Miss(StrEnum):
    """A sign that a sentence answers another question."""

    YEAR = "year"  # it tells its own times, and none of them is asked for
    ECHO = "echo"  # the short answer only repeats the question
    UNIT = "unit"  # it tells nothing in the unit that is asked for
    COUNT = "count"  # its short answer measures something, where things are to be counted
    WHO = "who"  # its short answer is a time or a number, where somebody is asked for
    NAMELESS = "nameless"  # its short answer names nobody, where it is asked who holds an office
    PART = "part"  # it tells nothing of the part of a whole that is to be counted
    FATE = "fate"  # it has no word of the wounded, the dead or the missing who are to be counted


# How much of a probability each leaves. Chosen on dev questions; docs/experiments.md has more.
LEFT = {
    Miss.YEAR: 0.5,
    Miss.ECHO: 0.5,
    Miss.UNIT: 0.4,
    Miss.COUNT: 0.4,
    Miss.WHO: 0.3,
    Miss.NAMELESS: 0.4,
    Miss.PART: 0.4,
    Miss.FATE: 0.3,
}

_NAMED = frozenset({Expect.PERSON, Expect.PLACE, Expect.NAME, Expect.THING})
# 'How many of the dead were women?': a sentence without 'women' tells how many died.
_PART = re.compile(
    r"\bhow many of\b.*\b(?:were|are)\s+(?P<part>women|men|children|civilians|soldiers|students|"
    r"girls|boys|police\w*|foreigners|teenagers|journalists|migrants|tourists|minors)\s*\??$"
    r"|\b(?:how (?:many|much|long|old)|what (?:is|was|were|are|share|percentage|number))\b.*"
    r"(?:\bamong|\b(?:rate|share|age|number|percentage|expectancy|average|toll|pay|gap)s?\s+for)"
    r"\s+(?:(?!and\b)\w+\s+)?(?P<group>women|men|children|girls|boys|teenagers|students)\b",
    re.IGNORECASE,
)
_SAME_PART = (
    re.compile(r"\b(?:wom[ae]n|female\w*)\b", re.IGNORECASE),
    re.compile(r"\b(?:m[ae]n|males?)\b", re.IGNORECASE),
    re.compile(
        r"\b(?:child|children|boys?|girls?|minors?|teenager\w*|under (?:the age of )?1\d)\b",
        re.IGNORECASE,
    ),
)
# What becomes of people: how it is asked for, and every word by which a sentence may tell it.
# What is counted must be what had the fate: not 'children of the dead man'.
_TO_COUNT = (
    r"\b(?:how many(?: [\w'’-]+){{0,4}}?(?: (?:were|was|are|is|have|has|had|been|got|still|"
    r"reported|confirmed|believed|feared|to be|being|then|also))*|"
    r"number of(?: [\w'’-]+){{0,2}}?) (?:{asked})\b"
)
_BEHIND_ARTICLE = re.compile(r"\b(?:the|an?|his|her|its|their|this|that) [\w'’-]+$", re.IGNORECASE)
_FATES = tuple(
    (
        re.compile(_TO_COUNT.format(asked=asked), re.IGNORECASE),
        re.compile(rf"\b(?:{told})", re.IGNORECASE),
    )
    for asked, told in {
        r"killed|died|dead|deaths?|perished|fatalities": (
            r"kill|dead|death|die[ds]?\b|dying|fatal|perish|lives\b|life\b|toll|casualt|victim|"
            r"murder|slain|slay|execut|drown|bod(?:y|ies)\b|shot|massacre|lost\b|behead|assassin|"
            r"slaughter|suicid|claim|extermin|gass|gunned|stabb|hang|succumb|starv|buried|corpse|grave"
        ),
        r"wounded|injured|hurt|injuries": (
            r"wound|injur|hurt|casualt|hospital|maim|burn|treat|medical"
        ),
        r"arrested|arrests|detained|jailed": (
            r"arrest|detain|detention|jail|(?:im)?prison|custody|held\b|apprehend|rounded up|"
            r"rounding up|captur|behind bars|charged|sentenc|seiz"
        ),
        r"fled|displaced|evacuated|homeless": (
            r"fled|flee|displac|evacuat|homeless|refugee|exodus|left\b|leave|leaving|escap|homes\b|"
            r"cross|driven|uproot|forced|moved"
        ),
        r"missing": r"missing|unaccounted|disappear|vanish|lost\b|kidnap|abduct|captiv|hold|held\b",
    }.items()
)
_TENS = re.compile(r"\d{2}|\d+,\d|(?:\w+ty|hundred|thousand)$")
_LEADING = re.compile(
    r"\bwho (?:is |was |are |were |will |would |to |be |has |had )*"
    r"(?:command|lead|led|head|run|ran|chair|direct|succeed|replace)\w*\b",
    re.IGNORECASE,
)
# 'How many of what', and a number that says how large, how old or what part something is.
_HOW_MANY = re.compile(r"\bhow many ([\w-]+(?: [\w-]+)?)", re.IGNORECASE)
_MEASURE = re.compile(
    r"[$£€¥₹]\s?\d|\d\s?%|\d[\s-]?(?:per ?cent|percent|foot|feet|ft|inch\w*|yards?|miles?|km|"
    r"kilomet\w+|met(?:er|re)s?|kg|pounds?|lbs?|tons?|tonnes?|degrees?|years?[\s-]old|mph|"
    r"dollars?|euros?|pounds?|minutes?|hours?|a\.?m|p\.?m)\b",
    re.IGNORECASE,
)


def near_misses(
    question: str,
    kind: Expect,
    asked: Sequence[DateRange],
    said: str,
    span: str | None,
    published: PublishedDate | None = None,
) -> tuple[Miss, ...]:
    """The signs against a sentence; ``span`` is the short answer in it, ``asked`` the times.

    ``published`` is when the sentence was said.
    """
    found = []
    plain = not _OF_SOURCE.search(question) and not _foretold(asked, said, published)
    if asked and plain and (_other_time(asked, said) or _only_a_bound(question, said)):
        found.append(Miss.YEAR)
    if span and kind in _NAMED and _echoes(question, span):
        found.append(Miss.ECHO)
    if in_another_unit(question, said):
        found.append(Miss.UNIT)
    if span and _measures(question, span):
        found.append(Miss.COUNT)
    if span and kind is Expect.PERSON and (_counts_or_dates(span) or _a_crowd(question, span)):
        found.append(Miss.WHO)
    if span and kind is Expect.PERSON and asks_holder(question) and _nameless(span, question):
        found.append(Miss.NAMELESS)
    if _silent_on_part(question, said):
        found.append(Miss.PART)
    if _of_another_fate(question, said):
        found.append(Miss.FATE)
    return tuple(found)


@lru_cache(maxsize=512)  # a sentence is looked at in several waves
def _times(said: str) -> tuple[tuple[tuple[int, int], ...], frozenset[int]]:
    """The days that a sentence tells, and the months that it names without a year."""
    times = parse_times(said)
    days = tuple((t.first, t.last) for t in times if t.resolved)
    return days, frozenset(t.month for t in times if not t.resolved and t.month)


def _other_time(asked: Sequence[DateRange], said: str) -> bool:
    told, months = _times(said)
    if not told or any(_month(want) in months for want in asked):
        return False  # 'in June alone, the most since 2011' may well tell of June 2014
    return not any(
        first <= want.last and want.first <= last for first, last in told for want in asked
    )


def _foretold(asked: Sequence[DateRange], said: str, published: PublishedDate | None) -> bool:
    """Whether a sentence of the time asked for tells only of later ones: what was planned then."""
    if published is None or not published.first:
        return False
    days, _ = _times(said)
    then = any(published.first <= want.last and want.first <= published.last for want in asked)
    return then and bool(days) and all(first > published.last for first, _ in days)


def _only_a_bound(question: str, said: str) -> bool:
    """Whether 'in 2009' is asked for, and the sentence tells of 2009 as a bound: 'since 2009'."""
    years = _IN_YEAR.findall(question)
    if len(years) != 1 or years[0] not in said:
        return False
    return all(
        _BOUND.search(said[: found.start()]) for found in re.finditer(rf"\b{years[0]}\b", said)
    )


# 'According to the 2018 report': the year of the article, not of what it tells.
_OF_SOURCE = re.compile(
    r"\b(?:the|an?|its|their)\s+(?:[\w.'’-]+\s+){0,3}?(?:1[5-9]|20)\d\d\s+(?:[\w/'’-]+\s+){0,2}?"
    r"(?:report|article|story|piece|post|coverage|account|dispatch|write-?up)\b",
    re.IGNORECASE,
)
_IN_YEAR = re.compile(r"\b(?:in|during)\s+((?:1[5-9]|20)\d\d)\b(?!\s*[-–])", re.IGNORECASE)
_BOUND = re.compile(r"\b(?:since|until|till|before|after)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)


def _month(want: DateRange) -> int | None:
    """The month in which a time lies whole."""
    return want.first // 100 % 100 if want.first // 100 == want.last // 100 else None


def _measures(question: str, span: str) -> bool:
    """Whether things are to be counted, and the answer tells a size, an age, a sum or a part."""
    counted = _HOW_MANY.search(question)
    measure = _MEASURE.search(span)
    if not counted or not measure:
        return False
    return not _MEASURE.search(f"1 {counted[1]}") and "percent" not in question.lower()


def _counts_or_dates(span: str) -> bool:
    """Whether a short answer has no word but those of times and numbers."""
    times = [(t.start, t.end) for t in parse_times(span)]
    words = [t for t in tokens(span) if not is_function(t.text)]
    return bool(words) and all(
        is_number(t.text) or any(a <= t.start < b for a, b in times) for t in words
    )


def _a_crowd(question: str, span: str) -> bool:
    """Whether it is asked who leads, and a number of people is told: 'several hundred men'."""
    words = [t for t in tokens(span) if not is_function(t.text)]
    if not words or not _LEADING.search(question):
        return False
    first = words[0].text.lower()
    return first in ("several", "dozens", "hundreds", "thousands") or bool(_TENS.match(first))


def _of_another_fate(question: str, said: str) -> bool:
    """Whether those of one fate are to be counted, and the sentence has no word of it."""
    found = [(asked.search(question), told) for asked, told in _FATES]
    wanted = [
        told
        for match, told in found
        if match and not _BEHIND_ARTICLE.search(match[0]) and not match[0].split()[-1][0].isupper()
    ]
    return bool(wanted) and not any(told.search(said) for told in wanted)


def _silent_on_part(question: str, said: str) -> bool:
    """Whether a part of a whole is to be counted, of which the sentence has no word."""
    asked = _PART.search(question)
    part = (asked["part"] or asked["group"]) if asked else ""
    if not part or key(part) in keys(said):
        return False
    return not any(same.search(part) and same.search(said) for same in _SAME_PART)


def _nameless(span: str, question: str) -> bool:
    return not person_like(f"– {span}", question)  # a name, though it stands first


def _echoes(question: str, span: str) -> bool:
    told = {t.key for t in tokens(span) if not is_function(t.text)}
    return bool(told) and told <= keys(question)
