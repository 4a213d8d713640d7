"""Numbers as they are written: digits, words, scales, percent and money.

``numbers("some $2.5 million, or twelve percent")`` gives 2,500,000 in dollars and 12 in
percent. Written apart from dates, which `rag.retrieve.time` reads. English words only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.types import Span

_UNITS = {
    word: value
    for value, word in enumerate(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen "
            "fourteen fifteen sixteen seventeen eighteen nineteen"
        ).split()
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
    )
}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
_DOZEN = {"dozen": 12.0}
_MONEY = {"$": "$", "€": "€", "£": "£", "dollar": "$", "euro": "€", "pound": "£"}
_SCALE = (
    r"(?:\s*-?\s*(?P<scale>hundred|dozen|thousand|million|billion|trillion)\b"
    r"|(?P<short>k|mn|bn|tn|m|b)\b)"
)
_DIGITS = re.compile(
    rf"(?<![\w,])(?<!\w\.)(?<![^\W\d_]-)(?P<money>[$€£]\s?)?(?P<digits>\d+(?:[.,]\d+)*){_SCALE}?"
    r"(?P<ordinal>st|nd|rd|th)?(?![\w]|[.,:]\d)",
    re.IGNORECASE,
)
_WORD = "|".join((*_UNITS, *_TENS, *_SCALES, *_DOZEN))
_WORDS = re.compile(
    rf"\b(?:(?P<lead>half\s+an?|an?)\s+)?(?:{_WORD})(?:(?:[\s-]+|\s+and\s+)(?:{_WORD}))*\b",
    re.IGNORECASE,
)
_SMALL = re.compile(rf"\b(?:{'|'.join(_UNITS)})\b")
_UNIT = re.compile(
    r"\s*-?\s*(?P<unit>%|per\s?cent|pct|(?:u\.?s\.?\s+)?(?:dollar|euro|pound)s?\b)", re.IGNORECASE
)
_ABOUT = re.compile(
    r"\b(?:about|around|some|nearly|almost|roughly|approximately|over|than|least|up to|exceeding|"
    r"circa|close to|under|below|above)\s+[$€£]?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Number:
    """A number with its place. ``readings`` has two values where a comma may be either mark."""

    start: int
    end: int
    readings: tuple[float, ...]
    unit: str  # '%', '$', '€', '£' or ''
    rounded: bool  # 'about', 'more than' and the like stand before it

    def agrees(self, other: Number) -> bool:
        """Whether another number, as a source tells it, bears this one out."""
        if self.unit and other.unit and self.unit != other.unit:
            return False
        return any(
            _same(one, two) or (self.rounded and _rounds(one, two))
            for one in self.readings
            for two in other.readings
        )


def numbers(text: str, taken: Sequence[Span] = ()) -> list[Number]:
    """The numbers of a text in order; what lies in ``taken`` (dates) is left out."""
    found = [n for n in (*_digits(text), *_words(text)) if not _inside(n, taken)]
    return sorted(found, key=lambda n: n.start)


def in_digits(text: str) -> str:
    """A lower-case text with its small numbers in digits: 'two years later' as '2 years later'."""
    return _SMALL.sub(lambda m: str(_UNITS[m[0]]), text)


def _digits(text: str) -> Iterator[Number]:
    for match in _DIGITS.finditer(text):
        scale = 1.0
        if match["scale"]:
            scale = (_SCALES | _DOZEN)[match["scale"].lower()]
        elif match["short"]:
            scale = _SHORT[match["short"].lower()]
        values = tuple(value * scale for value in _readings(match["digits"]))
        money = _MONEY[match["money"].strip()] if match["money"] else ""
        yield _number(text, match, values, money)


def _readings(digits: str) -> list[float]:
    """1,075 and 1.075 are read both ways where three digits follow each mark."""
    grouped = re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+(?:,\d+)?", digits)
    plain = digits.replace(",", "")
    found = [float(plain)] if plain.count(".") < 2 else []
    if grouped and "." in digits and (digits.count(".") > 1 or "," not in digits):
        found.append(float(digits.replace(".", "").replace(",", ".")))
    elif "," in digits and not grouped and digits.count(",") == 1 and "." not in digits:
        found = [float(digits.replace(",", "."))]
    return found or [float(re.sub(r"\D", "", digits))]


def _words(text: str) -> Iterator[Number]:
    for match in _WORDS.finditer(text):
        words = re.findall(r"[a-z]+", match[0].lower())
        lead = (match["lead"] or "").lower()
        words = [w for w in words if w not in {"and", "a", "an", "half"}]
        if words == ["one"] or (not lead and words[0] in {*_SCALES, *_DOZEN}):
            continue  # 'one of them'; 'several hundred' has no value; '3 million' has digits
        value = _value(words) / (2 if lead.startswith("half") else 1)
        yield _number(text, match, (value,), "")


def _value(words: list[str]) -> float:
    total = current = 0.0
    for word in words:
        if word in _UNITS or word in _TENS:
            current += _UNITS.get(word, 0) + _TENS.get(word, 0)
        elif word in _DOZEN or word == "hundred":
            current = (current or 1) * (_DOZEN.get(word) or 100)
        else:
            total += (current or 1) * _SCALES[word]
            current = 0
    return total + current


def _number(text: str, match: re.Match[str], values: tuple[float, ...], money: str) -> Number:
    behind = _UNIT.match(text, match.end())
    unit = money
    if behind and not unit:
        word = re.sub(r"^u\.?s\.?\s+", "", behind["unit"].lower())
        unit = _MONEY.get(word.rstrip("s"), "%")
    before = text[max(0, match.start() - 24) : match.start()]
    return Number(
        start=match.start(),
        end=match.end(),
        readings=values,
        unit=unit,
        rounded=bool(_ABOUT.search(before)),
    )


def _same(one: float, two: float) -> bool:
    return abs(one - two) <= 1e-9 * max(abs(one), abs(two), 1.0)


def _rounds(said: float, told: float) -> bool:
    """Whether a round number stands for an exact one: 'more than 1,000' for 1,075."""
    digits = [len(f"{value:.6g}".replace(".", "").rstrip("0")) for value in (said, told)]
    return told != 0 and digits[0] < digits[1] and abs(said - told) <= 0.1 * abs(told)


def _inside(number: Number, taken: Sequence[Span]) -> bool:
    return any(start < number.end and number.start < end for start, end in taken)
