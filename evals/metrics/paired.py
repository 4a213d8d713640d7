"""Tests of a difference between two runs over the same cases.

Exact McNemar for verdicts (McNemar 1947, binomial form). For figures, an interval by a
bootstrap over clusters and a p-value by flipping the signs of whole clusters (Fisher's
randomisation), which stays honest where few clusters differ. Holm's step-down correction
(Holm 1979) over all that gate together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import comb

import numpy as np
from numpy.typing import NDArray

from evals.metrics.intervals import bootstrap_means, cluster_sums

_EXACT = 12  # clusters up to which every choice of signs is tried
_FLIPS = 10_000
_SEED = 20151202
_TINY = 1e-12  # sums of fractions that should be 0 are not always


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """New minus old, with its 95% interval and p-value (two-sided)."""

    value: float
    low: float
    high: float
    p: float
    n: int


def mcnemar(lost: int, won: int) -> float:
    """The two-sided exact p-value for ``lost`` against ``won`` flips; 1 where nothing flipped."""
    flips = lost + won
    if flips == 0:
        return 1.0
    tail = sum(comb(flips, k) for k in range(min(lost, won) + 1)) / 2**flips
    return float(min(1.0, 2 * tail))


def paired_difference(
    old: Sequence[float], new: Sequence[float], clusters: Sequence[str]
) -> Difference | None:
    """The mean of new minus old over whole clusters; None over nothing."""
    gaps = [b - a for a, b in zip(old, new, strict=True)]
    if not gaps:
        return None
    mean = float(np.mean(gaps))
    if not any(gaps):
        return Difference(value=0.0, low=0.0, high=0.0, p=1.0, n=len(gaps))
    low, high = np.percentile(bootstrap_means(gaps, clusters), [2.5, 97.5])
    p = _sign_flips(cluster_sums(gaps, clusters)[0])
    return Difference(value=mean, low=float(low), high=float(high), p=p, n=len(gaps))


def _sign_flips(sums: NDArray[np.float64]) -> float:
    """How often a total as large comes about where the sign of each cluster's sum is chance.

    Every choice of signs is tried while there are few clusters, else 10,000 random ones.
    """
    moved = sums[np.abs(sums) > _TINY]
    if len(moved) == 0:
        return 1.0
    if len(moved) <= _EXACT:
        signs = np.array(list(product((-1.0, 1.0), repeat=len(moved))))
        return float(np.mean(np.abs(signs @ moved) >= abs(moved.sum()) - _TINY))
    signs = np.random.default_rng(_SEED).choice((-1.0, 1.0), size=(_FLIPS, len(moved)))
    as_large = int((np.abs(signs @ moved) >= abs(moved.sum()) - _TINY).sum())
    return (as_large + 1) / (_FLIPS + 1)


def holm(p: Mapping[str, float]) -> dict[str, float]:
    """Holm's adjusted p-values, under the same names."""
    adjusted: dict[str, float] = {}
    largest = 0.0
    for rank, name in enumerate(sorted(p, key=lambda key: p[key])):
        largest = max(largest, min(1.0, (len(p) - rank) * p[name]))
        adjusted[name] = largest
    return adjusted


def smallest_visible(n: int, alpha: float = 0.05) -> float | None:
    """The smallest difference in a rate that n cases could call significant.

    That is the share of cases that must flip, all of them one way; None where even all
    flipping would not suffice.
    """
    flips = next((k for k in range(1, n + 1) if mcnemar(k, 0) < alpha), None)
    return flips / n if flips is not None else None
