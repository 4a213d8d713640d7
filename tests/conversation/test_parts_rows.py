"""Questions about a row of years are asked once for each."""

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
