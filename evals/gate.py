"""May this run pass: exit code 0 yes, 1 no, 2 the run itself is not valid.

A run is stopped by a critical case that flips to wrong, by a metric that is significantly
worse than the baseline's, and by limits that hold without any comparison: every citation
resolves, values are supported, unanswerable questions are not answered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from evals.compare import Comparison, compare
from evals.metrics.intervals import Estimate
from evals.runfile import Run
from evals.systems import RunError

PASSED, STOPPED, INVALID = 0, 1, 2
LIMITS: Mapping[str, float] = {"cite_valid": 1.0, "value_support": 0.95, "false_answer": 0.10}
"""cite_valid at least, value_support's lower bound at least, false_answer's upper bound at most."""

_CHECKS: Mapping[str, tuple[Callable[[Estimate, float], bool], str]] = {
    "cite_valid": (lambda e, limit: e.value >= limit, "is {0.value:.4f}, below {1}"),
    "value_support": (
        lambda e, limit: e.low >= limit,
        "has the lower bound {0.low:.3f}, below {1}",
    ),
    "false_answer": (
        lambda e, limit: e.high <= limit,
        "has the upper bound {0.high:.3f}, above {1}",
    ),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """The gate's decision with every reason for it."""

    code: int
    reasons: tuple[str, ...]
    comparison: Comparison | None = None


def gate(
    run: Run, baseline: Run | None = None, limits: Mapping[str, float] | None = None
) -> Verdict:
    """Decides on a run, against a baseline where one is given. ``limits`` overrule `LIMITS`."""
    unknown = sorted(set(limits or {}) - set(LIMITS))
    if unknown:
        raise RunError(f"there is no limit {', '.join(unknown)}; there are: {', '.join(LIMITS)}")
    invalid = [f"the run: {fault}" for fault in run.invalid]
    invalid += [f"the baseline: {fault}" for fault in baseline.invalid] if baseline else []
    if invalid:
        return Verdict(code=INVALID, reasons=tuple(invalid))
    comparison = None
    if baseline is not None:
        try:
            comparison = compare(baseline, run)
        except RunError as error:
            return Verdict(code=INVALID, reasons=(str(error),))
    reasons = [*_absolute(run, {**LIMITS, **(limits or {})}), *_relative(comparison)]
    return Verdict(
        code=STOPPED if reasons else PASSED, reasons=tuple(reasons), comparison=comparison
    )


def _absolute(run: Run, limits: Mapping[str, float]) -> list[str]:
    reasons = []
    metrics = run.summary.metrics
    for name, (holds, words) in _CHECKS.items():
        estimate = metrics.get(name)
        if estimate is not None and not holds(estimate, limits[name]):
            reasons.append(f"{name} {words.format(estimate, limits[name])}")
    return reasons


def _relative(comparison: Comparison | None) -> list[str]:
    if comparison is None:
        return []
    reasons = [
        f"the critical case {flip.id} flipped to wrong: {flip.why or flip.question}"
        for flip in comparison.flips
        if flip.critical and flip.to_wrong
    ]
    for metric in comparison.metrics:
        if metric.worse:
            way = "fell" if metric.difference.value < 0 else "rose"
            change = f"from {metric.old.value:.1%} to {metric.new.value:.1%}"
            reasons.append(f"{metric.name} {way} {change} (p = {metric.p:.4f} after Holm)")
    return reasons
