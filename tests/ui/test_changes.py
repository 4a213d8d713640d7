"""Removing with a moment to think, and uploads while they are being ingested."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from rag.errors import IndexingError
from rag.index.report import IngestProgress, IngestReport, IngestRow, RowStatus
from rag.types import ArticleInfo, DateOrigin, PublishedDate
from tests.ui.fake_engine import FakeEngine, as_engine, make_article
from ui.removals import Removals, Stage
from ui.render_changes import kept_html, removals_html, upload_html
from ui.upload_run import UploadRun, UploadState
from ui.uploads import forget_upload

INFO = make_article().info


def _until_over(removals: Removals) -> Stage:
    """Joins the timer's thread, then tells what became of it."""
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.join(10)
    (one,) = removals.take("me")
    return one.stage


def test_a_removal_waits_is_hidden_at_once_and_told_once() -> None:
    gone: list[ArticleInfo] = []
    removals = Removals(gone.append, seconds=0)
    removals.begin("me", INFO)
    assert _until_over(removals) is Stage.GONE
    assert gone == [INFO]
    assert removals.take("me") == []
    assert removals.hidden == frozenset()


def test_what_is_kept_in_time_stays() -> None:
    gone: list[ArticleInfo] = []
    removals = Removals(gone.append, seconds=60)
    removals.begin("me", INFO)
    removals.begin("me", INFO)  # a second click changes nothing
    assert removals.hidden == {INFO.id}
    assert removals.take("somebody else") == []
    assert not removals.keep("somebody else", INFO.id)
    assert "Undo" in removals_html(removals.take("me"), 60)
    assert removals.keep("me", INFO.id)
    assert not removals.keep("me", INFO.id)
    assert removals.hidden == frozenset()
    assert gone == []


def test_the_servers_end_keeps_what_has_not_begun() -> None:
    gone: list[ArticleInfo] = []
    removals = Removals(gone.append, seconds=60)
    removals.begin("me", INFO)
    removals.close()
    assert not [t for t in threading.enumerate() if isinstance(t, threading.Timer) and t.is_alive()
                and not t.finished.is_set()]  # fmt: skip
    assert gone == []


@pytest.mark.parametrize(
    ("error", "told"),
    [(IndexingError("Another process writes."), "Another process"), (OSError("x"), "went wrong")],
)
def test_a_removal_that_fails_is_told_and_the_article_is_back(error: Exception, told: str) -> None:
    def fail(_info: ArticleInfo) -> None:
        raise error

    removals = Removals(fail, seconds=0)
    removals.begin("me", INFO)
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.join(10)
    assert removals.hidden == frozenset()
    shown = removals_html(removals.take("me"), 8)
    assert told in shown
    assert "stays" in shown
    assert "data-again" not in shown


def test_an_undo_tells_the_seconds_that_are_left() -> None:
    now = [100.0]
    removals = Removals(lambda _info: None, seconds=8, clock=lambda: now[0])
    removals.begin("me", INFO)
    now[0] = 102.5
    shown = removals_html(removals.take("me"), 8)
    removals.close()
    assert '<span data-left="6">6</span> s</span>' in shown
    assert '<span class="unseen">6 seconds</span>' in shown


def test_an_upload_is_told_as_it_was_understood() -> None:
    rows = (
        IngestRow(source="x/harbour.txt", article_id=INFO.id, status=RowStatus.ADDED),
        IngestRow(source="x/other.txt", article_id="elsewhere", status=RowStatus.ADDED),
    )
    day = PublishedDate(year=2024, month=3, day=14, origin=DateOrigin.TEXT)
    known = dataclasses.replace(INFO, title="<b>Lights", publisher=None, published=day)
    state = UploadState(files=(), report=IngestReport(rows=rows))
    shown = upload_html(state, {INFO.id: known})
    assert "Added: <b><bdi>&lt;b&gt;Lights</bdi></b> · 14 March 2024 · publisher not found" in shown
    assert "<b>other.txt</b> added" in shown
    assert "date: 2024-03-14" in shown  # how to say what was not found
    whole = dataclasses.replace(known, publisher="DW")
    assert "date: 2024-03-14" not in upload_html(state, {INFO.id: whole})


def test_words_of_removals() -> None:
    assert removals_html([], 8) == ""
    assert "It stays" in kept_html(done=True)
    assert "Too late" in kept_html(done=False)


def test_only_an_uploaded_file_is_deleted_with_its_article(tmp_path: Path) -> None:
    folder = tmp_path / "uploads"
    folder.mkdir()
    for path in (folder / "a.txt", tmp_path / "b.txt"):
        path.write_text("x", encoding="utf-8")
        forget_upload(str(path), folder)
    assert not (folder / "a.txt").exists()
    assert (tmp_path / "b.txt").exists()
    forget_upload("https://news.example/a", folder)
    forget_upload(str(folder / "never.txt"), folder)


def _run(engine: FakeEngine, tmp_path: Path, names: tuple[str, ...]) -> UploadRun:
    for name in names:
        (tmp_path / name).write_text("A story.", encoding="utf-8")
    files = [str(tmp_path / name) for name in names]
    clock = count(0.0, 1.0).__next__
    return UploadRun(as_engine(engine), files, tmp_path / "kept", 1000, clock)


def test_an_upload_tells_how_far_it_is_and_what_became_of_each(tmp_path: Path) -> None:
    states = list(_run(FakeEngine(), tmp_path, ("one.txt", "two.txt", "three.exe")).watch())
    assert states[0].files == ("one.txt", "two.txt", "three.exe")
    assert "Reading the files" in upload_html(states[0])
    told = [state.progress.done for state in states if state.progress]
    assert told == [1, 2]
    last = states[-1]
    assert last.over
    shown = upload_html(last)
    assert shown.count('class="added"') == 2
    assert "three.exe" in shown
    assert "allowed are" in shown


class _Slow(FakeEngine):
    """Asks after each file whether to go on."""

    def __init__(self, between: Callable[[], None]) -> None:
        super().__init__()
        self._between = between

    def ingest(self, paths: Any, *, progress: Any = None, cancel: Any = None) -> IngestReport:
        rows: list[IngestRow] = []
        for path in paths:
            if cancel():
                return IngestReport(rows=tuple(rows), cancelled=True)
            rows += super().ingest([path], progress=progress).rows
            self._between()
        return IngestReport(rows=tuple(rows))


def test_an_upload_is_ended_and_what_was_ready_stays(tmp_path: Path) -> None:
    run: list[UploadRun] = []
    slow = _Slow(lambda: run[0].end())  # noqa: PLW0108  # there is no run yet
    run.append(_run(slow, tmp_path, ("one.txt", "two.txt")))
    last = list(run[0].watch())[-1]
    assert last.report is not None
    assert last.report.cancelled
    assert len(last.report.rows) == 1
    assert "What was ready stays" in upload_html(last)


@pytest.mark.parametrize(
    ("error", "told"),
    [(IndexingError("The disk is full."), "The disk is full."), (ValueError("x"), "went wrong")],
)
def test_an_upload_that_fails_is_told(error: Exception, told: str, tmp_path: Path) -> None:
    class Broken(FakeEngine):
        def ingest(self, paths: Any, *, progress: Any = None, cancel: Any = None) -> IngestReport:
            raise error

    last = list(_run(Broken(), tmp_path, ("one.txt",)).watch())[-1]
    assert told in upload_html(last)


def test_words_of_a_long_upload() -> None:
    progress = IngestProgress(done=20, total=100, passages=400, failed=1, current="x/b.txt")
    state = UploadState(
        files=("a.txt", "<b>.txt"),
        seconds=10,
        progress=progress,
        finished=frozenset({"x/<b>.txt"}),
    )
    shown = upload_html(state)
    assert "20 of 100 articles, 400 passages, 40 a second, about 40 s left, 1 failed" in shown
    assert '<li class="waiting" dir="auto"><b>a.txt</b> waiting</li>' in shown
    assert '<li class="read" dir="auto"><b>&lt;b&gt;.txt</b> read</li>' in shown
