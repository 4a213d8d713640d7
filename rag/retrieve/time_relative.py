"""Times that depend on when they were written: 'last week', 'on Wednesday', 'two years later'.

Most lean on the day that the text appeared; 'a day earlier' and 'two years later' lean on the
date told just before them. What they lean on may be missing: then the period is unresolved.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from rag.retrieve.time_match import MONTH, MONTHS, WEEKDAY, WEEKDAYS
from rag.retrieve.time_types import (
    Grain,
    Period,
    day_of,
    exact,
    middle,
    of_days,
    of_months,
    of_years,
    week_of,
)
from rag.types import PublishedDate

_NUMBERS = {
    word: value
    for value, words in enumerate(
        ("", "a an one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    )
    for word in words.split()
} | {
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
}
COUNT = r"(?P<n>\d{1,3}|" + "|".join(_NUMBERS) + r")"
_UNIT = r"(?P<unit>day|week|month|year|decade)s?"
_GRAINS = {
    "day": Grain.DAY,
    "week": Grain.WEEK,
    "month": Grain.MONTH,
    "year": Grain.YEAR,
    "decade": Grain.DECADE,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Leaning:
    """A relative expression before it is resolved: what it leans on is known only in order."""

    start: int
    end: int
    grain: Grain
    narrative: bool  # leans on the date told before it, not on the day of publication
    resolve: Callable[[PublishedDate | None, Period | None], Period | None]


Reading = Callable[[re.Match[str]], Leaning | None]


def _leaning(
    match: re.Match[str],
    grain: Grain,
    resolve: Callable[[PublishedDate | None], Period | None],
) -> Leaning:
    return Leaning(
        start=match.start(),
        end=match.end(),
        grain=grain,
        narrative=False,
        resolve=lambda anchor, _: resolve(anchor),
    )


def _shift(anchor: PublishedDate | None, unit: str, by: int) -> Period | None:
    """The day, week, month, year or decade that lies ``by`` of them from the anchor's own."""
    if anchor is None or anchor.year is None:
        return None
    if unit == "year":
        return of_years(anchor.year + by, anchor.year + by, Grain.YEAR)
    if unit == "decade":
        first = anchor.year // 10 * 10 + 10 * by
        return of_years(first, first + 9, Grain.DECADE)
    if unit == "month" and anchor.month is not None:
        months = anchor.year * 12 + anchor.month - 1 + by
        return of_months(months // 12, months % 12 + 1, months % 12 + 1, Grain.MONTH)
    day = exact(anchor)
    if day is None or unit not in ("day", "week"):
        return None
    try:
        moved = day + timedelta(days=by * (7 if unit == "week" else 1))
        return week_of(moved) if unit == "week" else of_days(moved, moved, Grain.DAY)
    except OverflowError:
        return None


_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "last night": -1}


def _named_day(match: re.Match[str]) -> Leaning | None:
    words = re.sub(r"\s+", " ", match[0].lower())
    by = next((by for word, by in _DAYS.items() if words.startswith(word)), 0)
    return _leaning(match, Grain.DAY, lambda anchor: _shift(anchor, "day", by))


_WHICH = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}


def _which_unit(match: re.Match[str]) -> Leaning | None:
    """'last week', 'this year', 'next month'."""
    by, unit = _WHICH[match["which"].lower()], match["unit"].lower()
    grain = _GRAINS.get(unit, Grain.WEEK)
    name = "week" if unit == "weekend" else unit
    return _leaning(match, grain, lambda anchor: _shift(anchor, name, by))


def _month_near(anchor: PublishedDate | None, month: int, by: int) -> Period | None:
    """'last June' is the newest June that is over; 'next June' the first that has not begun."""
    if anchor is None or anchor.year is None or anchor.month is None:
        return None
    year = anchor.year
    if by < 0 and month >= anchor.month:
        year -= 1
    elif by > 0 and month <= anchor.month:
        year += 1
    return of_months(year, month, month, Grain.MONTH)


def _which_month(match: re.Match[str]) -> Leaning | None:
    by, month = _WHICH[match["which"].lower()], MONTHS[match["m"].lower()]
    return _leaning(match, Grain.MONTH, lambda anchor: _month_near(anchor, month, by))


_AHEAD = re.compile(
    r"\b(?:will|shall|upcoming|is due|are due|scheduled|plans? to|expected to)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.!?]\s")


def _weekday(match: re.Match[str]) -> Leaning | None:
    """News tells of the days behind it: the newest such day, unless the words look ahead."""
    which = (match["which"] or "").lower()
    sentence = _SENTENCE.split(match.string[max(0, match.start() - 120) : match.start()])[-1]
    ahead = which in ("next", "coming") or (
        which not in ("last", "past") and bool(_AHEAD.search(sentence))
    )
    wanted = WEEKDAYS.index(match["day"].lower())

    def resolve(anchor: PublishedDate | None) -> Period | None:
        day = exact(anchor)
        if day is None:
            return None
        back = (day.weekday() - wanted) % 7
        if which in ("last", "past") and back == 0:
            back = 7
        if ahead:
            back -= 7 if back or which in ("next", "coming") else 0
        try:
            found = day - timedelta(days=back)
        except OverflowError:
            return None
        return of_days(found, found, Grain.DAY)

    return _leaning(match, Grain.DAY, resolve)


def count_of(match: re.Match[str]) -> int:
    """The number that `COUNT` found, in figures or in a word."""
    word = match["n"].lower()
    return int(word) if word.isdigit() else _NUMBERS[word]


def _ago(match: re.Match[str]) -> Leaning | None:
    """'two years ago', 'three days from now'."""
    by = count_of(match) * (-1 if match["way"].lower() == "ago" else 1)
    unit = match["unit"].lower()
    if unit == "decade":
        return _leaning(match, Grain.YEAR, lambda anchor: _shift(anchor, "year", 10 * by))
    return _leaning(match, _GRAINS[unit], lambda anchor: _shift(anchor, unit, by))


def _past_stretch(match: re.Match[str]) -> Leaning | None:
    """'the past two years': up to the day of publication."""
    count, unit = count_of(match), match["unit"].lower()

    def resolve(anchor: PublishedDate | None) -> Period | None:
        first, last = _shift(anchor, unit, -count), middle(anchor)
        if first is None or last is None:
            return None
        begun = day_of(first.first)
        return of_days(begun, last, Grain.RANGE) if begun is not None and begun <= last else None

    return _leaning(match, Grain.RANGE, resolve)


def _moved(before: Period, unit: str, by: int) -> Period | None:
    start: date | None = day_of(before.first)
    if start is None:
        return None
    told = PublishedDate(
        year=start.year,
        month=start.month if before.grain in (Grain.DAY, Grain.WEEK, Grain.MONTH) else None,
        day=start.day if before.grain is Grain.DAY else None,
    )
    if unit in ("year", "decade") and told.day is not None and told.month is not None:
        return of_years(
            start.year + by * (10 if unit == "decade" else 1),
            start.year + by * (10 if unit == "decade" else 1),
            Grain.YEAR,
        )
    if unit == "decade":
        return _shift(told, "year", 10 * by)
    return _shift(told, unit, by)


def _later(match: re.Match[str]) -> Leaning | None:
    """'two years later', 'a day earlier', 'the following day': leans on the date told before."""
    words = match[0].lower()
    groups = match.groupdict()
    by = count_of(match) if groups.get("n") else 1
    if groups.get("same"):
        by = 0
    if re.search(r"\b(?:earlier|before|previous)\b", words):
        by = -by
    unit = match["unit"].lower()
    grain = Grain.YEAR if unit == "decade" else _GRAINS[unit]
    return Leaning(
        start=match.start(),
        end=match.end(),
        grain=grain,
        narrative=True,
        resolve=lambda _, before: _moved(before, unit, by) if before is not None else None,
    )


_PART_OF_DAY = r"(?:\s+(?:morning|afternoon|evening|night))?"
RELATIVE: tuple[tuple[re.Pattern[str], Reading], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reading)
    for pattern, reading in (
        (rf"\b(?:today|tonight|yesterday|tomorrow){_PART_OF_DAY}\b(?!['’]s\s+world)", _named_day),
        (r"\b(?:this\s+(?:morning|afternoon|evening)|last\s+night)\b", _named_day),
        (
            (
                r"\b(?P<which>last|past|previous|this|current|coming|next)\s+"
                r"(?P<unit>week|weekend|month|year|decade)\b(?!\s+(?:of|in)\s)"
            ),
            _which_unit,
        ),
        (rf"\b(?P<which>last|past|this|coming|next)\s+(?P<m>{MONTH})\b(?!\s+\d)", _which_month),
        (
            rf"\b(?:(?P<which>last|this|past|coming|next)\s+)?(?P<day>{WEEKDAY}){_PART_OF_DAY}\b",
            _weekday,
        ),
        (rf"\b{COUNT}\s+{_UNIT}\s+(?P<way>ago|from\s+now)\b", _ago),
        (
            rf"\b(?:the|in|over|for|during)?\s*(?:past|last)\s+{COUNT}\s+{_UNIT}\b(?!\s+of\b)",
            _past_stretch,
        ),
        (rf"\b{COUNT}\s+{_UNIT}\s+(?:earlier|later|before|after|afterwards)\b", _later),
        (
            r"\bthe\s+(?:following|next|previous|(?P<same>same))\s+(?P<unit>day|week|month|year)\b",
            _later,
        ),
        (r"\bthe\s+(?P<unit>day|week|month|year)\s+(?:before|after)\b(?!\s+\w)", _later),
    )
)
