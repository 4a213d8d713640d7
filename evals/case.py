"""A case and how one is read from its line: every part checked, unknown keys refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evals.facts import Fact, FactError, FactType, check_value

SPLITS = ("dev", "test")
_CASE_KEYS = (
    "id",
    "question",
    "history",
    "answerable",
    "facts",
    "evidence",
    "tags",
    "split",
    "critical",
)
_FACT_KEYS = ("type", "value", "aliases", "forbidden", "weight")
_MOST_CHARS = 4_000


class CaseError(ValueError):
    """A dataset that cannot be used; the text names the file, the line and the way out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Gold:
    """A place that a right answer may cite: verbatim words, or without a quote the article."""

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
        raise CaseError(
            "an answerable case needs a fact or evidence; without either nothing can be checked"
        )
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
        raise CaseError(
            "evidence is a list of groups, each a list of at least one {article, quote}"
        )
    golds = []
    for place in item:
        if not isinstance(place, Mapping):
            raise CaseError(
                f"a place of evidence is an object with article and quote, not {place!r}"
            )
        _only(place, ("article", "quote"), "a place of evidence")
        quote = place.get("quote", "")
        if not isinstance(quote, str):
            raise CaseError(f"a quote is text, not {quote!r}")
        golds.append(Gold(article=_text(place, "article"), quote=quote))
    return tuple(golds)


def _only(row: Mapping[str, Any], allowed: tuple[str, ...], what: str) -> None:
    unknown = sorted(set(row) - set(allowed))
    if unknown:
        raise CaseError(
            f"{what} has no {', '.join(map(repr, unknown))}; it has: {', '.join(allowed)}"
        )


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
