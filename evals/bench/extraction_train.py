"""Trains the line judge of `rag.articles.judge` and writes its weights.

::

    python -m evals.bench.extraction_train --data DIR --out rag/articles/data/line_judge.toml

Only the dev pages are used (`extraction_pages`), each rendered to its visible text, its
lines labelled by the gold text; the gold texts themselves stand among them as pages with
nothing to remove. Ridge, threshold and switch cost are chosen by five-fold cross-validation
over those pages, which ``--search`` prints.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.bench.extraction_pages import load_pages, overlap, visible_text
from rag.articles.features import NAMES, features
from rag.articles.judge import stretches
from rag.articles.normalise import normalise
from rag.articles.titles import first_segment

_TOKEN = re.compile(r"\w+")
_RIDGE = 1.0
_THRESHOLD = -0.6
_SWITCH = 1.5
Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Example:
    """The lines of one page with their features and labels."""

    lines: list[str]
    gold: str
    rows: Floats
    labels: Floats


def load_examples(folder: Path) -> list[Example]:
    """The dev pages of the benchmark as labelled lines."""
    examples = []
    for page in load_pages(folder):
        if page.split != "dev":
            continue
        lines = [line for line in normalise(visible_text(page.html)).split("\n") if line]
        gold = normalise(page.gold)
        rows = np.array(features(lines, first_segment(lines[0])))
        examples.append(
            Example(lines=lines, gold=gold, rows=rows, labels=np.array(label(lines, gold)))
        )
    return examples


def label(lines: Sequence[str], gold: str) -> list[float]:
    """1 for each line of the article: most of its trigrams, or it as a whole, are in the gold."""
    tokens = _TOKEN.findall(gold)
    trigrams = set(zip(tokens, tokens[1:], tokens[2:], strict=False))
    gold_lines = set(gold.split("\n"))
    labels = []
    for line in lines:
        words = _TOKEN.findall(line)
        if len(words) < 4:
            labels.append(float(line in gold_lines))
            continue
        own = list(zip(words, words[1:], words[2:], strict=False))
        labels.append(float(sum(gram in trigrams for gram in own) > 0.5 * len(own)))
    sure = [at for at, line in enumerate(lines) if labels[at] and len(_TOKEN.findall(line)) >= 8]
    if sure:  # a short line elsewhere, 'Photos' in a menu, is no part of the article
        labels = [
            value if sure[0] - 3 <= at <= sure[-1] + 3 else 0.0 for at, value in enumerate(labels)
        ]
    return labels


def train(examples: Sequence[Example], ridge: float) -> Floats:
    """Ridge logistic regression by Newton's method; lines weigh by their words, pages alike."""
    rows, labels, weights = [], [], []
    for example in examples:
        size = _sizes(example.lines)
        inside = size * example.labels / max(1e-9, float(size @ example.labels))
        outside = size * (1 - example.labels) / max(1e-9, float(size @ (1 - example.labels)))
        rows.append(example.rows)
        labels.append(example.labels)
        weights.append(0.5 * size / size.sum() + 0.25 * (inside + outside))
        clean = [line for line in example.gold.split("\n") if line]
        if len(clean) >= 3:
            rows.append(np.array(features(clean)))
            labels.append(np.ones(len(clean)))
            weights.append(0.5 * _sizes(clean) / _sizes(clean).sum())
    x, y, w = np.vstack(rows), np.concatenate(labels), np.concatenate(weights)
    w *= 50 * len(examples) / w.sum()
    beta = np.zeros(x.shape[1])
    for _ in range(60):
        p = 1 / (1 + np.exp(-x @ beta))
        gradient = x.T @ (w * (p - y)) + ridge * beta
        hessian = (x * (w * p * (1 - p))[:, None]).T @ x + ridge * np.eye(len(beta))
        step = np.linalg.solve(hessian, gradient)
        beta = beta - step
        if np.abs(step).max() < 1e-7:
            break
    return beta


def cross_validate(
    examples: Sequence[Example], ridge: float, threshold: float, switch: float
) -> tuple[float, float]:
    """Mean token precision and recall over pages, each judged by weights that never saw it."""
    scores = []
    for fold in range(5):
        beta = train([e for at, e in enumerate(examples) if at % 5 != fold], ridge)
        for example in examples[fold::5]:
            keep = stretches(list(example.rows @ beta - threshold), switch)
            text = "\n".join(
                line for line, wanted in zip(example.lines, keep, strict=True) if wanted
            )
            scores.append(overlap(text, example.gold))
    return float(np.mean([p for p, _ in scores])), float(np.mean([r for _, r in scores]))


def _sizes(lines: Sequence[str]) -> Floats:
    return np.array([max(2, len(_TOKEN.findall(line))) for line in lines], dtype=np.float64)


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and write, or search the settings."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.bench.extraction_train", description=__doc__.split("\n")[0]
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, help="where to write the weights")
    parser.add_argument(
        "--search", action="store_true", help="print cross-validated figures of several settings"
    )
    options = parser.parse_args(arguments)
    examples = load_examples(options.data)
    if options.search:
        for ridge in (1.0, 4.0):
            for threshold in (-0.8, -0.6, -0.4):
                for switch in (1.0, 1.5):
                    precision, recall = cross_validate(examples, ridge, threshold, switch)
                    print(
                        f"ridge {ridge} threshold {threshold} switch {switch}: precision "
                        f"{precision:.3f} recall {recall:.3f}"
                    )
    precision, recall = cross_validate(examples, _RIDGE, _THRESHOLD, _SWITCH)
    beta = train(examples, _RIDGE)
    text = (
        "# The line judge's weights: log-odds that a line is the article, per unit of each "
        "feature.\n"
        f"# Made by evals/bench/extraction_train.py on {len(examples)} dev pages; "
        "cross-validated there: token\n"
        f"# precision {precision:.3f}, recall {recall:.3f}. A line counts from the threshold "
        "on; each change between\n"
        "# article and furniture costs the switch.\n"
        f"threshold = {_THRESHOLD}\nswitch = {_SWITCH}\n\n[weights]\n"
        + "".join(f"{name} = {weight:.4f}\n" for name, weight in zip(NAMES, beta, strict=True))
    )
    if options.out is not None:
        options.out.write_text(text, "utf-8")
    else:
        print(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
