"""``dateline eval run SUITE``: ask every case, score, report, and gate against a baseline."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from evals.case import Case
from evals.cases import chosen, load_cases
from evals.commands.common import (
    answerer_option,
    as_lines,
    case_seconds,
    console,
    data_dir,
    finish,
    lean,
    limits_from,
    named,
    one_line_errors,
    open_system,
    say_verdict,
    show,
)
from evals.gate import gate
from evals.report import write_reports
from evals.report.wording import EARLIER
from evals.rows import Row
from evals.runfile import Run, as_report, load_limits, load_run
from evals.runner import Plan, run_cases
from evals.systems import RunError
from rag.settings import load_settings

_PATH = click.Path(path_type=Path)


@click.command("run")
@click.argument("suite")
@click.option(
    "--split", type=click.Choice(["dev", "test", "all"]), default="all", show_default=True
)
@click.option("--tag", help="Only cases with this tag.")
@click.option(
    "--limit", "most", type=click.IntRange(min=1), help="At most this many cases, evenly spread."
)
@click.option(
    "--system",
    "command",
    help="A program that speaks the batch contract, or an http(s) address.  [default: Dateline]",
)
@click.option(
    "--articles",
    type=_PATH,
    multiple=True,
    help="Ingest these for the run instead of using the data directory.",
)
@click.option(
    "--given",
    is_flag=True,
    help="Search only the articles of each case's evidence: reading with the passage given.",
)
@click.option(
    "--allow-missing", is_flag=True, help="Run although articles of the evidence are not indexed."
)
@click.option(
    "--retrieval",
    type=click.Choice(["on", "off", "only"]),
    default="on",
    show_default=True,
    help="Measure retrieval as well, not at all, or alone.",
)
@click.option(
    "--out",
    type=_PATH,
    help="Folder of the run.  [default: evals/SUITE-TIME in the data directory]",
)
@click.option("--resume", is_flag=True, help="Finish the run in --out that was cut short.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Cases asked at once.",
)
@click.option(
    "--timeout",
    "seconds",
    type=click.FloatRange(min=0.01),
    default=30.0,
    show_default=True,
    help="Seconds for one case.",
)
@click.option(
    "--repeats",
    type=click.IntRange(1, 100),
    default=1,
    show_default=True,
    help="Ask everything so often, and say how much flips.",
)
@click.option("--baseline", type=_PATH, help="Gate against this baseline or earlier run.")
@click.option(
    "--limit-at",
    "limits",
    multiple=True,
    metavar="NAME=NUMBER",
    help="Overrule a limit of the gate, like false_answer=0.2.",
)
@click.option(
    "--judge",
    help="MODULE:FUNCTION that returns a llama-index LLM; its opinion is shown and never gates.",
)
@answerer_option
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON on stdout.")
@one_line_errors
def run_command(suite: str, **given: Any) -> None:
    """Ask every case of SUITE (a shipped set or a .jsonl file), score the answers and report.

    Exit codes: 0 valid (and let through by --baseline), 1 stopped by the gate, 2 not valid.
    """
    options = _Options(**given)
    if options.resume and options.out is None:
        raise RunError("--resume needs --out, the folder of the run that was cut short")
    cases = chosen(load_cases(suite, split=options.split), options.tag, options.most)
    folder = options.out or _folder(suite)
    earlier = load_run(options.baseline) if options.baseline else None
    against = named(options.baseline) if options.baseline else EARLIER
    limits = {
        **(load_limits(options.baseline) if options.baseline else {}),
        **limits_from(options.limits),
    }
    run = _run(Path(suite).stem, cases, options, folder)
    verdict = gate(run, earlier, limits)
    reports = write_reports(run, folder, verdict.comparison, against)
    show(run)
    if options.as_json:
        decided = {"code": verdict.code, "reasons": verdict.reasons}
        click.echo(json.dumps({**lean(as_report(run)), "gate": decided}))
    console.print(f"Report: {reports[-1]}", style="dim", highlight=False, soft_wrap=True)
    if run.invalid:
        reasons = "\n" + as_lines(run.invalid)
        console.print("The run is not valid:" + reasons, style="red", markup=False, soft_wrap=True)
        finish(2)
    if earlier is not None:
        say_verdict(verdict, against)
        finish(verdict.code)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Options:
    """The options of the command, under the names that click gives them."""

    split: str
    tag: str | None
    most: int | None
    command: str | None
    articles: tuple[Path, ...]
    given: bool
    allow_missing: bool
    retrieval: str
    out: Path | None
    resume: bool
    workers: int
    seconds: float
    repeats: int
    baseline: Path | None
    limits: tuple[str, ...]
    judge: str | None
    as_json: bool


def _run(suite: str, cases: Sequence[Case], options: _Options, folder: Path) -> Run:
    system = open_system(
        options.command,
        options.articles,
        cases,
        given=options.given,
        retrieval=options.retrieval,
        allow_missing=options.allow_missing,
    )
    plan = Plan(
        suite=suite,
        cases=cases,
        system=system,
        split=options.split,
        repeats=options.repeats,
        workers=options.workers,
        seconds=case_seconds(options.seconds),
        command=shlex.join(["dateline", *sys.argv[1:]]),
    )
    try:
        run = _watched(plan, folder, resume=options.resume)
        if options.judge is None:
            return run
        from evals.judge import judged, load_model

        return judged(run, load_model(options.judge))
    finally:
        system.close()


def _folder(suite: str) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    return (data_dir() or load_settings().data_dir) / "evals" / f"{Path(suite).stem}-{stamp}"


def _watched(plan: Plan, folder: Path, *, resume: bool) -> Run:
    """The run behind a progress bar with running scores."""
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=len(plan.cases) * plan.repeats)
        tell = _running(lambda words: bar.update(task, advance=1, description=words))
        try:
            return run_cases(plan, folder, resume=resume, progress=tell)
        except KeyboardInterrupt:
            raise RunError(f"stopped; --out {folder} --resume goes on from here") from None


def _running(update: Callable[[str], None]) -> Callable[[Row], None]:
    """Adds each row to the scores that stand beside the bar."""
    counts = {"passed": 0, "asked": 0, "false": 0, "failed": 0}

    def tell(row: Row) -> None:
        counts["asked"] += row.answerable
        counts["passed"] += row.answerable and bool(row.figure("passed"))
        counts["false"] += bool(row.figure("false_answer"))
        counts["failed"] += row.error is not None
        share = 100 * counts["passed"] / max(1, counts["asked"])
        update(f"passed {share:.0f}%, false answers {counts['false']}, failed {counts['failed']}")

    return tell
