"""Which pictures a run has, each under the words that stand above it.

``report.html`` and the page show the same ones; `evals.report.pictures` draws them.
"""

from __future__ import annotations

from evals.report import pictures
from evals.report.wording import METRICS, NAMES
from evals.summary import BETTER_WHEN_LOW, Summary


def pictures_of(summary: Summary) -> dict[str, str]:
    """Captions with their SVG."""
    rates = {name: summary.metrics[name] for name in METRICS if name in summary.metrics}
    found = {
        "Figures with their 95% intervals; n is how many cases each is counted over": (
            pictures.intervals(rates, BETTER_WHEN_LOW, NAMES, METRICS)
        )
    }
    if summary.risk_coverage:
        found["Answering only what is surest: fewer cases, fewer of them wrong"] = pictures.curve(
            summary.risk_coverage,
            "share of all cases that is kept, surest first",
            "of those kept, the share that is wrong",
        )
    if summary.recall_at:
        points = [(float(k), value) for k, value in summary.recall_at]
        found["Share of the evidence that is among the first passages"] = pictures.curve(
            points, "passages looked at", "evidence found", points[-1][0]
        )
    if summary.latency:
        found[
            "Time of each stage: half of the cases take less than the first figure, 19 of 20 "
            "less than the second"
        ] = pictures.latencies(summary.latency)
    return found
