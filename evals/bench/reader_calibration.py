"""Fit the reader's calibration on dev questions.

    python -m evals.bench.reader_calibration --data DIR [--model FILE.onnx]

The probability is logistic in the answer logit and the span's margin over 'no answer'. It is
fitted by Newton's method on articles that were neither trained on nor are reported: SQuAD 2.0
questions with their own paragraph, and wiki, forum and review questions with their near
misses. Prints the numbers for `rag.models.reader_description` and the dev ECE.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.bench import reading_sets
from evals.bench.reading import Row, best_threshold, ece, f1, reader_for
from evals.bench.reading_sets import Question, as_passage
from rag.models.reader_description import Calibration
from rag.models.reader_training import reading as sets
from rag.models.reader_training.recipe import config
from rag.retrieve.reader import OnnxReader
from rag.retrieve.reader_spans import Found, best_span, probability

Array = NDArray[np.float64]


def dev_questions(data: Path) -> list[Question]:
    """SQuAD 2.0 dev articles, and as many dev pairs of the other sets with their near misses."""
    recipe = config()
    shares = recipe["data"] | recipe["calibration"]
    _, pairs, _ = sets.split(data, shares)
    negatives = sets.Negatives(pairs, recipe["calibration"])
    others = [
        Question(
            id=p.id,
            text=p.question,
            article=p.title,
            passage=as_passage(p.id, p.text, p.header),
            answers=tuple(p.text[a:b] for a, b in p.spans),
        )
        for p in sets.epoch(pairs, negatives, shares, shares["seed"])
        if p.source != "squad2"
    ]
    return reading_sets.dev(data) + others[:: -(-len(others) // 1200)]


def read_raw(reader: OnnxReader, questions: Sequence[Question]) -> list[tuple[float, Found]]:
    """Answer logit and best span of the best window of each question."""
    out = []
    for question in questions:
        pairs = reader.windows(question.text, [question.passage])
        read = [
            (answer, best_span(pair, start, end, answer, reader.model))
            for pair, (start, end, answer) in zip(pairs, reader.logits(pairs), strict=True)
        ]
        out.append(max(read, key=lambda r: r[1].probability))
    return out


def fit(features: Array, labels: Array, steps: int = 50) -> Array:
    """Logistic regression by Newton's method, with a whisper of a penalty."""
    x = np.hstack([np.ones((len(features), 1)), features])
    w = np.zeros(x.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -40, 40)))
        gradient = x.T @ (p - labels) + 1e-3 * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + 1e-3 * np.eye(len(w))
        w -= np.linalg.solve(hessian, gradient)
    return w


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=os.environ.get("DATELINE_BENCH_DATA"))
    parser.add_argument("--model", type=Path)
    given = parser.parse_args()
    if given.data is None:
        raise SystemExit("Name the folder of public sets with --data DIR or DATELINE_BENCH_DATA.")
    reader = reader_for(given.model)
    questions = dev_questions(given.data)
    raw = read_raw(reader, questions)
    features = np.array([[answer, found.margin] for answer, found in raw])
    labels = np.array([bool(q.answers) for q in questions], float)
    bias, by_answer, by_margin = (float(v) for v in fit(features, labels))
    fitted = Calibration(
        bias=round(bias, 4), answer=round(by_answer, 4), margin=round(by_margin, 4)
    )
    rows = []
    for question, (answer, found) in zip(questions, raw, strict=True):
        said = "" if found.start is None else question.passage.text[found.start : found.end]
        rows.append(
            Row(
                probability=probability(answer, found.margin, fitted),
                answerable=bool(question.answers),
                f1=max((f1(said, a) for a in question.answers), default=0.0),
                em=0.0,
            )
        )
    print(fitted)
    print(f"{len(rows)} dev questions, ECE {ece(rows):.4f}, best F1 at {best_threshold(rows)}")


if __name__ == "__main__":
    main()
