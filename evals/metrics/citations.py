"""Metrics of citations: do markers resolve, is the gold place shown, are values supported.

After ALCE (Gao et al. 2023): recall asks whether the needed evidence is cited, precision
whether what is cited is needed; here both against gold spans instead of a model's
entailment. An empty answer has nothing to be wrong in: rates over nothing are None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from evals.facts import dates, numbers
from evals.facts.plain import plain, words
from evals.metrics.overlap import folded

_MARKER = re.compile(r"\[\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]*(?:\s*\[[\d,;\s]+\])*\s+(?=[\"'“‘(]?[A-Z\d])|\n+")


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
    """A text cut into sentences, each with the markers behind it."""
    cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    parts = [text[start:end].strip() for start, end in pairwise(cuts)]
    return [part for part in parts if folded(_MARKER.sub(" ", part))]


def uncited(text: str) -> float | None:
    """Share of sentences of three words or more that bear no marker and repeat no cited one.

    A short answer set before its evidence ('July 1.') is shown by the sentence behind it
    and is not counted where its words stand in that sentence.
    """
    parts = sentences(text)
    marked = " ".join(f" {' '.join(folded(part))} " for part in parts if markers(part))
    counted = [part for part in parts if markers(part) or len(folded(part)) > 2]
    if not counted:
        return None
    bare = [
        part
        for part in counted
        if not markers(part) and f" {' '.join(folded(part))} " not in marked
    ]
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
        numbers_used = markers(sentence)
        if not numbers_used:
            continue
        basis = " ".join(quote for number, quote in quotes if number in numbers_used)
        for value in typed_values(sentence):
            total += 1
            supported += _stands(value, basis, on)
    return supported, total


def typed_values(sentence: str) -> list[tuple[str, str]]:
    """The dates, numbers and inner capitalised names of a sentence, as (type, wording)."""
    text = plain(sentence)
    dated = dates.spans_of(text)
    found = [("date", text[start:end]) for start, end in dated]
    found += [
        ("number", text[m.start : m.end])
        for m in numbers.mentions(text, (), None)
        if not any(start <= m.start < end for start, end in dated)
    ]
    covered = [*dated]
    inner = words(text, articles=True)[1:]
    found += [
        ("name", word.raw)
        for word in inner
        if word.raw[0].isupper() and not any(start <= word.start < end for start, end in covered)
    ]
    return found


def _stands(value: tuple[str, str], basis: str, on: date | None) -> bool:
    kind, wording = value
    if kind == "name":
        return all(part in folded(basis) for part in folded(wording))
    text = plain(basis)
    finder = dates.mentions if kind == "date" else numbers.mentions
    try:
        return any(mention.fits(wording) for mention in finder(text, (wording,), on))
    except ValueError:  # a wording that states no single value stands if it stands word for word
        return " ".join(folded(wording)) in " ".join(folded(basis))
