"""``dateline eval import``: a question set made by others becomes a suite of ours."""

from __future__ import annotations

from pathlib import Path

import click

from evals.commands.common import console, one_line_errors
from evals.loaders import FORMATS, load_outside

_PATH = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command("import")
@click.argument("format_name", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder to write to.")
@click.option("--limit", "most", type=click.IntRange(min=1), help="At most this many cases.")
@one_line_errors
def import_command(format_name: str, paths: tuple[Path, ...], out: Path, most: int | None) -> None:
    """Turn files of FORMAT into cases.jsonl and, where they bring texts, articles.jsonl."""
    outside = load_outside(format_name, paths, most=most)
    for path in outside.write(out):
        console.print(f"wrote {path}", highlight=False, soft_wrap=True)
    silent = sum(not case.answerable for case in outside.cases)
    click.echo(
        f"{len(outside.cases)} cases, {silent} unanswerable; {len(outside.articles)} articles"
    )
