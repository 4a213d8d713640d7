"""Dates in text: written out, numeric, partial, and relative to a known day.

A mention carries every reading that its wording allows ('01/07/2014' has two) and fits
only where all of them agree. Decades ('the 1990s') and counts ('2000 people') are no
dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from evals.facts.calendar import MONTHS, WEEKDAYS, Day, agrees
from evals.facts.fact import FactError, Mention
from evals.facts.relative import relative_days

_M = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + ")"
_ORDINAL_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first "
    "twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh "
    "twenty-eighth twenty-ninth thirtieth thirty-first"
)
_ORDINALS = {word: number for number, word in enumerate(_ORDINAL_WORDS.split(), start=1)}
_ORD = "(?:" + "|".join(sorted(_ORDINALS, key=len, reverse=True)) + ")"
_D = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)|{_ORD})\b"
_Y = r"(?:1[5-9]|20)\d\d(?![\d%]|[.,]\d|-?\w)"
_TAIL = rf"(?:\s*(?P<join>-|to|or|and|,|/)\s*(?P<second>{_D})(?!\s*(?:of\s+)?{_M}\b))?"
_FLAGS = re.IGNORECASE
_PATTERNS = (
    re.compile(r"\b(?P<y>\d{4})-(?P<mn>\d{2})(?:-(?P<dn>\d{2}))?(?![\d-])", _FLAGS),
    re.compile(
        r"(?<![\d.,/])(?P<n1>\d{1,2})(?P<sep>[./])(?P<n2>\d{1,2})(?P=sep)(?P<y>\d{4})(?!\d)", _FLAGS
    ),
    re.compile(
        rf"\b(?P<d>{_D})\s*(?:(?P<join>-|to|or|and|,)\s*(?P<second>{_D})\s*)?(?:of\s+)?"
        rf"(?P<m>{_M})\b\.?(?:\s*,?\s*(?P<y>{_Y}))?",
        _FLAGS,
    ),
    re.compile(
        rf"\b(?P<m>{_M})\b\.?\s+(?:the\s+)?(?P<d>{_D}){_TAIL}(?:\s*,?\s+(?P<y>{_Y}))?", _FLAGS
    ),
    re.compile(rf"\b(?P<m>{_M})\b\.?,?\s+(?:of\s+)?(?P<y>{_Y})", _FLAGS),
    re.compile(rf"\b(?P<m>{_M})\b(?!-)", _FLAGS),
    re.compile(rf"(?<![\w$€£.,:/-])(?P<y>{_Y})", _FLAGS),
    re.compile("(?P<w>" + "|".join(WEEKDAYS) + r")\b", _FLAGS),
)
_TIME_WORDS = "in|since|by|of|during|until|till|from|early|late|mid|before|after"
_YEAR_BEFORE = re.compile(rf"\b(?:{_TIME_WORDS}|year|and|to|between)[\s-]*$", _FLAGS)
_COUNTED = re.compile(
    r"^\s+(?:(?:more|other|new)\s+)?(?:people|men|women|children|police|\w+[^s\s]s)\b", _FLAGS
)
# 'may' and 'march' are words as well: alone they are months only after one of these.
_MONTH_BEFORE = re.compile(rf"\b(?:{_TIME_WORDS}|last|next|this)[\s-]*$", _FLAGS)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Found:
    start: int
    end: int
    readings: tuple[Day, ...]
    vague: bool = False


def check(value: str) -> None:
    """Raises `FactError` where the value is not one date."""
    _wanted(value)


def mentions(text: str, accepted: Sequence[str], on: date | None) -> list[Mention]:
    """Every date in the text."""
    del accepted
    found = [
        *_scan(text),
        *(_Found(start=s, end=e, readings=(day,)) for s, e, day in relative_days(text, on)),
    ]

    def mention(item: _Found) -> Mention:
        def fits(value: str) -> bool:
            wanted = _wanted(value)
            return all(agrees(day, wanted, on) for day in item.readings)

        return Mention(start=item.start, end=item.end, fits=fits, vague=item.vague)

    return sorted((mention(item) for item in found), key=lambda m: m.start)


def read(text: str) -> list[tuple[int, int, Day]]:
    """Every date of at least two parts with its place and its first reading."""
    found = [(item.start, item.end, item.readings[0]) for item in _scan(text)]
    return [(start, end, day) for start, end, day in found if _parts(day) > 1]


def spans_of(text: str) -> list[tuple[int, int]]:
    """Where dates of at least two parts stand, so that their digits are not read as numbers."""
    return [(start, end) for start, end, _ in read(text)]


def _parts(day: Day) -> int:
    return sum(part is not None for part in (day.year, day.month, day.day))


def _wanted(value: str) -> Day:
    text = value.strip()
    found = [
        item
        for item in _scan(text, alone=True)
        if item.start == 0 and item.end >= len(text.rstrip("."))
    ]
    if not found or len(found[0].readings) != 1 or found[0].vague:
        raise FactError(
            f"{value!r} is not one date; write it like 'July 1', '1 July 2014', '2014-07-01', "
            "'December 2011', '2003' or 'Friday'"
        )
    return found[0].readings[0]


def _scan(text: str, *, alone: bool = False) -> Iterator[_Found]:
    taken = [False] * len(text)
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            if not alone and _is_no_date(text, match):
                continue
            yield from _read(match)
            taken[match.start() : match.end()] = [True] * (match.end() - match.start())


def _is_no_date(text: str, match: re.Match[str]) -> bool:
    parts = match.groupdict()
    before, after = text[: match.start()], text[match.end() :]
    bare = all(parts.get(name) is None for name in ("d", "dn", "n1", "w", "mn"))
    if not bare:
        return False
    if parts.get("m") is None:  # a year alone, or a count
        return not _YEAR_BEFORE.search(before) and bool(_COUNTED.match(after))
    if parts.get("y") is None and parts["m"].lower() in (
        "may",
        "march",
        "mar",
        "jan",
        "sep",
        "dec",
    ):
        return not (parts["m"][0].isupper() and _MONTH_BEFORE.search(before))
    return False


def _read(match: re.Match[str]) -> Iterator[_Found]:
    parts = match.groupdict()
    year = int(parts["y"]) if parts.get("y") else None
    if parts.get("w"):
        yield _found(match, (Day(weekday=WEEKDAYS[parts["w"].lower()]),))
    elif parts.get("n1"):
        one, two = int(parts["n1"]), int(parts["n2"])
        readings = [Day(year=year, month=two, day=one)]
        if parts["sep"] == "/" and one != two:  # day first or month first: both are in use
            readings.append(Day(year=year, month=one, day=two))
        yield _found(match, tuple(day for day in readings if day.possible()))
    elif parts.get("mn"):
        yield _found(match, (Day(year=year, month=int(parts["mn"]), day=_int(parts.get("dn"))),))
    else:
        month = MONTHS[parts["m"].lower()] if parts.get("m") else None
        join = (parts.get("join") or "").lower()
        first, second = _int(parts.get("d")), _int(parts.get("second"))
        open_range = second is not None and join in ("-", "to")
        if second is None:
            yield _found(match, (Day(year=year, month=month, day=first),))
        elif join in ("or", "/"):
            both = (Day(year=year, month=month, day=first), Day(year=year, month=month, day=second))
            yield _found(match, both)
        else:
            for day in (first, second):
                yield _found(match, (Day(year=year, month=month, day=day),), vague=open_range)


def _found(match: re.Match[str], readings: tuple[Day, ...], *, vague: bool = False) -> _Found:
    possible = tuple(day for day in readings if day.possible())
    return _Found(
        start=match.start(), end=match.end(), readings=possible or (Day(day=0),), vague=vague
    )


def _int(text: str | None) -> int | None:
    if text is None:
        return None
    digits = re.match(r"\d+", text)
    return int(digits.group()) if digits else _ORDINALS[text.lower()]
