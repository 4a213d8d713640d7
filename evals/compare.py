"""Two runs over the same cases: what differs, how surely, and which questions flipped.

    comparison = compare(load_run(old), load_run(new))

Both columns are the figures that each run's own report has. Verdicts are compared by
McNemar's exact test, figures by a paired test over whole articles or groups of wordings;
p-values of all that can gate are corrected together (Holm). ``passed`` is told and never
gates: it is ``answer_ok`` and the citations together, and those do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.metrics.intervals import Estimate, clusters_of
from evals.metrics.paired import Difference, holm, mcnemar, paired_difference, smallest_visible
from evals.rows import Row
from evals.runfile import Run
from evals.summary import BETTER_WHEN_LOW, figure_of
from evals.systems import RunError

VERDICTS = ("passed", "answer_ok")
TOLD = frozenset({"passed"})  # in the comparison, and not in the gate
FIGURES = (
    *("fact_recall", "cite_recall", "cite_precision", "cite_valid", "value_support"),
    *("false_answer", "false_refusal"),
    *("evidence_recall@5", "evidence_recall@10", "mrr@10", "ndcg@10"),
)
ALPHA = 0.05


@dataclass(frozen=True, kw_only=True, slots=True)
class Flip:
    """A case whose verdict changed."""

    id: str
    question: str
    critical: bool
    to_wrong: bool
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """One metric of both runs, each as its own report has it.

    The difference is over the ``difference.n`` cases that have the figure in both: where one
    run is silent, there may be fewer than in either. ``p`` is corrected for all metrics that
    can gate.
    """

    name: str
    old: Estimate
    new: Estimate
    difference: Difference
    p: float

    @property
    def worse(self) -> bool:
        """Whether the new run is worse, surely enough to act on."""
        if self.name in TOLD:
            return False
        change = -self.difference.value if self.name in BETTER_WHEN_LOW else self.difference.value
        return change < 0 and self.p < ALPHA


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """What changed from the old run to the new one."""

    metrics: tuple[Compared, ...]
    flips: tuple[Flip, ...]  # to wrong first, critical ones first of all
    n: int
    answerable: int  # of them; what the smallest visible difference is told of
    smallest_visible: float | None
    absolute: Mapping[str, Estimate]  # the new run's own figures


def compare(old: Run, new: Run) -> Comparison:
    """Compares two runs. Raises `RunError` where they are not over the same cases."""
    if old.config.get("cases") != new.config.get("cases"):
        raise RunError(
            "the runs are not over the same cases (their hashes differ) and cannot be compared; "
            "run both on one dataset and one split"
        )
    pairs = _pairs(old, new)
    before, now = old.summary.metrics, new.summary.metrics
    found = [*_verdicts(pairs), *_figures(pairs)]
    adjusted = holm({name: p for name, _, p in found if name not in TOLD})
    metrics = tuple(
        Compared(
            name=name,
            old=before[name],
            new=now[name],
            difference=difference,
            p=adjusted.get(name, p),
        )
        for name, difference, p in found
        if name in before and name in now
    )
    flips = sorted(_flips(pairs), key=lambda f: (not f.to_wrong, not f.critical, f.id))
    answerable = sum(row.answerable for row, _ in pairs)
    return Comparison(
        metrics=metrics,
        flips=tuple(flips),
        n=len(pairs),
        answerable=answerable,
        smallest_visible=smallest_visible(answerable),
        absolute=now,
    )


def _pairs(old: Run, new: Run) -> list[tuple[Row, Row]]:
    before = {row.key: row for row in old.rows if row.repeat == 0}
    return [(before[row.key], row) for row in new.rows if row.key in before]


_Found = tuple[str, Difference, float]  # a metric's name, its difference, p uncorrected


def _verdicts(pairs: list[tuple[Row, Row]]) -> list[_Found]:
    asked = [(a, b) for a, b in pairs if a.answerable]
    found = []
    for name in VERDICTS:
        old = [float(bool(a.figure(name))) for a, _ in asked]
        new = [float(bool(b.figure(name))) for _, b in asked]
        difference = paired_difference(old, new, _clusters([a for a, _ in asked]))
        if difference is None:
            continue
        lost = sum(a > b for a, b in zip(old, new, strict=True))
        won = sum(a < b for a, b in zip(old, new, strict=True))
        found.append((name, difference, mcnemar(lost, won)))
    return found


def _figures(pairs: list[tuple[Row, Row]]) -> list[_Found]:
    found = []
    for name in FIGURES:
        # Where one run is silent there is nothing to support or resolve: only what both
        # have is compared. What silence loses shows in answer_ok and cite_recall.
        both = [(_value(a, name), _value(b, name), a) for a, b in pairs]
        known = [(x, y, a) for x, y, a in both if x is not None and y is not None]
        old, new = [x for x, _, _ in known], [y for _, y, _ in known]
        difference = paired_difference(old, new, _clusters([a for _, _, a in known]))
        if difference is not None:
            found.append((name, difference, difference.p))
    return found


def _clusters(rows: Sequence[Row]) -> list[str]:
    return clusters_of([row.cluster for row in rows], [row.group for row in rows])


def _value(row: Row, name: str) -> float | None:
    if name == "value_support":
        values = row.figure("values")
        return row.figure("values_supported") / values if values else None
    value = figure_of(row, name)
    return None if value is None else float(value)


def _flips(pairs: list[tuple[Row, Row]]) -> list[Flip]:
    flips = []
    for a, b in pairs:
        was, now = bool(a.figure("passed")), bool(b.figure("passed"))
        if was != now:
            why = b.figure("why") or ""
            flips.append(
                Flip(
                    id=b.id,
                    question=b.question or a.question,
                    critical=b.critical,
                    to_wrong=was,
                    why=str(why),
                )
            )
    return flips
