"""``dateline eval rewrites``: how well follow-ups are understood, by CANARD's rewrites."""

from __future__ import annotations

from pathlib import Path

import click

from evals.commands.common import one_line_errors, open_system
from evals.loaders.canard import load_canard
from evals.report.wording import spoken
from evals.rewrites import measure, understood_by

_PATH = click.Path(path_type=Path, exists=True)


@click.command("rewrites")
@click.argument("paths", nargs=-1, required=True, type=_PATH)
@click.option("--system", "command", help="A program or address to ask.  [default: Dateline]")
@click.option("--articles", type=_PATH, multiple=True, help="Ingest these for the run.")
@click.option("--limit", "most", type=click.IntRange(min=1), help="At most this many questions.")
@click.option("--timeout", "seconds", type=float, default=30.0, show_default=True)
@one_line_errors
def rewrites_command(
    paths: tuple[Path, ...],
    command: str | None,
    articles: tuple[Path, ...],
    most: int | None,
    seconds: float,
) -> None:
    """Hold the questions as understood against CANARD's hand-written standalone ones."""
    rewrites = load_canard(paths)
    if most is not None and len(rewrites) > most:
        rewrites = [rewrites[at * len(rewrites) // most] for at in range(most)]
    system = open_system(command, articles, (), given=False, retrieval="off")
    try:
        figures = measure(rewrites, understood_by(system, rewrites, seconds))
    finally:
        system.close()
    for name, estimate in figures.items():
        click.echo(f"{name:34} {spoken(estimate)}")
