"""Names in text: whole words, any case, accents and hyphens apart.

An alias that is also an everyday word ('IS', 'US', 'WHO') counts only as it is written.
Aliases come with the fact; this module knows no name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from evals.facts.fact import FactError, Mention
from evals.facts.plain import Word, words

_EVERYDAY_WORDS = (
    "is us it who as in or an at be by do go he if me my no of on so to up we am and all can has "
    "her him was are may will mark bill march"
)
_EVERYDAY = frozenset(_EVERYDAY_WORDS.split())
_ALTERNATIVE_AFTER = re.compile(r"^,?\s+or\s+(?:the\s+)?((?:[A-Z][\w.'-]*\s*)+)")
_ALTERNATIVE_BEFORE = re.compile(
    r"((?:[A-Z][\w.'-]*\s+)*[A-Z][\w.'-]*),?\s+or\s+(?:the\s+|perhaps\s+|maybe\s+)?$"
)


def check(value: str) -> None:
    """Raises `FactError` where the value holds no word."""
    if not words(value):
        raise FactError(f"{value!r} holds no word; write the name as an answer would")


def mentions(text: str, accepted: Sequence[str], on: date | None) -> list[Mention]:
    """Every place where one of the accepted names stands."""
    del on
    found = words(text)
    places: dict[tuple[int, int], Mention] = {}
    for name in accepted:
        for start, end in _places(found, words(name), name):
            places[start, end] = Mention(
                start=start,
                end=end,
                fits=lambda value: value in accepted,
                vague=_alternative(text, start, end, accepted),
            )
    # A place inside a longer one ('Kerry' in 'John Kerry') adds nothing but a false neighbour.
    return [
        mention
        for (start, end), mention in sorted(places.items())
        if not any((s, e) != (start, end) and s <= start and end <= e for s, e in places)
    ]


def _places(found: Sequence[Word], wanted: Sequence[Word], name: str) -> list[tuple[int, int]]:
    size = len(wanted)
    exact = size == 1 and wanted[0].folded in _EVERYDAY
    places = []
    for at in range(len(found) - size + 1):
        window = found[at : at + size]
        if [word.folded for word in window] != [word.folded for word in wanted]:
            continue
        if exact and window[0].raw.replace(".", "").removesuffix("'s") != name.replace(".", ""):
            continue
        places.append((window[0].start, window[-1].end))
    return places


def _alternative(text: str, start: int, end: int, accepted: Sequence[str]) -> bool:
    """Whether another capitalised name is offered beside this one with 'or'."""
    after = _ALTERNATIVE_AFTER.match(text[end:])
    before = _ALTERNATIVE_BEFORE.search(text[max(0, start - 60) : start])
    for other in (after, before):
        if other is None:
            continue
        folded = [word.folded for word in words(other.group(1))]
        if not any([word.folded for word in words(name)] == folded for name in accepted):
            return True
    return False
