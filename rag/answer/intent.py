"""Is a question about an article itself? A learned reading, for what no rule words.

    intent("that story about the flood, who wrote it?")  # Ask.AUTHOR, .98

Rules (`rag.answer.about_ask`) know the usual wordings; people use a thousand others. A softmax
regression over words and pairs of neighbouring words tells questions about an article's author,
date, publisher or title from those about the world. It was fitted by `evals.bench.intent_fit`
(`rag/models/intent/card.md` tells on what, and how well it does), is a table of numbers that can
be read, and costs some twenty microseconds.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rag.answer.about_types import Ask
from rag.answer.about_words import PUB, TITLE

WEIGHTS = Path(__file__).parents[1] / "models" / "intent" / "weights.tsv"
ASKS = (Ask.AUTHOR, Ask.PUBLISHED, Ask.PUBLISHER, Ask.TITLE)
BIAS = "(bias)"
_WORD = re.compile(rf"{PUB}|{TITLE}|[^\W\d_]+(?:['’][^\W\d_]+)?|[?&]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Intent:
    """What is most probably asked of an article, and how probably anything is."""

    ask: Ask
    probability: float


def grams(text: str) -> set[str]:
    """Words and pairs of neighbours, in lower case; a publisher's sign counts as one word."""
    found = (match.group() for match in _WORD.finditer(text.lower().replace("’", "'")))
    words = ["^", *("⟦p⟧" if word.startswith("⟦p") else word for word in found), "$"]
    return {*words, *(f"{one} {other}" for one, other in itertools.pairwise(words))}


def intent(text: str) -> Intent:
    """The reading of a question whose publishers and title are masked (`about_words.mask`)."""
    table = _table()
    known = [table[gram] for gram in grams(text) if gram in table]
    scale = 1 / math.sqrt(len(known)) if known else 0.0
    logits = [
        bias + scale * sum(row[place] for row in known) for place, bias in enumerate(table[BIAS])
    ]
    top = max(0.0, *logits)
    shares = [math.exp(logit - top) for logit in logits]
    world = math.exp(-top)
    best = max(range(len(ASKS)), key=lambda place: shares[place])
    return Intent(ask=ASKS[best], probability=1 - world / (world + sum(shares)))


@cache
def _table() -> Mapping[str, tuple[float, ...]]:
    """Each gram's weight for each of `ASKS`; that of 'the world' is 0."""
    lines = WEIGHTS.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {row[0]: tuple(map(float, row[1:])) for row in rows}
