"""Relative days in text, read against a known date: 'yesterday', 'two days ago', 'last Friday'.

Without a known date they state nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from evals.facts.calendar import WEEKDAYS, Day, of, shifted, weekday_near

_COUNT_WORDS = "one two three four five six seven eight nine ten eleven twelve"
_COUNTS = {word: number for number, word in enumerate(_COUNT_WORDS.split(), start=1)}
_COUNTS |= {"a": 1, "an": 1}
_NAMED = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_STEPS = {"last": -1, "this": 0, "next": 1}
_NAMED_DAY = re.compile(
    r"\b(today|tonight|(?<!day before )yesterday|(?<!day after )tomorrow)\b", re.IGNORECASE
)
_DAY_BESIDE = re.compile(r"\bday (before yesterday|after tomorrow)\b", re.IGNORECASE)
_AGO = re.compile(
    rf"\b(\d{{1,3}}|{'|'.join(_COUNTS)}) (day|week|month|year)s? (ago|earlier|later|from now)\b",
    re.IGNORECASE,
)
_STEP = re.compile(r"\b(last|this|next) (month|year)\b", re.IGNORECASE)
_WEEKDAY = re.compile(rf"\b(last|this|next|on) ({'|'.join(WEEKDAYS)})\b", re.IGNORECASE)


def relative_days(text: str, on: date | None) -> Iterator[tuple[int, int, Day]]:
    """Start, end and meaning of each relative day; nothing where ``on`` is unknown."""
    if on is None:
        return
    for match in _NAMED_DAY.finditer(text):
        yield match.start(), match.end(), shifted(on, _NAMED[match[1].lower()], "day")
    for match in _DAY_BESIDE.finditer(text):
        yield (
            match.start(),
            match.end(),
            shifted(on, -2 if match[1].lower().startswith("b") else 2, "day"),
        )
    for match in _AGO.finditer(text):
        amount = int(match[1]) if match[1].isdigit() else _COUNTS[match[1].lower()]
        signed = amount if match[3].lower() in ("later", "from now") else -amount
        unit = match[2].lower()
        day = shifted(on, signed * 7, "day") if unit == "week" else shifted(on, signed, unit)
        yield match.start(), match.end(), day
    for match in _STEP.finditer(text):
        yield match.start(), match.end(), shifted(on, _STEPS[match[1].lower()], match[2].lower())
    for match in _WEEKDAY.finditer(text):
        step = _STEPS.get(match[1].lower(), 0)
        near = weekday_near(on, WEEKDAYS[match[2].lower()], step)
        yield match.start(), match.end(), near if near.full() else of(on)
