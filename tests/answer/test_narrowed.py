"""What an answer says of a search that the user narrowed."""

from __future__ import annotations

import pytest

from rag.answer.narrowed import narrowed
from rag.types import DateRange, Filters, NoteKind

TODAY = 20200101
ONLY_2017 = Filters(dates=DateRange(first=20170101, last=20171231))


@pytest.mark.parametrize(
    ("question", "filters", "told"),
    [
        (
            "What changed between 2013 and 2017?",
            ONLY_2017,
            "Searched only: 2017-01-01 to 2017-12-31. Outside it: 2013.",
        ),
        ("Who won in 2017?", ONLY_2017, "Searched only: 2017-01-01 to 2017-12-31."),
        ("Who won?", Filters(publishers=("DW", "AP")), "Searched only: DW; AP."),
        ("Who won?", Filters(comments=False), "Searched only: without readers' comments."),
        ("Who won?", Filters(articles=("a",)), "Searched only: one chosen article."),
    ],
)
def test_it_names_the_filters_and_the_years_that_they_shut_out(
    question: str, filters: Filters, told: str
) -> None:
    (note,) = narrowed(question, filters, TODAY)
    assert note.kind is NoteKind.NARROWED
    assert note.text == told


def test_an_open_search_is_not_spoken_of() -> None:
    assert narrowed("Who won in 2013?", Filters(), TODAY) == ()
