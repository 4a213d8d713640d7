"""Dates by hand: weekdays, years that are not said, ranges, ordinals, and what is no date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.facts import Fact, FactError, FactType, check_value, judge
from evals.facts.calendar import WEEKDAYS, Day, agrees, shifted, weekday_near
from evals.facts.dates import read

days = st.dates(min_value=date(1950, 1, 1), max_value=date(2080, 12, 31))
weekdays = st.integers(0, 6)


def stated(value: str, answer: str, on: date | None = None) -> bool:
    return judge(Fact(type=FactType.DATE, value=value), answer, on=on).ok


@given(days, weekdays)
def test_last_next_and_the_latest_weekday(on: date, weekday: int) -> None:
    last, latest, following = (weekday_near(on, weekday, way).full() for way in (-1, 0, 1))
    assert last is not None
    assert latest is not None
    assert following is not None
    assert last.weekday() == latest.weekday() == following.weekday() == weekday
    assert timedelta(1) <= on - last <= timedelta(7)
    assert timedelta(0) <= on - latest <= timedelta(6)
    assert timedelta(1) <= following - on <= timedelta(7)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("last Wednesday", "1 November 2017"),
        ("on Wednesday", "8 November 2017"),
        ("next Wednesday", "15 November 2017"),
        ("this Monday", "6 November 2017"),
        ("last Monday", "6 November 2017"),
        ("next Thursday", "9 November 2017"),
        ("the day before yesterday", "6 November 2017"),
        ("the day after tomorrow", "10 November 2017"),
        ("today", "8 November 2017"),
        ("tonight", "8 November 2017"),
        ("yesterday", "7 November 2017"),
        ("tomorrow", "9 November 2017"),
        ("a week ago", "1 November 2017"),
        ("two weeks later", "22 November 2017"),
        ("three months ago", "August 2017"),
        ("two months from now", "January 2018"),
        ("eleven months ago", "December 2016"),
        ("next month", "December 2017"),
        ("this year", "2017"),
        ("12 years earlier", "2005"),
    ],
)
def test_relative_wordings_on_a_wednesday(said: str, meant: str) -> None:
    on = date(2017, 11, 8)
    assert stated(meant, f"It was {said}.", on)
    assert not stated(meant, f"It was {said}.")
    assert not stated(meant, f"It was {said}.", on + timedelta(days=400))


def test_a_relative_day_is_no_finer_than_its_unit() -> None:
    on = date(2017, 11, 8)
    assert shifted(on, -1, "month") == Day(year=2017, month=10)
    assert shifted(on, 2, "month") == Day(year=2018, month=1)
    assert shifted(on, -11, "month") == Day(year=2016, month=12)
    assert shifted(on, -1, "year") == Day(year=2016)
    assert not stated("8 October 2017", "last month", on)


@pytest.mark.parametrize(
    ("on", "said", "meant"),
    [
        (date(2017, 1, 10), "December 28", "28 December 2016"),
        (date(2016, 12, 20), "January 3", "3 January 2017"),
        (date(2017, 6, 15), "December 14", "14 December 2017"),
        (date(2017, 1, 10), "in December", "December 2016"),
        (date(2017, 3, 1), "February 29", "29 February 2016"),
        (date(2017, 8, 20), "in February", "February 2018"),
        (date(2017, 7, 31), "in February", "February 2017"),
    ],
)
def test_a_year_that_is_not_said_is_the_nearest(on: date, said: str, meant: str) -> None:
    assert stated(meant, said, on)
    wrong = meant[:-4] + str(int(meant[-4:]) + (1 if meant[-1] != "6" else -1))
    if "29 February" not in wrong:
        assert not stated(wrong, said, on)


def test_without_month_there_is_no_nearest_year() -> None:
    assert not stated("2017", "on Friday the match was played", None)
    assert not agrees(Day(day=3), Day(year=2017, day=3), date(2017, 3, 3))


@pytest.mark.parametrize(
    "no_date",
    ["in the 1990s", "February 30", "31 June", "2000 people", "flight 2014-99-99", "It may be 7."],
)
def test_what_is_no_date(no_date: str) -> None:
    for value in ("1990", "February 2", "June 3", "2000", "May", "May 7"):
        assert not stated(value, no_date), value


def test_a_day_that_cannot_be_is_none() -> None:
    assert not Day(month=13).possible()
    assert not Day(month=0).possible()
    assert Day(month=12, day=31).possible()
    assert Day(month=1, day=1).possible()
    assert not Day(month=2, day=30).possible()
    assert Day(month=2, day=29).possible()
    assert not Day(year=2017, month=2, day=29).possible()
    assert Day(day=31).possible()
    assert not Day(day=32).possible()
    assert Day(year=2017, month=5).full() is None
    assert Day(year=2017, month=5, day=4).full() == date(2017, 5, 4)


@given(st.integers(1, 31), st.sampled_from(["st", "nd", "rd", "th", ""]))
def test_every_day_of_a_month_in_digits(day: int, ending: str) -> None:
    assert stated(f"July {day}", f"on the {day}{ending} of July")
    assert stated(f"July {day}", f"July {day}{ending}, 2014")
    assert not stated(f"July {day % 31 + 1}", f"July {day}{ending}")


@pytest.mark.parametrize(
    ("word", "day"),
    [("first", 1), ("second", 2), ("twelfth", 12), ("twentieth", 20), ("thirty-first", 31)],
)
def test_ordinals_in_words(word: str, day: int) -> None:
    assert stated(f"July {day}", f"the {word} of July")
    assert not stated(f"July {day + 1}", f"the {word} of July")


def test_two_days_of_one_month() -> None:
    for said in ("July 3 and 7", "July 3, 7", "3 and 7 July"):
        assert stated("July 3", said), said
        assert stated("July 7", said), said
    for said in ("July 3 or 7", "3 or 7 July", "July 3-7", "3 to 7 July", "July 3/7"):
        assert not stated("July 3", said), said
        assert not stated("July 7", said), said
    assert stated("July 5", "July 5 or July 5")


@pytest.mark.parametrize(("name", "number"), sorted(WEEKDAYS.items()))
def test_a_weekday_agrees_with_its_dates(name: str, number: int) -> None:
    day = date(2018, 4, 23) + timedelta(days=number)  # a Monday and the days after it
    assert stated(name.capitalize(), day.isoformat())
    assert not stated(name.capitalize(), (day + timedelta(days=1)).isoformat())
    assert stated(name.capitalize(), f"late on {name}")


def test_read_gives_dates_of_two_parts_in_place() -> None:
    text = "From 3 May 2017 to June 2018, and in 2019; on Monday, July."
    found = [(text[start:end], day) for start, end, day in read(text)]
    assert found == [
        ("3 May 2017", Day(year=2017, month=5, day=3)),
        ("June 2018", Day(year=2018, month=6)),
    ]


@pytest.mark.parametrize("value", ["by July 1", "July 1 or so", "on July 1 or so", "early July 1"])
def test_a_wanted_date_is_a_date_from_end_to_end(value: str) -> None:
    check_value(FactType.DATE, "July 1.")
    with pytest.raises(FactError, match="is not one date"):
        check_value(FactType.DATE, value)


def test_a_month_without_its_day_counts_from_its_middle() -> None:
    # from 17 July 2014 the middle of January 2015 is nearer by a day than that of 2014
    assert stated("January 2015", "It was in January.", date(2014, 7, 17))
    assert stated("January 2014", "It was in January.", date(2014, 7, 16))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("They may go.", False),
        ("It was late in may when they met.", False),
        ("It was in May when they met.", True),
        ("May said so.", False),
    ],
)
def test_a_month_that_is_a_word_needs_its_capital_and_its_place(text: str, told: bool) -> None:
    assert stated("May", text) is told
