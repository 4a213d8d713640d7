"""Whether the confidence of whole answers is the share of them that is right, and what would be.

    python -m evals.bench.confidence_fit SUITE=DATA_DIR ... [--split dev] [--threshold 0.4]

SUITE is a suite's name or file of cases, DATA_DIR an index of its articles. Every case is asked
with the threshold at 0, so that whatever leads is told with its confidence; one is right that
passes (facts and evidence). Told are, for each suite and all, how many of those at the threshold
are right, wrong, or answer what the articles do not; the expected calibration error of these;
and a logistic recalibration (Platt 1999) of the log-odds, its error with each suite left out in
turn. ``slope`` and ``shift`` say what to do to the weights of `rag.answer.confidence`: multiply
all by the one, add the other to the bias. Answers of the catalogue have no such confidence and
are left out. It changes nothing.

At threshold 0 reading may end a little sooner than at yours, and articles that answer otherwise
are told beside the leader more freely: single answers can differ from those of the engine.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.cases import load_cases
from evals.metrics.abstention import calibration_error
from evals.quick import run
from rag.engine import Engine
from rag.settings import AnswerSettings, load_settings

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One answer that was given at threshold 0."""

    suite: str
    confidence: float
    right: bool
    answerable: bool


def ask(suite: str, data_dir: Path, split: str) -> list[Told]:
    """All cases of a suite that are answered from evidence."""
    settings = load_settings(data_dir=data_dir)
    settings = settings.model_copy(
        update={"answer": settings.answer.model_copy(update={"threshold": 0.0})}
    )
    with Engine.open(settings) as engine:
        rows = run(engine, load_cases(suite, split=split))
    return [
        Told(
            suite=suite,
            confidence=reply.confidence,
            right=case.answerable and score.passed,
            answerable=case.answerable,
        )
        for case, reply, score in rows
        if reply is not None and not reply.abstained
        if reply.confidence is not None and reply.confidence < 1
    ]


def odds(told: Sequence[Told]) -> Floats:
    """Log-odds of the confidences."""
    bounded = (min(max(one.confidence, 1e-6), 1 - 1e-6) for one in told)
    return np.array([math.log(c / (1 - c)) for c in bounded])


def fit(told: Sequence[Told]) -> tuple[float, float]:
    """Slope and shift of a logistic function of the log-odds, by Newton's method."""
    x = np.stack([odds(told), np.ones(len(told))], axis=1)
    y = np.array([one.right for one in told], float)
    w = np.array([1.0, 0.0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 1e-6 * np.eye(2)
        w -= np.linalg.solve(hessian, x.T @ (p - y))
    return float(w[0]), float(w[1])


def refitted(told: Sequence[Told]) -> list[float]:
    """Each suite's confidences as a fit on the other suites has them."""
    suites = sorted({one.suite for one in told})
    fits = {s: fit([t for t in told if t.suite != s] or told) for s in suites}
    return [
        1 / (1 + math.exp(-(fits[one.suite][0] * z + fits[one.suite][1])))
        for one, z in zip(told, odds(told), strict=True)
    ]


def line(name: str, told: Sequence[Told], confidence: Sequence[float], threshold: float) -> str:
    """Counts and calibration error of what is answered at a threshold."""
    given = [(c, one) for c, one in zip(confidence, told, strict=True) if c >= threshold]
    right = sum(one.right for _, one in given)
    false = sum(not one.answerable for _, one in given)
    error = calibration_error([c for c, _ in given], [one.right for _, one in given]) or 0.0
    wrong = len(given) - right - false
    return f"{name:24} right {right:4} wrong {wrong:4} false {false:4} ECE {error:.3f}"


def main() -> None:
    """Asks, fits, prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("suites", nargs="+", metavar="SUITE=DATA_DIR")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--threshold", type=float, default=AnswerSettings().threshold)
    given = parser.parse_args()
    told: list[Told] = []
    for pair in given.suites:
        suite, _, folder = pair.partition("=")
        told += ask(suite, Path(folder), given.split)
        now = [one for one in told if one.suite == suite]
        print(line(suite, now, [one.confidence for one in now], given.threshold), flush=True)
    for threshold in (given.threshold, 0.0):
        own = [one.confidence for one in told]
        print(line(f"all, at {threshold:g}", told, own, threshold))
        print(line(f"refitted, at {threshold:g}", told, refitted(told), threshold))
    slope, shift = fit(told)
    print(f"slope {slope:.3f} shift {shift:.3f}")


if __name__ == "__main__":
    main()
