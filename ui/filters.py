"""What a user typed to narrow the search, as `rag.types.Filters`; pure.

The command line and the page read dates the same way: a year, a month or a day, where the
end of a range means its last day.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence

from rag.errors import UsageError
from rag.types import DateRange, Filters

_SHAPE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)


def day_number(text: str, *, end: bool) -> int:
    """``2014``, ``2014-06`` or ``2014-06-25`` as YYYYMMDD: the first day meant, or the last.

    Raises `UsageError` for anything else, days that do not exist among it.
    """
    shape = _SHAPE.fullmatch(text.strip())
    if shape is None:
        raise _wrong(text)
    year, month, day = (int(part) if part else None for part in shape.groups())
    assert year is not None  # the shape demands it
    if month is None:
        month = 12 if end else 1
    try:
        last = calendar.monthrange(year, month)[1]
        found = dt.date(year, month, day if day is not None else last if end else 1)
    except (ValueError, calendar.IllegalMonthError) as error:
        raise _wrong(text) from error
    return found.year * 10000 + found.month * 100 + found.day


def _wrong(text: str) -> UsageError:
    return UsageError(
        f"{text[:40]!r} is not a date: write a year (2014), "
        "a month (2014-06) or a day (2014-06-25)."
    )


def filters_from(
    *,
    first: str | None = None,
    last: str | None = None,
    publishers: Sequence[str] = (),
    comments: bool = True,
) -> Filters:
    """Filters from typed text; empty text means no limit.

    Raises `UsageError` when a date is none or the range ends before it begins.
    """
    dates = None
    start = day_number(first, end=False) if first and first.strip() else None
    end = day_number(last, end=True) if last and last.strip() else None
    if start is not None and end is not None and start > end:
        raise UsageError(f"The range from {first} to {last} ends before it begins: swap the two.")
    if start is not None or end is not None:
        dates = DateRange(first=start or 0, last=end or 99991231)
    named = tuple(name.strip() for name in publishers if name.strip())
    return Filters(dates=dates, publishers=named, comments=comments)
