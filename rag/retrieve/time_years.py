"""Years and longer: 'in 2013', 'the 1990s', '2013-14', 'Q1 2020', 'the 19th century'.

Quantities ('2000 people', '$2015', 'Boeing 2010') are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from rag.retrieve.time_match import (
    ENDS_PHRASE,
    QUANTITY_BEFORE,
    UNIT_AFTER,
    Found,
    after_words,
    before_words,
    found_at,
)
from rag.retrieve.time_types import Grain, of_months, of_years

_QUARTERS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
}
_QUARTERS |= {"last": 4, "final": 4}
_SEASONS = {
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
    "fall": (9, 11),
    "winter": (1, 12),
}


def _quarter(match: re.Match[str]) -> Found | None:
    which = int(match["q"]) if match["q"] else _QUARTERS[match["w"].lower()]
    return found_at(match, of_months(int(match["y"]), 3 * which - 2, 3 * which, Grain.SEASON))


def _season(match: re.Match[str]) -> Found | None:
    """Northern seasons; a 'winter of 2014' may lie at either end of its year, so it is the year."""
    first, last = _SEASONS[match["s"].lower()]
    return found_at(match, of_months(int(match["y"]), first, last, Grain.SEASON))


_TENS = {"thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7, "eighties": 8}
_TENS |= {"nineties": 9}


def _decade(match: re.Match[str]) -> Found | None:
    """A decade; '1800s' and '1900s' are centuries, '2000s' the decade."""
    if re.search(
        r"\b(?:his|her|their|my|your|our|mid|early|late)[\s-]+$", before_words(match), re.IGNORECASE
    ) and re.search(
        r"\b(?:his|her|their|my|your|our)\b.{0,7}$", before_words(match), re.IGNORECASE
    ):
        return None  # somebody's age
    if match["long"]:
        year = int(match["long"]) * 10
        if year % 100 == 0 and year < 2000:
            return found_at(match, of_years(year, year + 99, Grain.CENTURY))
    else:
        tens = int(match["short"]) if match["short"] else _TENS[match["word"].lower()]
        if tens < 3:
            return None  # 'the 20s' may be either century
        year = 1900 + 10 * tens
    return found_at(match, of_years(year, year + 9, Grain.DECADE))


def _century(match: re.Match[str]) -> Found | None:
    which = int(match[1])
    return found_at(match, of_years(100 * which - 99, 100 * which, Grain.CENTURY))


def _year_range(match: re.Match[str]) -> Found | None:
    """``2013-2015`` and ``2013-14``; ``2017-11``, which would run backwards, is a month."""
    first, second = int(match[1]), match[2]
    if not 1500 <= first <= 2099 or QUANTITY_BEFORE.search(before_words(match)):
        return None
    last = int(second) if len(second) == 4 else first // 100 * 100 + int(second)
    if last <= first and len(second) == 2:
        return found_at(match, of_months(first, int(second), int(second), Grain.MONTH))
    if not first < last <= first + 200 or UNIT_AFTER.match(after_words(match)):
        return None
    return found_at(match, of_years(first, last, Grain.RANGE))


def _year(match: re.Match[str]) -> Found | None:
    """A year alone. Quantities are left alone; years before 1900 need a word such as 'in'."""
    before, after = before_words(match), after_words(match)
    year = int(match[1])
    if not 1000 <= year <= 2099 or QUANTITY_BEFORE.search(before) or UNIT_AFTER.match(after):
        return None
    if year < 1900 and not (
        re.search(
            r"\b(?:in|since|until|from|year|circa|of|and|between|to)\s+$", before, re.IGNORECASE
        )
        and ENDS_PHRASE.match(after)
    ):
        return None
    return found_at(match, of_years(year, year, Grain.YEAR))


_ORDINAL = "first|second|third|fourth|last|final|1st|2nd|3rd|4th"
_WRITTEN_TENS = "|".join(_TENS)


YEARS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Found | None]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reading)
    for pattern, reading in (
        (
            (
                rf"\b(?:q(?P<q>[1-4])[\s,]*|(?P<w>{_ORDINAL})\s+quarter\s+)"
                r"(?:of\s+)?(?P<y>(?:19|20)\d\d)\b"
            ),
            _quarter,
        ),
        (rf"\b(?P<s>{'|'.join(_SEASONS)})\s+(?:of\s+)?(?P<y>(?:19|20)\d\d)\b(?![,.]\d)", _season),
        (
            (
                r"(?:\bthe\s+)?(?<![\d.,$€£])(?:\b(?P<long>1\d\d|20\d)0['’]?s\b|['’](?P<short>\d)0['’]?s\b"
                rf"|\b(?P<word>{_WRITTEN_TENS})\b)"
            ),
            _decade,
        ),
        (r"\bthe\s+(?P<short>\d)0['’]?s\b(?P<long>(?!))?(?P<word>(?!))?", _decade),
        (r"\b(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)[\s-]centur(?:y|ies)\b", _century),
        (r"(?<![\w.,$€£/-])(\d{4})\s?[-–—/]\s?(\d{4}|\d{2})(?![\w/-]|[.,]\d)", _year_range),
        (r"(?<![\w.,:$€£/-])(\d{4})(?![\w/-]|[.,:]\d)", _year),
    )
)
