"""Metrics of silence: what it costs to answer too much, and to answer too little.

``aurc`` is the area under the risk-coverage curve (El-Yaniv and Wiener 2010; Geifman and
El-Yaniv 2017): cases are answered in falling confidence, and the risk, the share of wrong
ones among those answered, is averaged over all coverages. 0 is perfect.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from itertools import groupby


class Outcome(Enum):
    """What became of one case, with what it is worth in ``phi``."""

    RIGHT = 1
    SILENT = 0
    WRONG = -1


def phi(outcomes: Sequence[Outcome]) -> float | None:
    """Mean worth of the outcomes: a right answer +1, silence 0, a wrong answer -1."""
    return sum(outcome.value for outcome in outcomes) / len(outcomes) if outcomes else None


def risk_coverage(confidence: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float]]:
    """The curve as (coverage, risk), one point for each distinct confidence, falling."""
    ranked = sorted(zip(confidence, right, strict=True), key=lambda pair: -pair[0])
    points, answered, wrong = [], 0, 0
    for _, tied in groupby(ranked, key=lambda pair: pair[0]):
        verdicts = [ok for _, ok in tied]
        answered += len(verdicts)
        wrong += len(verdicts) - sum(verdicts)
        points.append((answered / len(ranked), wrong / answered))
    return points


def aurc(confidence: Sequence[float], right: Sequence[bool]) -> float | None:
    """Mean risk over all coverages, from one case to all.

    Cases of equal confidence share their wrongs evenly, so that their order is no matter.
    """
    ranked = sorted(zip(confidence, right, strict=True), key=lambda pair: -pair[0])
    risks: list[float] = []
    wrong = 0.0
    for _, tied in groupby(ranked, key=lambda pair: pair[0]):
        verdicts = [ok for _, ok in tied]
        each = (len(verdicts) - sum(verdicts)) / len(verdicts)
        for _ in verdicts:
            wrong += each
            risks.append(wrong / (len(risks) + 1))
    return sum(risks) / len(risks) if risks else None


def calibration_error(
    confidence: Sequence[float], right: Sequence[bool], bins: int = 10
) -> float | None:
    """Expected calibration error (Naeini et al. 2015): confident minus right, over bins."""
    if not confidence:
        return None
    total = 0.0
    for at in range(bins):
        low, high = at / bins, (at + 1) / bins
        inside = [
            (c, ok)
            for c, ok in zip(confidence, right, strict=True)
            if low <= c < high or (at == bins - 1 and c >= high)
        ]
        if inside:
            total += abs(sum(ok for _, ok in inside) - sum(c for c, _ in inside))
    return total / len(confidence)


def flip_rate(repeats: Sequence[Sequence[bool]]) -> float | None:
    """Share of cases whose repeats did not all come out the same."""
    counted = [outcomes for outcomes in repeats if len(outcomes) > 1]
    if not counted:
        return None
    return sum(len(set(outcomes)) > 1 for outcomes in counted) / len(counted)
