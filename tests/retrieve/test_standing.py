"""What speaks for a passage before it is read: a new article, and one of which much was found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieve.standing import standings
from rag.retrieve.time import question_times

DAYS = st.one_of(st.just(0), st.integers(1990, 2030).map(lambda year: year * 10000 + 615))
FOUND = st.lists(st.tuples(st.sampled_from("abcde"), DAYS), max_size=20)


@given(FOUND, st.booleans())
def test_the_best_stands_at_nought_and_none_above(
    found: list[tuple[str, int]], dated: bool
) -> None:
    told = standings([a for a, _ in found], [d for _, d in found], dated=dated)
    assert len(told) == len(found)
    assert max(told, default=0.0) == pytest.approx(0.0)
    assert all(one <= 1e-9 for one in told)


@given(FOUND, st.randoms())
def test_the_order_of_what_was_found_is_no_matter(
    found: list[tuple[str, int]], random: object
) -> None:
    turned = found[::-1]
    told = standings([a for a, _ in found], [d for _, d in found], dated=False)
    back = standings([a for a, _ in turned], [d for _, d in turned], dated=False)
    assert back[::-1] == pytest.approx(told)


def test_of_two_articles_the_newer_stands_better() -> None:
    old, new = standings(["a", "b"], [20140619, 20230619], dated=False)
    assert old < new
    assert standings(["a", "b"], [20140619, 20230619], dated=True) == [0.0, 0.0]


def test_a_day_matters_less_than_years_do() -> None:
    day, year, decade = (
        standings(["a", "b"], [older, 20230619], dated=False)[0]
        for older in (20230618, 20220619, 20130619)
    )
    assert -0.05 < day < 0
    assert decade < year < day


def test_an_article_of_which_much_was_found_stands_better() -> None:
    told = standings(["a", "b", "a", "a"], [20230619] * 4, dated=False)
    assert told[1] < told[0] == told[2] == told[3]


def test_an_article_without_a_date_is_of_a_middling_age() -> None:
    old, none, new = standings(["a", "b", "c"], [20140619, 0, 20230619], dated=False)
    assert old < none < new
    assert standings(["a", "b"], [0, 0], dated=False) == [0.0, 0.0]


@pytest.mark.parametrize(
    ("question", "dated"),
    [
        ("Who won the election in 2017?", True),
        ("What happened on 14 March 2019?", True),
        ("Who won the election?", False),
        ("Which film came out this week?", False),
        ("Who resigned yesterday?", False),
        ("What did he say on Monday?", False),
    ],
)
def test_a_time_that_hangs_on_today_is_none_of_its_own(question: str, dated: bool) -> None:
    assert question_times(question, 20261121).dated is dated
