"""One run, two runs against each other, and the list of a run's cases, as HTML; pure."""

from __future__ import annotations

from collections.abc import Sequence

from evals.compare import Comparison, Flip
from evals.metrics.intervals import Estimate
from evals.report import pictures
from evals.report.wording import METRICS, figures, spoken, visible
from evals.rows import Row
from evals.runfile import Run
from evals.summary import BETTER_WHEN_LOW, Summary
from ui.markup import esc, shortened
from ui.room_evaluation_list import link, when
from ui.room_evaluation_runs import mode_of

PAGE_ROWS = 50
_SHOWN = {"failed": "Failed", "refused": "Refused", "all": "All"}


def run_html(name: str, run: Run, show: str = "failed", page: int = 0) -> str:
    """A run: what it was, its figures as pictures, and its cases."""
    summary = run.summary
    return (
        f"{_head(run)}{_invalid(run)}{_pictures(summary)}"
        f"<details><summary>Every figure</summary>{_figures(summary)}</details>"
        f"<details><summary>By tag</summary>{_tags(summary)}</details>"
        f"{cases_html(name, run.rows, show, page)}"
    )


def _head(run: Run) -> str:
    config = run.config
    system = config.get("system") or {}
    told = {
        "Suite": f"{config.get('suite')}, side {config.get('split')}",
        "Made": when(str(config.get("created", ""))),
        "Answered by": mode_of(config),
        "Articles": f"{system['articles']:,}" if isinstance(system.get("articles"), int) else "",
        "Cases": f"{len(run.rows):,}",
    }
    items = "".join(
        f"<div><dt>{name}</dt><dd>{esc(value)}</dd></div>" for name, value in told.items() if value
    )
    return (
        f'<p class="way"><a href="{link()}">All runs</a></p>'
        f'<h2 tabindex="-1">{esc(str(config.get("suite")))}, '
        f'{esc(when(str(config.get("created", ""))))}</h2><dl class="figures about">{items}</dl>'
    )


def _invalid(run: Run) -> str:
    if not run.invalid:
        return ""
    items = "".join(f"<li>{esc(fault)}</li>" for fault in run.invalid)
    return f'<div class="panel failed"><p>This run is not valid:</p><ul>{items}</ul></div>'


def _pictures(summary: Summary) -> str:
    rates = {name: summary.metrics[name] for name in METRICS if name in summary.metrics}
    found = {"Figures with their 95% intervals": pictures.intervals(rates, BETTER_WHEN_LOW)}
    if summary.risk_coverage:
        found["Answering more, and what it costs"] = pictures.curve(
            summary.risk_coverage, "share of cases answered", "share of those that are wrong"
        )
    if summary.recall_at:
        points = [(float(k), value) for k, value in summary.recall_at]
        found["Evidence within the first passages"] = pictures.curve(
            points, "passages", "evidence found", points[-1][0]
        )
    if summary.latency:
        found["Time of each stage"] = pictures.latencies(summary.latency)
    return (
        '<div class="pictures">'
        + "".join(
            f"<figure><figcaption>{esc(name)}</figcaption>{svg}</figure>"
            for name, svg in found.items()
        )
        + "</div>"
    )


def _figures(summary: Summary) -> str:
    return _table("Figures", ("Figure", "Value (95% interval)", "What it is"), figures(summary))


def _tags(summary: Summary) -> str:
    told: Sequence[tuple[str, Estimate]] = list(summary.by_tag.items())
    return _table("By tag", ("Tag", "Passed"), [(tag, spoken(e)) for tag, e in told])


def cases_html(name: str, rows: Sequence[Row], show: str, page: int) -> str:
    """A page of the cases: what failed first, unless others are asked for."""
    first = [row for row in rows if row.repeat == 0]
    kept = [row for row in first if _kept(row, show)]
    kept.sort(key=lambda row: (bool(row.figure("passed")), not row.critical))
    last = max(0, -(-len(kept) // PAGE_ROWS) - 1)
    page = min(max(page, 0), last)
    tabs = "".join(
        f'<a href="{esc(link("run", name, key))}"{" aria-current=true" if key == show else ""}>'
        f"{told} {sum(_kept(row, key) for row in first):,}</a>"
        for key, told in _SHOWN.items()
    )
    items = "".join(_case_row(name, row) for row in kept[page * PAGE_ROWS : (page + 1) * PAGE_ROWS])
    table = (
        '<div class="table-frame" tabindex="0" role="region" aria-label="Cases">'
        '<table class="articles cases"><thead><tr><th scope="col">Question</th>'
        '<th scope="col">Verdict</th><th scope="col">Why</th></tr></thead>'
        f"<tbody>{items}</tbody></table></div>"
        if items
        else '<p class="hint">There is none.</p>'
    )
    return (
        f'<h3 class="section">Cases</h3><p class="tabs">{tabs}</p>{table}'
        f"{_pager(name, show, page, last)}"
    )


def _kept(row: Row, show: str) -> bool:
    if show == "failed":
        return not row.figure("passed")
    return show == "all" or row.abstained


def verdict_words(row: Row) -> str:
    """Passed, failed, refused or broken off, with a sign that is not colour alone."""
    if row.error is not None:
        return "✕ no answer"
    told = "refused" if row.abstained else "answered"
    return f"✓ {told}, right" if row.figure("passed") else f"✕ {told}, wrong"


def _case_row(name: str, row: Row) -> str:
    critical = '<span class="aside warn">critical</span>' if row.critical else ""
    return (
        f'<tr><th scope="row" dir="auto"><a href="{esc(link("run", name, "case", row.id))}">'
        f"{esc(shortened(row.question or row.id, 200))}</a>{critical}</th>"
        f"<td>{verdict_words(row)}</td>"
        f'<td dir="auto">{esc(shortened(str(row.figure("why") or row.error or ""), 200))}</td></tr>'
    )


def _pager(name: str, show: str, page: int, last: int) -> str:
    if not last:
        return ""

    def step(to: int, told: str) -> str:
        if not 0 <= to <= last:
            return f"<span>{told}</span>"
        return f'<a href="{esc(link("run", name, show, str(to)))}">{told}</a>'

    return (
        '<nav class="pager" aria-label="Pages of the cases">'
        f"{step(page - 1, 'Earlier')}<span>Page {page + 1} of {last + 1}</span>"
        f"{step(page + 1, 'Later')}</nav>"
    )


def comparison_html(old: str, new: str, comparison: Comparison) -> str:
    """Two runs: the flipped cases first, then the figures with what may be relied on."""
    lost = sum(flip.to_wrong for flip in comparison.flips)
    flips = "".join(_flip(old, new, flip) for flip in comparison.flips)
    listed = (
        '<div class="table-frame" tabindex="0" role="region" aria-label="Flipped cases">'
        '<table class="articles cases"><thead><tr><th scope="col">Question</th>'
        '<th scope="col">Flipped</th><th scope="col">Why</th></tr></thead>'
        f"<tbody>{flips}</tbody></table></div>"
        if flips
        else '<p class="hint">No case flipped.</p>'
    )
    rows = [
        (
            m.name + (" (worse)" if m.worse else ""),
            f"{m.old:.3f}",
            f"{m.new:.3f}",
            f"{m.difference.value:+.3f} ({m.difference.low:+.3f} to {m.difference.high:+.3f})",
            f"{m.p:.3f}",
        )
        for m in comparison.metrics
    ]
    heads = ("Figure", "Before", "Now", "Difference (95%)", "p (Holm)")
    return (
        f'<p class="way"><a href="{link()}">All runs</a></p>'
        f'<h2 tabindex="-1">{esc(old)} and {esc(new)}</h2>'
        f'<p class="lead">{lost} flipped to wrong, {len(comparison.flips) - lost} to right. '
        f"{esc(visible(comparison))}</p>"
        f'<h3 class="section">Flipped cases</h3>{listed}'
        f'<h3 class="section">Figures</h3>{_table("Figures of both", heads, rows)}'
    )


def _flip(old: str, new: str, flip: Flip) -> str:
    critical = '<span class="aside warn">critical</span>' if flip.critical else ""
    way = "✕ to wrong" if flip.to_wrong else "✓ to right"
    return (
        '<tr><th scope="row" dir="auto">'
        f'<a href="{esc(link("compare", old, new, "case", flip.id))}">'
        f"{esc(shortened(flip.question or flip.id, 200))}</a>{critical}</th><td>{way}</td>"
        f'<td dir="auto">{esc(shortened(flip.why, 200))}</td></tr>'
    )


def _table(name: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f'<th scope="col">{esc(cell)}</th>' for cell in heads)
    body = "".join(
        f'<tr><th scope="row">{esc(row[0])}</th>'
        + "".join(f"<td>{esc(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="table-frame" tabindex="0" role="region" aria-label="{esc(name)}">'
        f'<table class="articles numbers"><thead><tr>{head}</tr></thead><tbody>{body}</tbody>'
        "</table></div>"
    )
