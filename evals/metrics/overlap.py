"""Whether two pieces of text show the same words of an article.

Citations of different systems are cut differently, so a citation counts as hitting a gold
place when the two share a run of words, not when they are equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from evals.facts.plain import words

_RUN = 5  # shared words in a row that no two unrelated places of an article have by chance
_WHOLE = 2  # a piece as short as this many words must stand in the other as a whole


def folded(text: str) -> list[str]:
    """The words that overlap is measured in."""
    return [word.folded for word in words(text, articles=True)]


def longest_run(one: Sequence[str], other: Sequence[str]) -> int:
    """Length of the longest run of words that both have."""
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size


def overlaps(cited: str, gold: str) -> bool:
    """Whether a cited quote shows a gold quote: five words in a row, or the shorter one whole."""
    one, other = folded(cited), folded(gold)
    shorter = min(len(one), len(other))
    if shorter < _WHOLE:
        return bool(one) and one == other
    return longest_run(one, other) >= min(_RUN, shorter)
