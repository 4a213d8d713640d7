"""``dateline eval compare``, ``gate`` and ``baseline``: what changed, and whether it may pass."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from evals.commands.common import (
    as_lines,
    console,
    finish,
    limits_from,
    named,
    one_line_errors,
    say_verdict,
)
from evals.compare import Comparison, compare
from evals.gate import LIMITS, gate
from evals.report.wording import HEADS, P_MEANS, compared, visible
from evals.runfile import as_baseline, load_limits, load_run

_PATH = click.Path(path_type=Path)


@click.command("compare")
@click.argument("old", type=_PATH)
@click.argument("new", type=_PATH)
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON on stdout.")
@one_line_errors
def compare_command(old: Path, new: Path, as_json: bool) -> None:
    """Compare two runs over the same cases: figures, how sure, and every flipped question."""
    comparison = compare(load_run(old), load_run(new))
    if as_json:
        click.echo(json.dumps(asdict(comparison)))
        return
    click.echo(as_text(comparison))


@click.command("gate")
@click.argument("run", type=_PATH)
@click.option("--baseline", type=_PATH, help="The baseline or earlier run to hold it against.")
@click.option(
    "--limit",
    "limits",
    multiple=True,
    metavar="NAME=NUMBER",
    help="Overrule a limit, like false_answer=0.2.",
)
@one_line_errors
def gate_command(run: Path, baseline: Path | None, limits: tuple[str, ...]) -> None:
    """Let RUN pass (exit 0), stop it (1), or say that it is not valid (2)."""
    stated = load_limits(baseline) if baseline else {}
    verdict = gate(
        load_run(run), load_run(baseline) if baseline else None, {**stated, **limits_from(limits)}
    )
    if verdict.comparison is not None:
        click.echo(as_text(verdict.comparison))
    say_verdict(verdict, named(baseline) if baseline else "")
    finish(verdict.code)


@click.command("baseline")
@click.argument("run", type=_PATH)
@click.option("--out", type=_PATH, required=True, help="File to write.")
@click.option(
    "--limit",
    "limits",
    multiple=True,
    metavar="NAME=NUMBER",
    help="A limit that the gate keeps for this baseline.",
)
@one_line_errors
def baseline_command(run: Path, out: Path, limits: tuple[str, ...]) -> None:
    """Write RUN as a baseline: verdicts and figures of each case, none of the texts."""
    loaded = load_run(run)
    if loaded.invalid:
        console.print(
            "A run that is not valid makes no baseline:\n" + as_lines(loaded.invalid), markup=False
        )
        finish(2)
    baseline = as_baseline(loaded, {**LIMITS, **limits_from(limits)})
    head = {key: value for key, value in baseline.items() if key != "rows"}
    rows = ",\n".join(json.dumps(row, ensure_ascii=False) for row in baseline["rows"])
    text = json.dumps(head, indent=1, ensure_ascii=False)[:-2] + f',\n "rows": [\n{rows}\n]\n}}\n'
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, encoding="utf-8")
    console.print(f"wrote {out}", highlight=False)


def as_text(comparison: Comparison) -> str:
    """The comparison as plain lines."""
    rows = [(m.name, *compared(m), "worse" if m.worse else "") for m in comparison.metrics]
    lines = [
        f"{name:20} {old:>15} {new:>15} {spread:>34} {p:>12}  {worse}".rstrip()
        for name, old, new, spread, p, worse in [(*HEADS, ""), *rows]
    ]
    lines += [P_MEANS, visible(comparison)]
    for flip in comparison.flips:
        way = "to wrong" if flip.to_wrong else "to right"
        mark = " (critical)" if flip.critical else ""
        lines.append(f"flipped {way}{mark}: {flip.id}  {flip.question}  {flip.why}".rstrip())
    return "\n".join(lines)
