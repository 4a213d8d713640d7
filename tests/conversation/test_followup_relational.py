"""Follow-ups that lean on the thing or the event of the question before, without a pronoun."""

from __future__ import annotations

import pytest

from rag.answer.followup import understand
from rag.types import Turn


def said(question: str, short: str = "", answer: str = "") -> Turn:
    return Turn(question=question, effective_question=question, short=short, answer=answer or short)


PLANNED = said("What bridge is planned in Lima?", "a new bridge")
CAPTURED = said("Which two bridges collapsed in Peru in 2015?")


@pytest.mark.parametrize(
    ("turn", "question", "understood"),
    [
        (PLANNED, "And what is the cost?", "What is the cost of the new bridge?"),
        (PLANNED, "When is the opening?", "When is the opening of the new bridge?"),
        (
            said("Did Weller meet Prado in Lima?"),
            "How did it go?",
            "How did it go when Weller did meet Prado in Lima?",
        ),
        (
            said("Is Weller seeing Prado on the last day of the summit?"),
            "who else?",
            "Who else is Weller seeing on the last day of the summit?",
        ),
        (
            said("Who did Weller meet in Lima?", "Ana Prado"),
            "And who else?",
            "Who else did Weller meet in Lima?",
        ),
        (
            CAPTURED,
            "Where was the first one?",
            "Where was the first bridge that collapsed in Peru in 2015?",
        ),
        (
            said("Which two cities did Weller visit in 2015?"),
            "When did he visit the second one?",
            "When did he visit the second city that Weller did visit in 2015?",
        ),
        (
            said("Is Peru planning a new port in Lima?"),
            "how many ships?",
            "How many ships in the new port in Lima?",
        ),
        (
            said("How many people have been hospitalized with flu in Lima?"),
            "deaths?",
            "How many deaths with flu in Lima?",
        ),
        (
            said("Which country was invited to join the league?", "Peru"),
            "Why does Chile mind?",
            "Why does Chile mind that Peru was invited to join the league?",
        ),
        (
            said("Who is fishing in Lima?", "The fleet"),
            "why there?",
            "Why is The fleet fishing in Lima?",
        ),
        (
            said("Who else did Weller meet that day?"),
            "And the day after?",
            "Who else did Weller meet the day after?",
        ),
        (
            said("What was Weller doing in Lima on 3 April 2013?"),
            "Who did he meet that day?",
            "Who did Weller meet on 3 April 2013?",
        ),
        (
            said("What was Weller doing in Lima on 3 April 2013?"),
            "Where did he live that year?",
            "Where did Weller live in 2013?",
        ),
    ],
)
def test_what_it_leans_on(turn: Turn, question: str, understood: str) -> None:
    assert understand(question, [turn]).question == understood


@pytest.mark.parametrize(
    ("turn", "question"),
    [
        (said("Why is Lima dry?"), "How did it go?"),  # nothing was done
        (said("Is it true?"), "who else?"),
        (said("Who fell in Lima?"), "Where was the first one?"),  # nothing was counted
        (PLANNED, "What is the cost of the war in Peru?"),  # it says whose
        (PLANNED, "Did Prado raise the cost?"),  # a question of its own
        (said("Which team won the cup?", "Lima"), "What is the plan?"),  # a name is no thing
        (said("What was the reason?", "it was needless"), "Who is the leader?"),
        (said("Did Peru test the bridge in Lima?"), "How did it go?"),  # it is the bridge
        (said("Did Weller speak to Prado?"), "Who else?"),  # 'speak to' would be cut
        (said("Which president served two terms before Prado?"), "Was he the first one?"),
        (said("How many people were hurt in the crash?"), "Details?"),
    ],
)
def test_nothing_to_lean_on(turn: Turn, question: str) -> None:
    found = understand(question, [turn]).question
    assert " when " not in found
    assert "of the new bridge" not in found
    assert "that fell" not in found
    assert "else did" not in found
    assert "first term" not in found
    assert "details in" not in found
    assert "leader of" not in found


def test_an_object_is_not_the_subject_again() -> None:
    turns = [
        said("Who did Paul Weller meet in Lima?", "Mayor Juan Prado"),
        said("What did Prado promise Paul Weller?"),
    ]
    assert understand("And when did Prado promise him that?", turns).question == (
        "When did Prado promise Paul Weller that?"
    )


def test_a_surname_is_not_any_word() -> None:
    turns = [said("What did Tom Price do in Lima?")]
    assert understand("What price did he pay?", turns).question == "What price did Tom Price pay?"


def test_a_time_takes_the_place_of_a_time() -> None:
    turns = [said("What was the price of oil in 2014?")]
    assert "2014" not in understand("And today?", turns).question


def test_that_country_is_a_country() -> None:
    turns = [
        said("Which country joined the league?", "Peru"),
        said("How does Moscow see Peru's step?", "as a threat"),
    ]
    assert understand("When did that country join?", turns).question == "When did Peru join?"
