"""``dateline eval import-feedback``: readers' thumbs become cases, and drafts to complete."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from evals.cases import as_row
from evals.commands.common import data_dir, one_line_errors
from evals.feedback import cases_from
from evals.systems import RunError
from rag.engine import Engine
from rag.settings import load_settings

_PATH = click.Path(path_type=Path, dir_okay=False)


@click.command("import-feedback")
@click.option(
    "--out", type=_PATH, required=True, help="The .jsonl file that complete cases are added to."
)
@one_line_errors
def feedback_command(out: Path) -> None:
    """Turn thumbs into cases: up into complete ones, down into drafts beside them.

    Drafts are added to OUT with the ending .review.jsonl: complete each, take its key
    "review" away, and move the line to OUT. What the files hold already is skipped.
    """
    with Engine.open(load_settings(data_dir=data_dir())) as engine:
        imported = cases_from(engine.feedback.all())
    drafts = out.with_suffix(".review.jsonl")
    known = _known(out) | _known(drafts)
    fresh = [as_row(case) for case in imported.cases if case.id not in known]
    wanting = [row for row in imported.drafts if row["id"] not in known]
    if not fresh and not wanting:
        raise RunError("there is no (more) feedback: thumbs below an answer on the page give some")
    _add(out, fresh)
    _add(drafts, wanting)
    told = f"{len(fresh)} cases added to {out}"
    if wanting:
        told += f"; {len(wanting)} to be completed in {drafts}"
    click.echo(told)


def _known(path: Path) -> set[str]:
    if not path.is_file():
        return set()
    lines = path.read_text(encoding="utf-8").splitlines()
    try:
        return {json.loads(line)["id"] for line in lines if line.strip()}
    except (ValueError, KeyError, TypeError) as error:
        raise RunError(f"{path} is no file of cases: choose another --out") from error


def _add(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
