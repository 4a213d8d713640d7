"""The order of candidates once they were read: the reader's log-odds beside retrieval's rank.

A reader looks at one passage and knows nothing of how well the others suit the question;
retrieval has compared them all. Their log-odds and the logarithm of the rank are added
(a product of experts, Hinton 2002), which puts the right passage first more often than either:
docs/experiments.md has the sweep, made on the older half of a news quiz and told on the newer.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from rag.retrieve.odds import log_odds, logistic

# Weight of the reader's log-odds beside one e-fold of rank.
_READ = 0.8


def reordered(probabilities: Sequence[float]) -> list[tuple[int, float]]:
    """Places (from 0) of candidates that came best first, in their new order, with their worth.

    ``probabilities`` are a reader's, one a candidate, in retrieval's order. The worth is in
    (0, 1) and falls along the list; it is for ordering, the reader's own number is the
    calibrated one.
    """
    worth = [_worth(p, rank) for rank, p in enumerate(probabilities, start=1)]
    order = sorted(range(len(worth)), key=lambda place: (-worth[place], place))
    return [(place, worth[place]) for place in order]


def _worth(probability: float, rank: int) -> float:
    return logistic(_READ * log_odds(probability, 1e-6) - math.log(rank))
