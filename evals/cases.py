"""Cases: questions with the facts and the evidence that a right answer rests on.

A dataset is a file of one JSON object a line; ``load_cases`` checks every line and names
the line of each mistake. A case's id is ``group.number``; wordings of one question share
the group, and a group stands wholly in ``dev`` or wholly in ``test``, so that what was
tuned on one side is not measured by the other.

This module does not score; see `evals.scoring`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.case import SPLITS, Case, CaseError, Gold, case_from

__all__ = [
    "DATASETS",
    "SPLITS",
    "Case",
    "CaseError",
    "Gold",
    "as_row",
    "case_from",
    "chosen",
    "digest",
    "load_cases",
]

DATASETS = Path(__file__).parent / "datasets"


def load_cases(dataset: str | Path, *, split: str = "all") -> list[Case]:
    """The cases of a dataset, by path or by a shipped one's name.

    Raises `CaseError`, which names each line at fault.
    """
    path = dataset_path(dataset)
    mistakes: list[str] = []
    cases: dict[str, Case] = {}
    for number, row in _rows(path, mistakes):
        try:
            case = case_from(row)
        except CaseError as error:
            mistakes.append(f"line {number}: {error}")
            continue
        if case.id in cases:
            mistakes.append(
                f"line {number}: the id {case.id!r} was used before; give every case its own"
            )
        cases[case.id] = case
    mistakes += _straddling(cases.values())
    if mistakes:
        raise CaseError(f"{path.name} is not a usable dataset:\n  " + "\n  ".join(mistakes))
    if not cases:
        raise CaseError(f"{path.name} holds no case")
    return [case for case in cases.values() if split in ("all", case.split)]


def chosen(cases: Sequence[Case], tag: str | None, most: int | None) -> list[Case]:
    """Cases with the tag, thinned out evenly to at most so many."""
    kept = [case for case in cases if tag is None or tag in case.tags]
    if most is None or len(kept) <= most:
        return kept
    return [kept[at * len(kept) // most] for at in range(most)]


def dataset_path(dataset: str | Path) -> Path:
    """Where a dataset lies: a path as given, or a shipped set by its name."""
    path = Path(dataset)
    if path.is_file():
        return path
    shipped = DATASETS / f"{dataset}.jsonl"
    if shipped.is_file():
        return shipped
    known = ", ".join(
        sorted(p.stem for p in DATASETS.glob("*.jsonl") if p.stem != "matcher_triples")
    )
    raise CaseError(f"there is no dataset {str(dataset)!r}; give a .jsonl file or one of: {known}")


def digest(cases: Iterable[Case]) -> str:
    """A hash over the cases, in the order of their ids: two runs compare only where it agrees."""
    lines = sorted(json.dumps(as_row(case), ensure_ascii=False, sort_keys=True) for case in cases)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def as_row(case: Case) -> dict[str, Any]:
    """The case as its line in a dataset."""
    return {
        "id": case.id,
        "question": case.question,
        "history": list(case.history),
        "answerable": case.answerable,
        "facts": [
            {
                "type": str(f.type),
                "value": f.value,
                "aliases": list(f.aliases),
                "forbidden": list(f.forbidden),
                "weight": f.weight,
            }
            for f in case.facts
        ],
        "evidence": [
            [{"article": gold.article, "quote": gold.quote} for gold in group]
            for group in case.evidence
        ],
        "tags": list(case.tags),
        "split": case.split,
        "critical": case.critical,
    }


def _rows(path: Path, mistakes: list[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                mistakes.append(f"line {number}: no JSON ({error.msg} at column {error.colno})")
                continue
            if not isinstance(row, dict):
                mistakes.append(f"line {number}: a case is a JSON object")
                continue
            yield number, row


def _straddling(cases: Iterable[Case]) -> Iterator[str]:
    sides: dict[str, set[str]] = {}
    for case in cases:
        sides.setdefault(case.group, set()).add(case.split)
    for group, splits in sides.items():
        if len(splits) > 1:
            yield f"group {group!r}: its wordings stand in dev and in test; keep them on one side"
