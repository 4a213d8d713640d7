"""Days and months that are written out: '24 June 2014', '02.12.2015', 'June 24', 'in may'.

``DAYS`` holds patterns whose words say all; ``YEARLESS`` those where the anchor may have to
supply the year. A reading gives None when the words turn out to be no date ('he may go').
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from rag.retrieve.time_match import (
    ENDS_PHRASE,
    MONTH,
    MONTHS,
    WEEKDAY,
    WORDS_BEFORE_TIME,
    Found,
    after_words,
    before_words,
    found_at,
)
from rag.retrieve.time_types import Grain, Period, nearest_year, of_day, of_months, of_years
from rag.types import PublishedDate

_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_TO = r"\s*(?:-|–|—|\bto\b|\bthrough\b|\buntil\b)\s*"
_AMBIGUOUS_LOWER = {
    "may",
    "march",
    "mar",
    "august",
    "sep",
    "dec",
    "jan",
    "jun",
    "nov",
    "oct",
    "apr",
}


def _month_word(match: re.Match[str], group: str, *, digits: bool) -> int | None:
    """The number of a month, or None when the word is more likely something else."""
    word = match[group]
    if word.islower() and word in _AMBIGUOUS_LOWER:
        before, after = before_words(match), after_words(match)
        if digits:
            if not (ENDS_PHRASE.match(after) or WORDS_BEFORE_TIME.search(before)):
                return None
        elif not re.search(r"\b(?:in|since|until|last|next|during|of)\s+$", before, re.IGNORECASE):
            return None
    return MONTHS[word.lower()]


def _iso(match: re.Match[str]) -> Found | None:
    return found_at(match, of_day(int(match[1]), int(match[2]), int(match[3])))


def _numeric(match: re.Match[str]) -> Found | None:
    """``02.12.2015`` has the day first; with slashes either may be, so only the year is sure."""
    one, two, year = int(match[1]), int(match[3]), int(match[4])
    if not 1000 <= year <= 2999:
        return None
    if match[2] == "/" and one <= 12 and two <= 12 and one != two:
        return found_at(match, of_years(year, year, Grain.YEAR))
    return found_at(match, of_day(year, two, one) or of_day(year, one, two))


def _month_day(match: re.Match[str], anchor: PublishedDate | None) -> Found | None:
    """A day of a month, in either order, perhaps a run of days, perhaps with its year."""
    month = _month_word(match, "m", digits=True)
    if month is None:
        return None
    day = int(re.sub(r"\D", "", match["d"]))
    given = int(match["y"]) if match["y"] else None
    year = given or nearest_year(month, day, anchor)
    if year is None:
        known = of_day(2000, month, day)  # a leap year: is there such a day at all
        period = Period(grain=Grain.DAY, month=month, day=day) if known else None
        return _with_weekday(match, found_at(match, period, relative=True))
    period = of_day(year, month, day)
    if match["d2"] and period is not None:
        until = of_day(year, month, int(re.sub(r"\D", "", match["d2"])))
        if until is None or until.last <= period.first:
            return None
        period = Period(
            first=period.first, last=until.last, grain=Grain.RANGE, month=month, day=day
        )
    return _with_weekday(match, found_at(match, period, relative=given is None))


# 'Wednesday, 8 November' is one expression; looked for behind a date, not at every place.
_WEEKDAY_BEFORE = re.compile(rf"\b{WEEKDAY}[,،.]?\s+(?:the\s+)?$", re.IGNORECASE)


def _with_weekday(match: re.Match[str], found: Found | None) -> Found | None:
    before = before_words(match)
    lead = _WEEKDAY_BEFORE.search(before)
    if found is None or lead is None:
        return found
    return replace(found, start=match.start() - (len(before) - lead.start()))


def _month_year(match: re.Match[str]) -> Found | None:
    month = _month_word(match, "m", digits=True)
    if month is None:
        return None
    year = int(match["y"]) if len(match["y"]) == 4 else _short_year(match["y"])
    if not 1000 <= year <= 2999:
        return None
    first = _month_word(match, "m1", digits=True) if match["m1"] else month
    if first is None or first > month:
        first = month
    grain = Grain.MONTH if first == month else Grain.RANGE
    return found_at(match, of_months(year, first, month, grain))


def _short_year(text: str) -> int:
    value = int(re.sub(r"\D", "", text))
    return 2000 + value if value < 50 else 1900 + value


def _bare_month(match: re.Match[str], anchor: PublishedDate | None) -> Found | None:
    """A month alone: needs a word like 'in' before it, or a capital that no name explains."""
    word, before, after = match["m"], before_words(match), after_words(match)
    led = WORDS_BEFORE_TIME.search(before) is not None
    if len(word) <= 3 and word.lower() != "may":
        return None  # abbreviations without a number are more often something else
    if word.lower() in ("may", "march") and (word.islower() or not led or word.isupper()):
        return None
    if not led and (word.islower() or re.match(r"\s+[A-Z]", after) or not before.strip()):
        return None
    if re.search(r"\bthe\s+$", before, re.IGNORECASE) and word.islower():
        return None
    month = _month_word(match, "m", digits=False)
    if month is None:
        return None
    year = nearest_year(month, None, anchor)
    if year is None:
        return found_at(match, Period(grain=Grain.MONTH, month=month), relative=True)
    return found_at(match, of_months(year, month, month, Grain.MONTH), relative=True)


_EDGE = r"(?<![\w.,:$€£/-])"
_Y = r"(?:,?\s+(?P<y>\d{4})\b(?![,.]\d))?"
_NO = r"(?![\d%]|[.,:]\d)"
_DAY_FIRST = rf"{_EDGE}(?P<d>{_DAY})(?:{_TO}(?P<d2>{_DAY}))?(?:\s+of)?\s+(?P<m>{MONTH})\b"
_MONTH_FIRST = rf"\b(?P<m>{MONTH})\b\.?\s+(?:the\s+)?(?P<d>{_DAY}){_NO}"

DAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Found | None]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reading)
    for pattern, reading in (
        (r"(?<![\d./-])(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?![\d/-])", _iso),
        (r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?![\d/-])", _numeric),
        (
            (
                rf"\b(?P<m>{MONTH})\b\.?,?\s+(?:of\s+)?(?P<y>\d{{4}}|['’]\d{{2}})\b(?![,.]\d)"
                r"(?P<m1>(?!))?"
            ),
            _month_year,
        ),
        (
            (
                rf"\b(?P<m1>{MONTH})\b\.?\s*(?:-|–|—|to|and|through)\s*"
                rf"(?P<m>{MONTH})\b\.?,?\s+(?:of\s+)?(?P<y>\d{{4}}|['’]\d{{2}})\b(?![,.]\d)"
            ),
            _month_year,
        ),
    )
)
YEARLESS: tuple[
    tuple[re.Pattern[str], Callable[[re.Match[str], PublishedDate | None], Found | None]], ...
] = tuple(
    (re.compile(pattern, re.IGNORECASE), reading)
    for pattern, reading in (
        (rf"{_DAY_FIRST}(?:\.(?=\s*,?\s*\d))?{_Y}", _month_day),
        (rf"{_MONTH_FIRST}(?:{_TO}(?P<d2>{_DAY}){_NO})?{_Y}", _month_day),
        (rf"{_MONTH_FIRST}(?P<d2>(?!))?{_Y}", _month_day),  # where the run of days was none
        (rf"\b(?P<m>{MONTH})\b", _bare_month),
    )
)
