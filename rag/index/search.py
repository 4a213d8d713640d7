"""Candidates for a question: the nearest vectors, the best terms, always as the catalogue has it.

What an index finds counts only if the catalogue holds it as ready and the filters allow it,
so a half-written, replaced or removed article is never found, whatever lies in the indexes.
Dense search scans exactly where that is fast (small collections, narrow filters, what is
newer than the base) and asks Chroma for the bulk of a large one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from rag.errors import IndexingError
from rag.index.catalogue import Catalogue, State
from rag.index.filters import narrows
from rag.index.places import Open, Places
from rag.protocols import Vectors
from rag.types import Filters, Hit

EXACT_BELOW = 20_000
"""Vectors that are scanned rather than looked up: 1 ms, and nothing is missed."""

SPARE = 10  # asked for beyond k, for what is found but not ready any more
NARROW = 4_000  # vectors that a filter may leave to be picked out one by one: 4 ms
WIDEST = 5_000  # of a lookup; beyond it an exact scan is cheaper than asking on

Found = list[tuple[int, float]]
T = TypeVar("T")


class Search:
    """Both searches over one data directory. Safe between threads."""

    def __init__(self, catalogue: Catalogue, places: Places) -> None:
        self._catalogue = catalogue
        self._places = places

    def dense(self, vector: Vectors, k: int, filters: Filters) -> list[Hit]:
        """The k nearest passages by cosine, best first."""
        unit = np.asarray(vector, np.float32).reshape(-1)

        def look(state: State, opened: Open) -> list[Hit]:
            if unit.shape != (state.dim,):
                raise IndexingError(
                    f"The question's vector has {unit.shape[0]} numbers, the index {state.dim}: "
                    "ask with the encoder that the index was made with, or run `dateline reindex`."
                )
            if (found := self._narrowed(state, opened, unit, k, filters)) is not None:
                return self._hits(found, k, Filters())
            return self._widening(
                lambda wide: _dense(state, opened, unit, wide), k, filters, opened, unit
            )

        return self._retried(look) if k > 0 else []

    def lexical(self, query: str, k: int, filters: Filters) -> list[Hit]:
        """The k best passages by BM25, best first."""

        def look(_: State, opened: Open) -> list[Hit]:
            wide, keys = k + SPARE, None
            if filters.dates is not None or filters.publishers or filters.articles:
                keys = self._catalogue.allowed_keys(filters)
                if not keys:
                    return []
            while True:
                found = opened.terms.search(query, wide, keys)
                hits = self._hits(found, k, filters)
                if len(hits) >= k or len(found) < wide:
                    return hits
                wide *= 4

        return self._retried(look) if k > 0 else []

    def _retried(self, look: Callable[[State, Open], list[Hit]]) -> list[Hit]:
        """Run one search on one consistent state; again if a writer took its folder away."""
        for attempt in range(3):
            with self._catalogue.snapshot():
                state = self._catalogue.state()
                if not state.vectors or not state.terms:
                    return []  # nothing was ever ingested
                try:
                    return look(state, self._places.current(state))
                except FileNotFoundError as error:
                    self._places.forget()
                    if attempt == 2:
                        raise IndexingError(
                            f"A part of the index is missing ({error}): "
                            "run `dateline doctor --repair`."
                        ) from error
        return []

    def _narrowed(
        self, state: State, opened: Open, unit: Vectors, k: int, filters: Filters
    ) -> Found | None:
        """The nearest of what narrow filters leave; None where asking for more is better."""
        if not narrows(filters):
            return None
        small = state.ready_upto <= EXACT_BELOW
        if not small and self._catalogue.allowed_size(filters) > NARROW:
            return None
        allowed = np.asarray(self._catalogue.allowed_slots(filters), np.int64)
        if small:  # all at once is quicker than picking out many
            return _best((opened.vectors.region(0, state.ready_upto) @ unit)[allowed], k, allowed)
        return _best(opened.vectors.rows(allowed) @ unit, k, allowed)

    def _widening(
        self,
        find: Callable[[int], Found],
        k: int,
        filters: Filters,
        opened: Open,
        unit: Vectors,
    ) -> list[Hit]:
        """Ask for more until k of what is found are ready and allowed, or all was seen."""
        wide = k + SPARE
        if narrows(filters):
            wide *= 4
        while wide <= WIDEST:
            found = find(wide)
            hits = self._hits(found, k, filters)
            if len(hits) >= k or len(found) < wide:
                return hits
            wide *= 4
        allowed = np.asarray(self._catalogue.allowed_slots(filters), np.int64)
        return self._hits(_best(opened.vectors.rows(allowed) @ unit, k, allowed), k, Filters())

    def _hits(self, found: Found, k: int, filters: Filters) -> list[Hit]:
        ready = self._catalogue.ready([slot for slot, _ in found], filters)
        hits = [Hit(passage_id=ready[slot], score=score) for slot, score in found if slot in ready]
        return hits[:k]


def _dense(state: State, opened: Open, unit: Vectors, k: int) -> Found:
    """The k nearest of all slots, ready or not: the base, and exactly what is newer."""
    first = state.base_upto
    if opened.base is None or state.ready_upto <= EXACT_BELOW:
        first = 0
    newer = _best(
        opened.vectors.region(first, state.ready_upto) @ unit, k, np.arange(first, state.ready_upto)
    )
    if first == 0 or opened.base is None:
        return newer
    # Chroma keeps float32, the file float16: both halves are scored by the file's vectors.
    slots = np.asarray([slot for slot, _ in opened.base.query(unit, k)], np.int64)
    older = _best(opened.vectors.rows(slots) @ unit, k, slots)
    return sorted(newer + older, key=lambda one: (-one[1], one[0]))[:k]


def _best(scores: NDArray[np.float32], k: int, slots: NDArray[np.int64]) -> Found:
    """The k slots with the highest scores, best first, equal ones in their own order."""
    rows = np.argpartition(scores, -k)[-k:] if len(scores) > k else np.arange(len(scores))
    order = rows[np.lexsort((slots[rows], -scores[rows]))]
    return [(int(slots[row]), float(scores[row])) for row in order]
