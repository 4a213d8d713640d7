"""Vectors of passages in one flat file: row ``slot`` holds the passage's vector as float16.

The writer appends before the catalogue says 'ready', so a slot that a reader learns of is
always there, in whichever process. A file this plain can be scanned exactly and never
needs repair; what makes a large one fast is `rag.index.base`. float16 moves a cosine by
less than 0.0005, a tenth of what int8 did to it already.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.errors import IndexingError
from rag.protocols import Vectors

FILE = "vectors.f16"


class VectorFile:
    """One vector file, for reading and, under the write lock, for writing."""

    def __init__(self, folder: Path, dim: int) -> None:
        self.path = folder / FILE
        self.dim = dim
        self._row = dim * 2
        self._lock = threading.Lock()
        self._cache: tuple[int, Vectors] | None = None

    def write(self, first: int, vectors: Vectors) -> None:
        """Put vectors at the slots from ``first`` on, and wait until the disk has them."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(self.path, flags, 0o644), "r+b") as file:
            file.seek(first * self._row)
            file.write(np.ascontiguousarray(vectors, np.float16).tobytes())
            file.flush()
            os.fsync(file.fileno())

    def rows(self, slots: Sequence[int] | NDArray[np.int64]) -> Vectors:
        """The vectors at these slots."""
        if len(slots) == 0:
            return np.zeros((0, self.dim), np.float32)
        wanted = np.asarray(slots, np.int64)
        return self._mapped(int(wanted.max()) + 1)[wanted].astype(np.float32)

    def region(self, first: int, end: int) -> Vectors:
        """The vectors from ``first`` to ``end``, kept in memory and extended as the file grows."""
        with self._lock:
            kept = self._cache
            if kept is None or kept[0] != first or len(kept[1]) > end - first:
                kept = (first, np.zeros((0, self.dim), np.float32))
            have = first + len(kept[1])
            if have < end:
                more = self._mapped(end)[have:end].astype(np.float32)
                kept = (first, np.concatenate([kept[1], more]) if len(kept[1]) else more)
            self._cache = kept
            return kept[1]

    def size(self) -> int:
        """How many whole rows the file holds."""
        try:
            return self.path.stat().st_size // self._row
        except FileNotFoundError:
            return 0

    def _mapped(self, end: int) -> NDArray[np.float16]:
        if self.size() < end:
            raise IndexingError(
                f"The vector file {self.path} holds {self.size()} rows where {end} are needed: "
                "run `dateline doctor --repair`."
            )
        return np.memmap(self.path, np.float16, "r", shape=(end, self.dim))
