"""Sums over the rows of a run: every metric with its interval, by tag, and the curves.

    metrics = summarise(rows)["metrics"]     # {"answer_ok": Estimate(...), ...}

A row is what the runner wrote for one case and repeat (`evals.rows.Row`). A failed row is
in every count that its case asks for, as wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from evals.metrics import abstention
from evals.metrics.intervals import Estimate, clustered_mean, clusters_of, percentile, wilson
from evals.rows import Row

RATES = (
    "passed",
    "answer_ok",
    "evidence_cited",
    "short_ok",
    "false_answer",
    "false_refusal",
    "offsets_ok",
)
MEANS = ("fact_recall", "cite_recall", "cite_precision", "cite_valid", "uncited", "em", "f1")
RETRIEVAL = (
    "evidence_recall@5",
    "evidence_recall@10",
    "all_evidence@5",
    "all_evidence@10",
    "mrr@10",
    "ndcg@10",
    "reach",
)
ANSWERABLE = frozenset({"passed", "answer_ok", "fact_recall"})  # silence passes the others
BETTER_WHEN_LOW = frozenset(
    {"false_answer", "false_refusal", "uncited", "aurc", "flip_rate", "ece"}
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """The figures of a run. ``plain`` holds figures that have no interval."""

    metrics: dict[str, Estimate]
    plain: dict[str, float]
    by_tag: dict[str, Estimate]  # share passed
    latency: dict[str, dict[str, float]]  # stage -> p50, p95, in ms
    risk_coverage: list[tuple[float, float]]
    recall_at: list[tuple[int, float]]


def summarise(rows: Sequence[Row]) -> Summary:
    """All figures of a run's rows."""
    first = [row for row in rows if row.repeat == 0]
    metrics: dict[str, Estimate] = {}
    for name in RATES:
        _put(metrics, name, rate(first, name))
    for name in (*MEANS, *RETRIEVAL):
        _put(metrics, name, mean(first, name))
    _put(metrics, "value_support", value_support(first))
    return Summary(
        metrics=metrics,
        plain=_plain(rows, first),
        by_tag=_by_tag(first),
        latency=_latency(first),
        risk_coverage=_curve(first),
        recall_at=_recall_at(first),
    )


def figure_of(row: Row, name: str) -> float | None:
    """A figure where it counts: those of `ANSWERABLE` only of cases that have an answer."""
    if name in ANSWERABLE and not row.answerable:
        return None
    value: float | None = row.figure(name)
    return value


def rate(rows: Iterable[Row], name: str) -> Estimate | None:
    """A rate over the rows in which the figure counts."""
    found = [bool(value) for row in rows if (value := figure_of(row, name)) is not None]
    return wilson(sum(found), len(found))


def mean(rows: Iterable[Row], name: str) -> Estimate | None:
    """A mean over the rows in which the figure counts, drawn by article."""
    found = [(float(value), row) for row in rows if (value := figure_of(row, name)) is not None]
    return clustered_mean([value for value, _ in found], _clusters([row for _, row in found]))


def value_support(rows: Iterable[Row]) -> Estimate | None:
    """Share of typed values that stand in what their sentence cites, drawn by article."""
    values: list[float] = []
    told: list[Row] = []
    for row in rows:
        total, good = int(row.figure("values") or 0), int(row.figure("values_supported") or 0)
        values += [1.0] * good + [0.0] * (total - good)
        told += [row] * total
    return clustered_mean(values, _clusters(told))


def _clusters(rows: Sequence[Row]) -> list[str]:
    return clusters_of([row.cluster for row in rows], [row.group for row in rows])


def outcome(row: Row) -> abstention.Outcome:
    """What became of a case; silence is silence, whether it was due or not."""
    if row.abstained:
        return abstention.Outcome.SILENT
    right = row.error is None and bool(row.figure("passed"))
    return abstention.Outcome.RIGHT if right else abstention.Outcome.WRONG


def _plain(rows: Sequence[Row], first: Sequence[Row]) -> dict[str, float]:
    confident = [row for row in first if row.figure("confidence") is not None]
    confidence = [float(row.figure("confidence") or 0.0) for row in confident]
    right = [row.answerable and bool(row.figure("passed")) for row in confident]
    repeats: dict[str, list[bool]] = {}
    for row in rows:
        repeats.setdefault(row.id, []).append(bool(row.figure("passed")))
    tokens = [row.tokens for row in first if row.tokens is not None]
    figures = {
        "phi": abstention.phi([outcome(row) for row in first]),
        "aurc": abstention.aurc(confidence, right),
        "ece": abstention.calibration_error(confidence, right),
        "flip_rate": abstention.flip_rate(list(repeats.values())),
        "tokens": sum(tokens) / len(tokens) if tokens else None,
    }
    return {name: value for name, value in figures.items() if value is not None}


def _by_tag(rows: Sequence[Row]) -> dict[str, Estimate]:
    tags = sorted({tag for row in rows for tag in row.tags})
    found: dict[str, Estimate] = {}
    for tag in tags:
        passed = [bool(row.figure("passed")) for row in rows if tag in row.tags]
        _put(found, tag, wilson(sum(passed), len(passed)))
    return found


def _latency(rows: Sequence[Row]) -> dict[str, dict[str, float]]:
    # The first rows warm caches up, which is not what a user waits for.
    warm = rows[min(len(rows) // 10, 5) :]
    stages = sorted({stage for row in warm for stage in row.ms})
    found = {}
    for stage in stages:
        values = [row.ms[stage] for row in warm if stage in row.ms]
        p50, p95 = percentile(values, 0.50), percentile(values, 0.95)
        if p50 is not None and p95 is not None:
            found[stage] = {"p50": p50, "p95": p95}
    return found


def _curve(rows: Sequence[Row]) -> list[tuple[float, float]]:
    known = [row for row in rows if row.figure("confidence") is not None]
    return abstention.risk_coverage(
        [float(row.figure("confidence") or 0.0) for row in known],
        [row.answerable and bool(row.figure("passed")) for row in known],
    )


def _recall_at(rows: Sequence[Row]) -> list[tuple[int, float]]:
    curves = [row.recall_at for row in rows if row.recall_at]
    depth = max((len(curve) for curve in curves), default=0)
    at: Callable[[Sequence[float], int], float] = lambda curve, k: curve[min(k, len(curve)) - 1]  # noqa: E731
    return [(k, sum(at(curve, k) for curve in curves) / len(curves)) for k in range(1, depth + 1)]


def _put(into: dict[str, Estimate], name: str, estimate: Estimate | None) -> None:
    if estimate is not None:
        into[name] = estimate
