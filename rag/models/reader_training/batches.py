"""Batches of about one length, from a budget of wordpieces; groups stay together."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from rag.models.reader_training.arrays import Arrays

POOL = 3000  # groups that are sorted by length together
STEP = 16  # lengths are padded to a multiple of this


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Tensors of one step. ``choice`` marks the pieces that can be chosen, [CLS] included.

    Where a teacher has read the pairs, ``taught_span`` has its start and end logits,
    (2, n, length), and ``taught_answer`` its answer logits.
    """

    ids: torch.Tensor
    kinds: torch.Tensor
    mask: torch.Tensor
    choice: torch.Tensor
    golds: torch.Tensor
    label: torch.Tensor
    group: torch.Tensor
    taught_span: torch.Tensor | None = None
    taught_answer: torch.Tensor | None = None

    def to(self, device: str) -> Batch:
        """The same on another device."""
        held = {name: value for name, value in vars(self).items() if value is not None}
        return Batch(**{name: value.to(device) for name, value in held.items()})


def plan(arrays: Arrays, budget: int, seed: int) -> list[NDArray[np.int64]]:
    """Row numbers of each batch, shuffled, the same for the same seed."""
    rng = random.Random(seed)
    edges = [0, *(np.flatnonzero(np.diff(arrays.group)) + 1).tolist(), len(arrays)]
    groups = list(itertools.pairwise(edges))
    rng.shuffle(groups)
    lengths = arrays.lengths
    batches: list[NDArray[np.int64]] = []
    for at in range(0, len(groups), POOL):
        pool = sorted(groups[at : at + POOL], key=lambda g: int(lengths[g[0] : g[1]].max()))
        rows: list[int] = []
        longest = 0
        for start, end in pool:
            wanted = max(longest, int(lengths[start:end].max()))
            if rows and (len(rows) + end - start) * wanted > budget:
                batches.append(np.array(rows))
                rows, wanted = [], int(lengths[start:end].max())
            rows.extend(range(start, end))
            longest = wanted
        if rows:
            batches.append(np.array(rows))
    rng.shuffle(batches)
    return batches


def collate(arrays: Arrays, rows: NDArray[np.int64]) -> Batch:
    """Pad the rows to one length."""
    longest = -(-int(arrays.lengths[rows].max()) // STEP) * STEP
    ids = np.zeros((len(rows), longest), np.int64)
    kinds, mask, choice = (np.zeros_like(ids) for _ in range(3))
    taught = arrays.taught
    span = np.zeros((2, len(rows), longest), np.float32) if taught else None
    for at, row in enumerate(rows):
        whole = slice(arrays.begins[row], arrays.begins[row + 1])
        pieces = arrays.pieces[whole]
        ids[at, : len(pieces)] = pieces
        kinds[at, arrays.question_end[row] : len(pieces)] = 1
        mask[at, : len(pieces)] = 1
        choice[at, arrays.text_start[row] : len(pieces) - 1] = 1
        choice[at, 0] = 1
        if taught is not None and span is not None:
            span[:, at, : len(pieces)] = taught.start[whole], taught.end[whole]
    return Batch(
        ids=torch.from_numpy(ids),
        kinds=torch.from_numpy(kinds),
        mask=torch.from_numpy(mask),
        choice=torch.from_numpy(choice).bool(),
        golds=torch.from_numpy(arrays.golds[rows].astype(np.int64)),
        label=torch.from_numpy(arrays.label[rows]),
        group=torch.from_numpy(arrays.group[rows]),
        taught_span=None if span is None else torch.from_numpy(span),
        taught_answer=None if taught is None else torch.from_numpy(taught.answer[rows]),
    )


def endless(arrays: Arrays, budget: int, seed: int) -> Iterator[NDArray[np.int64]]:
    """Batches of all pairs, and again in another order."""
    for turn in itertools.count():
        yield from plan(arrays, budget, seed + turn)
