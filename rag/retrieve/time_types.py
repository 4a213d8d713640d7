"""What a time expression is, and the little calendar arithmetic that reading one needs.

Days are whole numbers, YYYYMMDD, as everywhere in Dateline. Nothing here reads text.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rag.types import Precision, PublishedDate


class Grain(StrEnum):
    """The size of the stretch of time that an expression names."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"  # quarters, seasons, halves, 'early 2019'
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    RANGE = "range"  # 'June 3 to 9', '2013-2015', 'the past two years'


_PRECISION = {
    Grain.DAY: Precision.DAY,
    Grain.WEEK: Precision.MONTH,
    Grain.MONTH: Precision.MONTH,
    Grain.SEASON: Precision.YEAR,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """A stretch of days, both ends included; 0 and 0 while the year is not known.

    ``month`` and ``day`` keep what the words did say ('June 24' without a year).
    """

    first: int = 0
    last: int = 0
    grain: Grain = Grain.DAY
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class TimeExpression:
    """Words that name a time. Invariant: ``text == source_text[start:end]``.

    ``first`` and ``last`` are 0 when the year is missing and nothing supplies it.
    ``relative`` tells that the days depend on when the words were written.
    """

    start: int
    end: int
    text: str
    first: int
    last: int
    grain: Grain
    relative: bool
    month: int | None = None
    day: int | None = None

    @property
    def resolved(self) -> bool:
        """Whether the days are known."""
        return self.first > 0

    @property
    def precision(self) -> Precision:
        """The grain in the words of publication dates: day, month or year."""
        return _PRECISION.get(self.grain, Precision.YEAR)


def number(day: date) -> int:
    """A day as YYYYMMDD."""
    return day.year * 10000 + day.month * 100 + day.day


def day_of(value: int) -> date | None:
    """YYYYMMDD as a day; None when the calendar has no such day."""
    try:
        return date(value // 10000, value // 100 % 100, value % 100)
    except ValueError:
        return None


def of_day(year: int, month: int, day: int) -> Period | None:
    """One day, or None when the calendar has no such day."""
    try:
        value = number(date(year, month, day))
    except ValueError:
        return None
    return Period(first=value, last=value, grain=Grain.DAY, month=month, day=day)


def of_days(first: date, last: date, grain: Grain) -> Period:
    """From one day to another."""
    return Period(first=number(first), last=number(last), grain=grain)


def of_months(year: int, first: int, last: int, grain: Grain) -> Period | None:
    """Whole months of one year; a last month before the first lies in the next year."""
    end_year = year if last >= first else year + 1
    if not (1 <= first <= 12 and 1 <= last <= 12 and year >= 1 and end_year <= 9999):
        return None
    return Period(
        first=year * 10000 + first * 100 + 1,
        last=end_year * 10000 + last * 100 + calendar.monthrange(end_year, last)[1],
        grain=grain,
        month=first if first == last else None,
    )


def of_years(first: int, last: int, grain: Grain) -> Period | None:
    """Whole years."""
    if not 1 <= first <= last <= 9999:
        return None
    return Period(first=first * 10000 + 101, last=last * 10000 + 1231, grain=grain)


def week_of(day: date) -> Period:
    """Monday to Sunday around a day."""
    monday = day - timedelta(days=day.weekday())
    return of_days(monday, monday + timedelta(days=6), Grain.WEEK)


def middle(anchor: PublishedDate | None) -> date | None:
    """The day that stands for a publication date when distances to it are compared."""
    if anchor is None or anchor.year is None:
        return None
    try:
        return date(anchor.year, anchor.month or 7, anchor.day or (15 if anchor.month else 1))
    except ValueError:
        return None


def exact(anchor: PublishedDate | None) -> date | None:
    """The publication day where it is known to the day."""
    return middle(anchor) if anchor is not None and anchor.day is not None else None


def nearest_year(month: int, day: int | None, anchor: PublishedDate | None) -> int | None:
    """The year that puts a month, or a day of it, nearest to the anchor."""
    point = middle(anchor)
    if point is None or anchor is None:
        return None
    if anchor.month is None:
        return anchor.year
    options: list[tuple[int, int]] = []
    for year in (point.year - 1, point.year, point.year + 1):
        try:
            options.append((abs((date(year, month, day or 15) - point).days), year))
        except ValueError:
            continue
    return min(options)[1] if options else None
