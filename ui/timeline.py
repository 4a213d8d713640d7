"""Articles counted by time and publisher, for a picture of the corpus; pure.

The unit of time is the smallest that fits the page: days for a few weeks, months for a few
years, then years, decades and centuries. A date that is coarser than the unit stands at its
middle, and how many do is told. Months of more than a year are whole years, so that each year
has its beginning in the picture.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rag.types import ArticleInfo, PublishedDate

MOST_BINS = 72  # months of six years
MOST_ROWS = 8
_SPANS = (1, 10, 100, 1000)


@dataclass(frozen=True, kw_only=True, slots=True)
class Bin:
    """A span of time: as typed into the filters, and as it is read."""

    first: str
    last: str
    name: str
    order: int  # how many of its unit lie before it: where the labels of an axis fall
    short: str  # at the axis
    full: str  # at the axis where nothing stands before it


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One publisher's articles by bin. ``publisher`` is empty where the row is not one's own."""

    publisher: str
    name: str
    counts: tuple[int, ...]
    undated: int

    @property
    def total(self) -> int:
        """All its articles."""
        return sum(self.counts) + self.undated


@dataclass(frozen=True, kw_only=True, slots=True)
class Timeline:
    """The whole picture; ``coarse`` dates are known less exactly than the bins are wide."""

    unit: str
    bins: tuple[Bin, ...]
    rows: tuple[Row, ...]
    coarse: int

    @property
    def totals(self) -> list[int]:
        """All articles by bin."""
        return [sum(row.counts[place] for row in self.rows) for place in range(len(self.bins))]

    @property
    def undated(self) -> int:
        """Articles without a date."""
        return sum(row.undated for row in self.rows)


def timeline_of(infos: Sequence[ArticleInfo]) -> Timeline:
    """The picture's numbers. An empty corpus has no bins and no rows."""
    dated = [info.published for info in infos if info.published.year is not None]
    unit, bins, place_of = _scale(dated)
    counted = Counter(info.publisher for info in infos if info.publisher)
    named = [name for name, _ in counted.most_common(MOST_ROWS)]
    groups: dict[str, list[ArticleInfo]] = {name: [] for name in named}
    rest: list[ArticleInfo] = []
    unknown: list[ArticleInfo] = []
    for info in infos:
        into = groups.get(info.publisher, rest) if info.publisher else unknown
        into.append(info)
    rows = [_row(name, name, groups[name], place_of, len(bins)) for name in named]
    others = len(counted) - len(named)
    together = (
        (f"{others:,} other {'publisher' if others == 1 else 'publishers'}", rest),
        ("publisher unknown", unknown),
    )
    rows += [_row("", name, found, place_of, len(bins)) for name, found in together if found]
    coarse = sum(_is_coarse(date, unit) for date in dated)
    return Timeline(unit=unit, bins=tuple(bins), rows=tuple(rows), coarse=coarse)


def _row(
    publisher: str, name: str, infos: list[ArticleInfo], place_of: dict[int, int], bins: int
) -> Row:
    counts = [0] * bins
    undated = 0
    for info in infos:
        if info.published.year is None:
            undated += 1
        else:
            counts[place_of[_day(info.published)]] += 1
    return Row(publisher=publisher, name=name, counts=tuple(counts), undated=undated)


def _day(date: PublishedDate) -> int:
    """The day that stands for a date, as Python counts days: the middle of what is known."""
    assert date.year is not None  # only dated articles have a place
    if date.month is None:
        return dt.date(date.year, 7, 1).toordinal()
    return dt.date(date.year, date.month, date.day or 15).toordinal()


def _is_coarse(date: PublishedDate, unit: str) -> bool:
    if unit == "day":
        return date.day is None
    return unit == "month" and date.month is None


def _scale(dates: Sequence[PublishedDate]) -> tuple[str, list[Bin], dict[int, int]]:
    """The unit, its bins in order, and the place of each day that occurs."""
    days = sorted({_day(date) for date in dates})
    if not days:
        return "year", [], {}
    first, last = dt.date.fromordinal(days[0]), dt.date.fromordinal(days[-1])
    if days[-1] - days[0] < MOST_BINS and all(date.day for date in dates):
        bins = [_day_bin(day) for day in range(days[0], days[-1] + 1)]
        return "day", bins, {day: day - days[0] for day in days}
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    start = first.year * 12 + first.month - 1
    if months > 12:
        start, months = first.year * 12, (last.year - first.year + 1) * 12
    if months <= MOST_BINS:
        bins = [_month_bin(month) for month in range(start, start + months)]
        return "month", bins, {day: _month(day) - start for day in days}
    span = next(s for s in _SPANS if last.year // s - first.year // s < MOST_BINS)
    start = first.year // span
    bins = [_years_bin(at * span, span) for at in range(start, last.year // span + 1)]
    places = {day: dt.date.fromordinal(day).year // span - start for day in days}
    return "year" if span == 1 else f"{span} years", bins, places


def _month(day: int) -> int:
    date = dt.date.fromordinal(day)
    return date.year * 12 + date.month - 1


def _day_bin(day: int) -> Bin:
    date = dt.date.fromordinal(day)
    iso, short = date.isoformat(), f"{date.day} {date:%b}"
    return Bin(
        first=iso,
        last=iso,
        name=f"{date.day} {date:%B} {date.year}",
        order=day,
        short=short,
        full=f"{short} {date.year}",
    )


def _month_bin(month: int) -> Bin:
    date = dt.date(month // 12, month % 12 + 1, 1)
    iso = f"{date.year:04d}-{date.month:02d}"
    return Bin(
        first=iso,
        last=iso,
        name=f"{date:%B} {date.year}",
        order=month,
        short=str(date.year) if date.month == 1 else f"{date:%b}",
        full=str(date.year) if date.month == 1 else f"{date:%b} {date.year}",
    )


def _years_bin(year: int, span: int) -> Bin:
    first, last = f"{max(year, 1):04d}", f"{min(year + span - 1, 9999):04d}"
    name = str(year) if span == 1 else f"{int(first)} to {int(last)}"
    short = str(int(first))
    return Bin(first=first, last=last, name=name, order=year // span, short=short, full=short)
