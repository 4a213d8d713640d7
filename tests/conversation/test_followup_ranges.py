"""A question of a range of years asked again of another range, one year, or another name."""

from __future__ import annotations

import pytest

from rag.answer.followup import understand
from rag.types import Turn

PERU = "What changed between 2014 and 2017 in Peru?"


@pytest.mark.parametrize(
    ("before", "asked", "meant"),
    [
        (PERU, "And between 2013 and 2015?", "What changed between 2013 and 2015 in Peru?"),
        (PERU, "And in 2018?", "What changed in 2018 in Peru?"),
        (PERU, "And from 2011 to 2012?", "What changed from 2011 to 2012 in Peru?"),
        (
            "What changed between 2014 and 2017 for NATO?",
            "and what about Peru?",
            "What changed between 2014 and 2017 for Peru?",
        ),
    ],
)
def test_the_new_takes_the_whole_place_of_the_old(before: str, asked: str, meant: str) -> None:
    turn = Turn(question=before, effective_question=before)
    assert understand(asked, [turn]).question == meant
