"""Reads candidates in waves, so that a clear answer does not wait for the twentieth passage.

The first wave holds the best candidates; the rest is read only where the first leaves the
answer open. What is decided early is decided by the same probabilities.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from rag.protocols import Reader
from rag.types import Candidate, Reading

FIRST = 6
# Probability at which the first wave's best answer is taken without reading further.
SURE = 0.7


class Weighed(Protocol):
    """Anything with a probability."""

    @property
    def probability(self) -> float:
        """In [0, 1]."""
        ...


W = TypeVar("W", bound=Weighed)


def read_in_waves(
    reader: Reader,
    question: str,
    candidates: Sequence[Candidate],
    weigh: Callable[[Sequence[Candidate], Sequence[Reading]], list[W]],
    size: int = FIRST,
) -> list[W]:
    """What ``weigh`` makes of the candidates that were read, most probable first.

    ``size`` is that of the first wave: all, where every article's word is wanted.
    """
    first = list(candidates[:size])
    if not first:
        return []
    readings = reader.read(question, [c.passage for c in first])
    weighed = weigh(first, readings)
    rest = list(candidates[size:])
    if not rest or weighed[0].probability >= SURE:
        return weighed
    readings = readings + reader.read(question, [c.passage for c in rest])
    return weigh([*first, *rest], readings)
