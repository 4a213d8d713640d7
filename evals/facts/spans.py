"""Words in text: a phrase as it stands, or a long quotation with small gaps.

A phrase must stand word for word, 'a', 'an' and 'the' apart. A quotation of eight words
or more may have a few words set into it, and may lack some where the answer marks that it
leaves them out ('…'), as long as every number and every 'not' agrees.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rapidfuzz.distance import LCSseq

from evals.facts.fact import FactError, Mention
from evals.facts.plain import Word, words

_LONG = 8  # words from which a phrase is compared as a quotation
_SHARE = 0.75  # of a quotation's words that must stand where '…' marks an omission
_OMISSION = re.compile(r"…|\.\.\.")
_STRETCH = 1.3  # how much longer than the quotation its place may be
_NEGATING_WORDS = (
    "not no never none nor neither without cannot cant dont doesnt didnt isnt arent wasnt werent "
    "wont wouldnt couldnt shouldnt hasnt havent hadnt"  # as they stand without their apostrophe
)
_NEGATIONS = frozenset(_NEGATING_WORDS.split())


def check(value: str) -> None:
    """Raises `FactError` where the value holds no word."""
    if not words(value):
        raise FactError(f"{value!r} holds no word; write the words that a right answer states")


def mentions(text: str, accepted: Sequence[str], on: date | None) -> list[Mention]:
    """Every place where one of the accepted phrases stands."""
    del on
    found = words(text)
    places: dict[tuple[int, int], Mention] = {}
    for value in accepted:
        for start, end in _places(text, found, words(value)):
            places[start, end] = Mention(start=start, end=end, fits=lambda given: given in accepted)
    return [places[key] for key in sorted(places)]


def _places(text: str, found: Sequence[Word], wanted: Sequence[Word]) -> list[tuple[int, int]]:
    size = len(wanted)
    goal = [word.folded for word in wanted]
    exact = [
        (found[at].start, found[at + size - 1].end)
        for at in range(len(found) - size + 1)
        if [word.folded for word in found[at : at + size]] == goal
    ]
    if exact or size < _LONG:
        return exact
    place = _quotation(text, found, goal)
    return [place] if place else []


def _quotation(text: str, found: Sequence[Word], goal: Sequence[str]) -> tuple[int, int] | None:
    """The first window that holds the quotation well enough, or None."""
    width = int(len(goal) * _STRETCH)
    for at, word in enumerate(found):
        if word.folded != goal[0]:
            continue
        window = found[at : at + width]
        steps = LCSseq.opcodes(goal, [item.folded for item in window])
        kept = [step for step in steps if step.tag == "equal"]
        window = window[: kept[-1].dest_end]
        stand = sum(step.src_end - step.src_start for step in kept)
        shown = text[window[0].start : window[-1].end]
        needed = _SHARE * len(goal) if _OMISSION.search(shown) else len(goal)
        if stand >= needed and _fixed(goal) == _fixed([item.folded for item in window]):
            return window[0].start, window[-1].end
    return None


def _fixed(folded: Sequence[str]) -> list[str]:
    """The words that a quotation may neither lose nor gain."""
    return [word for word in folded if word in _NEGATIONS or word[0].isdigit()]
