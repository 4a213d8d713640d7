"""What a hanging word stands for: the most present thing of the conversation that agrees."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.answer.followup_hanging import Hanging, Need
from rag.answer.followup_mentions import Mention
from rag.answer.followup_names import Sort
from rag.retrieve.words import key

_GROUPS = frozenset(
    """band group team club company party organization organisation agency government union army
    militia alliance family orchestra university school college duo trio""".split()
)
_PEOPLE = frozenset(
    "man woman person guy president minister singer actor author leader boy girl".split()
)


def resolve(hanging: Hanging, present: Sequence[Mention], question: str) -> Mention | None:
    """The mention that a pronoun or 'there' stands for, or None where nothing fits."""
    score = _SCORES.get(hanging.need)
    if score is None:
        return None
    own = {key(w) for w in re.findall(r"[\w'’-]+", question)}
    best: tuple[float, Mention] | None = None
    for mention in present:
        bonus = score(mention)
        if bonus is None or (mention.words and set(mention.words) <= own):
            continue
        total = mention.score + bonus
        if best is None or total > best[0]:
            best = total, mention
    return best[1] if best else None


def _person(need: Need) -> Callable[[Mention], float | None]:
    def score(mention: Mention) -> float | None:
        if not mention.named or mention.plural or mention.gender not in (None, need.value):
            return None
        if mention.sort not in (Sort.PERSON, Sort.UNKNOWN):
            return None
        return (0.8 if mention.gender else 0.0) + (0.6 if mention.sort is Sort.PERSON else 0.0)

    return score


def _they(mention: Mention) -> float | None:
    if mention.sort in (Sort.PERSON, Sort.PLACE, Sort.WORK) and not mention.plural:
        return None
    if not mention.named and not mention.plural:
        return None
    fit = 1.0 if mention.plural else 0.8 if mention.sort is Sort.GROUP else 0.0
    return fit + (0.6 if mention.named else 0.0)


def _it(mention: Mention) -> float | None:
    if mention.sort is Sort.PERSON or mention.gender is not None or mention.plural:
        return None
    return {Sort.WORK: 0.6, Sort.THING: 0.2, Sort.UNKNOWN: -0.6}.get(mention.sort, 0.0)


def _that(mention: Mention) -> float | None:
    if mention.sort is Sort.PERSON or mention.gender is not None:
        return None
    return {Sort.WORK: 0.4, Sort.THING: 0.6, Sort.UNKNOWN: -0.6}.get(mention.sort, 0.0)


def _place(mention: Mention) -> float | None:
    return 0.0 if mention.sort is Sort.PLACE else None


_SCORES: dict[Need, Callable[[Mention], float | None]] = {
    Need.HE: _person(Need.HE),
    Need.SHE: _person(Need.SHE),
    Need.THEY: _they,
    Need.IT: _it,
    Need.THAT: _that,
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
        if lower in _GROUPS and mention.sort in (Sort.GROUP, Sort.UNKNOWN):
            return mention
        if lower in _PEOPLE and mention.sort in (Sort.PERSON, Sort.UNKNOWN) and not mention.plural:
            return mention
    return None


def topic(present: Sequence[Mention]) -> Mention | None:
    """The name that the conversation is about."""
    return next((m for m in present if m.named), None)
