"""Intervals: Wilson's for rates, the bootstrap over clusters for means.

Cases about one article stand or fall together, so whole articles are drawn, not cases. A
bootstrap over few clusters promises too much (Cameron, Gelbach and Miller 2008): where
there are fewer than twenty articles, the wordings of one question are drawn together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

_Z = 1.959963984540054  # of 95%
_DRAWS = 2_000
_SEED = 20130424
_LEAST_ARTICLES = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Estimate:
    """A figure with its 95% interval and what it was counted over."""

    value: float
    low: float
    high: float
    n: int


def wilson(hits: int, n: int) -> Estimate | None:
    """A rate with Wilson's score interval (Wilson 1927); None over nothing."""
    if n == 0:
        return None
    rate, z2 = hits / n, _Z * _Z
    centre = (rate + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z * sqrt(rate * (1 - rate) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    # Rounding may push an end past the rate where nothing or everything hits.
    return Estimate(value=rate, low=min(rate, centre - half), high=max(rate, centre + half), n=n)


def clusters_of(articles: Sequence[str], groups: Sequence[str]) -> list[str]:
    """What is drawn whole: articles where there are twenty or more, else groups of wordings."""
    return list(articles if len(set(articles)) >= _LEAST_ARTICLES else groups)


def clustered_mean(values: Sequence[float], clusters: Sequence[str]) -> Estimate | None:
    """A mean with the interval of a bootstrap that draws whole clusters; None over nothing."""
    if not values:
        return None
    means = bootstrap_means(values, clusters)
    low, high = np.percentile(means, [2.5, 97.5])
    mean = float(np.mean(values))
    return Estimate(
        value=mean, low=min(mean, float(low)), high=max(mean, float(high)), n=len(values)
    )


def bootstrap_means(values: Sequence[float], clusters: Sequence[str]) -> NDArray[np.float64]:
    """The means of 2,000 draws of whole clusters; the same every time."""
    sums, sizes = cluster_sums(values, clusters)
    draws = np.random.default_rng(_SEED).integers(0, len(sums), size=(_DRAWS, len(sums)))
    means: NDArray[np.float64] = sums[draws].sum(axis=1) / sizes[draws].sum(axis=1)
    return means


def cluster_sums(
    values: Sequence[float], clusters: Sequence[str]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The sum and the size of each cluster, in the order of their names."""
    index = {name: at for at, name in enumerate(sorted(set(clusters)))}
    sums, sizes = np.zeros(len(index)), np.zeros(len(index))
    for value, cluster in zip(values, clusters, strict=True):
        sums[index[cluster]] += value
        sizes[index[cluster]] += 1
    return sums, sizes


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value below which this share lies, with linear interpolation; None over nothing."""
    return float(np.percentile(values, 100 * share)) if values else None
