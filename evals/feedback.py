"""What readers thought of answers, as evaluation cases; pure.

A thumb up becomes a case that is complete: the question with the questions before it, the
short answer as its fact, the places it was cited from as evidence; a refusal that was right
becomes an unanswerable case. A thumb down only tells that something was wrong, so it becomes
a draft: what was answered and why it was wrong stand beside it under ``review``, which no
dataset may hold, so that nobody measures by it before a person has completed it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from evals.case import Case, Gold
from evals.cases import as_row
from evals.facts import Fact, FactError, FactType, check_value
from evals.loaders.base import split_of
from evals.reply import file_name
from rag.types import Answer, Citation, Rating

_LONGEST = 4_000  # of a text in a case


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """Cases that can be run, and lines that a person completes first."""

    cases: tuple[Case, ...]
    drafts: tuple[dict[str, Any], ...]


def cases_from(ratings: Iterable[Rating]) -> Imported:
    """All ratings, oldest first; of several on the same question in its place the last counts."""
    last: dict[tuple[str, tuple[str, ...]], Rating] = {}
    for rating in ratings:
        last[(rating.answer.question.casefold(), rating.history)] = rating
    kept = sorted(last.values(), key=lambda rating: rating.id)
    complete = {rating.id: case for rating in kept if rating.up and (case := _case(rating))}
    return Imported(
        cases=tuple(complete.values()),
        drafts=tuple(_draft(rating) for rating in kept if rating.id not in complete),
    )


def _case(rating: Rating) -> Case | None:
    """The case of a right answer; None where nothing in it can be checked."""
    answer = rating.answer
    if answer.abstained:
        return _made(rating, answerable=False)
    facts, places = _facts(answer), _places(answer)
    if not facts and not places:
        return None
    return _made(rating, answerable=True, facts=facts, evidence=(places,) if places else ())


def _made(
    rating: Rating,
    *,
    answerable: bool,
    facts: tuple[Fact, ...] = (),
    evidence: tuple[tuple[Gold, ...], ...] = (),
) -> Case:
    verdict = "up" if rating.up else "down"
    return Case(
        id=f"feedback-{rating.id}.1",
        question=rating.answer.question[:_LONGEST],
        history=tuple(one[:_LONGEST] for one in rating.history if one.strip()),
        answerable=answerable,
        facts=facts,
        evidence=evidence,
        tags=("feedback", verdict),
        split=split_of(evidence[0][0].article) if evidence else "dev",
        critical=False,
    )


def _facts(answer: Answer) -> tuple[Fact, ...]:
    """The short answer as a fact of the narrowest type that can read it."""
    short = (answer.short or "").strip().rstrip(".")[:_LONGEST]
    if not short:
        return ()
    for kind in (FactType.DATE, FactType.NUMBER, FactType.TEXT):
        try:
            check_value(kind, short)
        except FactError:
            continue
        return (Fact(type=kind, value=short),)
    return ()


def _places(answer: Answer) -> tuple[Gold, ...]:
    """Places any of which serves: those that hold the short answer, else the first cited."""
    short = (answer.short or "").strip().rstrip(".").casefold()
    holding = [one for one in answer.citations if short and short in one.quote.casefold()]
    numbers = answer.statements[0].numbers if answer.statements else ()
    first = [one for one in answer.citations if one.number in numbers] or [*answer.citations[:1]]
    return tuple(dict.fromkeys(_gold(one) for one in holding or first))


def _gold(citation: Citation) -> Gold:
    article = file_name(citation.article.source) or citation.article.id
    return Gold(article=article, quote=citation.quote[:_LONGEST])


def _draft(rating: Rating) -> dict[str, Any]:
    """A case to be completed, and beside it what is known of the answer that was wrong."""
    answer = rating.answer
    case = _made(rating, answerable=answer.abstained)
    return as_row(case) | {
        "review": {
            "reason": rating.reason,
            "answer": answer.text,
            "short": answer.short,
            "cited": [
                {"article": gold.article, "quote": gold.quote}
                for gold in (_gold(one) for one in (*answer.citations, *answer.nearest))
            ],
        }
    }
