"""A question that looks ahead means the date of the plan, not of its telling."""

from __future__ import annotations

import pytest

from rag.answer.planned import planned
from tests.made import published

TOLD = "On March 3, the mayor told Porto Radio that the bridge would open on May 9."


@pytest.mark.parametrize("iso", ["2014-03-04", "2014", None])
@pytest.mark.parametrize(
    "question",
    ["When will the bridge open?", "By when must the bridge open?", "What is the deadline?"],
)
def test_the_plan_is_the_later_day(question: str, iso: str | None) -> None:
    span = planned(question, TOLD, published(iso))
    assert span is not None
    assert TOLD[span[0] : span[1]] == "May 9"


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When did the mayor speak?", TOLD),
        ("When will the bridge open?", "The bridge will open on May 9."),
        ("When will the bridge open?", "The mayor spoke of the bridge."),
    ],
)
def test_nothing_else_is_touched(question: str, sentence: str) -> None:
    assert planned(question, sentence, published("2014-03-04")) is None
