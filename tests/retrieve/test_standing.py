"""What speaks for a passage before it is read: a new article, and one of which much was found."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieve.standing import day_told, standings
from rag.retrieve.time import question_times
from rag.types import PublishedDate

TODAY = 20261121
Found = tuple[str, date | None]
DAYS = st.one_of(st.none(), st.dates(date(1950, 1, 1), date(2026, 11, 21)))
FOUND = st.lists(st.tuples(st.sampled_from("abcde"), DAYS), max_size=20)


def of(found: list[Found], places: list[int] | None = None, *, fresh: bool = True) -> list[float]:
    groups, days = [group for group, _ in found], [day for _, day in found]
    return standings(groups, days, places or [0] * len(found), fresh=fresh)


@given(FOUND, st.booleans(), st.data())
def test_the_best_stands_at_nought_and_none_above(
    found: list[Found], fresh: bool, data: st.DataObject
) -> None:
    places = [data.draw(st.integers(0, 10**6)) for _ in found]
    told = of(found, places, fresh=fresh)
    assert len(told) == len(found)
    assert max(told, default=0.0) == pytest.approx(0.0)


@given(FOUND, st.data())
def test_the_order_of_what_was_found_is_no_matter(found: list[Found], data: st.DataObject) -> None:
    dated = dict(found)  # an article has one date
    found = [(group, dated[group]) for group, _ in found]
    places = data.draw(st.permutations(range(len(found))))
    told = of([found[place] for place in places])
    assert told == pytest.approx([of(found)[place] for place in places])


def test_of_two_articles_the_newer_stands_better() -> None:
    found: list[Found] = [("a", date(2014, 6, 19)), ("b", date(2023, 6, 19))]
    old, new = of(found)
    assert old < new
    assert of(found, fresh=False) == [0.0, 0.0]


def test_a_day_matters_less_than_years_do() -> None:
    older = (date(2023, 6, 18), date(2022, 6, 19), date(2013, 6, 19))
    day, year, decade = (of([("a", one), ("b", date(2023, 6, 19))])[0] for one in older)
    assert -0.05 < day < 0
    assert decade < year < day


def test_an_article_of_which_much_was_found_stands_better() -> None:
    told = of([(group, date(2023, 6, 19)) for group in "abaa"])
    assert told[1] < told[0] == told[2] == told[3]


def test_the_head_of_an_article_stands_better_than_its_end() -> None:
    found: list[Found] = [("a", date(2023, 6, 19))] * 3
    head, middle, end = of(found, [0, 1500, 12000])
    assert end < middle < head == 0
    assert head - middle > middle - of(found, [0, 1500, 3000])[2]  # the first lines tell the most


def test_an_article_without_a_date_is_of_a_middling_age() -> None:
    old, none, new = of([("a", date(2014, 6, 19)), ("b", None), ("c", date(2023, 6, 19))])
    assert old < none < new
    assert of([("a", None), ("b", None)]) == [0.0, 0.0]
    ancient: Found = ("z", date(1950, 1, 1))
    newer: list[Found] = [("a", date(2026, 1, 1)), ("b", date(2026, 2, 1)), ("c", None)]
    assert of([*newer, ancient])[2] > -1.0


@pytest.mark.parametrize(
    ("published", "day"),
    [
        (PublishedDate(year=2023, month=3, day=8), date(2023, 3, 8)),
        (PublishedDate(year=2023), date(2023, 7, 1)),
        (PublishedDate(year=2023, month=3), date(2023, 3, 15)),
        (PublishedDate(year=2026), date(2026, 7, 1)),
        (PublishedDate(year=2099, month=1, day=1), None),
        (PublishedDate(year=2023, month=3, day=8, modified=True), None),
        (PublishedDate(), None),
    ],
)
def test_only_a_day_of_publication_tells_an_age(published: PublishedDate, day: date | None) -> None:
    assert day_told(published, TODAY) == day


@pytest.mark.parametrize(
    ("question", "fresh"),
    [
        ("Who won the election?", True),
        ("Which film came out this week?", True),
        ("Who resigned yesterday?", True),
        ("What did he say on Monday?", True),
        ("What is planned for next year?", True),
        ("Who won the election in 2017?", False),
        ("What happened on 14 March 2019?", False),
        ("Who opened the port on June 24?", False),
        ("Who ran the port ten years ago?", False),
        ("Who ran the port five years ago?", False),
        ("Who was the first to run the port?", False),
        ("Who used to run the port?", False),
        ("How has the port changed over the years?", False),
    ],
)
def test_the_newer_is_meant_where_nothing_else_is_named(question: str, fresh: bool) -> None:
    assert question_times(question, TODAY).fresh is fresh
