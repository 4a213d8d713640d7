"""What is told of articles that come and go: uploads, their reports, removals; pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from rag.index.report import IngestReport, IngestRow, RowStatus
from rag.types import ArticleInfo
from ui.markup import esc, isolated, shortened
from ui.removals import Removal, Stage
from ui.render_articles import FRONT_MATTER
from ui.upload_run import UploadState
from ui.words import date_words, title_words

_ROWS = 50

_STATUS_WORDS = {
    RowStatus.ADDED: "added",
    RowStatus.UPDATED: "updated",
    RowStatus.UNCHANGED: "already here, unchanged",
    RowStatus.DUPLICATE: "the same text is already here",
    RowStatus.FAILED: "not added",
    RowStatus.REMOVED: "removed",
}


def report_html(
    report: IngestReport,
    refused: Sequence[IngestRow] = (),
    infos: Mapping[str, ArticleInfo] | None = None,
) -> str:
    """What became of each uploaded file, failures first; ``infos`` are the articles by id."""
    known = infos or {}
    rows = sorted((*refused, *report.rows), key=lambda row: row.status is not RowStatus.FAILED)
    shown = rows[:_ROWS]
    found = [known.get(row.article_id or "") for row in shown]
    items = "".join(
        f'<li class="{row.status.value}" dir="auto">{_became(row, info)}</li>'
        for row, info in zip(shown, found, strict=True)
    )
    rest = len(rows) - len(shown)
    more = f'<li class="hint">and {rest:,} more</li>' if rest else ""
    lacks = any(info and not (info.publisher and info.published.year) for info in found)
    hint = f'<p class="hint">{FRONT_MATTER}</p>' if lacks else ""
    return f'<div role="status"><ul class="report">{items}{more}</ul>{hint}</div>'


def _became(row: IngestRow, info: ArticleInfo | None) -> str:
    """One file: as what it was understood, or why it was not."""
    words = _STATUS_WORDS[row.status]
    name = esc(shortened(_name(row.source), 120))
    if info is None:
        return f"<b>{name}</b> {words}{_why(row)}"
    published = info.published
    date = date_words(published) if published.year is not None else "date not found"
    publisher = isolated(info.publisher) if info.publisher else "publisher not found"
    return (
        f"{words[0].upper()}{words[1:]}: <b>{isolated(shortened(title_words(info), 200))}</b> · "
        f'{date} · {publisher} <span class="aside">{name}</span>{_why(row)}'
    )


def _why(row: IngestRow) -> str:
    return f": {esc(shortened(row.message, 400))}" if row.message else ""


def _name(source: str) -> str:
    return source.replace("\\", "/").rsplit("/", 1)[-1] or source


def upload_html(state: UploadState, infos: Mapping[str, ArticleInfo] | None = None) -> str:
    """How far an upload is, or what became of it; ``infos`` are the articles by id."""
    if state.message:
        return f'<p class="failed" role="alert">{esc(state.message)}</p>'
    if state.report is not None:
        ended = "Ended. What was ready stays." if state.report.cancelled else ""
        told = f'<p class="hint" role="status">{ended}</p>' if ended else ""
        return told + report_html(state.report, state.refused, infos)
    finished = {_name(source) for source in state.finished}
    items = "".join(
        f'<li class="{"read" if name in finished else "waiting"}" dir="auto">'
        f"<b>{esc(shortened(name, 120))}</b> {'read' if name in finished else 'waiting'}</li>"
        for name in state.files[:_ROWS]
    )
    rest = len(state.files) - _ROWS
    more = f'<li class="hint">and {rest:,} more</li>' if rest > 0 else ""
    return (
        f'<p class="count">{esc(_far(state))} '
        '<button type="button" class="quiet" data-act="end-upload">End</button></p>'
        f'<ul class="report">{items}{more}</ul>'
    )


def _far(state: UploadState) -> str:
    """``3 of 5 articles, 41 passages, 12 a second, about 4 s left, 1 failed``."""
    done = state.progress
    if done is None:
        return "Reading the files…"
    of = f" of {done.total:,}" if done.total is not None else ""
    told = [f"{done.done:,}{of} articles", f"{done.passages:,} passages"]
    if state.seconds >= 1 and done.passages:
        told.append(f"{done.passages / state.seconds:,.0f} a second")
    if state.seconds >= 1 and done.total and done.done:
        left = state.seconds / done.done * (done.total - done.done)
        told.append(f"about {left:,.0f} s left")
    if done.failed:
        told.append(f"{done.failed:,} failed")
    return ", ".join(told)


def removals_html(removals: Sequence[Removal], seconds: float) -> str:
    """What an owner has asked to be removed, each with a way back while there is one.

    ``data-again`` is after how many seconds there is more to tell.
    """
    items = "".join(f"<li>{_removal(one)}</li>" for one in removals)
    if not items:
        return ""
    moving = any(one.stage in (Stage.WAITING, Stage.REMOVING) for one in removals)
    again = f' data-again="{seconds + 0.5:.1f}"' if moving else ""
    return f'<div role="status"{again}><ul class="removals">{items}</ul></div>'


def _removal(one: Removal) -> str:
    title = f"<bdi>“{esc(shortened(title_words(one.info), 120))}”</bdi>"
    if one.stage is Stage.WAITING:
        return (
            f"{title} is removed in {_seconds(one.left)}. "
            f'<button type="button" class="quiet" data-keep="{esc(one.info.id)}">Undo</button>'
        )
    if one.stage is Stage.REMOVING:
        return f"{title} is being removed…"
    if one.stage is Stage.GONE:
        return f"{title} was removed."
    return f'<span class="failed">{title} stays: {esc(one.message)}</span>'


def _seconds(left: float) -> str:
    """For the eye a number that the page counts down, for a screen reader one that stands."""
    whole = max(1, math.ceil(left))
    return (
        f'<span aria-hidden="true"><span data-left="{whole}">{whole}</span> s</span>'
        f'<span class="unseen">{whole} seconds</span>'
    )


def kept_html(done: bool) -> str:
    """What is told after an undo."""
    told = "It stays." if done else "Too late: it is removed already. Add it again to have it back."
    return f'<div role="status"><ul class="removals"><li>{told}</li></ul></div>'
