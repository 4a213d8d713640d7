"""What the reports call things: the order of the metrics, their names, what each one means."""

from __future__ import annotations

from evals.compare import Comparison
from evals.metrics.intervals import Estimate
from evals.summary import Summary

METRICS: dict[str, str] = {
    "passed": "facts right and evidence cited, of answerable cases",
    "answer_ok": "all facts stated, none forbidden, not refused",
    "evidence_cited": "every needed place is cited",
    "false_answer": "answered where the articles are silent (lower is better)",
    "false_refusal": "refused where the articles answer (lower is better)",
    "short_ok": "the short answer alone states the facts",
    "fact_recall": "share of the facts stated",
    "cite_recall": "share of the needed places cited",
    "cite_precision": "share of the citations that show a needed place",
    "cite_valid": "share of the markers that resolve to a citation",
    "offsets_ok": "offsets slice exactly the quoted words",
    "value_support": "share of dates, numbers and names that stand in what is cited",
    "uncited": "share of sentences without a citation (lower is better)",
    "em": "exact match as SQuAD's script has it",
    "f1": "token F1 as SQuAD's script has it",
    "evidence_recall@5": "evidence within the top 5 passages",
    "evidence_recall@10": "evidence within the top 10 passages",
    "all_evidence@5": "all evidence within the top 5 passages",
    "all_evidence@10": "all evidence within the top 10 passages",
    "mrr@10": "one over the rank of the first relevant passage",
    "ndcg@10": "discounted gain of the top 10 passages",
    "reach": "evidence that lies wholly inside some passage: the ceiling",
}
PLAIN: dict[str, str] = {
    "phi": "+1 right, 0 silent, -1 wrong, averaged",
    "aurc": "area under the risk-coverage curve (lower is better)",
    "ece": "expected calibration error (lower is better)",
    "flip_rate": "cases whose repeats disagree (lower is better)",
    "tokens": "tokens an answer",
}


def spoken(estimate: Estimate) -> str:
    """``87.2% (81.0 to 91.6, n 113)``."""
    low, high = 100 * estimate.low, 100 * estimate.high
    return f"{100 * estimate.value:.1f}% ({low:.1f} to {high:.1f}, n {estimate.n})"


def figures(summary: Summary) -> list[tuple[str, str, str]]:
    """The name, the value and the meaning of each figure that a run has, in order."""
    told = [
        (name, spoken(summary.metrics[name]), meaning)
        for name, meaning in METRICS.items()
        if name in summary.metrics
    ]
    return told + [
        (name, f"{summary.plain[name]:.3f}", meaning)
        for name, meaning in PLAIN.items()
        if name in summary.plain
    ]


def visible(comparison: Comparison) -> str:
    """What a comparison of this size cannot see, in one sentence."""
    seen = comparison.smallest_visible
    if seen is None:
        return f"{comparison.n} cases are too few to call any difference significant."
    return f"With {comparison.n} cases, no difference below {100 * seen:.1f} points could be seen."
