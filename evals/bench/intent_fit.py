"""Fits the table of `rag.answer.intent`, and tells how well it does on voices it has not heard.

    python -m evals.bench.intent_fit [--write]

``rag/models/intent/lines.jsonl.gz`` holds questions that were written for this: about an article
itself, and about the world in words that come close, in several voices. The questions that the
reader was trained on are about the world, too. A softmax regression (Adam, whole batches, fixed
steps: the same table each time) is fitted on all voices but one and measured on that one, for
each; ``--write`` then fits on all and writes the table.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.answer.about_words import mask
from rag.answer.intent import ASKS, BIAS, WEIGHTS, grams
from rag.models import reader_training

LINES = WEIGHTS.with_name("lines.jsonl.gz")
PUBLISHERS = (
    "CNN", "USA TODAY", "The Week", "BBC News", "BBC", "Reuters", "NPR", "The Guardian",
    "The New York Times", "Associated Press", "AP", "The Washington Post", "CNN Business",
)  # fmt: skip
WORLD = "world"
OTHERS = "reader"  # the voice of the questions that the reader was trained on
EVERY = 4  # of which so many are taken
STEPS, RATE, DECAY, SHARP = 300, 0.05, 3e-5, 4.0
# A gram is counted where it stands in questions on so many articles, else it tells their subjects,
# and in so many voices …
LEAST, VOICES = 8, 4
OFTEN = 60  # … or so many of the reader's questions

Floats = NDArray[np.float32]
Line = tuple[frozenset[str], str, str, int]  # its grams, what it asks, its voice, its article


def lines() -> list[Line]:
    """All questions, masked as the engine masks them."""
    with gzip.open(LINES, "rt", encoding="utf-8") as file:
        found = list(map(json.loads, file))
    rows = [(row["q"], row["ask"], row["voice"], row["article"]) for row in found]
    for path in sorted(Path(reader_training.__file__).parent.glob("questions*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            asked = [json.loads(line)["question"] for line in file]
        rows += [(question, WORLD, OTHERS, 0) for question in asked[::EVERY]]
    return [(frozenset(grams(mask(q, PUBLISHERS).text)), *rest) for q, *rest in rows]


def vocabulary(chosen: Sequence[Line]) -> list[str]:
    """Grams that are frequent among the written lines, in several voices, or among the others."""
    plain: Counter[str] = Counter()
    articles: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for held, _, voice, article in chosen:
        if voice == OTHERS:
            plain.update(held)
        else:
            for gram in held:
                articles[gram].add((voice, article))
    known = {
        gram
        for gram, found in articles.items()
        if len(found) >= LEAST and len({voice for voice, _ in found}) >= VOICES
    }
    return sorted(known | {gram for gram, count in plain.items() if count >= OFTEN})


def features(chosen: Sequence[Line], words: Sequence[str]) -> Floats:
    """One row a line of length 1: which grams it has, each as much as the others."""
    place = {gram: at for at, gram in enumerate(words)}
    rows = np.zeros((len(chosen), len(words)), np.float32)
    for row, (held, *_) in zip(rows, chosen, strict=True):
        known = [place[gram] for gram in held if gram in place]
        row[known] = SHARP / np.sqrt(max(1, len(known)))
    return rows


def fit(rows: Floats, labels: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Weights (grams, classes) and biases (classes) of a softmax regression, by Adam."""
    classes = 1 + len(ASKS)
    wanted = np.eye(classes, dtype=np.float32)[labels]
    weights = np.zeros((rows.shape[1] + 1, classes), np.float32)
    data = np.concatenate([rows, np.ones((len(rows), 1), np.float32)], axis=1)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        gradient = data.T @ (softmax(data @ weights) - wanted) / len(data)
        gradient[:-1] += DECAY * weights[:-1]
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        rate = RATE * (1 - step / (2 * STEPS))
        scaled = np.sqrt(square / (1 - 0.99**step)) + 1e-8
        weights = (weights - rate * (mean / (1 - 0.9**step)) / scaled).astype(np.float32)
    return weights[:-1], weights[-1]


def softmax(logits: Floats) -> Floats:
    """Row by row."""
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=1, keepdims=True)
    return shares


def label(ask: str) -> int:
    """0 is the world; what else is not told apart counts as that."""
    names = [known.value for known in ASKS]
    return 1 + names.index(ask) if ask in names else 0


def measure(every: Sequence[Line], voice: str) -> dict[str, float]:
    """Fitted without a voice: what of its questions is told, and what of the world is mistaken."""
    others = sorted({line[2] for line in every if line[2] != OTHERS})
    part = others.index(voice)
    unheard = [
        line[2] == voice or (line[2] == OTHERS and number % len(others) == part)
        for number, line in enumerate(every)
    ]
    train = [line for line, out in zip(every, unheard, strict=True) if not out]
    test = [line for line, out in zip(every, unheard, strict=True) if out]
    words = vocabulary(train)
    weights, bias = fit(features(train, words), np.array([label(line[1]) for line in train]))
    shares = softmax(features(test, words) @ weights + bias)
    labels = np.array([label(line[1]) for line in test])
    plain = np.array([line[2] == OTHERS for line in test])
    out: dict[str, float] = {"lines": int((~plain).sum())}
    for bar in (0.5, 0.9):
        sure = 1 - shares[:, 0] >= bar
        right = sure & (shares[:, 1:].argmax(axis=1) + 1 == labels)
        out[f"told_{bar}"] = round(float(right[labels > 0].mean()), 3)
        out[f"close_taken_{bar}"] = round(float(sure[(labels == 0) & ~plain].mean()), 3)
        out[f"plain_taken_{bar}"] = round(float(sure[plain].mean()), 5)
    return out


def write(every: Sequence[Line]) -> None:
    """Fits on all and writes the table, each weight less that of the world."""
    words = vocabulary(every)
    weights, bias = fit(features(every, words), np.array([label(line[1]) for line in every]))
    rows = [(BIAS, bias[1:] - bias[0])]
    rows += [(g, SHARP * (w[1:] - w[0])) for g, w in zip(words, weights, strict=True)]
    head = "\t".join(["# gram", *(ask.value for ask in ASKS)])
    body = ["\t".join([gram, *(f"{value:.2f}" for value in row)]) for gram, row in rows]
    WEIGHTS.write_text("\n".join([head, *body]) + "\n", encoding="utf-8")
    print(f"{WEIGHTS}: {len(words)} grams")


def main() -> None:
    """Measure, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--voice", help="measure on this voice alone")
    given = parser.parse_args()
    every = lines()
    for voice in sorted({line[2] for line in every if line[2] != OTHERS}):
        if given.voice in (None, voice):
            print(voice, json.dumps(measure(every, voice)), flush=True)
    if given.write:
        write(every)


if __name__ == "__main__":
    main()
