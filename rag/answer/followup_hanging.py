"""Words of a question that point outside it: 'he', 'that meeting', 'there', 'the band'.

`hanging` finds them all, in order. Pronouns are judged in `rag.answer.followup_pronouns`.
"""

from __future__ import annotations

import re

from rag.answer.followup_mentions import mentions
from rag.answer.followup_needs import AUX, Hanging, Need
from rag.answer.followup_pronouns import LONG, pronouns
from rag.retrieve.words import content, is_function

_EXISTENTIAL = re.compile(
    rf"\b{AUX}\s+there\b|\bthere\s+(?:{AUX}|be|been|remain\w*|exist\w*)\b|\bthere['’]s\b",
    re.IGNORECASE,
)
_THERE = re.compile(r"\bthere\b", re.IGNORECASE)
_THEN = re.compile(
    r"\b(?:then(?=\s*[?.!]*$)|(?:since|by|until|back)\s+then|(?:at|during|in)\s+(?:that|this)\s+"
    r"(?:time|period|era)|(?:in|during)\s+that\s+year|"
    r"(?:(?:on|in|during)\s+)?that\s+(?:same\s+)?(?:day|week|month|year)(?=\s*[?.!]*$))\b(?!['’]s)",
    re.IGNORECASE,
)
# 'How is one defined?' after 'How many storms were there?'. Behind any other word 'one' may be
# a number ('game one'), nobody ('no one') or something else ('a bigger one').
_ONE = re.compile(
    r"\s(?:defin\w+|describ\w+|calls|is|as|hold|build|buy|have|see)\s+(one)"
    r"(?=\s*[?.!]*$|\s+(?:defined|counted|called|made|held|built|sold)\b)",
    re.IGNORECASE,
)
_DEMONSTRATIVE = re.compile(
    r"\b(this|that|these|those)\b(?:\s+([\w'’-]+))?(?:\s+([\w'’-]+))?", re.IGNORECASE
)
_TIME_NOUNS = frozenset(
    f"{noun}{ending}"
    for noun in """time period year day week weekend month morning night point moment era evening
    afternoon context case way regard sense respect manner kind type sort century decade season
    summer winter spring autumn fall holiday offseason past coming""".split()
    for ending in ("", "s", "'s", "’s")
)
_REPORTING = re.compile(
    r"\b(?:say|said|says|tell|told|tells|think|thinks|thought|believe|believed|claim|claimed|announce|announced|"
    r"report|reported|argue|argued|know|knew|show|showed|mean|means|suggest|suggested|admit|admitted|deny|denied|"
    r"warn|warned|confirm|confirmed|state|stated|declare|declared|hope|hoped|insist|insisted|so)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_DEFINITE = re.compile(
    r"\bthe\s+(?:same\s+)?((?:[a-z][\w-]*\s+){0,2}?)([a-z][\w-]*)(?=['’]s\b|\s|[?.!,]|$)"
)
_ARTICLE_NOUNS = {"article", "story", "report", "piece", "page", "text", "post"}


def hanging(question: str, known: frozenset[str]) -> list[Hanging]:
    """All hanging words of a question in order. ``known`` are keys of names met before."""
    names = [m for m in mentions(question, known) if m.named]
    found = [*pronouns(question, names), *_demonstratives(question), *_adverbs(question)]
    found.sort(key=lambda h: h.start)
    out: list[Hanging] = []
    for h in found:
        if not out or h.start >= out[-1].end:
            out.append(h)
    return out


def _demonstratives(question: str) -> list[Hanging]:
    found = (_demonstrative(question, match) for match in _DEMONSTRATIVE.finditer(question))
    return [h for h in found if h is not None]


def _demonstrative(question: str, match: re.Match[str]) -> Hanging | None:
    """One 'this' or 'that': by itself, with its noun, or no pointer at all ('said that …')."""
    word, following = match[1].lower(), match[2] or ""
    before, lower = question[: match.start()], following.lower()
    alone = Hanging(start=match.start(), end=match.end(1), need=Need.THAT)
    if lower in _TIME_NOUNS or lower in _ARTICLE_NOUNS:
        return None
    if not following or re.match(r"\s*[?.!,]", question[match.end(1) :]):
        return alone
    if lower in ("one", "ones"):
        return Hanging(start=match.start(), end=match.end(2), need=Need.IT)
    if word in ("that", "those") and (lower in ("who", "which") or _REPORTING.search(before)):
        return alone if lower in _ENDS_CLAUSE else None
    led = word != "that" or _LED.search(before) is not None
    if is_function(following) or lower in _VERBS or re.search(r"(?:ed|en)$", lower):
        return alone if led else None
    if led or not before.strip():
        return Hanging(start=match.start(), end=match.end(2), need=Need.NOUN, head=following)
    return None


_ENDS_CLAUSE = frozenset({"to", "about", "in", "at", "on", "by", "for", "during", "when"})
_VERBS = frozenset(
    """happen mean lead affect take make come go work become cause help change last end start began
    meant went made led get got did""".split()
)
_LED = re.compile(
    rf"\b(?:{AUX}|in|on|at|of|for|from|to|with|by|about|after|before|during|under|into|and|near|like|"
    r"than|why|how)\s+$",
    re.IGNORECASE,
)


def _adverbs(question: str) -> list[Hanging]:
    existential = [m.span() for m in _EXISTENTIAL.finditer(question)]
    there = [
        Hanging(start=match.start(), end=match.end(), need=Need.PLACE)
        for match in _THERE.finditer(question)
        if len(content(question)) < LONG and not any(a <= match.start() < b for a, b in existential)
    ]
    then = [
        Hanging(start=match.start(), end=match.end(), need=Need.TIME)
        for match in _THEN.finditer(question)
        if question[: match.start()].strip()
    ]
    one = [Hanging(start=m.start(1), end=m.end(1), need=Need.ONE) for m in _ONE.finditer(question)]
    return [*there, *then, *one]


def definite(question: str) -> list[Hanging]:
    """'the band', 'the second album': phrases that may point back, when nothing else names them."""
    found = []
    for match in _DEFINITE.finditer(question):
        head = match[2]
        if (
            is_function(head)
            or head in _ARTICLE_NOUNS
            or re.match(r"\s+of\b", question[match.end() :])
        ):
            continue
        found.append(
            Hanging(start=match.start(), end=match.end(), need=Need.NOUN, head=head, definite=True)
        )
    return found
