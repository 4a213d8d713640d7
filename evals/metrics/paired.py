"""Tests of a difference between two runs over the same cases.

Exact McNemar for verdicts (McNemar 1947, binomial form), a clustered paired bootstrap for
figures, Holm's step-down correction (Holm 1979) over all that gate together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb

import numpy as np

from evals.metrics.intervals import bootstrap_means


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
    return min(1.0, 2 * tail)


def paired_difference(
    old: Sequence[float], new: Sequence[float], clusters: Sequence[str]
) -> Difference | None:
    """The mean of new minus old, by a bootstrap that draws whole clusters; None over nothing."""
    gaps = [b - a for a, b in zip(old, new, strict=True)]
    if not gaps:
        return None
    mean = float(np.mean(gaps))
    if not any(gaps):
        return Difference(value=0.0, low=0.0, high=0.0, p=1.0, n=len(gaps))
    means = bootstrap_means(gaps, clusters)
    low, high = np.percentile(means, [2.5, 97.5])
    # Twice the smaller tail beyond 0, one added to both counts so that p is never 0.
    below, above = int((means <= 0).sum()), int((means >= 0).sum())
    p = min(1.0, 2 * (min(below, above) + 1) / (len(means) + 1))
    return Difference(value=mean, low=float(low), high=float(high), p=p, n=len(gaps))


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
