"""``dateline reindex``, ``doctor`` and ``remove``: looking after what is stored."""

from __future__ import annotations

import dataclasses

import click

from ui.commands.articles import unknown_ids
from ui.options import data_dir_option, opened_engine
from ui.progress import progress_shown
from ui.terminal import json_line, visible


@click.command()
@data_dir_option
def reindex() -> None:
    """Rebuild vectors and terms from the catalogue, then swap them in."""
    with opened_engine() as engine, progress_shown("Rebuilding") as show:
        engine.reindex(progress=show)
        count = len(engine.corpus.articles())
    click.echo(f"Rebuilt the indexes of {count} articles.", err=True)


@click.command()
@click.option("--repair", is_flag=True, help="Mend what can be mended.")
@click.option("--json", "as_json", is_flag=True, help="Print the checks as one JSON array.")
@data_dir_option
def doctor(repair: bool, as_json: bool) -> None:
    """Check the data directory; exit code 1 when something is wrong."""
    with opened_engine() as engine:
        checks = engine.check(repair=repair)
    if as_json:
        click.echo(json_line([dataclasses.asdict(check) for check in checks]))
    else:
        for check in checks:
            state = "mended" if check.repaired else "ok" if check.ok else "wrong"
            click.echo(f"{state:<7}{visible(check.name)}: {visible(check.message)}")
    if not all(check.ok for check in checks):
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("article_ids", nargs=-1, required=True, metavar="ID...")
@data_dir_option
def remove(article_ids: tuple[str, ...]) -> None:
    """Remove articles from the catalogue and both indexes."""
    with opened_engine() as engine:
        known = [one for one in article_ids if engine.corpus.article(one) is not None]
        missing = [one for one in article_ids if one not in known]
        if known:
            engine.remove(known)
    click.echo(f"Removed {len(known)} of {len(article_ids)}.", err=True)
    if missing:
        raise unknown_ids(missing)
