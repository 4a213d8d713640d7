"""Plain CSV with a header: ``question,answer`` and, where known, more.

Columns: ``question`` (needed), ``answer`` (several right forms with ``|`` between; empty is
unanswerable), ``article``, ``quote``, ``type`` (date, number, name, text; else it is read
off the answer), ``history`` (earlier questions with ``|`` between), ``tags``, ``split``,
``critical`` (yes). Another column is refused.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from evals.case import Case, CaseError, case_from
from evals.loaders.base import Outside, identity, read_text, split_of, typed_facts

_COLUMNS = (
    *("question", "answer", "article", "quote", "type"),
    *("history", "tags", "split", "critical"),
)


def load_csv(paths: Sequence[Path]) -> Outside:
    """The questions of the files, as they stand."""
    cases = []
    for path in paths:
        table = csv.DictReader(io.StringIO(read_text(path).removeprefix("\ufeff")))
        unknown = sorted(set(table.fieldnames or ()) - set(_COLUMNS))
        if unknown or "question" not in (table.fieldnames or ()):
            raise CaseError(
                f"{path.name} has the columns {', '.join(table.fieldnames or ())}; "
                f"there must be a question, and there may be: {', '.join(_COLUMNS)}"
            )
        for number, row in enumerate(table, start=2):
            try:
                cases.append(_case({key: (value or "").strip() for key, value in row.items()}))
            except CaseError as error:
                raise CaseError(f"{path.name}, line {number}: {error}") from error
    return Outside(cases=tuple(cases))


def _case(row: dict[str, str]) -> Case:
    golds = [part.strip() for part in row.get("answer", "").split("|") if part.strip()]
    facts = []
    if golds:
        kind = row.get("type") or str(typed_facts(golds)[0].type)
        facts = [{"type": kind, "value": golds[0], "aliases": golds[1:]}]
    place = (
        [[{"article": row["article"], "quote": row.get("quote", "")}]] if row.get("article") else []
    )
    return case_from(
        {
            "id": identity("csv", row["question"], row.get("history", "")),
            "question": row["question"],
            "history": [part.strip() for part in row.get("history", "").split("|") if part.strip()],
            "answerable": bool(golds),
            "facts": facts,
            "evidence": place,
            "tags": [part.strip() for part in row.get("tags", "").split("|") if part.strip()],
            "split": row.get("split") or split_of(row.get("article") or row["question"]),
            "critical": row.get("critical", "").lower() in ("yes", "true", "1"),
        }
    )
