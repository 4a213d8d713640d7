"""Numbers in text: digits, words, scales, signs, units and bounds.

``1,075`` is 1075 and ``1.075`` is a little more than one. A wanted number without a bound
or a unit of measure accepts any bound ('more than 1,700'), but not a percentage or a sum
of money; a wanted bound must be stated, in its direction. Digits of dates, clock times,
codes ('F-16') and citation markers are no numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from evals.facts import dates
from evals.facts.fact import FactError, Mention
from evals.facts.numberwords import NUMBER_WORDS, value_of_words
from evals.facts.units import bound_before, unit_around

_POWERS = "hundred 2 thousand 3 k 3 million 6 mn 6 m 6 billion 9 bn 9 b 9 trillion 12 tn 12"
_SCALES = dict(zip(_POWERS.split()[::2], map(int, _POWERS.split()[1::2]), strict=True))
_SCALE = r"(?:\s+(?:hundred|thousand|million|billion|trillion)\b|\s?(?:bn|mn|tn)\b|(?:k|m|b)\b)"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?![\d,])|\d+(?:\.\d+)?"
_NUMBER = re.compile(
    # No letter, digit or joined sign before: 'F-16', '10:30' and '1,0755' hold no number.
    r"(?<![\w.,:/])(?<!\w-)(?P<sign>[-+](?=[\d$€£]))?(?P<cur>[$€£]\s?)?"
    rf"(?P<digits>{_DIGITS})(?P<scale>{_SCALE})?"
    rf"(?:\s*(?:-|to)\s*(?P<digits2>{_DIGITS})(?P<scale2>{_SCALE})?(?![\w:]))?(?![\d:]|[.,]\d|/\d)",
    re.IGNORECASE,
)
_GLUED = re.compile(r"[^\W\d_]")
_WORDS = re.compile(
    rf"\b(?:(?:half )?an? )?(?:{NUMBER_WORDS})(?:(?:[\s-]+|\s+and\s+)(?:{NUMBER_WORDS}))*\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """A number as said: its value, or the two ends of a range, its unit and its bound."""

    low: Decimal
    high: Decimal
    unit: str  # '', '%', '$', 'km' ...
    bound: int  # -1 at most, 0 as it is, 1 at least


def check(value: str) -> None:
    """Raises `FactError` where the value is not one number."""
    _wanted(value)


def mentions(text: str, accepted: Sequence[str], on: date | None) -> list[Mention]:
    """Every number in the text."""
    del accepted, on

    def mention(start: int, end: int, said: Number) -> Mention:
        return Mention(start=start, end=end, fits=lambda value: agrees(said, _wanted(value)))

    return [mention(start, end, said) for start, end, said in _scan(text)]


def read(text: str) -> list[tuple[int, int, Number]]:
    """Every number in the text with its place."""
    return list(_scan(text))


def agrees(said: Number, wanted: Number) -> bool:
    """Whether what is said is the wanted number, with its unit, and its bound where it has one."""
    if (said.low, said.high) != (wanted.low, wanted.high):
        return False
    measured = said.unit in ("%", "$", "€", "£") or bool(wanted.unit)
    if measured and said.unit != wanted.unit:
        return False
    return wanted.bound in (0, said.bound)


def _wanted(value: str) -> Number:
    found = list(_scan(value, alone=True))
    if len(found) != 1:
        raise FactError(
            f"{value!r} is not one number; write it like '1,075', "
            "'3.5 million', '-5', '40%', '$2 billion' or 'more than 300'"
        )
    return found[0][2]


def _scan(text: str, *, alone: bool = False) -> Iterator[tuple[int, int, Number]]:
    """Start, end and meaning of each number, in order."""
    dated = [] if alone else dates.spans_of(text)
    items: list[tuple[int, int, Number]] = []
    for match in _NUMBER.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in dated):
            continue
        end = match.end()
        if _GLUED.match(text[end : end + 1]):  # '1st', '90s', '120mm': not a number by itself
            continue
        low = _value(
            match["digits"],
            match["scale"] or match["scale2"] if match["digits2"] else match["scale"],
        )
        high = _value(match["digits2"], match["scale2"]) if match["digits2"] else low
        if match["sign"] == "-":
            low, high = (-low, -high) if match["digits2"] is None else (-low, high)
        items.append(
            (match.start(), end, _with_context(text, match.start(), end, low, high, match["cur"]))
        )
    for match in _WORDS.finditer(text):
        value = value_of_words(match.group(), text[: match.start()], text[match.end() :])
        if value is None or any(
            start < match.end() and match.start() < end for start, end, _ in items
        ):
            continue
        items.append(
            (
                match.start(),
                match.end(),
                _with_context(text, match.start(), match.end(), value, value, None),
            )
        )
    yield from sorted(items, key=lambda item: item[0])


def _with_context(
    text: str, start: int, end: int, low: Decimal, high: Decimal, currency: str | None
) -> Number:
    unit = currency.strip() if currency else unit_around(text, start, end)
    return Number(low=low, high=high, unit=unit, bound=bound_before(text[:start], text[end:]))


def _value(digits: str, scale: str | None) -> Decimal:
    number = Decimal(digits.replace(",", "").replace(" ", ""))
    return number.scaleb(_SCALES[scale.strip().lower()]) if scale else number
