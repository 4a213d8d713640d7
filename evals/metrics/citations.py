"""Metrics of citations: do markers resolve, is the gold place shown, are values supported.

After ALCE (Gao et al. 2023): recall asks whether the needed evidence is cited, precision
whether what is cited is needed; here both against gold spans instead of a model's
entailment. An empty answer has nothing to be wrong in: rates over nothing are None.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from itertools import pairwise

from evals.facts import dates, numbers
from evals.facts.calendar import Day, agrees
from evals.facts.plain import plain, words
from evals.metrics.overlap import folded

_MARKER = re.compile(r"\[\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]")
_ABBREVIATIONS = "Mr Mrs Ms Dr Sec Gen Gov Sen Rep St No Lt Col Maj Sgt Jr Sr vs"
_NO_END = "".join(rf"(?<!\b{word}\.)" for word in _ABBREVIATIONS.split())
_SENTENCE_END = re.compile(
    rf"(?<=[.!?])(?<!\.[A-Z]\.)(?<!\s[A-Z]\.){_NO_END}"
    r"[\"'”’)]*(?:\s*\[[\d,;\s]+\])*\s+(?=[\"'“‘(]?[A-Z\d])|\n+"
)


def markers(text: str) -> list[int]:
    """The citation numbers of a text, in order; ``[1,3]`` gives two."""
    return [
        int(number) for match in _MARKER.finditer(text) for number in re.findall(r"\d+", match[1])
    ]


def cite_valid(text: str, offered: Sequence[int]) -> float | None:
    """Share of markers that resolve to a citation of the reply; None where there is no marker."""
    used = markers(text)
    if not used:
        return None
    return sum(number in offered for number in used) / len(used)


def sentences(text: str) -> list[str]:
    """A text cut into sentences, each with the markers behind it; a “quotation” is never cut."""
    ends = [
        match.end()
        for match in _SENTENCE_END.finditer(text)
        if text.count("“", 0, match.end()) <= text.count("”", 0, match.end())
    ]
    parts = [text[start:end].strip() for start, end in pairwise([0, *ends, len(text)])]
    return [part for part in parts if folded(_MARKER.sub(" ", part))]


def uncited(text: str) -> float | None:
    """Share of sentences of three words or more that bear no marker and say more than cited ones.

    A short answer set before its evidence ('July 1.') is shown by the sentence behind it,
    and is not counted where all its words stand in sentences that are cited.
    """
    parts = sentences(text)
    shown = {word for part in parts if markers(part) for word in folded(part)}
    counted = [part for part in parts if markers(part) or len(folded(part)) > 2]
    if not counted:
        return None
    bare = [part for part in counted if not markers(part) and not set(folded(part)) <= shown]
    return len(bare) / len(counted)


def value_support(
    text: str, quotes: Sequence[tuple[int, str]], *, on: date | None = None
) -> tuple[int, int]:
    """How many typed values of the cited sentences stand in what they cite, and how many there are.

    A value is a number, a date, or a capitalised name inside a sentence. ``quotes`` are
    the cited texts by number.
    """
    supported = total = 0
    for sentence in sentences(text):
        used = markers(sentence)
        if not used:
            continue
        basis = " . ".join(quote for number, quote in quotes if number in used)
        outcomes = [stands(plain(basis)) for _, stands in typed_values(sentence, on)]
        total += len(outcomes)
        supported += sum(outcomes)
    return supported, total


def typed_values(sentence: str, on: date | None = None) -> list[tuple[str, Callable[[str], bool]]]:
    """The values of a sentence: the wording of each, and whether a text holds it."""
    text = plain(sentence)
    dated = dates.read(text)
    found: list[tuple[str, Callable[[str], bool]]] = [
        (text[start:end], partial(_date_stands, day, text[start:end], on))
        for start, end, day in dated
    ]
    found += [
        (text[start:end], partial(_number_stands, number))
        for start, end, number in numbers.read(text)
    ]
    found += [
        (word.raw, partial(_name_stands, word.folded))
        for word in words(text, articles=True)[1:]
        if word.raw[0].isupper() and not any(start <= word.start < end for start, end, _ in dated)
    ]
    return found


def _date_stands(day: Day, wording: str, on: date | None, basis: str) -> bool:
    if any(agrees(said, day, on) for _, _, said in dates.read(basis)):
        return True
    # What reads as a date here and not there, for want of context, stands word for word.
    return f" {' '.join(folded(wording))} " in f" {' '.join(folded(basis))} "


def _number_stands(number: numbers.Number, basis: str) -> bool:
    return any(numbers.agrees(said, number) for _, _, said in numbers.read(basis))


def _name_stands(name: str, basis: str) -> bool:
    return name in folded(basis)
