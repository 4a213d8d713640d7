"""The order of candidates once they were read: the reader, retrieval's rank and how they stand.

A reader looks at one passage and knows nothing of how well the others suit the question;
retrieval has compared them all. Their log-odds, the logarithm of the rank and what speaks for a
passage before it is read (`standing`) are added (a product of experts, Hinton 2002), which puts
the right passage first more often than any alone: docs/experiments.md has the sweep, made on the
older half of a news quiz and told on the newer.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from rag.retrieve.odds import log_odds, logistic

# What each e-fold of rank costs, in units of the reader's log-odds.
_RANK = 0.75
# What is left of such a unit, so that the worth of a candidate in the middle of the list stays
# near the reader's own number.
_SCALE = 0.8


def reordered(probabilities: Sequence[float], standing: Sequence[float]) -> list[tuple[int, float]]:
    """Places (from 0) of candidates that came best first, in their new order, with their worth.

    ``probabilities`` are a reader's, one a candidate, in retrieval's order; ``standing`` is what
    `standings` gives for them. The worth is in (0, 1) and falls along the list; it is for
    ordering, the reader's own number is the calibrated one.
    """
    told = zip(probabilities, standing, strict=True)
    worth = [_worth(p, rank, stands) for rank, (p, stands) in enumerate(told, start=1)]
    order = sorted(range(len(worth)), key=lambda place: (-worth[place], place))
    return [(place, worth[place]) for place in order]


def _worth(probability: float, rank: int, stands: float) -> float:
    return logistic(_SCALE * (log_odds(probability, 1e-6) + stands - _RANK * math.log(rank)))
