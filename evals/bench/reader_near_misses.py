"""How well a reader tells an answer from a near miss, on questions written for it.

    python -m evals.bench.reader_near_misses MINED [--model FILE.onnx]

MINED is what ``evals.bench.reader_written --held`` found: each question with passages that
answer it and passages that nearly do, or with near misses alone. The surest passage speaks for
a question. Told are the area under the ROC curve between questions with and without an answer,
how often the surest passage is a right one, the F1 of the short answer and how often it lies in
the right sentence (in the right passage), how many are answered where a quarter of the others
are too, and a calibration fitted on every pair.
"""

from __future__ import annotations

import argparse
import gzip
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from evals.bench.reader_calibration import fit
from evals.bench.reading import f1, reader_for
from evals.bench.reading_sets import as_passage
from rag.retrieve.reader import OnnxReader
from rag.retrieve.reader_spans import best_span
from rag.types import Reading


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """What was read, question by question."""

    right: list[float] = field(default_factory=list)  # surest of a question with an answer
    wrong: list[float] = field(default_factory=list)  # surest of one without
    first: list[bool] = field(default_factory=list)
    f1: list[float] = field(default_factory=list)
    sentence: list[bool] = field(default_factory=list)
    features: list[list[float]] = field(default_factory=list)
    labels: list[float] = field(default_factory=list)

    def add(self, reader: OnnxReader, record: dict[str, Any]) -> None:
        """One question."""
        rows = record["passages"]
        passages = [as_passage(r["id"], r["text"], r["header"]) for r in rows]
        readings = reader.read(record["question"], passages)
        best = max(range(len(rows)), key=lambda n: readings[n].probability)
        surest = readings[best].probability
        places = [n for n, row in enumerate(rows) if row["right"]]
        (self.right if places else self.wrong).append(surest)
        if places:
            self.first.append(rows[best]["right"])
            self._words(rows[places[0]], readings[places[0]])
        for pair, (start, end, answer) in zip(
            (pairs := reader.windows(record["question"], passages)),
            reader.logits(pairs),
            strict=True,
        ):
            span = best_span(pair, start, end, answer, reader.model)
            self.features.append([answer, span.margin])
            self.labels.append(float(rows[pair.passage]["right"]))

    def _words(self, row: dict[str, Any], reading: Reading) -> None:
        start, end = row["spans"][0]
        told = reading.start is not None and reading.end is not None
        said = row["text"][reading.start : reading.end] if told else ""
        self.f1.append(f1(said, row["text"][start:end]))
        inside = reading.sentence
        self.sentence.append(inside is not None and inside[0] <= start < inside[1])

    def told(self) -> str:
        """The figures as lines."""
        right, wrong = np.array(self.right), np.array(self.wrong)
        auc = float((right[:, None] > wrong[None]).mean())
        answered = float((right > np.quantile(wrong, 0.75)).mean())
        bias, by_answer, by_margin = fit(np.array(self.features), np.array(self.labels))
        return (
            f"{len(right)} questions with an answer, {len(wrong)} without\n"
            f"AUC {auc:.3f}  right passage first {np.mean(self.first):.3f}  "
            f"F1 {np.mean(self.f1):.3f}  sentence {np.mean(self.sentence):.3f}  "
            f"answered where a quarter of the others are {answered:.3f}\n"
            f"calibration: bias {bias:.3f}, answer {by_answer:.3f}, margin {by_margin:.3f}"
        )


def main() -> None:
    """Read and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("mined", type=Path)
    parser.add_argument("--model", type=Path)
    given = parser.parse_args()
    reader = reader_for(given.model)
    figures = Figures()
    with gzip.open(given.mined, "rt", encoding="utf-8") as lines:
        for line in lines:
            figures.add(reader, json.loads(line))
    print(figures.told())


if __name__ == "__main__":
    main()
