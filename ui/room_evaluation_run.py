"""One run, two runs against each other, and the list of a run's cases, as HTML; pure."""

from __future__ import annotations

from collections.abc import Sequence

from evals.compare import Comparison, Flip
from evals.metrics.intervals import Estimate
from evals.report.drawn import pictures_of
from evals.report.wording import (
    HEADS,
    METRICS,
    NAMES,
    P_MEANS,
    PLAIN,
    compared,
    figures,
    flipped,
    spoken,
    visible,
)
from evals.rows import Row
from evals.runfile import Run
from evals.summary import Summary
from ui.markup import esc, shortened
from ui.room_evaluation_list import SIDES, link, percent, when
from ui.room_evaluation_runs import mode_of

PAGE_ROWS = 20  # few, for the pictures stand below them
_HEADLINES = ("passed", "false_answer", "false_refusal")
_SHOWN = {"failed": "Failed", "refused": "Refused", "all": "All"}


def run_html(name: str, run: Run, show: str = "failed", page: int = 0) -> str:
    """A run: what it was, its first figures, its failed cases, then every figure in pictures."""
    summary = run.summary
    return (
        f"{_head(run)}{_invalid(run)}{_headlines(summary)}"
        f"{cases_html(name, run.rows, show, page)}"
        f'<h3 class="section">Figures</h3>{_pictures(summary)}'
        f"<details><summary>Every figure, and what it is</summary>{_figures(summary)}</details>"
        f"<details><summary>By tag</summary>{_tags(summary)}</details>"
    )


def _head(run: Run) -> str:
    config = run.config
    system = config.get("system") or {}
    side = SIDES.get(str(config.get("split")), str(config.get("split")))
    told = {
        "Suite": f"{config.get('suite')}, {side}",
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


def _headlines(summary: Summary) -> str:
    found = [(name, summary.metrics[name]) for name in _HEADLINES if name in summary.metrics]
    items = "".join(
        f'<div><dt>{NAMES[name]}</dt><dd>{percent(estimate)}</dd><dd class="aside">'
        f"{esc(METRICS[name])}</dd></div>"
        for name, estimate in found
    )
    return f'<dl class="figures headlines">{items}</dl>'


def _pictures(summary: Summary) -> str:
    figures = "".join(
        f"<figure><figcaption>{esc(name)}</figcaption>{svg}</figure>"
        for name, svg in pictures_of(summary).items()
    )
    return f'<div class="pictures">{figures}</div>'


def _figures(summary: Summary) -> str:
    return _table("Figures", ("Figure", "Value (95% interval)", "What it is"), figures(summary))


def _tags(summary: Summary) -> str:
    told: Sequence[tuple[str, Estimate]] = list(summary.by_tag.items())
    heads = ("Tag", "Right, refusals that are due among them")
    return _table("By tag", heads, [(tag, spoken(e)) for tag, e in told])


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
    if row.figure("passed"):
        return f"✓ {told}, right"
    return "✕ refused what the articles tell" if row.abstained else "✕ answered, wrong"


def why_words(row: Row) -> str:
    """Why it failed, where the verdict does not say it already."""
    why = str(row.figure("why") or row.error or "")
    return "" if row.abstained and why == "refused" else why


def _case_row(name: str, row: Row) -> str:
    critical = '<span class="aside warn">critical</span>' if row.critical else ""
    return (
        f'<tr><th scope="row" dir="auto"><a href="{esc(link("run", name, "case", row.id))}">'
        f"{esc(shortened(row.question or row.id, 200))}</a>{critical}</th>"
        f"<td>{verdict_words(row)}</td>"
        f'<td dir="auto">{esc(shortened(why_words(row), 200))}</td></tr>'
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
    flips = "".join(_flip(old, new, flip) for flip in comparison.flips)
    listed = (
        '<div class="table-frame" tabindex="0" role="region" aria-label="Flipped cases">'
        '<table class="articles cases"><thead><tr><th scope="col">Question</th>'
        '<th scope="col">Flipped</th><th scope="col">Why</th></tr></thead>'
        f"<tbody>{flips}</tbody></table></div>"
        if flips
        else '<p class="hint">No case flipped.</p>'
    )
    rows = [(m.name, *compared(m), "✕ worse" if m.worse else "") for m in comparison.metrics]
    heads = ("Figure", *(head[0].upper() + head[1:] for head in HEADS[1:]), "")
    return (
        f'<p class="way"><a href="{link()}">All runs</a></p>'
        f'<h2 tabindex="-1">{esc(old)} and {esc(new)}</h2>'
        f'<p class="lead">{flipped(comparison)}. {esc(visible(comparison))}</p>'
        f'<h3 class="section">Flipped cases</h3>{listed}'
        f'<h3 class="section">Figures</h3>{_table("Figures of both", heads, rows)}'
        f'<p class="hint">{esc(P_MEANS)}</p>'
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
        f'<tr><th scope="row">{_named(row[0])}</th>'
        + "".join(f"<td>{esc(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows
    )
    return (
        f'<div class="table-frame" tabindex="0" role="region" aria-label="{esc(name)}">'
        f'<table class="articles numbers"><thead><tr>{head}</tr></thead><tbody>{body}</tbody>'
        "</table></div>"
    )


def _named(name: str) -> str:
    """A metric in plain words above the name that the files have, with its meaning; or a tag."""
    if name not in NAMES:
        return esc(name)
    meaning = METRICS.get(name) or PLAIN.get(name, "")
    return f'<span title="{esc(meaning)}">{esc(NAMES[name])}</span> <code>{esc(name)}</code>'
