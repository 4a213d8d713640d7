"""Writing: a group of articles goes through all three stores and becomes ready at once.

A `Writer` lives for one ingest, removal or repair, under the write lock. It starts by
sweeping what a killed writer left. The base is merged in a thread of its own while
articles keep coming, and once more at the end where that is cheap or due.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from rag.errors import IndexingError
from rag.index.base import BATCH, StopBuild, build
from rag.index.catalogue import Catalogue, State
from rag.index.ledger import Ledger
from rag.index.places import Places
from rag.index.schema import connect
from rag.index.terms import TermsWriter
from rag.index.vectorfile import VectorFile
from rag.protocols import Vectors
from rag.types import Article, Passage

CHEAP = 20_000  # vectors that a base may hold to be copied and merged after every change
WAITING = 4_096  # vectors that may wait outside a larger base, scanned exactly (1 ms)
WORN = 0.25  # share of a base that may be retired before it is built anew instead of copied


class Writer:
    """The one writer of a data directory."""

    def __init__(self, folder: Path) -> None:
        # Of its own: its threads' connections end with it, and the readers' are left alone.
        self.catalogue = Catalogue(folder)
        self._places = Places(folder)
        self._link = connect(folder)
        self.ledger = Ledger(self._link)
        self._mutex = threading.Lock()  # the merging thread points to its base; we publish
        self._merging: threading.Thread | None = None
        self._merge_error: BaseException | None = None
        self._stop = threading.Event()
        self._terms: TermsWriter | None = None
        self._vectors: VectorFile | None = None

    def open(self, encoder: str, dim: int) -> None:
        """Begin: make what is missing, refuse another encoder's vectors, sweep leftovers."""
        state = self.catalogue.state()
        if state.encoder and (state.encoder, state.dim) != (encoder, dim):
            raise IndexingError(
                f"The index was made with the encoder {state.encoder!r}, this one is {encoder!r}: "
                "run `dateline reindex` to make it again."
            )
        if not state.vectors or not state.terms:
            self.ledger.point(
                encoder=encoder,
                dim=dim,
                vectors=state.vectors or self._places.fresh("vectors"),
                terms=state.terms or self._places.fresh("terms"),
            )
            state = self.catalogue.state()
        self._places.sweep(state)
        self._vectors = VectorFile(self._places.vectors(state.vectors), dim)
        self._terms = TermsWriter(self._places.terms(state.terms))
        self.sweep()

    def sweep(self) -> int:
        """Remove the terms of versions that never became ready or were replaced."""
        keys = self.ledger.unfinished()
        if keys:
            terms = self._opened_terms()
            terms.remove(keys)
            terms.commit()
            self.ledger.forget(keys)
        return len(keys)

    def write(self, cut: Sequence[tuple[Article, Sequence[Passage]]], vectors: Vectors) -> None:
        """Make a group of articles ready. ``vectors`` are those of all passages, in order."""
        stale = self.ledger.unfinished()
        with self._mutex:
            entries = self.ledger.reserve(cut)
        self._opened_vectors().write(entries[0].first_slot, vectors)
        terms = self._opened_terms()
        terms.remove(stale)
        for entry in entries:
            terms.add(
                (slot, entry.key, passage.header, passage.text)
                for slot, passage in zip(entry.slots, entry.passages, strict=True)
            )
        terms.commit()
        with self._mutex:
            self.ledger.publish(entries)
            if stale:
                self.ledger.forget(stale)
        self._merge_if_due()

    def remove(self, article_ids: Sequence[str]) -> list[str]:
        """Take articles out of all three stores; gives the ids that were there."""
        with self._mutex:
            gone = self.ledger.retire(article_ids)
        self.sweep()
        return gone

    def finish(self) -> None:
        """End well: sweep, and merge the base where it is cheap or due."""
        self._join()
        self.sweep()
        state = self.catalogue.state()
        waiting = state.ready_upto - state.base_upto + state.base_retired
        if waiting and (state.base_upto <= CHEAP or waiting >= WAITING):
            self._merge(state)

    def close(self) -> None:
        """Let go of everything, whether it ended well or not."""
        self._stop.set()
        if self._merging is not None:
            self._merging.join()
        if self._terms is not None:
            self._terms.close()
        self._places.forget()
        self.catalogue.close()
        self._link.close()

    # The base

    def _merge_if_due(self) -> None:
        if self._merging is not None and self._merging.is_alive():
            return
        self._join()
        state = self.catalogue.state()
        if state.ready_upto - state.base_upto < max(2 * WAITING, state.base_upto // 2):
            return
        self._merging = threading.Thread(target=self._merge_aside, args=(state,), name="merge")
        self._merging.start()

    def _merge_aside(self, state: State) -> None:
        try:
            self._merge(state)
        except BaseException as error:  # noqa: BLE001 - raised again by the thread that waits
            # Given up on purpose: the base of before stays, and nothing went wrong.
            self._merge_error = None if isinstance(error, StopBuild) else error

    def _join(self) -> None:
        if self._merging is not None:
            self._merging.join()
            self._merging = None
        if self._merge_error is not None:
            error, self._merge_error = self._merge_error, None
            raise error

    def _merge(self, state: State, *, anew: bool = False) -> None:
        """Build a base of all that is ready below ``state.ready_upto``, and point to it."""
        upto = state.ready_upto
        live = np.asarray(self.catalogue.slots_below(upto), np.int64)
        anew = anew or not state.base or state.base_retired > state.base_upto * WORN
        drop: list[int] = []
        add = live
        if not anew:
            add = live[live >= state.base_upto]
            if state.base_retired:
                drop = self._gone(state, live)
        name = self._places.fresh("base")
        build(
            self._places.vectors(name),
            copy_of=None if anew else self._places.vectors(state.base),
            drop=drop,
            add=self._batches(add),
            tick=self._tick,
        )
        with self._mutex:
            retired = self.catalogue.state().base_retired - state.base_retired
            newly = self._count_retired_between(state, live, upto)
            self.ledger.point(base=name, base_upto=upto, base_retired=max(0, retired) + newly)
        self._places.sweep(self.catalogue.state(), keep=(state.base,))

    def _gone(self, state: State, live: np.ndarray) -> list[int]:
        base = self._places.current(state).base
        held = base.slots() if base is not None else set()
        return sorted(held - set(live.tolist()))

    def _count_retired_between(self, state: State, live: np.ndarray, upto: int) -> int:
        """How many slots above the old base were retired while the new one was built."""
        newer = int((live >= state.base_upto).sum())
        still = sum(1 for slot in self.catalogue.slots_below(upto) if slot >= state.base_upto)
        return newer - still

    def _batches(self, slots: np.ndarray) -> Iterator[tuple[Sequence[int], Vectors]]:
        vectors = self._opened_vectors()
        for start in range(0, len(slots), BATCH):
            some = slots[start : start + BATCH]
            yield some.tolist(), vectors.rows(some)

    def _tick(self) -> None:
        if self._stop.is_set():
            raise StopBuild

    def _opened_terms(self) -> TermsWriter:
        if self._terms is None:
            raise IndexingError("The writer was not opened: call open() first.")
        return self._terms

    def _opened_vectors(self) -> VectorFile:
        if self._vectors is None:
            raise IndexingError("The writer was not opened: call open() first.")
        return self._vectors
