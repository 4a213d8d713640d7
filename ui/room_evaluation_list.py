"""The evaluation room's first page as HTML: what runs now, the way to start, the list; pure.

Every view has an address (``#evaluation/run/NAME``), so that links, the browser's back and a
bookmark work; `link` makes one.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from evals.metrics.intervals import Estimate
from evals.report import pictures
from evals.report.wording import METRICS, NAMES
from ui.markup import esc
from ui.room_evaluation_bench import BenchState
from ui.room_evaluation_runs import SHIPPED, RunCard

HEAD = (
    '<h1>Evaluation</h1><p class="lead">Questions whose answers are known, asked of the articles '
    "that are indexed now. Each answer is checked for its facts and each citation for its place, "
    "and every figure says how sure it is.</p>"
)
_LACKING = (
    f"The suite {SHIPPED} asks about the five articles that come with Dateline; "
    "they are not indexed here."
)
SIDES = {"all": "all cases", "dev": "cases to tune on (dev)", "test": "cases held back (test)"}
_WHERE = (
    "The command lies in <code>.venv/bin</code> of the folder of Dateline: "
    "<code>.venv/bin/dateline eval …</code>"
)
_WITHIN = "19 of 20 within"
_WITHIN_MEANS = "The time in which 19 of 20 questions were answered (the 95th percentile)"


def link(*parts: str) -> str:
    """The address of a view."""
    return "#" + "/".join(["evaluation", *(quote(part, safe="") for part in parts)])


def when(created: str) -> str:
    """``2026-11-22 01:40:07`` of the stamp of a run."""
    return created.replace("T", " ")[:19]


def percent(estimate: Estimate | None) -> str:
    """``87.2 %, 81.0 to 91.6, n 113`` as HTML, or that there is none."""
    if estimate is None:
        return '<span class="aside">none</span>'
    low, high = 100 * estimate.low, 100 * estimate.high
    aside = f"{low:.1f} to {high:.1f}, n {estimate.n}"
    return f'<b>{100 * estimate.value:.1f}%</b> <span class="aside">{aside}</span>'


def start_html(suites: Sequence[str], *, lacking: bool, busy: bool) -> str:
    """The form that starts a run; the shipped suite may be ``lacking`` its articles."""
    options = "".join(
        f'<option value="{esc(name)}"{" disabled" if lacking and name == SHIPPED else ""}>'
        f"{esc(name)}{' (shipped)' if name == SHIPPED else ''}</option>"
        for name in suites
    )
    sides = "".join(f'<option value="{value}">{told}</option>' for value, told in SIDES.items())
    off = " disabled" if busy else ""
    note = f'<p class="hint">{_LACKING}</p>' if lacking else ""
    return (
        '<form id="evaluation-form" class="panel"><h2>Run a suite</h2><div class="fields">'
        f'<label>Suite <select id="evaluation-suite">{options}</select></label>'
        f'<label>Cases <select id="evaluation-side">{sides}</select></label>'
        '<label>At most <input id="evaluation-most" inputmode="numeric" maxlength="6" '
        'placeholder="all" size="6"> cases</label>'
        f'<button type="submit" class="button"{off}>Start</button></div>{note}'
        '<p class="hint">A suite of your own is a .jsonl file with one case a line: '
        f"<code>dateline eval draft</code> proposes one out of your articles. {_WHERE}</p></form>"
    )


def now_html(state: BenchState) -> str:
    """The run that is under way, or how the last one ended."""
    if state.phase == "idle" or state.wish is None:
        return ""
    if not state.busy:
        return _ended(state)
    told = f"{state.done} of {state.total} asked"
    if state.seconds_left is not None:
        told += f", about {duration(state.seconds_left)} left"
    failed = f"<p>{state.failed} failed</p>" if state.failed else ""
    stop = (
        '<p class="stage">Ending after this question…</p>'
        if state.phase == "stopping"
        else '<button type="button" class="button wide" data-act="evaluation-stop">Stop</button>'
    )
    return (
        '<section class="panel running" data-busy="yes" aria-label="The run under way">'
        f"<h2>Running {esc(state.wish.suite)}</h2>"
        f'<progress max="{max(1, state.total)}" value="{state.done}" '
        f'aria-label="Questions asked">{told}</progress><p class="count">{told}</p>'
        f'<dl class="figures"><div><dt>Passed</dt><dd>{percent(state.passed_share)}</dd></div>'
        f"<div><dt>False answers</dt><dd>{percent(state.false_share)}</dd></div></dl>"
        f"{failed}{stop}</section>"
    )


def _ended(state: BenchState) -> str:
    if state.phase == "done":
        return (
            f'<p class="panel ended" role="status">The run is done. '
            f'<a href="{esc(link("run", state.run))}">See it</a></p>'
        )
    if state.phase == "stopped":
        return (
            f'<p class="panel ended" role="status">{esc(state.message)} '
            f"{state.done} of {state.total} were asked. {_resume(state.run)}</p>"
        )
    return f'<p class="panel failed" role="alert">{esc(state.message)}</p>'


def _resume(name: str) -> str:
    return (
        f'<button type="button" class="quiet" data-act="evaluation-resume" '
        f'data-run="{esc(name)}">Go on with it</button>'
    )


def duration(seconds: float) -> str:
    """``40 seconds``, ``3 minutes``, ``2 hours``: as fine as one needs to decide to wait."""
    if seconds < 1.5:
        return "1 second"
    if seconds < 90:
        return f"{round(seconds)} seconds"
    if seconds < 5400:
        return f"{round(seconds / 60)} minutes"
    return f"{round(seconds / 3600)} hours"


def list_html(cards: Sequence[RunCard], *, running: str = "") -> str:
    """The runs, and what compares two of them."""
    shown = [card for card in cards if card.name != running]
    if not shown:
        return (
            '<p class="hint">There are no runs yet. Start one above, or on the command line: '
            "<code>dateline eval run seeds</code></p>"
        )
    rows = "".join(_row(card) for card in shown)
    heads = {
        "Run": "",
        "Cases": "",
        NAMES["passed"]: METRICS["passed"],
        NAMES["false_answer"]: METRICS["false_answer"],
        _WITHIN: _WITHIN_MEANS,
    }
    head = "".join(
        f'<th scope="col" title="{esc(meaning)}">{esc(name)}</th>'
        if meaning
        else f'<th scope="col">{esc(name)}</th>'
        for name, meaning in heads.items()
    )
    return (
        f'{_compare(shown)}<h2>Runs</h2><div class="table-frame" tabindex="0" role="region" '
        'aria-label="Runs"><table class="articles runs">'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(card: RunCard) -> str:
    name = f"{esc(card.suite)} <span>{esc(when(card.created))}</span>"
    aside = f'<span class="aside">{esc(card.mode)}, {esc(SIDES.get(card.split, card.split))}</span>'
    if not card.finished or card.p95_ms is None:
        told = f"{card.done} of {card.count} done"
        return (
            f'<tr><th scope="row">{name}{aside}</th><td>{told}</td>'
            f'<td colspan="3">Not finished. {_resume(card.name)}</td></tr>'
        )
    wrong = '<span class="aside warn">not valid</span>' if card.invalid else ""
    return (
        f'<tr><th scope="row"><a href="{esc(link("run", card.name))}">{name}</a>{aside}{wrong}</th>'
        f'<td class="figure"><span class="unit">Cases </span>{card.count}</td>'
        f'<td class="figure">{_figure(card.passed, "Passed", low=False)}</td>'
        f'<td class="figure">{_figure(card.false_answer, "False answers", low=True)}</td>'
        f'<td class="figure"><span class="unit">{_WITHIN} </span>{card.p95_ms:,.0f} ms</td>'
        "</tr>"
    )


def _figure(estimate: Estimate | None, name: str, *, low: bool) -> str:
    if estimate is None:
        return percent(None)
    strip = pictures.strip(estimate, name, low_is_better=low)
    return f'<span class="unit">{name} </span>{strip}{percent(estimate)}'


def _told(card: RunCard) -> str:
    """A run in one line that no other run has: ``seeds 2026-11-22 05:42:10, offline, …``."""
    passed = f", passed {100 * card.passed.value:.1f}%" if card.passed else ""
    return f"{card.suite} {when(card.created)}, {card.mode}, {card.count} cases{passed}"


def _compare(cards: Sequence[RunCard]) -> str:
    whole = [card for card in cards if card.finished]
    if len(whole) < 2:
        return ""

    def options(chosen: int) -> str:
        return "".join(
            f'<option value="{esc(card.name)}"{" selected" if at == chosen else ""}>'
            f"{esc(_told(card))}</option>"
            for at, card in enumerate(whole)
        )

    return (
        '<form id="evaluation-compare" class="panel"><h2>Compare two runs</h2>'
        f'<div class="fields"><label>Before <select id="evaluation-old">{options(1)}</select>'
        f'</label><label>Now <select id="evaluation-new">{options(0)}</select></label>'
        '<button type="submit" class="button">Compare</button></div></form>'
    )
