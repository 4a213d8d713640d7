"""How far a long run is, on stderr: a bar on a terminal, else a line now and then."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rag.index.report import IngestProgress

Show = Callable[["IngestProgress"], None]
_SECONDS_BETWEEN_LINES = 5.0


@contextlib.contextmanager
def progress_shown(verb: str) -> Iterator[Show]:
    """A callback for ``engine.ingest`` and ``engine.reindex`` that shows how far they are."""
    if sys.stderr.isatty():
        with _bar(verb) as show:
            yield show
    else:
        yield _lines(verb)


def _lines(verb: str) -> Show:
    last = time.monotonic()

    def show(progress: IngestProgress) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _SECONDS_BETWEEN_LINES:
            last = now
            click.echo(f"{verb}: {progress_words(progress)}", err=True)

    return show


@contextlib.contextmanager
def _bar(verb: str) -> Iterator[Show]:
    # rich takes a tenth of a second to import: only a terminal pays for it
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[words]}", markup=False),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(verb, total=None, words="")

        def show(progress: IngestProgress) -> None:
            bar.update(
                task, completed=progress.done, total=progress.total, words=progress_words(progress)
            )

        yield show


def progress_words(progress: IngestProgress) -> str:
    """``3 of 5 articles, 41 passages, 1 failed``."""
    of = f" of {progress.total}" if progress.total is not None else ""
    failed = f", {progress.failed} failed" if progress.failed else ""
    return f"{progress.done}{of} articles, {progress.passages} passages{failed}"
