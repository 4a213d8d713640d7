"""Follow-ups: what they mean in their conversation, and what must be left as it was asked."""

from __future__ import annotations

import pytest

from rag.answer.followup import understand
from rag.types import Turn


def turn(question: str, answer: str = "", short: str | None = None) -> Turn:
    return Turn(question=question, effective_question=question, answer=answer, short=short)


GOVERNMENT = turn(
    "When will al-Maliki form a new government?",
    "al-Maliki told Kerry he would meet a July 1 deadline to form a new inclusive government.",
    "July 1",
)


def test_the_subject_and_what_was_told() -> None:
    understood = understand("And who did he tell that to?", [GOVERNMENT])
    assert (
        understood.question
        == "Who did al-Maliki tell that al-Maliki will form a new government to?"
    )
    assert understood.changed
    assert "Maliki" in understood.added


def test_no_history_no_change() -> None:
    understood = understand("And who did he tell that to?", [])
    assert understood.question == "And who did he tell that to?"
    assert not understood.changed
    assert understood.added == ()


@pytest.mark.parametrize(
    "question",
    [
        "Which year did the Kurds vote for independence?",
        "How many people were killed in Iraq in June 2014?",
        "Did Kerry say he would meet Lavrov?",
        "Who said that NATO is not a threat?",
        "Are there any troops in Baghdad?",
        "Is it true that ISIL captured Mosul?",
    ],
)
def test_standalone_questions_are_left_alone(question: str) -> None:
    assert understand(question, [GOVERNMENT]).question == question
