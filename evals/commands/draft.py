"""``dateline eval draft``: proposed cases, one after the other, for a person to decide on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import click

from evals.case import Case, CaseError, case_from
from evals.cases import as_row
from evals.commands.common import data_dir, one_line_errors
from evals.draft import draft
from evals.systems import RunError
from evals.systems.engine import opened_corpus

_PATH = click.Path(path_type=Path)


@click.command("draft")
@click.option(
    "--out", type=_PATH, required=True, help="The .jsonl file that accepted cases are added to."
)
@click.option(
    "--articles", type=_PATH, multiple=True, help="Draft from these instead of the data directory."
)
@click.option(
    "--count", type=click.IntRange(min=1), default=40, show_default=True, help="Proposals at most."
)
@click.option("--yes", is_flag=True, help="Accept every proposal without asking.")
@one_line_errors
def draft_command(out: Path, articles: tuple[Path, ...], count: int, yes: bool) -> None:
    """Propose cases from the articles: accept, edit or drop each; quit at any time.

    What is accepted is written at once. A proposal that the file holds already is skipped.
    """
    known = _known(out)
    with opened_corpus(data_dir(), articles) as corpus:
        proposals = [case for case in draft(corpus, most=count) if case.id not in known]
    if not proposals:
        raise RunError(
            "there is nothing (more) to propose: no sentence with a number, date or name"
        )
    out.parent.mkdir(parents=True, exist_ok=True)
    kept = 0
    with out.open("a", encoding="utf-8") as file:
        for case in proposals if yes else _decided(proposals):
            file.write(json.dumps(as_row(case), ensure_ascii=False) + "\n")
            file.flush()
            kept += 1
    click.echo(
        f"{kept} of {len(proposals)} proposals are in {out}; run them with: dateline eval run {out}"
    )


def _known(path: Path) -> set[str]:
    if not path.is_file():
        return set()
    lines = path.read_text(encoding="utf-8").splitlines()
    return {json.loads(line)["id"] for line in lines if line.strip()}


def _decided(proposals: Sequence[Case]) -> Iterator[Case]:
    for number, case in enumerate(proposals, start=1):
        click.echo(f"\n{number} of {len(proposals)}  {shown(case)}")
        choice = click.prompt(
            "[a]ccept, [e]dit, [d]rop, [c]ritical, [q]uit",
            type=click.Choice(["a", "e", "d", "c", "q"]),
            default="a",
            show_choices=False,
        )
        if choice == "q":
            return
        if choice == "e":
            yield _edited(case)
        elif choice != "d":
            yield replace(case, critical=choice == "c")


def shown(case: Case) -> str:
    """A proposal as a person sees it."""
    lines = [case.question]
    lines += [f"  {fact.type}: {fact.value}" for fact in case.facts] or ["  (no article tells)"]
    lines += [f"  {gold.article}: “{gold.quote}”" for group in case.evidence for gold in group]
    return "\n".join(lines)


def _edited(case: Case, ask: Callable[..., str] = click.prompt) -> Case:
    """The case as changed; asked again until it is one."""
    while True:
        row = as_row(case)
        row["question"] = ask("question", default=case.question)
        if row["facts"]:
            row["facts"][0]["value"] = ask("value", default=row["facts"][0]["value"])
            row["facts"][0]["type"] = ask("type", default=row["facts"][0]["type"])
        try:
            return case_from(row)
        except CaseError as error:
            click.echo(f"That is no case: {error}")
