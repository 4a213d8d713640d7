"""Near-copies among candidates: the same agency text in two papers is one piece of evidence.

Two passages of different articles are near-copies when their word 4-shingles overlap by
at least `CONTAINED` of the smaller set (containment, after Broder, 'On the resemblance and
containment of documents', 1997). Passages of one article are never collapsed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rag.types import Passage

CONTAINED = 0.7
_SHINGLE = 4
_WORD = re.compile(r"\w+")


@lru_cache(maxsize=512)  # passages that fit one question fit the next one too
def shingles(text: str) -> frozenset[int]:
    """Hashes of all runs of four words, lower case; a shorter text is one shingle."""
    words = _WORD.findall(text.lower())
    if len(words) < _SHINGLE:
        return frozenset({hash(tuple(words))}) if words else frozenset()
    return frozenset(hash(tuple(words[i : i + _SHINGLE])) for i in range(len(words) - _SHINGLE + 1))


def containment(a: frozenset[int], b: frozenset[int]) -> float:
    """Share of the smaller set that the other holds; 0 when either is empty."""
    if not a or not b:
        return 0.0
    return len(a & b) / min(len(a), len(b))


def collapse(ranked: Sequence[Passage]) -> list[tuple[Passage, tuple[str, ...]]]:
    """Keeps the best-ranked of each group of near-copies, with the ids of the others."""
    kept: list[tuple[Passage, frozenset[int], list[str]]] = []
    for passage in ranked:
        marks = shingles(passage.text)
        for other, other_marks, copies in kept:
            if (
                other.article_id != passage.article_id
                and containment(marks, other_marks) >= CONTAINED
            ):
                copies.append(passage.id)
                break
        else:
            kept.append((passage, marks, []))
    return [(passage, tuple(copies)) for passage, _, copies in kept]
