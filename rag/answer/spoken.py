"""Dates as they are read aloud. Nothing here reads text or knows an article."""

from __future__ import annotations

from rag.types import Precision, PublishedDate

MONTHS = (
    "January February March April May June July August September October November December"
).split()


def spoken(date: PublishedDate) -> str:
    """A date as it is read aloud: '8 November 2017', 'November 2017', '2017', 'date unknown'."""
    if date.precision is Precision.UNKNOWN:
        return "date unknown"
    if date.precision is Precision.YEAR or date.month is None:
        return f"{date.year}"
    month = MONTHS[date.month - 1]
    return f"{month} {date.year}" if date.day is None else f"{date.day} {month} {date.year}"
