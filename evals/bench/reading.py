"""Reading with the passage given: F1, EM, silence and calibration of the trained reader.

    python -m evals.bench.reading --data DIR [--model FILE.onnx] [--out FILE.json]

DIR is the folder of public sets (or set ``DATELINE_BENCH_DATA``). Reported are the SQuAD 2.0
articles that training never saw, XQuAD's articles outside that half, and CLAPNQ's answerable
and unanswerable questions. The no-answer threshold is the shipped setting; where the
official script picks the best one, that figure stands beside it. XQuAD, whose questions all have
an answer, is told a second time (``always``) with a span given however unlikely, as SQuAD 1.1's
script wants it. ``--model`` measures other weights, fp32 among them. Texts are read, scored and
forgotten.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import math
import os
import re
import string
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.bench import reading_sets
from evals.bench.reading_sets import Question
from rag.models.description import ModelFile
from rag.models.reader_description import READER, ReaderModel
from rag.retrieve.reader import OnnxReader
from rag.settings import AnswerSettings

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = set(string.punctuation)


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One question read: what was said, how surely, and how right it would be."""

    probability: float
    answerable: bool
    f1: float  # of the span, whatever the probability; 1 for a long answer, 0 where none is
    em: float


def normalise(text: str) -> list[str]:
    """SQuAD's normalisation: lower case, no punctuation, no articles."""
    bare = "".join(c for c in text.lower() if c not in _PUNCTUATION)
    return _ARTICLES.sub(" ", bare).split()


def f1(said: str, answer: str) -> float:
    """SQuAD's token F1."""
    left, right = normalise(said), normalise(answer)
    if not left or not right:
        return float(left == right)
    same = sum((Counter(left) & Counter(right)).values())
    return 2 * same / (len(left) + len(right)) if same else 0.0


def read_all(reader: OnnxReader, questions: Sequence[Question]) -> list[Row]:
    """Read every question with its own passage."""
    rows = []
    for question in questions:
        found = reader.read(question.text, [question.passage])[0]
        said = "" if found.start is None else question.passage.text[found.start : found.end]
        answers = () if question.long else question.answers
        spoke = float(question.long and bool(question.answers))
        exact = [float(normalise(said) == normalise(a)) for a in answers]
        rows.append(
            Row(
                probability=found.probability,
                answerable=bool(question.answers),
                f1=max((f1(said, a) for a in answers), default=spoke),
                em=max(exact, default=spoke),
            )
        )
    return rows


def scores(rows: Sequence[Row], threshold: float) -> dict[str, float]:
    """Percentages: with no-answer questions at the threshold, and of answerable ones alone."""
    can = [r for r in rows if r.answerable]
    cannot = [r for r in rows if not r.answerable]
    out: dict[str, float] = {"questions": len(rows)}
    if can:
        out["f1_answerable"] = _mean(can, lambda r: r.f1)
        out["em_answerable"] = _mean(can, lambda r: r.em)
        out["false_refusal"] = _mean(can, lambda r: r.probability < threshold)
    if cannot:
        out["false_answer"] = _mean(cannot, lambda r: r.probability >= threshold)
        out["f1"] = _mean(rows, lambda r: _at(r, threshold, r.f1))
        out["em"] = _mean(rows, lambda r: _at(r, threshold, r.em))
        out["f1_best_threshold"], out["best_threshold"] = best_threshold(rows)
        out["roc_auc"] = 100 * auc(rows)
        out["ece"] = ece(rows)
    return {
        name: round(value, 4 if name in ("ece", "best_threshold") else 2)
        for name, value in out.items()
    }


def _at(row: Row, threshold: float, score: float) -> float:
    silent = row.probability < threshold
    return score if row.answerable and not silent else float(silent and not row.answerable)


def _mean(rows: Sequence[Row], of: Callable[[Row], float]) -> float:
    return 100 * float(np.mean([of(r) for r in rows]))


def best_threshold(rows: Sequence[Row]) -> tuple[float, float]:
    """The best F1 over all thresholds, as the official SQuAD 2.0 script reports it, and where."""
    order = sorted(rows, key=lambda r: -r.probability)
    now = float(sum(not r.answerable for r in rows))
    best, where = now, 1.0
    for row in order:
        now += row.f1 if row.answerable else -1
        if now > best:
            best, where = now, row.probability
    return 100 * best / len(rows), where


def auc(rows: Sequence[Row]) -> float:
    """Chance that an answerable question gets a higher probability than an unanswerable one."""
    can = np.array([r.probability for r in rows if r.answerable])
    cannot = np.sort([r.probability for r in rows if not r.answerable])
    below = np.searchsorted(cannot, can, "left") + np.searchsorted(cannot, can, "right")
    return float(below.mean() / 2 / len(cannot))


def ece(rows: Sequence[Row], bins: int = 10) -> float:
    """Expected calibration error of 'this passage answers', over equally wide bins."""
    p = np.array([r.probability for r in rows])
    y = np.array([r.answerable for r in rows], float)
    which = np.minimum((p * bins).astype(int), bins - 1)
    parts = [(which == b) for b in range(bins)]
    return float(sum(m.mean() * abs(p[m].mean() - y[m].mean()) for m in parts if m.any()))


def risk_coverage(rows: Sequence[Row], steps: int = 20) -> list[tuple[float, float, float]]:
    """(threshold, share answered, share of those that are wrong): wrong is F1 below one half."""
    out = []
    for threshold in np.linspace(0, 1, steps, endpoint=False):
        given = [r for r in rows if r.probability >= threshold]
        wrong = np.mean([r.f1 < 0.5 for r in given]) if given else 0.0
        out.append((round(float(threshold), 3), len(given) / len(rows), float(wrong)))
    return out


def reader_for(path: Path | None, *, always: bool = False) -> OnnxReader:
    """The shipped reader, or its description over another file; ``always`` with a span."""
    model: ReaderModel = READER
    if path is not None:
        import hashlib

        file = ModelFile(
            path=str(path.resolve()),
            sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
            size=path.stat().st_size,
        )
        model = dataclasses.replace(model, model=file)
    return OnnxReader(dataclasses.replace(model, span_margin=-math.inf) if always else model)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=os.environ.get("DATELINE_BENCH_DATA"))
    parser.add_argument("--model", type=Path)
    parser.add_argument("--threshold", type=float, default=AnswerSettings().threshold)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    if given.data is None:
        raise SystemExit("Name the folder of public sets with --data DIR or DATELINE_BENCH_DATA.")
    reader, always = reader_for(given.model), reader_for(given.model, always=True)
    sets = {
        "squad2_held_out": reading_sets.held_out(given.data),
        "xquad_outside": reading_sets.xquad_outside(given.data),
        "xquad_outside_always": reading_sets.xquad_outside(given.data),
        "clapnq": reading_sets.clapnq(given.data),
    }
    report: dict[str, object] = {"threshold": given.threshold, "model": reader.name}
    for name, questions in sets.items():
        began = time.perf_counter()
        rows = read_all(always if name.endswith("_always") else reader, questions)
        found: dict[str, object] = dict(scores(rows, given.threshold))
        found["ms"] = round(1000 * (time.perf_counter() - began) / len(rows), 1)
        print(name, json.dumps(found), flush=True)
        report[name] = found | {"risk_coverage": risk_coverage(rows)}
    if given.out:
        given.out.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
