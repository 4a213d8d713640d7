"""Makes pairs look like what the engine will send: windows, headers, typos, keywords.

Every function takes a `random.Random` and is deterministic given it. None changes what is
true: a window keeps its answer, a header never holds it.
"""

from __future__ import annotations

import itertools
import random
import re

from rag.models.reader_training.pairs import Chars, Pair

_SENTENCE = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])")
_WORD = re.compile(r"[A-Za-z]{5,}")
_ASKING = re.compile(
    r"\b(?:what|when|where|which|who|whom|whose|why|how|many|much|did|does|do|is|are|was|were|"
    r"the|a|an|of|in|to|by|for|has|have|had)\b",
    re.IGNORECASE,
)
PUBLISHERS = (
    "BBC News", "The Guardian", "CNN", "Reuters", "Al Jazeera", "The New York Times", "NPR",
    "Daily News", "USA Today", "The Times", "Associated Press", "The Independent", "Sky News",
    "The Washington Post", "Voice of America", "Le Monde", "The Herald", "Fox News",
)  # fmt: skip
_MONTHS = (
    "January February March April May June July August September October November December"
).split()


def sentences(text: str) -> list[Chars]:
    """Spans that cover the text, one a sentence, roughly: good enough to cut windows."""
    starts = [0, *(m.end() for m in _SENTENCE.finditer(text)), len(text)]
    return [(a, b) for a, b in itertools.pairwise(starts) if b > a]


def window(pair: Pair, target: int, rng: random.Random) -> Pair:
    """A run of whole sentences of about ``target`` characters that keeps the answer, if any.

    Where nothing answers it keeps the words that tempt: without them there is nothing to learn.
    """
    spans = sentences(pair.text)
    if len(pair.text) <= target or len(spans) < 2:
        return pair
    keep = pair.spans[:1] or pair.near
    if keep:
        held = [i for i, (a, b) in enumerate(spans) if a < keep[0][1] and b > keep[0][0]]
        low, high = held[0], held[-1]
    else:
        low = high = rng.randrange(len(spans))
    while spans[high][1] - spans[low][0] < target and (low > 0 or high < len(spans) - 1):
        if high == len(spans) - 1 or (low > 0 and rng.random() < 0.5):
            low -= 1
        else:
            high += 1
    start, end = spans[low][0], spans[high][1]
    moved = tuple((a - start, b - start) for a, b in pair.spans if a >= start and b <= end)
    return pair.with_(text=pair.text[start:end], spans=moved)


def header(title: str, rng: random.Random) -> str:
    """A header such as 'Title · Publisher · 7 November 2017', with parts missing at times."""
    year, month, day = rng.randint(1988, 2026), rng.randint(1, 12), rng.randint(1, 28)
    name = _MONTHS[month - 1]
    date = rng.choice(
        (
            f"{day} {name} {year}",
            f"{name} {day}, {year}",
            f"{year:04d}-{month:02d}-{day:02d}",
            f"{name} {year}",
        )
    )
    parts = [title] if title and rng.random() < 0.85 else []
    if rng.random() < 0.7:
        parts.append(rng.choice(PUBLISHERS))
    if rng.random() < 0.75:
        parts.append(date)
    return " · ".join(parts)


def mistype(question: str, rng: random.Random) -> str:
    """One letter of one longer word swapped, dropped or doubled."""
    found = list(_WORD.finditer(question))
    if not found:
        return question
    word = rng.choice(found)
    at = rng.randrange(word.start() + 1, word.end() - 1)
    before, here, behind = question[:at], question[at : at + 2], question[at + 2 :]
    changed = rng.choice((here[::-1], here[1:], here[0] + here))
    return before + changed + behind


def keywords(question: str) -> str:
    """The question as typed into a search box: without its asking and smallest words."""
    kept = " ".join(_ASKING.sub(" ", question.rstrip("?")).split())
    return kept if len(kept.split()) >= 2 else question
