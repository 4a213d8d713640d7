"""Systems and cases made for the tests of the evaluation suite."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evals.case import Case, Gold
from evals.facts import Fact, FactType
from evals.reply import Cited, Reply
from evals.systems import Outcome
from evals.systems.base import RunError, within

ARTICLE = (
    "On June 23 he told Kerry that he would meet a July 1 deadline. In June 1,075 people died."
)


def case(identity: str = "deadline.1", **changes: Any) -> Case:
    """A case about `ARTICLE`, with what a test wants otherwise."""
    given: dict[str, Any] = {
        "id": identity,
        "question": f"When is the deadline of {identity}?",
        "history": (),
        "answerable": True,
        "facts": (Fact(type=FactType.DATE, value="July 1"),),
        "evidence": ((Gold(article="a.txt", quote="he would meet a July 1 deadline"),),),
        "tags": ("date",),
        "split": "dev",
        "critical": False,
    }
    return Case(**{**given, **changes})


def unanswerable(identity: str = "no.1", **changes: Any) -> Case:
    """A case that the article does not answer."""
    return case(
        identity, answerable=False, facts=(), evidence=(), tags=("unanswerable",), **changes
    )


def right(quote: str = "he would meet a July 1 deadline.", number: int = 1) -> Reply:
    """A right and cited reply."""
    start = ARTICLE.index(quote)
    cited = Cited(
        number=number,
        article="a",
        source="folder/a.txt",
        quote=quote,
        start=start,
        end=start + len(quote),
    )
    return Reply(
        text=f"July 1. “{quote}” [{number}]",
        short="July 1",
        confidence=0.9,
        citations=(cited,),
        ms={"total": 10.0},
    )


def wrong() -> Reply:
    """A wrong reply that is cited all the same."""
    quote = "On June 23 he told Kerry"
    cited = Cited(
        number=1, article="a", source="folder/a.txt", quote=quote, start=0, end=len(quote)
    )
    return Reply(
        text=f"“{quote}” [1]",
        short="June 23",
        confidence=0.4,
        citations=(cited,),
        ms={"total": 12.0},
    )


def silent() -> Reply:
    """A refusal."""
    return Reply(text="The articles do not say.", abstained=True, confidence=0.8, ms={"total": 5.0})


def best(asked: Case) -> Reply:
    """What a perfect system replies."""
    return right() if asked.answerable else silent()


@dataclass(kw_only=True)
class ScriptedSystem:
    """Replies as a function says; an exception or a long wait is the function's to make."""

    reply: Callable[[Case], Reply] = best
    asked: list[str] = field(default_factory=list)
    name: str = "scripted"

    def describe(self) -> dict[str, Any]:
        """Its name."""
        return {"system": self.name}

    def answers(self, cases: Sequence[Case], seconds: float) -> Iterator[Outcome]:
        """One outcome a case."""
        for one in cases:
            self.asked.append(one.id)
            try:
                yield Outcome(case=one, reply=within(seconds, lambda one=one: self.reply(one)))  # type: ignore[misc]
            except RunError as error:
                yield Outcome(case=one, error=str(error))
            except Exception as error:  # noqa: BLE001 - the row is what the test looks at
                yield Outcome(case=one, error=f"{type(error).__name__}: {error}")

    def text_of(self, article: str) -> str | None:
        """The one article."""
        return ARTICLE if article == "a" else None

    def close(self) -> None:
        """Nothing is held."""


def slow(_: Case) -> Reply:
    """A reply that takes too long."""
    time.sleep(5)
    return silent()


def by_id(replies: Mapping[str, Reply]) -> Callable[[Case], Reply]:
    """Replies by case, the best one where none is given."""
    return lambda asked: replies.get(asked.id) or best(asked)
