"""A day as far as it is told: year, month, day and weekday, each of which may be missing.

Compares such days and reads relative ones against a known date. `evals.facts.dates`
finds them in text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct",
            "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, name in enumerate(
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    )
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """What is told of a day. ``weekday`` counts from Monday, 0."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    def possible(self) -> bool:
        """Whether such a day exists."""
        if self.month is not None and not 1 <= self.month <= 12:
            return False
        if self.day is None:
            return True
        try:
            # A leap year stands in for an unknown one, so that February 29 is possible.
            date(self.year or 2000, self.month or 1, self.day)
        except ValueError:
            return False
        return True

    def full(self) -> date | None:
        """The date itself where year, month and day are told."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return date(self.year, self.month, self.day)


def of(when: date) -> Day:
    """A known date as a Day."""
    return Day(year=when.year, month=when.month, day=when.day)


def agrees(said: Day, wanted: Day, on: date | None) -> bool:
    """Whether what is said states every part of what is wanted.

    A finer date agrees with a coarser one ('July 1' states 'July'), never the other way.
    A year that is not said is taken from ``on``, the nearest way.
    """
    if wanted.year is not None and said.year is None and on is not None:
        said = replace(said, year=_nearest_year(said, on))
    for part in ("year", "month", "day"):
        want = getattr(wanted, part)
        if want is not None and getattr(said, part) != want:
            return False
    if wanted.weekday is None:
        return True
    full = said.full()
    return (full.weekday() if full else said.weekday) == wanted.weekday


def _nearest_year(said: Day, on: date) -> int | None:
    if said.month is None:
        return None
    years = (on.year - 1, on.year, on.year + 1)
    possible = [year for year in years if replace(said, year=year).possible()]
    if not possible:
        return None
    return min(
        possible, key=lambda year: abs((date(year, said.month or 1, said.day or 15) - on).days)
    )


def shifted(on: date, amount: int, unit: str) -> Day:
    """The day, month or year that lies ``amount`` units from ``on``, no finer than the unit."""
    if unit == "day":
        return of(on + timedelta(days=amount))
    if unit == "month":
        index = on.year * 12 + on.month - 1 + amount
        return Day(year=index // 12, month=index % 12 + 1)
    return Day(year=on.year + amount)


def weekday_near(on: date, weekday: int, direction: int) -> Day:
    """The last (-1) or next (1) such weekday; 0 is the latest one up to and including ``on``."""
    if direction > 0:
        return of(on + timedelta(days=(weekday - on.weekday() - 1) % 7 + 1))
    back = (on.weekday() - weekday) % 7
    return of(on - timedelta(days=back or (7 if direction < 0 else 0)))
