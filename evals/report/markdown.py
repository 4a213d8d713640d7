"""A run as Markdown: figures, flips and failures, short enough for a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from evals.compare import Comparison
from evals.report.wording import (
    EARLIER,
    HEADS,
    P_MEANS,
    compared,
    figures,
    flipped,
    spoken,
    visible,
)
from evals.rows import Row
from evals.runfile import Run

_MOST = 25  # rows of a list; what is left out is counted


def as_markdown(run: Run, comparison: Comparison | None = None, against: str = EARLIER) -> str:
    """The report, with the comparison ``against`` something first where there is one."""
    summary = run.summary
    parts = [f"## Evaluation: {_cell(run.name)}", _about(run)]
    if run.invalid:
        parts.append(
            "**This run is not valid:** " + "; ".join(_cell(fault) for fault in run.invalid)
        )
    if comparison is not None:
        parts += [_compared(comparison, against), _flipped(comparison)]
    parts.append(
        _table(
            ("metric", "value (95% interval)", "what it is"),
            figures(summary),
        )
    )
    if summary.latency:
        rows = [
            (stage, f"{t['p50']:.0f}", f"{t['p95']:.0f}") for stage, t in summary.latency.items()
        ]
        parts.append(_table(("stage", "p50 ms", "p95 ms"), rows))
    parts.append(_table(("tag", "passed"), [(tag, spoken(e)) for tag, e in summary.by_tag.items()]))
    parts.append(_failures(run))
    return "\n\n".join(part for part in parts if part) + "\n"


def _about(run: Run) -> str:
    config = run.config
    hidden = sum(row.error is not None for row in run.rows)
    return (
        f"{len(run.rows)} rows, split `{config.get('split')}`, {hidden} failed; "
        f"cases `{str(config.get('cases'))[:12]}`, "
        f"made by `{_cell(str(config.get('command', '')))}`"
    )


def _compared(comparison: Comparison, against: str) -> str:
    rows = [(m.name, *compared(m), "**worse**" if m.worse else "") for m in comparison.metrics]
    head = f"### Against {_cell(against)}\n\n{flipped(comparison)}. {visible(comparison)}"
    return f"{head}\n\n{_table((*HEADS, ''), rows)}\n\n{P_MEANS}"


def _flipped(comparison: Comparison) -> str:
    if not comparison.flips:
        return "No case flipped."
    rows = [
        (
            "to wrong" if flip.to_wrong else "to right",
            flip.id + (" **critical**" if flip.critical else ""),
            flip.question,
            flip.why,
        )
        for flip in comparison.flips
    ]
    return "### Flipped cases\n\n" + _table(("", "case", "question", "why"), rows)


def _failures(run: Run) -> str:
    """What failed; of the test split only how many, for what is looked at cannot measure again."""
    failed = [row for row in run.rows if not row.figure("passed") and row.repeat == 0]
    shown = [row for row in failed if row.split != "test"]
    parts = []
    if shown:
        rows = [
            (row.id, row.question, str(row.figure("why") or ""), _answer(row))
            for row in shown[:_MOST]
        ]
        parts.append(
            "### Failed cases (dev)\n\n" + _table(("case", "question", "why", "answer"), rows)
        )
    if len(shown) > _MOST:
        parts.append(f"{len(shown) - _MOST} more are in report.html.")
    hidden = len(failed) - len(shown)
    if hidden:
        parts.append(f"{hidden} cases of the test split failed; report.html lists them.")
    return "\n\n".join(parts)


def _answer(row: Row) -> str:
    return row.error or ("(refused)" if row.abstained else row.answer[:160])


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    if not rows:
        return ""
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def _cell(text: str) -> str:
    """Text that cannot break out of a table cell or become markup."""
    flat = " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")
    return flat.replace("<", "&lt;").replace("`", "'").replace("![", "!\\[").replace("](", "]\\(")
