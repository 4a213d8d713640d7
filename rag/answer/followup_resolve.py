"""What a hanging word stands for: the most present thing of the conversation that agrees."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.answer.followup_names import Mention, Sort
from rag.answer.followup_needs import AUX, Hanging, Need
from rag.retrieve.words import key

_GROUPS = frozenset(
    """band group team club company party organization organisation agency government union army
    militia alliance family orchestra university school college duo trio""".split()
)
_LOOSE = frozenset({"band", "group", "team", "club", "company"})  # these bear any name
_PEOPLE = frozenset(
    "man woman person guy president minister singer actor author leader boy girl".split()
)


def resolve(hanging: Hanging, present: Sequence[Mention], question: str) -> Mention | None:
    """The mention that a pronoun or 'there' stands for, or None where nothing fits."""
    score = _SCORES.get(hanging.need)
    if score is None:
        return None
    own = {key(w) for w in re.findall(r"[\w'’-]+", question)}
    subject = _acting(question, hanging) if hanging.need in (Need.HE, Need.SHE) else ""
    best: tuple[float, Mention] | None = None
    for mention in present:
        bonus = score(mention)
        if bonus is None or (mention.words and set(mention.words) <= own):
            continue
        if subject and mention.sort is Sort.PERSON and mention.text.endswith(subject):
            continue  # 'What did Prado promise him?' is nobody called Prado
        total = mention.score + bonus
        if best is None or total > best[0]:
            best = total, mention
    return best[1] if best else None


def _acting(question: str, hanging: Hanging) -> str:
    """The name that acts in a clause whose object the pronoun is; empty where it is no object."""
    if hanging.possessive or question[hanging.start : hanging.end].lower() not in ("him", "her"):
        return ""
    found = _ACTS.search(question[: hanging.start])
    return found["name"] if found else ""


_ACTS = re.compile(
    rf"\b(?i:{AUX})\s+(?:[A-Z][\w'’-]*\s+)*(?P<name>(?:al-)?[A-Z][\w'’-]*)\s+[a-z]+\s+(?:\w+\s+)?$"
)


def _person(need: Need) -> Callable[[Mention], float | None]:
    def score(mention: Mention) -> float | None:
        if not mention.named or mention.plural or mention.gender not in (None, need.value):
            return None
        if mention.sort not in (Sort.PERSON, Sort.UNKNOWN):
            return None
        # 'the Hall of Fame': few persons' names have an article, and so it loses to any other
        articled = mention.the and mention.sort is Sort.UNKNOWN and not mention.gender
        fit = (0.8 if mention.gender else 0.0) + (0.6 if mention.sort is Sort.PERSON else 0.0)
        return fit + (ARTICLED if articled else 0.0)

    return score


# What speaks for a mention beside its presence; found by search on the dev half, as in
# `rag.answer.followup_mentions`.
ARTICLED = -2.5
PLURAL, GROUP, NAMED, WORK, THING, UNKNOWN, IT_NAMED = 1.0, 0.8, 0.6, 0.6, 0.2, -0.6, 0.0


def _they(mention: Mention) -> float | None:
    if mention.sort in (Sort.PERSON, Sort.PLACE, Sort.WORK) and not mention.plural:
        return None
    if mention.gender is not None or not (mention.named or mention.plural):
        return None
    fit = PLURAL if mention.plural else GROUP if mention.sort is Sort.GROUP else 0.0
    return fit + (NAMED if mention.named else 0.0)


def _it(mention: Mention) -> float | None:
    if mention.sort is Sort.PERSON or mention.gender is not None or mention.plural:
        return None
    fit = {Sort.WORK: WORK, Sort.THING: THING, Sort.UNKNOWN: UNKNOWN}.get(mention.sort, 0.0)
    return fit + (IT_NAMED if mention.named else 0.0)


def _place(mention: Mention) -> float | None:
    return 0.0 if mention.sort is Sort.PLACE else None


_SCORES: dict[Need, Callable[[Mention], float | None]] = {
    Need.HE: _person(Need.HE),
    Need.SHE: _person(Need.SHE),
    Need.THEY: _they,
    Need.IT: _it,
    Need.PLACE: _place,
}


def of_noun(head: str, present: Sequence[Mention]) -> Mention | None:
    """What 'that meeting' or 'the band' stands for: something that the noun is the name of."""
    wanted, lower = key(head), head.lower()
    for mention in present:
        if mention.words and mention.words[-1] == wanted and len(mention.words) > 1:
            return mention
    for mention in present:
        if not mention.named:
            continue
        if lower in _GROUPS and mention.sort is Sort.GROUP:
            return mention
        if lower in _LOOSE and mention.sort is Sort.UNKNOWN and mention.gender is None:
            return mention
        if lower in _PEOPLE and mention.sort in (Sort.PERSON, Sort.UNKNOWN) and not mention.plural:
            return mention
    return None


def topic(present: Sequence[Mention]) -> Mention | None:
    """The name that the conversation is about."""
    return next((m for m in present if m.named), None)
