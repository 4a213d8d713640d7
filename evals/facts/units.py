"""The unit and the bound of a number: '40 per cent', '$2 billion', 'more than 300 km'."""

from __future__ import annotations

import re

_UNIT_WORDS = {
    "%": "% percent pct",
    "$": "dollar dollars usd",
    "€": "euro euros eur",
    "£": "pounds gbp",
    "km": "km kilometer kilometers kilometre kilometres",
    "mi": "mile miles",
    "m": "meter meters metre metres",
    "ft": "foot feet",
    "kg": "kg kilogram kilograms kilo kilos",
    "t": "ton tons tonne tonnes",
    "°": "degree degrees",
    "s": "second seconds",
    "min": "minute minutes",
    "h": "hour hours",
    "d": "day days",
    "wk": "week weeks",
    "mo": "month months",
    "y": "year years",
    "bbl": "barrel barrels",
}
_UNITS = {word: unit for unit, said in _UNIT_WORDS.items() for word in said.split()}
_AFTER = re.compile(r"^\s*-?\s*(%|per\s+cent\b|(?:u\.?s\.?\s+)?[a-z]+)", re.IGNORECASE)
_LOW = (
    "more than|at least|over|above|exceeding|in excess of|no fewer than|no less than|"
    "not less than|a minimum of|upwards of"
)
_HIGH = (
    "fewer than|less than|at most|up to|as many as|as much as|as high as|under|below|no more than|"
    "not more than|a maximum of|nearly|almost|close to"
)
_BEFORE = re.compile(
    rf"\b(?:(?P<low>{_LOW})|(?P<high>{_HIGH}))\s+(?:about |around |some |an? |the )?[$€£]?\s*$",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"^\s+(?:[a-z]+\s+)?or\s+(?P<way>more|fewer|less)\b", re.IGNORECASE)


def unit_around(text: str, start: int, end: int) -> str:
    """The unit of measure behind a number, or an empty string; other nouns are no units."""
    del start
    match = _AFTER.match(text[end:])
    if match is None:
        return ""
    said = re.sub(r"^u\.?s\.?\s+", "", match.group(1).lower())
    return "%" if said.startswith("per") and said.endswith("cent") else _UNITS.get(said, "")


def bound_before(before: str, after: str) -> int:
    """1 for 'more than' and its like, -1 for 'fewer than' and its like, else 0."""
    match = _BEFORE.search(before)
    if match:
        return 1 if match["low"] else -1
    trailing = _TRAILING.match(after)
    if trailing is None:
        return 0
    return 1 if trailing["way"].lower() == "more" else -1
