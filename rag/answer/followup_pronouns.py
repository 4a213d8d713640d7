"""Pronouns that hang: those whose antecedent does not stand in the question itself.

'Did Kerry say he would go?' needs nothing from the conversation, nor does an 'it' that stands
for nothing ('How long does it take?'). 'When did he go?' does.
"""

from __future__ import annotations

import re

from rag.answer.followup_mentions import mentions
from rag.answer.followup_names import Mention, Sort
from rag.answer.followup_needs import AUX, Hanging, Need
from rag.retrieve.words import content, is_function

_EITHER = re.compile(r"\b(?:he\s+or\s+she|his\s+or\s+her|him\s+or\s+her)\b", re.IGNORECASE)
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
_EMPTY_IT = re.compile(
    r"\b(?:is|was|'s|isn't|wasn't)\s+it\s+(?:\w+ly\s+)?(?:true|possible|likely|clear|known|legal|illegal|"
    r"necessary|important|safe|normal|common|raining|snowing|cold|hot|worth|about\s+time|that|like\s+to)\b"
    r"|\bit\s+(?:\w+\s+)?(?:(?:takes?|took)(?!\s+(?:effect|place|part|over|off|control))|seems?|turns?\s+out|appears?|rains?|snows?|comes?\s+to|mean\s+to|matters?)\b"
    r"|\bit\s+(?:is|was|has\s+been)\s+(?:\w+ly\s+)?(?:said|reported|believed|thought|true|possible|clear|known|"
    r"likely|claimed|estimated|announced|revealed|expected)\b"
    r"|\bit\s+mean\s+(?:for|to|when|that|if)\b|\bwas\s+it\s+\w+ed\s+(?:that|how|whether|when|who)\b"
    r"|\b(?:what|how)(?:\s+is|['’]s)\s+it\s+like\b|\bmakes?\s+it\b|\bmade\s+it\b|\btake\s+it\b",
    re.IGNORECASE,
)


def pronouns(question: str, names: list[Mention]) -> list[Hanging]:
    """The hanging pronouns of a question; ``names`` are the names in it."""
    empty = [m.span() for m in _EMPTY_IT.finditer(question)]
    found = []
    for match in _PRONOUN.finditer(question):
        word = match[1].lower()
        need = _NEEDS[word]
        if word in ("it", "its") and any(a <= match.start() < b for a, b in empty):
            continue
        if match[1] == "IT" or _EITHER.search(
            question[max(0, match.start() - 8) : match.end() + 8]
        ):
            continue  # the acronym; 'he or she' is anybody
        after = question[match.end() :].lstrip()
        following = re.match(r"[\w'’-]+", after)
        possessive = word in ("his", "their", "its", "hers", "theirs") or (
            word == "her" and following is not None and not is_function(following[0])
        )
        if _inside(question, match, need, names, possessive=possessive):
            continue
        found.append(
            Hanging(start=match.start(), end=match.end(), need=need, possessive=possessive)
        )
    return found


def _inside(
    question: str, match: re.Match[str], need: Need, names: list[Mention], *, possessive: bool
) -> bool:
    """Whether the antecedent of a pronoun stands in the question itself."""
    word, before = match[1].lower(), question[: match.start()]
    if word.endswith(("self", "selves")):
        return True
    if not possessive and _SUBJECT_NEXT.search(
        before
    ):  # 'When did he …': the subject of the question
        # Only an opening ('After Kerry left, …') or a sentence before can help.
        before = before[: max(before.rfind(c) for c in ",.;:") + 1]
    elif _TELLS.match(question) or len(content(question)) >= LONG:
        return True
    fitting = [n for n in names if n.start < len(before) and _agrees(n, need)]
    if not possessive and len(fitting) == 1 and _object_of(question, match, fitting[0]):
        return False
    if fitting:
        # 'What did Kerry tell him?': the object of a clause is not its subject again.
        between = question[fitting[0].start : match.start()]
        subject = word in _SUBJECTS and not (
            word == "it" and re.match(r"\s*(?:[?.!,]|$)", question[match.end() :])
        )
        return possessive or subject or len(fitting) > 1 or bool(_LINK.search(between))
    if not possessive and not fitting and _ends_clause(question, match):
        return False
    if (_WH_OWNER if possessive else _WH_SUBJECT).search(before) or (
        need in (Need.IT, Need.THEY) and _noun_before(before, plural=need is Need.THEY)
    ):
        return True
    later = [n for n in names if n.start > match.end() and _agrees(n, need)]
    opened = _OPENING.match(before)
    return bool(later and opened and "," in question[match.end() : later[0].start])


def _ends_clause(question: str, match: re.Match[str]) -> bool:
    """'Who voted against it?': the object of a plain question points outside it."""
    if match[1].lower() in _SUBJECTS - {"it"}:
        return False
    asked = _WH_LED.match(question[: match.start()])
    ends = re.match(r"\s*(?:[?.!]|$)", question[match.end() :]) is not None
    return asked is not None and ends and not _CLAUSE.search(asked["rest"])


def _object_of(question: str, match: re.Match[str], name: Mention) -> bool:
    """'What does Russia think of it?': an object of the very clause whose subject the name is."""
    if match[1].lower() in _SUBJECTS - {"it"}:
        return False
    between = question[name.start + len(name.text) : match.start()]
    ends = re.match(r"\s*(?:[?.!,]|$)", question[match.end() :]) is not None
    led = _SUBJECT_NEXT.search(re.sub(r"\bthe\s+$", "", question[: name.start])) is not None
    # 'Did Berg take her dog with her?': what one takes along, one takes with oneself.
    near = _VERB_AND_PREPOSITION.fullmatch(between) is not None
    return led and ends and near


LONG = 9  # content words from which a question is taken to name what its pronouns mean
_TELLS = re.compile(  # the question begins by telling something: its first word asks nothing
    rf"(?!(?:and|but|so|or|ok|okay|well|who|whom|whose|what|which|when|where|why|how|in|on|at|for|to|by|of|with|"
    rf"from|during|after|before|about|any|anything|he|she|it|they|his|her|their|its|this|that|tell|give|name|"
    rf"list|{AUX})\b)[\w'’-]+\s+[\w'’-]+\s+[\w'’-]+",
    re.IGNORECASE,
)
_SUBJECTS = frozenset({"he", "she", "they", "it"})
_SUBJECT_NEXT = re.compile(rf"(?:^|(?<!\bor )\b{AUX}(?:\s+not)?\s+)$", re.IGNORECASE)
_LINK = re.compile(
    r"\b(?:that|if|whether|because|when|after|before|while|for|with|about|of|by|and|to)\b",
    re.IGNORECASE,
)
_VERB_AND_PREPOSITION = re.compile(
    r"\s+[a-z]+\s+(?:(?:about|of|for|on|against|from|to|at)\s+)?", re.IGNORECASE
)
_WH_LED = re.compile(
    r"^(?:and\s+|but\s+|so\s+)?(?:who|which\s+(?:[\w-]+\s+){0,2}?[\w-]+|what\s+[\w-]+)\s+(?P<rest>(?:[\w'’-]+\s+){1,3})$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"\b(?:that|if|whether|because|when|after|before|while|and|to|who|which|what|how|why)\b|[,;:]",
    re.IGNORECASE,
)
# 'Which company said it …', 'Who lost his …', also inside: 'producers feared which star would …'
_WH = (
    rf"\b(?:who|which|what|whose|how\s+many)\s+"
    rf"(?!{AUX}\b|(?:[\w'’-]+\s+){{1,4}}?{AUX}\s+(?:$|he|she|they|it\b))[\w'’-]+"
)
_WH_SUBJECT = re.compile(rf"{_WH}(?:\s+[\w'’-]+)+", re.IGNORECASE)
# 'Who lost his seat': one verb is enough where what follows belongs to the subject.
_WH_OWNER = re.compile(_WH.replace("|what", ""), re.IGNORECASE)
_OPENING = re.compile(
    r"\s*(?:in|after|before|during|despite|with|on|at|while|when|for)\b[^,?]*$", re.IGNORECASE
)


def _noun_before(before: str, *, plural: bool) -> bool:
    """A noun phrase of the question's own that a later 'it' or 'they' can mean."""
    return any(not m.named and m.plural == plural for m in mentions(before)) or (
        plural and (_PLURAL_SUBJECT.search(before) or _BARE_PLURAL.search(before)) is not None
    )


# A bare plural that the question speaks of: 'families come together and …'.
_BARE_PLURAL = re.compile(
    r"\b(?:do|did|does|have|will|would|can|could)\s+(?:[\w-]+\s+)?[a-z]{3,}s\s+\w+", re.IGNORECASE
)
_PLURAL_SUBJECT = re.compile(
    r"\b(?:many|most|all|some|these|those|how\s+many)\s+[\w'’ -]*?s\b", re.IGNORECASE
)


def _agrees(name: Mention, need: Need) -> bool:
    if need in (Need.HE, Need.SHE):
        return name.sort in (Sort.PERSON, Sort.UNKNOWN) and name.gender in (None, need.value)
    if need is Need.THEY:
        return name.plural or name.sort is Sort.GROUP
    return name.sort is not Sort.PERSON
