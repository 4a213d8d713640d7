"""Time expressions: what is one, what is none, and which days it means."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieve.time import Grain, parse_times, question_times
from rag.types import DateRange, PublishedDate

WEDNESDAY = PublishedDate(year=2017, month=11, day=8)
TODAY = 20261121  # a Saturday


def only(text: str, anchor: PublishedDate | None = None) -> tuple[str, int, int]:
    found = parse_times(text, anchor)
    assert len(found) == 1, found
    return found[0].text, found[0].first, found[0].last


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("on 24 June 2014 in Irbil", "24 June 2014", 20140624, 20140624),
        ("on the 24th of June 2014", "24th of June 2014", 20140624, 20140624),
        ("News | 02.12.2015", "02.12.2015", 20151202, 20151202),
        ("published 2017-11-08 at noon", "2017-11-08", 20171108, 20171108),
        ("in November 2017", "November 2017", 20171101, 20171130),
        ("in february 2016", "february 2016", 20160201, 20160229),
        ("Dec. 31, 1999, at midnight", "Dec. 31, 1999", 19991231, 19991231),
        ("in 2013", "2013", 20130101, 20131231),
        ("the 2003 invasion", "2003", 20030101, 20031231),
        ("during the 1990s", "the 1990s", 19900101, 19991231),
        ("in the '90s", "the '90s", 19900101, 19991231),
        ("in the 1800s", "the 1800s", 18000101, 18991231),
        ("in the 19th century", "the 19th century", 18010101, 19001231),
        ("Q1 2020", "Q1 2020", 20200101, 20200331),
        ("the third quarter of 2020", "third quarter of 2020", 20200701, 20200930),
        ("the summer of 2014", "summer of 2014", 20140601, 20140831),
        ("early 2019", "early 2019", 20190101, 20190504),
        ("the second half of 2014", "the second half of 2014", 20140702, 20141231),
        ("from June 3 to 9, 2015", "June 3 to 9, 2015", 20150603, 20150609),
        ("the years 2013-2015", "2013-2015", 20130101, 20151231),
        ("the 2013-14 season", "2013-14", 20130101, 20141231),
        ("In 1812, Napoleon", "1812", 18120101, 18121231),
        ("may 5, 2016", "may 5, 2016", 20160505, 20160505),
        ("Wednesday، 08 November 2017 01:51 PM", "Wednesday، 08 November 2017", 20171108, 20171108),
        ("6/27/2014", "6/27/2014", 20140627, 20140627),
        ("6/7/2014", "6/7/2014", 20140101, 20141231),  # day or month first: only the year is sure
    ],
)
def test_written_out(text: str, words: str, first: int, last: int) -> None:
    assert only(text) == (words, first, last)


@pytest.mark.parametrize(
    "text",
    [
        "he may go", "you may 5 times", "March on, he said", "they march 5 miles", "an august body",
        "killed 1,075 people", "2000 people died", "about 2000 came", "$2015 a month", "room 2019",
        "Boeing 2010", "10:30", "1.2000", "in his 40s", "April Jones said so", "31 June", "June 31",
        "2017-13-45", "NATO membership", "resolution 1973", "2013/14/15/16", "", "   ",
        "a 1999-page report", "the 5th of them", "more than 1700 recruits",
        "more than 2050 recruits",
    ],
)  # fmt: skip
def test_no_time(text: str) -> None:
    assert [e for e in parse_times(text, WEDNESDAY) if e.text.lower() != "june"] == []


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("Kerry met late on June 24 with Ashton", "June 24", 20170624, 20170624),
        ("in a September referendum", "September", 20170901, 20170930),
        ("by 10 January", "10 January", 20180110, 20180110),  # the nearest such day
        ("last week", "last week", 20171030, 20171105),
        ("this year", "this year", 20170101, 20171231),
        ("last month", "last month", 20171001, 20171031),
        ("on Wednesday", "Wednesday", 20171108, 20171108),
        ("since Sunday night", "Sunday night", 20171105, 20171105),
        ("last Wednesday", "last Wednesday", 20171101, 20171101),
        ("they will meet on Friday", "Friday", 20171110, 20171110),
        ("they met on Friday", "Friday", 20171103, 20171103),
        ("yesterday", "yesterday", 20171107, 20171107),
        ("last night", "last night", 20171107, 20171107),
        ("three days ago", "three days ago", 20171105, 20171105),
        ("two years ago", "two years ago", 20150101, 20151231),
        ("a decade ago", "a decade ago", 20070101, 20071231),
        ("last June", "last June", 20170601, 20170630),
        ("next July", "next July", 20180701, 20180731),
        ("over the past two years", "the past two years", 20150101, 20171108),
    ],
)
def test_leaning_on_the_day_of_publication(text: str, words: str, first: int, last: int) -> None:
    found = list(parse_times(text, WEDNESDAY))
    assert len(found) == 1
    assert found[0].text.endswith(words)
    assert (found[0].first, found[0].last) == (first, last)
    assert found[0].relative
    bare = parse_times(text)
    assert len(bare) == 1
    assert not bare[0].resolved, "nothing may be guessed without an anchor"


def test_what_a_year_less_date_still_tells() -> None:
    (found,) = parse_times("on june 24")
    assert (found.month, found.day, found.grain, found.relative) == (6, 24, Grain.DAY, True)


def test_a_date_told_before_is_leant_on() -> None:
    found = parse_times(
        "It began on 3 May 2010. Two days later it ended, and the following year again."
    )
    assert [(e.first, e.last) for e in found] == [
        (20100503, 20100503),
        (20100505, 20100505),
        (20110101, 20111231),
    ]
    assert not parse_times("Two days later it ended.", WEDNESDAY)[0].resolved


def test_an_anchor_that_knows_only_its_year() -> None:
    anchor = PublishedDate(year=2013)
    assert only("on 24 June", anchor) == ("24 June", 20130624, 20130624)
    assert only("last year", anchor) == ("last year", 20120101, 20121231)
    assert not parse_times("on Wednesday", anchor)[0].resolved


def test_july_1_is_not_july_10() -> None:
    assert only("July 10, 2014")[1] == 20140710
    assert only("July 1, 2014")[1] == 20140701


@given(st.text(max_size=300))
def test_any_text_gives_ordered_true_spans(text: str) -> None:
    for anchor in (None, WEDNESDAY, PublishedDate(year=1)):
        end = 0
        for e in parse_times(text, anchor):
            assert e.start >= end
            assert text[e.start : e.end] == e.text
            assert e.text
            assert 0 <= e.first <= e.last
            assert e.resolved == (e.last > 0)
            end = e.end


FORMS = ["{d} {m} {y}", "{m} {d}, {y}", "{y}-{n:02d}-{d:02d}", "{d:02d}.{n:02d}.{y}"]


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)), st.sampled_from(FORMS))
def test_every_day_in_every_form(day: date, form: str) -> None:
    names = "January February March April May June July August September October November December"
    text = form.format(d=day.day, n=day.month, m=names.split()[day.month - 1], y=day.year)
    expected = day.year * 10000 + day.month * 100 + day.day
    found = parse_times(f"It was on {text} that they met.")
    assert [(e.first, e.last) for e in found] == [(expected, expected)], text


def test_long_text_is_read_in_linear_time() -> None:
    text = "On June 24, 2014 he may march 2000 miles since last week and the 1990s. " * 400
    begun = time.perf_counter()
    once = len(parse_times(text[: len(text) // 4]))
    quarter = time.perf_counter() - begun
    begun = time.perf_counter()
    assert len(parse_times(text)) == 4 * once
    assert time.perf_counter() - begun < 12 * quarter + 0.1


# --- questions


@pytest.mark.parametrize(
    ("question", "latest"),
    [
        ("What is the latest on Mosul?", True),
        ("Who is the current prime minister?", True),
        ("When did they last meet?", True),
        ("What was decided at the last summit?", True),
        ("What do we know so far?", True),
        ("What is NATO's most recent mission?", True),
        ("What happened last week?", False),
        ("How long did the meeting last?", False),
        ("How long will it last?", False),
        ("What is his last name?", False),
        ("When was the page last modified?", False),
        ("Who won in the last two years?", False),
        ("Who knows Kerry?", False),
        ("When did the siege begin?", False),
    ],
)
def test_asks_for_the_latest(question: str, latest: bool) -> None:
    assert question_times(question, TODAY).latest is latest


@pytest.mark.parametrize(
    ("question", "change"),
    [
        ("How did Kerry's view of Russia change between 2013 and 2017?", True),
        ("How has the mission evolved over time?", True),
        ("What has changed since 2014?", True),
        ("What is the difference between the 2013 and the 2015 meeting?", True),
        ("How did it develop?", True),
        ("What happened in 2014?", False),
        ("How many were killed since 2011?", False),
        ("Who changed the law?", False),
    ],
)
def test_asks_for_a_change(question: str, change: bool) -> None:
    assert question_times(question, TODAY).change is change


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("What changed between 2013 and 2017?", [(20130101, 20171231)]),
        ("What happened from June 2014 to May 2015?", [(20140601, 20150531)]),
        ("What happened since 2014?", [(20140101, 99991231)]),
        ("What is there from 2014?", [(20140101, 20141231)]),
        ("What happened from 2014 onwards?", [(20140101, 99991231)]),
        ("What happened after 2014?", [(20150101, 99991231)]),
        ("What was said before June 2014?", [(0, 20140531)]),
        ("What was said until June 2014?", [(0, 20140630)]),
        ("Whom did she meet the day after the 2013 summit?", [(20130101, 99991231)]),
        ("What was said before the June 2014 vote?", [(0, 20140630)]),
        ("What was said before the 1990s and what later?", [(0, 19891231)]),
        ("What was said in 2013 and in 2015?", [(20130101, 20131231), (20150101, 20151231)]),
        ("What did they say last month?", [(20261001, 20261031)]),
        ("What happened on june 24?", []),
        ("What happened?", []),
    ],
)
def test_days_asked_for(question: str, asked: list[tuple[int, int]]) -> None:
    expected = tuple(DateRange(first=first, last=last) for first, last in asked)
    assert question_times(question, TODAY).asked == expected


def test_periods_to_compare() -> None:
    times = question_times("How did the mission change between 2014 and 2017?", TODAY)
    assert [p.first for p in times.periods] == [20140101, 20170101]


@given(st.text(max_size=200), st.integers(min_value=0, max_value=99999999))
def test_any_question_can_be_asked(question: str, today: int) -> None:
    for asked in question_times(question, today).asked:
        assert asked.first <= asked.last
