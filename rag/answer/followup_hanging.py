"""Words of a question that point outside it: 'he', 'that meeting', 'there', 'the band'.

`hanging` finds them, with what they may stand for. A pronoun whose antecedent stands in the
question itself ('Did Kerry say he would go?') does not hang, nor does an 'it' or 'there' that
stands for nothing ('How long does it take', 'Are there any').
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from rag.answer.followup_mentions import Mention, mentions
from rag.answer.followup_names import Sort
from rag.retrieve.words import is_function


class Need(StrEnum):
    """What a hanging word may stand for."""

    HE = "he"
    SHE = "she"
    THEY = "they"
    IT = "it"
    THAT = "that"  # what was told, or the thing last spoken of
    PLACE = "place"
    TIME = "time"
    NOUN = "noun"  # 'that meeting', 'the band': something of the named kind


@dataclass(frozen=True, kw_only=True, slots=True)
class Hanging:
    """One hanging word or phrase: ``question[start:end]``."""

    start: int
    end: int
    need: Need
    possessive: bool = False
    head: str = ""  # the noun, for `Need.NOUN`
    definite: bool = False  # 'the band', which may also be meant generally


_PRONOUN = re.compile(
    r"\b(he|him|his|himself|she|her|hers|herself|they|them|their|theirs|themselves|it|its|itself)\b"
    r"(?!['’]s\s+(?:true|a\s+fact)\b)",
    re.IGNORECASE,
)
_NEEDS = {
    "he": Need.HE, "him": Need.HE, "his": Need.HE, "himself": Need.HE,
    "she": Need.SHE, "her": Need.SHE, "hers": Need.SHE, "herself": Need.SHE,
    "they": Need.THEY, "them": Need.THEY, "their": Need.THEY, "theirs": Need.THEY,
    "themselves": Need.THEY, "it": Need.IT, "its": Need.IT, "itself": Need.IT,
}  # fmt: skip
_AUX = (
    r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might|must|"
    r"isn't|wasn't|aren't|weren't|don't|doesn't|didn't|hasn't|haven't|hadn't|won't|wouldn't|can't|couldn't)"
)
_EMPTY_IT = re.compile(
    r"\b(?:is|was|'s|isn't|wasn't)\s+it\s+(?:\w+ly\s+)?(?:true|possible|likely|clear|known|legal|illegal|"
    r"necessary|important|safe|normal|common|raining|snowing|cold|hot|worth|about\s+time|that|like\s+to)\b"
    r"|\bit\s+(?:\w+\s+)?(?:takes?|took|seems?|turns?\s+out|appears?|rains?|snows?|comes?\s+to|mean\s+to|matters?)\b"
    r"|\bit\s+(?:is|was|has\s+been)\s+(?:\w+ly\s+)?(?:said|reported|believed|thought|true|possible|clear|known|"
    r"likely|claimed|estimated|announced|revealed|expected)\b"
    r"|\b(?:what|how)(?:\s+is|['’]s)\s+it\s+like\b|\bmakes?\s+it\b|\bmade\s+it\b|\btake\s+it\b",
    re.IGNORECASE,
)
_EXISTENTIAL = re.compile(
    rf"\b{_AUX}\s+there\b|\bthere\s+(?:{_AUX}|be|been|remain\w*|exist\w*)\b|\bthere['’]s\b",
    re.IGNORECASE,
)
_THERE = re.compile(r"\bthere\b", re.IGNORECASE)
_THEN = re.compile(
    r"\b(?:then|at\s+(?:that|the)\s+time|back\s+then|during\s+(?:this|that)\s+(?:time|period))\b",
    re.I,
)
_DEMONSTRATIVE = re.compile(
    r"\b(this|that|these|those)\b(?:\s+([\w'’-]+))?(?:\s+([\w'’-]+))?", re.IGNORECASE
)
_TIME_NOUNS = {
    "time",
    "period",
    "year",
    "day",
    "week",
    "month",
    "morning",
    "night",
    "point",
    "moment",
    "era",
    "evening",
    "afternoon",
    "century",
    "decade",
    "season",
}
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
    found = [*_pronouns(question, names), *_demonstratives(question), *_adverbs(question)]
    found.sort(key=lambda h: h.start)
    out: list[Hanging] = []
    for h in found:
        if not out or h.start >= out[-1].end:
            out.append(h)
    return out


def _pronouns(question: str, names: list[Mention]) -> list[Hanging]:
    empty = [m.span() for m in _EMPTY_IT.finditer(question)]
    found = []
    for match in _PRONOUN.finditer(question):
        word = match[1].lower()
        need = _NEEDS[word]
        if word in ("it", "its") and any(a <= match.start() < b for a, b in empty):
            continue
        if match[1] == "IT":  # the acronym
            continue
        if _inside(question, match, need, names):
            continue
        after = question[match.end() :].lstrip()
        following = re.match(r"[\w'’-]+", after)
        possessive = word in ("his", "their", "its", "hers", "theirs") or (
            word == "her" and following is not None and not is_function(following[0])
        )
        found.append(
            Hanging(start=match.start(), end=match.end(), need=need, possessive=possessive)
        )
    return found


def _inside(question: str, match: re.Match[str], need: Need, names: list[Mention]) -> bool:
    """Whether the antecedent of a pronoun stands in the question itself."""
    word, before = match[1].lower(), question[: match.start()]
    earlier = [n for n in names if n.start + len(n.text) <= match.start()]
    if word.endswith("self") or word.endswith("selves"):
        return True
    fitting = [n for n in earlier if _agrees(n, need)]
    if fitting:
        # 'What did Kerry tell him?': the object of a clause is not its subject again.
        return not (
            word in ("him", "her", "them")
            and len(fitting) == 1
            and not re.search(
                r"\b(?:that|if|whether|because|when|after|before|while|for|with|about|of|by|and)\b",
                question[fitting[0].start : match.start()],
                re.IGNORECASE,
            )
        )
    subject = re.match(
        r"(?:and\s+|but\s+|so\s+)?(?:in\s+|on\s+|at\s+)?(who|which|what|whose)\s+((?:[\w'’-]+\s+){0,3}?)"
        rf"(?!{_AUX}\b)([\w'’-]+)\s",
        before,
        re.IGNORECASE,
    )
    if (
        subject
        and not re.search(rf"\b{_AUX}\s+$", before, re.IGNORECASE)
        and not re.match(
            rf"(?:and\s+|but\s+)?(?:who|what|which|whose)\s+(?:[\w'’-]+\s+){{0,3}}{_AUX}\b",
            before,
            re.IGNORECASE,
        )
    ):
        return True
    if need in (Need.IT, Need.THEY) and _noun_before(before, plural=need is Need.THEY):
        return True
    later = [n for n in names if n.start > match.end() and _agrees(n, need)]
    opened = re.match(
        r"\s*(?:in|after|before|during|despite|with|on|at|while|when)\b[^,?]*$", before, re.I
    )
    return bool(later and opened and "," in question[match.end() : later[0].start])


def _noun_before(before: str, *, plural: bool) -> bool:
    """A noun phrase of the question's own that a later 'it' or 'they' can mean."""
    if re.search(rf"\b{_AUX}\s+$", before, re.IGNORECASE) and not re.search(r",", before):
        return False
    return any(not m.named and m.plural == plural for m in mentions(before))


def _agrees(name: Mention, need: Need) -> bool:
    if need in (Need.HE, Need.SHE):
        return name.sort in (Sort.PERSON, Sort.UNKNOWN) and name.gender in (None, need.value)
    if need is Need.THEY:
        return name.plural or name.sort is Sort.GROUP
    return name.sort is not Sort.PERSON


def _demonstratives(question: str) -> list[Hanging]:
    found = []
    for match in _DEMONSTRATIVE.finditer(question):
        word, following = match[1].lower(), match[2]
        before = question[: match.start()]
        end = match.end(1)
        lower = (following or "").lower()
        if lower in _TIME_NOUNS or lower in _ARTICLE_NOUNS:
            continue
        if following is None or re.match(r"\s*[?.!,]", question[end:]):
            found.append(Hanging(start=match.start(), end=end, need=Need.THAT))
        elif lower in ("one", "ones"):
            found.append(Hanging(start=match.start(), end=match.end(2), need=Need.IT))
        elif word in ("that", "those") and (lower in ("who", "which") or _REPORTING.search(before)):
            if lower in ("to", "about", "in", "at", "on", "by", "for", "during", "when"):
                found.append(Hanging(start=match.start(), end=end, need=Need.THAT))
        elif (
            is_function(following)
            or re.search(r"(?:ed|en)$", lower)
            or lower
            in (
                "happen",
                "mean",
                "lead",
                "affect",
                "take",
                "make",
                "come",
                "go",
                "work",
                "become",
                "cause",
                "help",
                "change",
                "last",
                "end",
                "start",
                "began",
                "meant",
                "went",
                "made",
                "led",
            )
        ):
            if word != "that" or re.search(
                rf"\b(?:{_AUX}|after|before|about|like|from|for|to|with|by|of|and|than|why|how)\s+$",
                before,
                re.I,
            ):
                found.append(Hanging(start=match.start(), end=end, need=Need.THAT))
        elif (
            word != "that"
            or not before.strip()
            or re.search(
                rf"\b(?:{_AUX}|in|on|at|of|for|from|to|with|by|about|after|before|during|under|into|and|near)\s+$",
                before,
                re.I,
            )
        ):
            found.append(
                Hanging(start=match.start(), end=match.end(2), need=Need.NOUN, head=following)
            )
    return found


def _adverbs(question: str) -> list[Hanging]:
    found = []
    existential = [m.span() for m in _EXISTENTIAL.finditer(question)]
    for match in _THERE.finditer(question):
        if not any(a <= match.start() < b for a, b in existential):
            found.append(Hanging(start=match.start(), end=match.end(), need=Need.PLACE))
    for match in _THEN.finditer(question):
        if not re.match(r"\s*$", question[: match.start()]):
            found.append(Hanging(start=match.start(), end=match.end(), need=Need.TIME))
    return found


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
