"""Finds dates written in a line of text, and reads them without guessing.

``find_dates(line)`` gives every date that stands in a line: '2 December 2015', 'Dec. 2,
2015', '02.12.2015', '2015-12-02', '2015/12/02', '2 de diciembre de 2015', '2015年12月2日',
'December 2015'. What is not certain stays open: '03/04/2015' may be March or April and
gives its year alone, unless a weekday beside it decides; a date without a year is not
found at all. Which of a page's dates is the publication date is not decided here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_MONTHS = {
    1: (
        "january jan januar jänner janvier janv enero ene janeiro gennaio gen januari январь "
        "января styczeń stycznia ocak"
    ),
    2: (
        "february feb febr februar février févr fevrier febrero fevereiro fev febbraio "
        "februari февраль февраля luty lutego şubat"
    ),
    3: "march mar märz mrz mars marzo março maart март марта marzec marca mart",
    4: "april apr avril avr abril abr aprile апрель апреля kwiecień kwietnia nisan",
    5: "may mai mayo maio maggio mag mei май мая maj maja mayıs",
    6: "june jun juni juin junio junho giugno giu июнь июня czerwiec czerwca haziran",
    7: "july jul juli juillet juil julio julho luglio lug июль июля lipiec lipca temmuz",
    8: "august aug août aout agosto ago augustus август августа sierpień sierpnia ağustos",
    9: (
        "september sep sept septembre septiembre setembro settembre set сентябрь сентября "
        "wrzesień września eylül"
    ),
    10: (
        "october oct oktober okt octobre octubre outubro out ottobre ott октябрь октября "
        "październik października ekim"
    ),
    11: "november nov novembre noviembre novembro ноябрь ноября listopad listopada kasım",
    12: (
        "december dec dezember dez décembre déc decembre diciembre dic dezembro dicembre "
        "декабрь декабря grudzień grudnia aralık"
    ),
}
MONTH_OF = {name: number for number, names in _MONTHS.items() for name in names.split()}
_WEEKDAYS = {
    name: day
    for day, names in enumerate(
        (
            "monday mon",
            "tuesday tue tues",
            "wednesday wed",
            "thursday thu thur thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}

_MONTH = r"(?P<{0}>" + "|".join(sorted(map(re.escape, MONTH_OF), key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<{0}>(?:19|20)\d\d)(?![\d/-])"
_DAY = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th|º|\.)?"
_DATE = re.compile(
    "|".join(
        (
            r"(?<![\d.,/-])(?P<y1>(?:19|20)\d\d)(?P<s1>[-/.])(?P<m1>[01]?\d)(?P=s1)(?P<d1>[0-3]?\d)(?!\d)",
            r"(?<![\d.,/-])(?P<a2>[0-3]?\d)(?P<s2>[-/.])(?P<b2>[0-3]?\d)(?P=s2)"
            + _YEAR.format("y2"),
            r"(?<![\d])"
            + _DAY.format("d3")
            + r"[ -]?(?:of |de |d')?"
            + _MONTH.format("m3")
            + r",?[ -]*(?:de |del )?"
            + _YEAR.format("y3"),
            r"(?<!\w)"
            + _MONTH.format("m4")
            + r"[ -]?"
            + _DAY.format("d4")
            + r",? *"
            + _YEAR.format("y4"),
            r"(?P<y5>(?:19|20)\d\d)[年년] *(?P<m5>[01]?\d)[月월](?: *(?P<d5>[0-3]?\d)[日일])?",
            r"(?<!\w)" + _MONTH.format("m6") + r",? (?:de )?" + _YEAR.format("y6"),
        )
    ),
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(" + "|".join(_WEEKDAYS) + r")\b", re.IGNORECASE)
_HAS_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundDate:
    """A date in a line: ``line[start:end]`` is its wording."""

    year: int
    month: int | None
    day: int | None
    start: int
    end: int


def find_dates(line: str) -> list[FoundDate]:
    """Every date with a year that stands in the line, in its order."""
    if not _HAS_YEAR.search(line):
        return []
    return list(_scan(line))


def parse_date(value: str) -> FoundDate | None:
    """The date that a field holds, such as '2022/07/02', '2022-07', '2022' or a timestamp."""
    value = value.strip()
    bare = re.fullmatch(r"((?:19|20)\d\d)(?:[-/.](0?[1-9]|1[0-2]))?", value)
    if bare is not None:
        month = int(bare[2]) if bare[2] else None
        return FoundDate(year=int(bare[1]), month=month, day=None, start=0, end=len(value))
    found = find_dates(value)
    if found:
        return found[0]
    return _by_library(value) if _HAS_YEAR.search(value) else None


def _scan(line: str) -> Iterator[FoundDate]:
    for match in _DATE.finditer(line):
        parts = {key[0]: text for key, text in match.groupdict().items() if text is not None}
        year = int(parts["y"])
        if "a" in parts:
            month, day = _order(int(parts["a"]), int(parts["b"]), parts["s"], year, line)
        else:
            name = parts["m"].lower()
            month = int(name) if name.isdigit() else MONTH_OF[name]
            day = int(parts["d"]) if "d" in parts else None
        if _exists(year, month, day):
            yield FoundDate(year=year, month=month, day=day, start=match.start(), end=match.end())


def _order(
    first: int, second: int, separator: str, year: int, line: str
) -> tuple[int | None, int | None]:
    """Month and day of '03/04/2015': both None where the order cannot be told."""
    if separator == "." or first > 12:
        return second, first
    if second > 12 or first == second:
        return first, second
    weekday = _WEEKDAY.search(line)
    if weekday is not None:
        wanted = _WEEKDAYS[weekday.group(1).lower()]
        fits = [
            (month, day)
            for month, day in ((first, second), (second, first))
            if _exists(year, month, day) and dt.date(year, month, day).weekday() == wanted
        ]
        if len(fits) == 1:
            return fits[0]
    return None, None


def _exists(year: int, month: int | None, day: int | None) -> bool:
    if month is None:
        return day is None
    try:
        dt.date(year, month, day or 1)
    except ValueError:
        return False
    return day != 0


@lru_cache(maxsize=1024)
def _by_library(value: str) -> FoundDate | None:
    """What dateparser makes of a wording in a language that is not listed above."""
    import dateparser

    parsed = dateparser.parse(value[:100], settings={"REQUIRE_PARTS": ["year", "month", "day"]})
    if parsed is None or not 1900 <= parsed.year <= 2100 or str(parsed.year) not in value:
        return None
    return FoundDate(year=parsed.year, month=parsed.month, day=parsed.day, start=0, end=len(value))
