"""Questions about a row of years, or of two things behind one verb, are asked once for each."""

from __future__ import annotations

import pytest

from rag.answer.parts import parts


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (
            "How many ships lay in Lima in 2011, 2014 and 2020?",
            [f"How many ships lay in Lima in {year}?" for year in (2011, 2014, 2020)],
        ),
        (
            "Weller's dealings with Peru, 2013 versus 2015?",
            [f"Weller's dealings with Peru in {year}?" for year in (2013, 2015)],
        ),
        (
            "What did Acme earn in 2020? And in 2022?",
            [f"What did Acme earn in {year}?" for year in (2020, 2022)],
        ),
        ("Was it built in 1990, 1995 or 2000?", []),
        ("Between 2011, when it began, and 2014, how many died?", []),
    ],
)
def test_rows_of_years(question: str, asked: list[str]) -> None:
    assert [part.question for part in parts(question, 20201122)] == asked


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (
            "On which day did Weller meet al-Hadi and on which day the union leaders?",
            [
                "On which day did Weller meet al-Hadi?",
                "On which day did Weller meet the union leaders?",
            ],
        ),
        (
            "When did the league talk to Acme, and when the united front?",
            ["When did the league talk to Acme?", "When did the league talk to the united front?"],
        ),
        (
            "How many allies' ministers came in April 2013 and how many in December 2015?",
            [
                f"How many allies' ministers came in {month}?"
                for month in ("April 2013", "December 2015")
            ],
        ),
        ("Where did Weller meet the mayor and when the unions?", []),  # two questions: no rule
        ("When did Weller meet the mayor and the unions?", []),
    ],
)
def test_a_verb_said_once_is_asked_of_both(question: str, asked: list[str]) -> None:
    assert [part.question for part in parts(question, 20201122)] == asked


def test_a_second_clause_with_a_verb_of_its_own_is_no_object() -> None:
    question = "When did Weller meet the mayor and when the unions met him?"
    assert "Weller meet the unions" not in " ".join(p.question for p in parts(question, 20201122))
