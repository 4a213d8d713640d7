"""A person named in full is met by the surname, and nobody else of that surname."""

from __future__ import annotations

import pytest

from rag.answer.surnames import surname, told_by_surname


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("David Cameron", "Cameron"),
        ("Prime Minister David Cameron", "Cameron"),
        ("Secretary Kerry", "Kerry"),
        ("President Maria van der Berg", ""),  # small letters may be any word
        ("White House", ""),
        ("Pope Francis", ""),
        ("Justice Department", ""),
        ("Virginia Tech", ""),
        ("Kerry", ""),
        ("New Mexico", ""),
        ("David", ""),
        ("Foreign Minister", ""),
        ("", ""),
    ],
)
def test_the_surname_is_what_titles_and_given_names_leave(name: str, last: str) -> None:
    assert surname(name) == last


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Prime Minister Cameron spoke.", True),
        ("He met Cameron.", True),
        ("David Cameron spoke.", True),
        ("James Cameron filmed it.", False),
        ("James Cameron filmed it, and Mr. Cameron spoke.", True),
        ("The Camerons left.", False),
        ("cameron", False),
        ("Mrs. Cameron spoke.", False),
        ("Cameron County was hit.", False),
    ],
)
def test_a_text_tells_of_him(text: str, told: bool) -> None:
    assert told_by_surname("David Cameron", text) is told
    assert not told_by_surname("Cameron", text)
