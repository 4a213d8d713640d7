"""``dateline ingest``: files, folders, dumps and URLs become searchable articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ui.options import data_dir_option, opened_engine
from ui.progress import progress_shown
from ui.terminal import json_line, visible

if TYPE_CHECKING:
    from rag.index.report import IngestReport


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON object.")
@data_dir_option
def ingest(paths: tuple[str, ...], as_json: bool) -> None:
    """Make articles searchable: files, folders, .jsonl(.gz) dumps and URLs.

    Unchanged articles are skipped, changed ones replaced. A file that cannot be read is
    named with its reason, the others are taken, and the exit code is 1.
    """
    with opened_engine() as engine, progress_shown("Ingesting") as show:
        report = engine.ingest(paths, progress=show)
    if as_json:
        click.echo(json_line(report_as_json(report)))
    else:
        print_report(report)
    if report.failed or report.cancelled:
        raise click.exceptions.Exit(1)


def report_as_json(report: IngestReport) -> dict[str, object]:
    """The report as a machine reads it."""
    return {
        "rows": [
            {
                "source": row.source,
                "article": row.article_id,
                "status": row.status.value,
                "message": row.message,
            }
            for row in report.rows
        ],
        "counts": report.counts,
        "passages": report.passages,
        "seconds": round(report.seconds, 3),
        "cancelled": report.cancelled,
    }


def print_report(report: IngestReport) -> None:
    """What happened, on stderr: every row that needs a word, then the sums."""
    for row in report.rows:
        if row.message:
            told = f"{row.status.value}: {row.source}: {row.message}"
            click.echo(visible(told), err=True)
    click.echo(summary(report), err=True)


def summary(report: IngestReport) -> str:
    """The sums: ``5 articles: 4 added, 1 unchanged; 63 passages in 2.1 s``."""
    told = [f"{count} {status}" for status, count in report.counts.items() if count]
    noun = "article" if len(report.rows) == 1 else "articles"
    ended = " The run was stopped; what is listed is kept." if report.cancelled else ""
    return (
        f"{len(report.rows)} {noun}: {', '.join(told) or 'nothing to do'}; "
        f"{report.passages} passages in {report.seconds:.1f} s.{ended}"
    )
