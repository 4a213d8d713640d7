"""Probabilities as log-odds, in which what different witnesses say can be added."""

from __future__ import annotations

import math


def log_odds(probability: float, floor: float = 1e-4) -> float:
    """ln(p / (1 - p)) of a probability that is held ``floor`` away from 0 and 1."""
    bounded = min(max(probability, floor), 1 - floor)
    return math.log(bounded / (1 - bounded))


def logistic(odds: float) -> float:
    """The probability, in (0, 1), that has these log-odds."""
    return 1 / (1 + math.exp(-odds))
