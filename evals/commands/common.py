"""What the subcommands share: errors as one line, the system to evaluate, the figures as text."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource
from rich.console import Console
from rich.table import Table

from evals.case import Case, CaseError
from evals.gate import Verdict
from evals.report.wording import figures, verdict_words
from evals.runfile import Run, load_limits
from evals.systems import RunError, System
from rag.settings import load_settings

Function = TypeVar("Function", bound=Callable[..., Any])
console = Console(stderr=True)
_WIDE = 110  # columns from which the table says what each metric is


class UnusableError(click.ClickException):
    """An evaluation that cannot be made; exit code 2."""

    exit_code = 2


def one_line_errors(function: Function) -> Function:
    """Turns our own errors into one line on stderr and exit code 2."""

    @functools.wraps(function)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except (CaseError, RunError) as error:
            raise UnusableError(str(error)) from error

    return wrapped  # type: ignore[return-value]


def data_dir() -> Path | None:
    """The ``--data-dir`` of the command line, wherever it stood."""
    given = click.get_current_context().meta.get("dateline.data_dir")
    return Path(given) if given is not None else None


def _remember_answerer(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.meta["dateline.answerer"] = value


def answerer_option(function: Function) -> Function:
    """Give a command the option ``--answerer``."""
    return click.option(
        "--answerer",
        type=click.Choice(["offline", "llm"]),
        callback=_remember_answerer,
        expose_value=False,
        help="Who writes Dateline's answers.  [env: DATELINE_ANSWERER; default: offline]",
    )(function)


def answerer() -> str | None:
    """The ``--answerer`` of the command line."""
    given: str | None = click.get_current_context().meta.get("dateline.answerer")
    return given


def case_seconds(given: float) -> float:
    """The limit for one case; unless it was asked for, a language model has its own time."""
    settings = load_settings(answerer=answerer())
    source = click.get_current_context().get_parameter_source("seconds")
    if settings.answerer == "offline" or source is not ParameterSource.DEFAULT:
        return given
    return given + settings.llm.answer_seconds


def open_system(
    command: str | None,
    articles: Sequence[Path],
    cases: Sequence[Case],
    *,
    given: bool,
    retrieval: str,
    allow_missing: bool = False,
) -> System:
    """The system to evaluate: a program, an address, or our engine over the right articles."""
    if command is not None:
        if answerer() is not None:
            raise RunError("--system answers by itself: leave --answerer out")
        if given or retrieval == "only" or articles:
            raise RunError(
                "--system brings its own articles: leave --articles, --given, --retrieval out"
            )
        if command.startswith(("http://", "https://")):
            from evals.systems.http import HttpSystem

            return HttpSystem(command)
        from evals.systems.command import CommandSystem

        return CommandSystem(command)
    from evals.systems.engine import EngineSystem

    system = EngineSystem(
        data_dir=data_dir(),
        articles=articles,
        given=given,
        retrieval=retrieval,  # type: ignore[arg-type]
        settings=load_settings(answerer=answerer()),
    )
    missing = system.missing(cases)
    if missing and allow_missing:
        console.print(f"{len(missing)} articles that the cases rest on are not indexed")
    elif missing:
        system.close()
        raise RunError(
            f"{len(missing)} articles that the cases rest on are not indexed, "
            f"the first: {missing[0]}; ingest them, name them with --articles, "
            "or run with --allow-missing"
        )
    return system


def show(run: Run, *, stream: Console = console) -> None:
    """The figures of a run as a table on stderr."""
    summary = run.summary
    table = Table(title=f"{run.name} ({len(run.rows)} rows)", title_justify="left")
    table.add_column("metric")
    table.add_column("value (95% interval)")
    wide = stream.width >= _WIDE
    if wide:
        table.add_column("what it is", style="dim")
    rows = figures(summary)
    rows += [
        (f"{stage}, ms", f"p50 {times['p50']:.0f}, p95 {times['p95']:.0f}", "after warm-up")
        for stage, times in summary.latency.items()
    ]
    for row in rows:
        table.add_row(*(row if wide else row[:2]))
    stream.print(table)


def limits_from(given: Sequence[str]) -> dict[str, float]:
    """``name=number`` options as a mapping."""
    found: dict[str, float] = {}
    for item in given:
        name, sign, value = item.partition("=")
        try:
            found[name] = float(value)
        except ValueError as error:
            raise RunError(f"--limit {item!r} is not NAME=NUMBER, like false_answer=0.1") from error
        if not sign:
            raise RunError(f"--limit {item!r} is not NAME=NUMBER, like false_answer=0.1")
    return found


def say_verdict(verdict: Verdict, against: str = "") -> None:
    """The gate's decision as the last line of a command."""
    style = "red" if verdict.code else None
    words = verdict_words(verdict, against)
    console.print(words, style=style, markup=False, highlight=False, soft_wrap=True)


def named(path: Path) -> str:
    """``the baseline seeds.json`` or ``the earlier run before``, as a report calls it."""
    kind = "the baseline" if load_limits(path) else "the earlier run"
    return f"{kind} {path.resolve().name}"


def finish(code: int) -> None:
    """Ends the command with an exit code that says how it went."""
    if code:
        sys.exit(code)


def as_lines(reasons: Sequence[str]) -> str:
    """Reasons one a line."""
    return "\n".join(f"  - {reason}" for reason in reasons)


def lean(report: Mapping[str, Any]) -> dict[str, Any]:
    """A report without its rows, for stdout."""
    return {key: value for key, value in report.items() if key != "rows"}
