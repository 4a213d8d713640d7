"""The line judge: which lines of a page crowded with furniture are its article.

A logistic regression over the features of `features`, whose weights are readable in
``data/line_judge.toml``, gives each line its odds; a two-state Viterbi pass then prefers
whole stretches to lone lines. It was trained on half of a public set of web pages and
reported on the other half (``evals/bench/extraction.py``). It is asked only about pages
that are mostly furniture: what reads as plain paragraphs never comes here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from rag.articles.features import NAMES, features


@dataclass(frozen=True, kw_only=True, slots=True)
class Judge:
    """Weights in the order of ``features.NAMES``, the odds asked for, the price of a switch."""

    weights: tuple[float, ...]
    threshold: float
    switch: float

    def keep(self, lines: Sequence[str], title: str = "") -> list[bool]:
        """For each line (none of them blank) whether it belongs to the article."""
        odds = [
            sum(weight * value for weight, value in zip(self.weights, row, strict=True))
            - self.threshold
            for row in features(lines, title)
        ]
        return stretches(odds, self.switch)


@cache
def load_judge() -> Judge:
    """The shipped judge. A weight for an unknown feature, or a missing one, is an error."""
    text = resources.files("rag.articles").joinpath("data/line_judge.toml").read_text("utf-8")
    data = tomllib.loads(text)
    weights = data["weights"]
    if set(weights) != set(NAMES):
        raise ValueError(
            f"line_judge.toml and features.NAMES differ in {sorted(set(weights) ^ set(NAMES))}"
        )
    return Judge(
        weights=tuple(weights[name] for name in NAMES),
        threshold=data["threshold"],
        switch=data["switch"],
    )


def stretches(odds: Sequence[float], switch: float) -> list[bool]:
    """The in-or-out sequence with the best sum of odds, each change costing ``switch``."""
    if not odds:
        return []
    out, inside = 0.0, odds[0]
    steps: list[tuple[bool, bool]] = []
    for odd in odds[1:]:
        from_out = (inside - switch > out, inside >= out - switch)
        out, inside = max(out, inside - switch), max(inside, out - switch) + odd
        steps.append(from_out)
    state = inside > out
    states = [state]
    for came_from_inside_if_out, came_from_inside_if_inside in reversed(steps):
        state = came_from_inside_if_inside if state else came_from_inside_if_out
        states.append(state)
    return states[::-1]
