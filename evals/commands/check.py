"""``dateline eval check`` and ``report``: is a dataset sound, and a run's reports made anew."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from evals.cases import load_cases
from evals.commands.common import console, finish, named, one_line_errors
from evals.compare import compare
from evals.evidence import unfounded
from evals.facts.triples import load_triples, wrong_triples
from evals.report import write_reports
from evals.report.wording import EARLIER
from evals.runfile import load_run

_PATH = click.Path(path_type=Path)


@click.command("check")
@click.argument("suite")
@click.option(
    "--articles", type=_PATH, help="Folder in whose files each quote must stand, word for word."
)
@one_line_errors
def check_command(suite: str, articles: Path | None) -> None:
    """Check a dataset line by line, its quotes, and the fact matcher itself."""
    cases = load_cases(suite)
    faults = list(wrong_triples())
    if articles is not None:
        faults += unfounded(cases, articles)
    for fault in faults:
        click.echo(fault)
    splits = Counter(case.split for case in cases)
    silent = sum(not case.answerable for case in cases)
    click.echo(
        f"{len(cases)} cases: {splits['dev']} dev, {splits['test']} test; {silent} unanswerable, "
        f"{sum(case.critical for case in cases)} critical; {len(load_triples())} matcher triples; "
        f"{len(faults)} faults"
    )
    finish(1 if faults else 0)


@click.command("report")
@click.argument("run", type=_PATH)
@click.option("--against", type=_PATH, help="An earlier run or baseline to compare with.")
@click.option("--out", type=_PATH, help="Folder to write to.  [default: the run's own]")
@one_line_errors
def report_command(run: Path, against: Path | None, out: Path | None) -> None:
    """Write the reports of RUN again, compared with another run where one is given."""
    loaded = load_run(run)
    folder = out or (run if run.is_dir() else run.parent)
    folder.mkdir(parents=True, exist_ok=True)
    comparison = compare(load_run(against), loaded) if against else None
    for path in write_reports(loaded, folder, comparison, named(against) if against else EARLIER):
        console.print(str(path), highlight=False)
