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
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.facts import Fact, FactError, FactType, check_value

DATASETS = Path(__file__).parent / "datasets"
SPLITS = ("dev", "test")
_CASE_KEYS = ("id", "question", "history", "answerable", "facts", "evidence", "tags", "split", "critical")
_FACT_KEYS = ("type", "value", "aliases", "forbidden", "weight")
_MOST_CHARS = 4_000


class CaseError(ValueError):
    """A dataset that cannot be used; the text names the file, the line and the way out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Gold:
    """A place that a right answer may cite: verbatim words, or the whole article where ``quote`` is empty."""

    article: str  # the file's name without its folder, or an article's id
    quote: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One question. ``evidence`` holds groups that are all needed; any place of a group serves.

    An unanswerable case is passed by refusing; where it has facts, also by stating them
    ('the date is not known').
    """

    id: str
    question: str
    history: tuple[str, ...]
    answerable: bool
    facts: tuple[Fact, ...]
    evidence: tuple[tuple[Gold, ...], ...]
    tags: tuple[str, ...]
    split: str
    critical: bool

    @property
    def group(self) -> str:
        """What the case's other wordings share with it."""
        return self.id.rpartition(".")[0] or self.id

    @property
    def cluster(self) -> str:
        """The article that the case rests on first, or its group where it rests on none."""
        return self.evidence[0][0].article if self.evidence else self.group


def load_cases(dataset: str | Path, *, split: str = "all") -> list[Case]:
    """The cases of a dataset, by the name of a shipped one or by path; `CaseError` names each line at fault."""
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
            mistakes.append(f"line {number}: the id {case.id!r} was used before; give every case its own")
        cases[case.id] = case
    mistakes += _straddling(cases.values())
    if mistakes:
        raise CaseError(f"{path.name} is not a usable dataset:\n  " + "\n  ".join(mistakes))
    if not cases:
        raise CaseError(f"{path.name} holds no case")
    return [case for case in cases.values() if split in ("all", case.split)]


def dataset_path(dataset: str | Path) -> Path:
    """Where a dataset lies: a path as given, or a shipped set by its name."""
    path = Path(dataset)
    if path.is_file():
        return path
    shipped = DATASETS / f"{dataset}.jsonl"
    if shipped.is_file():
        return shipped
    known = ", ".join(sorted(p.stem for p in DATASETS.glob("*.jsonl") if p.stem != "matcher_triples"))
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
            {"type": str(f.type), "value": f.value, "aliases": list(f.aliases), "forbidden": list(f.forbidden), "weight": f.weight}
            for f in case.facts
        ],
        "evidence": [[{"article": gold.article, "quote": gold.quote} for gold in group] for group in case.evidence],
        "tags": list(case.tags),
        "split": case.split,
        "critical": case.critical,
    }


def case_from(row: Mapping[str, Any]) -> Case:
    """One case from its line, every part checked."""
    _only(row, _CASE_KEYS, "a case")
    case = Case(
        id=_text(row, "id"),
        question=_text(row, "question"),
        history=tuple(_texts(row, "history")),
        answerable=_flag(row, "answerable", True),
        facts=tuple(_fact(item) for item in _list(row, "facts")),
        evidence=tuple(_group(item) for item in _list(row, "evidence")),
        tags=tuple(_texts(row, "tags")),
        split=str(row.get("split", "test")),
        critical=_flag(row, "critical", False),
    )
    if case.split not in SPLITS:
        raise CaseError(f"split is {case.split!r}; it is 'dev' or 'test'")
    if case.answerable and not case.facts and not case.evidence:
        raise CaseError("an answerable case needs a fact or evidence; without either nothing can be checked")
    return case


def _fact(item: object) -> Fact:
    if not isinstance(item, Mapping):
        raise CaseError(f"a fact is an object, not {item!r}")
    _only(item, _FACT_KEYS, "a fact")
    kind = item.get("type")
    if kind not in [str(known) for known in FactType]:
        raise CaseError(f"a fact's type is {kind!r}; it is one of: {', '.join(FactType)}")
    weight = item.get("weight", 1.0)
    if isinstance(weight, bool) or not isinstance(weight, int | float) or weight <= 0:
        raise CaseError(f"a fact's weight is {weight!r}; it is a number above 0")
    fact = Fact(
        type=FactType(str(kind)),
        value=_text(item, "value"),
        aliases=tuple(_texts(item, "aliases")),
        forbidden=tuple(_texts(item, "forbidden")),
        weight=float(weight),
    )
    for value in (*fact.accepted, *fact.forbidden):
        try:
            check_value(fact.type, value)
        except FactError as error:
            raise CaseError(str(error)) from error
    return fact


def _group(item: object) -> tuple[Gold, ...]:
    if not isinstance(item, list) or not item:
        raise CaseError("evidence is a list of groups, each a list of at least one {article, quote}")
    golds = []
    for place in item:
        if not isinstance(place, Mapping):
            raise CaseError(f"a place of evidence is an object with article and quote, not {place!r}")
        _only(place, ("article", "quote"), "a place of evidence")
        quote = place.get("quote", "")
        if not isinstance(quote, str):
            raise CaseError(f"a quote is text, not {quote!r}")
        golds.append(Gold(article=_text(place, "article"), quote=quote))
    return tuple(golds)


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


def _only(row: Mapping[str, Any], allowed: tuple[str, ...], what: str) -> None:
    unknown = sorted(set(row) - set(allowed))
    if unknown:
        raise CaseError(f"{what} has no {', '.join(map(repr, unknown))}; it has: {', '.join(allowed)}")


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip() or len(value) > _MOST_CHARS:
        raise CaseError(f"{key} is {value!r}; it is text of 1 to {_MOST_CHARS} characters")
    return value


def _list(row: Mapping[str, Any], key: str) -> list[Any]:
    value = row.get(key, [])
    if not isinstance(value, list):
        raise CaseError(f"{key} is {value!r}; it is a list")
    return value


def _texts(row: Mapping[str, Any], key: str) -> list[str]:
    values = _list(row, key)
    if not all(isinstance(value, str) and value.strip() for value in values):
        raise CaseError(f"{key} is {values!r}; it is a list of texts, none empty")
    return values


def _flag(row: Mapping[str, Any], key: str, default: bool) -> bool:
    value = row.get(key, default)
    if not isinstance(value, bool):
        raise CaseError(f"{key} is {value!r}; it is true or false")
    return value
