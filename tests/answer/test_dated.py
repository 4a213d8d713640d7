"""Relative times become days where the article's date allows it, and are left alone elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.dated import spelt_out, time_of
from rag.types import PublishedDate

TUESDAY = PublishedDate(year=2013, month=4, day=23)


@pytest.mark.parametrize(
    ("short", "told"),
    [
        ("this morning", "this morning (23 April 2013)"),
        ("yesterday", "yesterday (22 April 2013)"),
        ("February", "February (2013)"),
        ("in July 2009", "in July 2009"),
        ("after the vote", "after the vote"),
    ],
)
def test_what_is_relative_is_spelt_out(short: str, told: str) -> None:
    words = short if short.startswith(("in", "after", "this", "yes")) else f"in {short}"
    assert spelt_out(short, f"The mayor opened it {words}.", TUESDAY) == told


@pytest.mark.parametrize("published", [PublishedDate(), PublishedDate(year=2013, month=4)])
def test_without_a_day_nothing_is_added(published: PublishedDate) -> None:
    assert spelt_out("This morning", "This morning he came.", published) == "This morning"


@given(st.text(max_size=40), st.text(max_size=40))
def test_the_words_stay(short: str, rest: str) -> None:
    assert spelt_out(short, short + rest, TUESDAY).startswith(short)


def test_the_only_time_of_a_sentence_is_found_and_no_one_of_two() -> None:
    text = "The mayor arrived this morning."
    place = time_of(text, TUESDAY)
    assert place is not None
    assert text[slice(*place)] == "this morning"
    assert time_of("He came on Monday and left on Friday.", TUESDAY) is None
    assert time_of("He came.", TUESDAY) is None
