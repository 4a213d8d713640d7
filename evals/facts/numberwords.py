"""Numbers in words: 'four', 'twenty-one', 'one thousand and seventy-five', 'half a million'."""

from __future__ import annotations

import re
from decimal import Decimal

_UNIT_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TEN_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = {word: number for number, word in enumerate(_UNIT_WORDS.split())}
_TENS = {word: number for number, word in enumerate(_TEN_WORDS.split(), start=2)}
_BIG = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "dozen": 12,
}
NUMBER_WORDS = "|".join(sorted((*_UNITS, *_TENS, *_BIG), key=len, reverse=True))
"""The words that a number is made of, as an alternation for a pattern."""

# 'one' is a number in 'one of' no more than in 'no one'.
_NO_NUMBER_BEFORE = re.compile(
    r"\b(?:no|any|some|every|each|the|this|that|which|another)[\s-]$", re.IGNORECASE
)
_NO_NUMBER_AFTER = re.compile(r"^\s+(?:of|another|day|can|should|must|who)\b", re.IGNORECASE)


def value_of_words(said: str, before: str, after: str) -> Decimal | None:
    """The number that the words say, or None where they say none ('one of them', 'hundred')."""
    parts = re.split(r"[\s-]+", said.lower())
    if parts == ["one"] and (_NO_NUMBER_BEFORE.search(before) or _NO_NUMBER_AFTER.match(after)):
        return None
    half = parts[:2] == ["half", "a"] or parts[:2] == ["half", "an"]
    given = [part for part in parts if part not in ("half", "a", "an", "and")]
    counted = parts[0] in ("a", "an", "half") or given[0] not in _BIG
    if not counted:  # 'several hundred', 'dozen people': how many is not said
        return None
    total, current = 0, 0
    for part in given:
        if part in _UNITS:
            current += _UNITS[part]
        elif part in _TENS:
            current += 10 * _TENS[part]
        elif part in ("hundred", "dozen"):
            current = (current or 1) * _BIG[part]
        else:
            total += (current or 1) * _BIG[part]
            current = 0
    value = Decimal(total + current)
    return value / 2 if half else value
