"""Make the derived indexes again from the catalogue, in fresh places, and swap.

Until the swap, one transaction, every reader goes on with the old ones. Vectors are kept
where they were made by the same encoder and are sound; all others are encoded again. Slots
stay as they are, so nothing else in the catalogue changes.

Callers hold the write lock.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.index.base import BATCH, build
from rag.index.catalogue import Catalogue, State
from rag.index.ingest import Progress
from rag.index.ledger import Ledger
from rag.index.places import Places
from rag.index.report import IngestProgress
from rag.index.schema import connect
from rag.index.terms import TermsWriter
from rag.index.vectorfile import VectorFile
from rag.protocols import Encoder, Vectors


def rebuild(
    folder: Path,
    encoder: Encoder,
    *,
    progress: Progress | None = None,
    encode: bool = False,
) -> None:
    """Rebuild everything; ``encode`` does not trust any stored vector."""
    catalogue, places = Catalogue(folder), Places(folder)
    link = connect(folder)
    try:
        ledger = Ledger(link)
        state = catalogue.state()
        places.sweep(state)
        names = {kind: places.fresh(kind) for kind in ("vectors", "base", "terms")}
        vectors = VectorFile(places.vectors(names["vectors"]), encoder.dim)
        terms = TermsWriter(places.terms(names["terms"]))
        old = None
        if not encode and (state.encoder, state.dim) == (encoder.name, encoder.dim):
            old = VectorFile(places.vectors(state.vectors), state.dim)
        slots = catalogue.slots_below(state.next_slot)
        try:
            for start in range(0, len(slots), BATCH):
                some = slots[start : start + BATCH]
                _copy(catalogue, encoder, some, old, vectors, terms)
                if progress is not None:
                    done = start + len(some)
                    progress(IngestProgress(done=done, total=len(slots), passages=done, failed=0))
            unfinished = ledger.unfinished()  # their terms were not copied
            terms.commit()
        finally:
            terms.close()
        build(
            places.vectors(names["base"]),
            copy_of=None,
            drop=(),
            add=(
                (some, vectors.rows(some))
                for some in (slots[at : at + BATCH] for at in range(0, len(slots), BATCH))
            ),
        )
        ledger.point(
            encoder=encoder.name,
            dim=encoder.dim,
            base_upto=state.next_slot,
            ready_upto=state.next_slot,
            base_retired=0,
            **names,
        )
        ledger.forget(unfinished)
        places.sweep(catalogue.state(), keep=_in_use(state))
    finally:
        catalogue.close()
        link.close()


def _copy(
    catalogue: Catalogue,
    encoder: Encoder,
    slots: Sequence[int],
    old: VectorFile | None,
    vectors: VectorFile,
    terms: TermsWriter,
) -> None:
    """Bring some passages into the new indexes."""
    found = catalogue.documents(slots)
    terms.add(found)
    made: Vectors = np.zeros((len(slots), encoder.dim), np.float32)
    if old is not None and old.size() > max(slots):
        made = old.rows(slots)
    bad = np.flatnonzero(~sound(made))
    if len(bad):
        texts = [_embedded(found[row][2], found[row][3]) for row in bad]
        made[bad] = encoder.encode(texts)
    first = 0
    for end in range(1, len(slots) + 1):  # in runs of neighbouring slots
        if end == len(slots) or slots[end] != slots[end - 1] + 1:
            vectors.write(slots[first], made[first:end])
            first = end


def sound(vectors: Vectors) -> NDArray[np.bool_]:
    """Which rows have length 1, within what float16 rounds."""
    lengths = np.linalg.norm(vectors, axis=1)
    near: NDArray[np.bool_] = np.abs(lengths - 1.0) < 0.01  # false for NaN too
    return near


def _embedded(header: str, text: str) -> str:
    return f"{header}\n{text}" if header else text


def _in_use(state: State) -> tuple[str, ...]:
    """A reader may just have read the old names: they stay until the next writer."""
    return tuple(name for name in (state.vectors, state.base, state.terms) if name)
