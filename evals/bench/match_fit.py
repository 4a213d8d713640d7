"""Fits the logistic weights of the reader that matches sentences.

    python -m evals.bench.match_fit --data FOLDER

FOLDER holds SQuAD-format files with unanswerable questions (``squad2_*.json.gz``). Each
question is read against its own paragraph; every third one also against another paragraph
of the same article, where it counts as unanswered. Articles are split by title: fitted on
the even half, reported on the odd one. It prints the weights and changes nothing.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

import numpy as np

from rag.index.encoder import OnnxEncoder
from rag.retrieve.match_reader import MatchReader
from rag.types import Kind, Passage

_SENTENCE = re.compile(r"\S.*?(?:[.!?](?=\s)|$)", re.DOTALL)


def _passage(text: str) -> Passage:
    spans = tuple((m.start(), m.end()) for m in _SENTENCE.finditer(text))
    return Passage(
        id="p", article_id="a", kind=Kind.BODY, start=0, end=len(text), text=text, header="",
        sentences=spans or ((0, len(text)),),
    )  # fmt: skip


def _examples(path: Path) -> Iterator[tuple[str, str, str, bool]]:
    """(article title, question, paragraph, whether it answers)."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        articles = json.load(file)["data"]
    chance = random.Random(0)
    for article in articles:
        contexts = [p["context"] for p in article["paragraphs"]]
        for paragraph in article["paragraphs"]:
            for number, qa in enumerate(paragraph["qas"]):
                yield (
                    article["title"], qa["question"], paragraph["context"],
                    not qa.get("is_impossible", False),
                )  # fmt: skip
                others = [c for c in contexts if c != paragraph["context"]]
                if others and number % 3 == 0:
                    yield article["title"], qa["question"], chance.choice(others), False


def _features(question: str, text: str, reader: MatchReader) -> list[float]:
    [matches] = reader.matches(question, [_passage(text)])
    return [*max(matches, key=lambda m: m.probability).features, 1.0]


def _fit(x: np.ndarray, y: np.ndarray, rounds: int = 4000, rate: float = 1.0) -> np.ndarray:
    """Plain logistic regression by gradient descent."""
    w = np.zeros(x.shape[1])
    for _ in range(rounds):
        w -= rate * x.T @ (1 / (1 + np.exp(-x @ w)) - y) / len(y)
    return w


def _auc(score: np.ndarray, y: np.ndarray) -> float:
    """Probability that an answered one scores above an unanswered one."""
    ranks = np.argsort(np.argsort(score)) + 1
    positive = y.sum()
    return float(
        (ranks[y == 1].sum() - positive * (positive + 1) / 2) / (positive * (len(y) - positive))
    )


def main() -> None:
    """Fits and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--count", type=int, default=1500, help="examples, drawn at random")
    given = parser.parse_args()
    rows = [row for path in sorted(given.data.glob("squad2_*.json.gz")) for row in _examples(path)]
    random.Random(1).shuffle(rows)
    rows = rows[: given.count]
    reader = MatchReader(lambda words: dict.fromkeys(words, 1), lambda: 1, OnnxEncoder())
    x = np.array([_features(q, text, reader) for _, q, text, _ in rows])
    y = np.array([float(answers) for *_, answers in rows])
    dev = np.array([crc32(title.encode()) % 2 == 0 for title, *_ in rows])
    w = _fit(x[dev], y[dev])
    print(f"fitted on {dev.sum()}, reported on {(~dev).sum()} examples")
    print("weights (sentence, passage, shape, cosine), bias:", np.round(w, 2).tolist())
    print(f"AUC: fitted {_auc(x[dev] @ w, y[dev]):.3f}, held out {_auc(x[~dev] @ w, y[~dev]):.3f}")


if __name__ == "__main__":
    main()
