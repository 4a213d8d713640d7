"""Where the derived indexes lie, and which of them this process has open.

The catalogue names the folders; `Places.current` hands out the opened ones and follows when
a writer, here or in another process, points elsewhere. Folders that nothing points to any
more are removed by the next writer, the last base but one only, so that a reader that is
just looking is not left without.
"""

from __future__ import annotations

import shutil
import threading
from dataclasses import dataclass
from pathlib import Path

from rag.errors import IndexingError
from rag.index.base import Base
from rag.index.catalogue import State
from rag.index.terms import Terms
from rag.index.vectorfile import VectorFile

VECTORS = "vectors"
TERMS = "terms"


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """The opened indexes that one state of the catalogue points to."""

    vectors: VectorFile
    base: Base | None
    terms: Terms


class Places:
    """The derived indexes of one data directory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._open: tuple[tuple[str, str, str, int], Open] | None = None

    def vectors(self, name: str) -> Path:
        """The folder of a vector file or base."""
        return self.folder / VECTORS / name

    def terms(self, name: str) -> Path:
        """The folder of a term index."""
        return self.folder / TERMS / name

    def current(self, state: State) -> Open:
        """The indexes that the catalogue points to, opened, with the terms up to date."""
        names = (state.vectors, state.base, state.terms, state.dim)
        if not state.vectors or not state.terms:
            raise IndexingError("The index is empty: ingest some articles first.")
        with self._lock:
            if self._open is None or self._open[0] != names:
                self._open = (names, self._reopened(state))
            opened = self._open[1]
        opened.terms.refresh(state.generation)
        return opened

    def forget(self) -> None:
        """Close what is open; the next search opens it again."""
        with self._lock:
            if self._open is not None and self._open[1].base is not None:
                self._open[1].base.close()
            self._open = None

    def sweep(self, state: State, *, keep: tuple[str, ...] = ()) -> int:
        """Remove folders that nothing points to; gives how many. Callers hold the write lock."""
        used = {state.vectors, state.base, state.terms, *keep}
        removed = 0
        for parent in (VECTORS, TERMS):
            for place in sorted((self.folder / parent).glob("*")):
                if place.is_dir() and place.name not in used:
                    shutil.rmtree(place, ignore_errors=True)
                    removed += 1
        return removed

    def fresh(self, prefix: str) -> str:
        """A folder name that was never used in this data directory, not even by a crash."""
        numbers = [
            int(tail)
            for parent in (VECTORS, TERMS)
            for place in (self.folder / parent).glob("*-*")
            if (tail := place.name.rpartition("-")[2]).isdigit()
        ]
        return f"{prefix}-{max(numbers, default=0) + 1}"

    def _reopened(self, state: State) -> Open:
        before = self._open
        kept_names = before[0] if before else ("", "", "", 0)
        kept = before[1] if before else None
        same_vectors = kept is not None and (kept_names[0], kept_names[3]) == (
            state.vectors,
            state.dim,
        )
        same_base = kept is not None and kept_names[1] == state.base
        same_terms = kept is not None and kept_names[2] == state.terms
        if kept is not None and kept.base is not None and not same_base:
            kept.base.close()
        return Open(
            vectors=kept.vectors
            if kept is not None and same_vectors
            else VectorFile(self.vectors(state.vectors), state.dim),
            base=kept.base
            if kept is not None and same_base
            else (Base(self.vectors(state.base)) if state.base else None),
            terms=kept.terms if kept is not None and same_terms else Terms(self.terms(state.terms)),
        )
