"""Reads the candidates that may become the answer, and no others.

Candidates come in waves, best first, so that a clear answer does not wait for the twentieth
passage. Within a wave the most promising are read first, two at a time; one that could not
come near the best so far, however sure the trained reader were of it, is not read at all
(branch and bound): some five and a half passages a question where it took nine
(docs/experiments.md has what that changes).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from rag.protocols import PromisingReader, Reader
from rag.types import Candidate, Reading

# How many of the best candidates have been looked at when a wave ends; the last takes the rest.
ENDS = (4, 8, 12)
# Candidates read side by side. A number of cores here would let answers differ by machine.
TOGETHER = 2
# Probability at which the best so far is taken without reading further, if it answers at all.
SURE = 0.9
# A candidate that cannot reach this share of the best answer's probability is not read: less
# is hardly ever quoted beside it (`rag.answer.select`).
SHARE = 0.6
# A candidate that cannot reach this probability is not read, and where none has it when the last
# of `ENDS` is read, no later one is likely to become the answer: of 520 dev questions one is
# answered at .25 that is not at .4, and none differs between .4 and .45.
HOPELESS = 0.4
# A refusal shows the nearest passages: so many are read however little they promise.
LEAST = 3


class Weighed(Protocol):
    """Anything with a probability, a confidence that it answers, and a place in an order."""

    @property
    def probability(self) -> float:
        """In [0, 1]."""
        ...

    @property
    def confidence(self) -> float:
        """In [0, 1]."""
        ...

    @property
    def order(self) -> float:
        """The highest leads."""
        ...


W = TypeVar("W", bound=Weighed)
W_co = TypeVar("W_co", bound=Weighed, covariant=True)


class Scales(Protocol[W_co]):
    """What the question makes of a candidate, told by its place among the candidates (from 0)."""

    def at_most(self, place: int, probability: float) -> float:
        """The most that `weigh` gives for any reading with this probability or less."""
        ...

    def weigh(self, place: int, reading: Reading) -> W_co:
        """The candidate with its probability."""
        ...


def read_in_waves(
    reader: Reader,
    question: str,
    candidates: Sequence[Candidate],
    scales: Scales[W],
    threshold: float,
    *,
    ends: Sequence[int] = ENDS,
    together: int = TOGETHER,
) -> list[W]:
    """The candidates that were read as ``scales`` weighs them, in their order.

    ``threshold`` is the confidence from which on something is an answer. ``ends`` says where
    each wave but the last ends: none, where every article's word is wanted, is one wave in
    which everything that may count is read. ``together`` candidates are read at a time, so at
    least as many are.
    """
    desk = _Desk(reader, question, candidates, scales)
    if not ends:
        desk.take(desk.promising(desk.look(len(candidates)), HOPELESS))
        return desk.ordered()
    for end in (*(end for end in ends if end < len(candidates)), len(candidates)):
        left = desk.look(end)
        for first in range(0, len(left), together):
            answers = desk.confidence >= threshold
            needed = desk.best * (SHARE if answers else 1.0)
            near = desk.promising(left[first : first + together], max(needed, HOPELESS))
            if not near or (answers and desk.best >= SURE):
                break
            desk.take(near)
        done = desk.confidence >= threshold and desk.best >= SURE
        if done or (end == ends[-1] and desk.best < HOPELESS):
            break
    return desk.ordered()


class _Desk(Generic[W]):
    """The candidates of one question, those that were read and those that may yet be."""

    def __init__(
        self, reader: Reader, question: str, candidates: Sequence[Candidate], scales: Scales[W]
    ) -> None:
        self._reader = reader
        self._question = question
        self._candidates = candidates
        self._scales = scales
        self._most: dict[int, float] = {}
        self._read: dict[int, W] = {}
        self.best = 0.0  # the highest probability
        self.confidence = 0.0  # of the one that leads
        self._first = -math.inf  # its place in the order

    def look(self, end: int) -> list[int]:
        """The places before ``end`` that were not read, the most promising first."""
        places = range(len(self._most), end)
        passages = [self._candidates[place].passage for place in places]
        promised = [1.0] * len(passages)
        if isinstance(self._reader, PromisingReader):
            promised = self._reader.at_most(self._question, passages)
        for place, probability in zip(places, promised, strict=True):
            self._most[place] = self._scales.at_most(place, probability)
        left = (place for place in self._most if place not in self._read)
        return sorted(left, key=lambda place: -self._most[place])

    def promising(self, places: Sequence[int], needed: float) -> list[int]:
        """Those that may exceed ``needed``, and others for as long as too few were read."""
        few = max(0, LEAST - len(self._read))
        return [p for n, p in enumerate(places) if n < few or self._most[p] > needed]

    def take(self, places: Sequence[int]) -> None:
        """Read these."""
        passages = [self._candidates[place].passage for place in places]
        readings = self._reader.read(self._question, passages)
        for place, reading in zip(places, readings, strict=True):
            read = self._read[place] = self._scales.weigh(place, reading)
            self.best = max(self.best, read.probability)
            if read.order > self._first:
                self._first, self.confidence = read.order, read.confidence

    def ordered(self) -> list[W]:
        """What was read, in its order; ties keep the candidates'."""
        places = sorted(self._read, key=lambda p: (-self._read[p].order, p))
        return [self._read[place] for place in places]
