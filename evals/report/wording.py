"""What the reports call things: the order of the metrics, their names, what each one means.

A metric has one name in files, options and tables (``answer_ok``) and one in plain words for
who has not read the documentation (`NAMES`); every surface takes both, its unit and its
meaning from here.
"""

from __future__ import annotations

from evals.compare import Compared, Comparison
from evals.gate import INVALID, Verdict
from evals.metrics.intervals import Estimate
from evals.summary import BETTER_WHEN_LOW, Summary

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
    "em": "short answers that equal the expected one word for word, as SQuAD's script has it",
    "f1": "words that short and expected answer share, as SQuAD's script has it",
    "evidence_recall@5": "evidence within the top 5 passages",
    "evidence_recall@10": "evidence within the top 10 passages",
    "all_evidence@5": "all evidence within the top 5 passages",
    "all_evidence@10": "all evidence within the top 10 passages",
    "mrr@10": "one over the rank of the first relevant passage: 100% where it is always first",
    "ndcg@10": "how far up the relevant ones of the top 10 passages stand: 100% is the best order",
    "reach": "evidence that lies wholly inside some passage: more cannot be found",
}
NAMES: dict[str, str] = {
    "passed": "Passed",
    "answer_ok": "Answer right",
    "evidence_cited": "All evidence cited",
    "false_answer": "False answers",
    "false_refusal": "False refusals",
    "short_ok": "Short answer right",
    "fact_recall": "Facts stated",
    "cite_recall": "Evidence cited",
    "cite_precision": "Citations to the point",
    "cite_valid": "Markers that resolve",
    "offsets_ok": "Quotes in their place",
    "value_support": "Values borne out",
    "uncited": "Sentences uncited",
    "em": "Exact match",
    "f1": "Words in common",
    "evidence_recall@5": "Evidence in the top 5",
    "evidence_recall@10": "Evidence in the top 10",
    "all_evidence@5": "All of it in the top 5",
    "all_evidence@10": "All of it in the top 10",
    "mrr@10": "First hit's rank",
    "ndcg@10": "Order of the top 10",
    "reach": "Within one passage",
    "phi": "Right less wrong",
    "aurc": "Risk over coverage",
    "ece": "Calibration error",
    "flip_rate": "Repeats that disagree",
    "tokens": "Tokens an answer",
}
EARLIER = "the earlier run"
HEADS = ("metric", "before", "now", "difference, points (95%)", "p, corrected")
P_MEANS = (
    "p is how probable a difference as large would be by chance, corrected for how many are "
    "looked at (Holm): below 0.05 it counts. The difference is over the n cases that have the "
    "figure in both runs. 'passed' is told and does not gate: its two halves do."
)
PLAIN: dict[str, str] = {
    "phi": "+1 right, 0 silent, -1 wrong, averaged",
    "aurc": "wrong answers on average, from the surest case to all (lower is better)",
    "ece": "how far confidence is from the share that is right (lower is better)",
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


def brief(estimate: Estimate) -> str:
    """``87.2% (n 113)``."""
    return f"{100 * estimate.value:.1f}% (n {estimate.n})"


def compared(metric: Compared) -> tuple[str, str, str, str]:
    """Before, now, their difference in points and the p-value of one metric of two runs."""
    d = metric.difference
    spread = f"{100 * d.value:+.1f} ({100 * d.low:+.1f} to {100 * d.high:+.1f}, n {d.n})"
    p = f"{metric.p:.3f}" if metric.p >= 0.001 else "<0.001"
    return brief(metric.old), brief(metric.new), spread, p


def flipped(comparison: Comparison) -> str:
    """``3 cases flipped to wrong, 2 to right``."""
    lost = sum(flip.to_wrong for flip in comparison.flips)
    noun = "case" if lost == 1 else "cases"
    return f"{lost} {noun} flipped to wrong, {len(comparison.flips) - lost} to right"


def verdict_words(verdict: Verdict, against: str = "") -> str:
    """The gate's decision in one sentence; ``against`` names what it was held against."""
    named = f" against {against}" if against else ""
    if verdict.code == INVALID:
        return f"Gate not decided: {'; '.join(verdict.reasons)}."
    told = f"; {flipped(verdict.comparison)}" if verdict.comparison else ""
    if verdict.reasons:
        return f"Gate failed{named}: {'; '.join(verdict.reasons)}{told}."
    if verdict.comparison is None:
        return "Gate passed: every limit holds."
    return f"Gate passed{named}: {_worst(verdict.comparison)}{told}."


def _worst(comparison: Comparison) -> str:
    """What the largest change for the worse is: it was let through, for it may be chance."""
    signs = {m.name: -1 if m.name in BETTER_WHEN_LOW else 1 for m in comparison.metrics}
    drops = [(-signs[m.name] * m.difference.value, m.name) for m in comparison.metrics]
    drop, name = max(drops, default=(0.0, ""))
    if drop <= 0:
        return "no metric got worse"
    return f"no metric got worse by more than {100 * drop:.1f} points ({name})"


def visible(comparison: Comparison) -> str:
    """What a comparison of this size cannot see, in one sentence."""
    seen, n = comparison.smallest_visible, comparison.answerable
    if seen is None:
        return f"{n} answerable cases are too few to call any difference significant."
    return f"With {n} answerable cases, no difference below {100 * seen:.1f} points could be seen."
