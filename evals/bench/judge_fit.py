"""Fits the weights by which a candidate is judged, on questions of several corpora at once.

    python -m evals.bench.judge_fit SUITE=DATA_DIR[=READER.onnx] ... [--split dev]

SUITE is a suite's name or file of cases, DATA_DIR an index of its articles, READER a reader
that never saw the questions, where the shipped one did. Every candidate
of every question is read by the trained reader and by matching; a candidate is right where
the sentence that would be quoted overlaps a gold place (or, where a suite names articles
alone, states the answer in one of them). A logistic regression over what is told of the
candidate, with every corpus weighing the same, gives the weights; printed beside them are
the area under the curve and how often the best candidate is right, for each corpus left out
in turn, with today's weights and with the fitted ones. It changes nothing.
"""

from __future__ import annotations

import argparse
import math
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.bench.reading import reader_for
from evals.case import Case
from evals.cases import load_cases
from evals.facts import judge as fact_judge
from evals.retrieval import Ranking, locate
from rag.answer.demands import Lack, meet
from rag.answer.judge import Asked, asked, judge
from rag.engine import Engine
from rag.index.encoder import OnnxEncoder
from rag.models.description import ENCODER
from rag.retrieve.blend import blended
from rag.retrieve.match_reader import MatchReader
from rag.retrieve.ordinary import ordinary_words
from rag.retrieve.reader_spans import best_span
from rag.retrieve.retriever import Retriever
from rag.retrieve.shape import lacks, misfits
from rag.retrieve.time import question_times
from rag.retrieve.words import keys, tokens
from rag.settings import load_settings
from rag.types import Candidate, Filters, Kind, Passage, Reading

TODAY = 20_240_101
NAMES = (
    "bias", "answer logit", "span margin", "matched", "spanless kind", "answer, spanless kind",
    "margin, spanless kind", "matched, spanless kind", "same sentence", "no span", "log rank",
    *Lack, "sentence lacks", "span misfits", "comment",
)  # fmt: skip
Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """The candidates of one question: their features, which are right, today's probability."""

    suite: str
    case: str
    answerable: bool
    x: Floats  # (candidates, features)
    right: NDArray[np.bool_]
    now: Floats


def _odds(probability: float) -> float:
    bounded = min(max(probability, 1e-4), 1 - 1e-4)
    return math.log(bounded / (1 - bounded))


class Collector:
    """Reads the questions of one suite over one index."""

    def __init__(self, suite: str, data_dir: Path, model: Path | None) -> None:
        self._suite = suite
        self._engine = Engine.open(load_settings(data_dir=data_dir))
        self._corpus = self._engine.corpus
        encoder = OnnxEncoder()
        self._retriever = Retriever(self._corpus, encoder, self._engine.settings.retrieve)
        self._trained = reader_for(model)
        total = sum(a.passages for a in self._corpus.articles())
        self._matching = MatchReader(self._corpus.document_frequency, lambda: total, encoder)
        self._ordinary = ordinary_words(ENCODER.tokenizer.location)
        names: dict[str, str] = {}
        for info in self._corpus.articles():
            names |= {Path(info.source).name: info.id, info.source: info.id, info.id: info.id}
        self._names = names

    def group(self, case: Case) -> Group | None:
        """The candidates of a question without a history; None where it has one."""
        if case.history:
            return None
        searched = self._retriever.find(case.question, Filters(), TODAY)
        found = searched.candidates
        if not found:
            return None
        passages = [c.passage for c in found]
        first = self._trained.read(case.question, passages)
        second = self._matching.read(case.question, passages)
        wanted = asked(
            case.question,
            question_times(case.question, TODAY),
            self._corpus.document_frequency([t.text for t in tokens(case.question)]),
            self._ordinary,
            searched.readers,
        )
        mixed = [
            Reading(
                passage_id=a.passage_id,
                probability=blended(a.probability, b.probability, wanted.kind),
                start=a.start, end=a.end, sentence=a.sentence,
            )
            for a, b in zip(first, second, strict=True)
        ]  # fmt: skip
        now = {
            j.candidate.passage.id: j.probability
            for j in judge(wanted, found, mixed, self._article_keys)
        }
        rows, right = [], []
        logits = self._logits(case.question, passages)
        read = zip(found, first, second, logits, strict=True)
        for rank, (candidate, a, b, (answer, margin)) in enumerate(read, 1):
            met = meet(
                wanted.demands, candidate.passage, candidate.article,
                lambda i=candidate.article.id: self._article_keys(i),  # type: ignore[misc]
            )  # fmt: skip
            spans = wanted.kind.spans
            m = _odds(b.probability)
            off = float(not spans)
            told = a.start is not None and a.end is not None
            rows.append([
                1.0, answer, margin, m, off, answer * off, margin * off, m * off,
                float(a.sentence == b.sentence), float(spans and not told), math.log(rank),
                *(float(met.lacks.count(lack)) for lack in Lack),
                *_shape(wanted, candidate, a),
                float(candidate.passage.kind is Kind.COMMENT and not wanted.readers),
            ])  # fmt: skip
            right.append(self._right(case, candidate, a))
        return Group(
            suite=self._suite, case=case.id, answerable=case.answerable,
            x=np.array(rows), right=np.array(right),
            now=np.array([now[c.passage.id] for c in found]),
        )  # fmt: skip

    def _logits(self, question: str, passages: list[Passage]) -> list[tuple[float, float]]:
        """The answer logit and the span's margin of each passage's surest window."""
        best = [(-math.inf, 0.0, 0.0)] * len(passages)
        pairs = self._trained.windows(question, passages)
        for pair, (start, end, answer) in zip(pairs, self._trained.logits(pairs), strict=True):
            span = best_span(pair, start, end, answer, self._trained.model)
            row = (span.probability, answer, max(span.margin, -12.0))
            best[pair.passage] = max(best[pair.passage], row)
        return [(answer, margin) for _, answer, margin in best]

    def _article_keys(self, article_id: str) -> frozenset[str]:
        article = self._corpus.article(article_id)
        return frozenset(keys(article.text)) if article else frozenset()

    def _right(self, case: Case, candidate: Candidate, reading: Reading) -> bool:
        if not case.answerable or reading.sentence is None:
            return False
        start, end = reading.sentence
        ranking = Ranking(places=(), text_of=self._text, passages_of=lambda _: (), ids=self._names)
        for gold in (gold for group in case.evidence for gold in group):
            if self._names.get(gold.article) != candidate.article.id:
                continue
            if not gold.quote:
                at = candidate.passage.start
                said = candidate.passage.text[start - at : end - at]
                if all(fact_judge(fact, said).ok for fact in case.facts):
                    return True
                continue
            place = locate(ranking, gold.article, gold.quote)
            if place and place[1] < end and start < place[2]:
                return True
        return False

    def _text(self, article_id: str) -> str | None:
        article = self._corpus.article(article_id)
        return article.text if article else None


def _shape(wanted: Asked, candidate: Candidate, reading: Reading) -> tuple[float, float]:
    """Whether the sentence, or else the short answer, is of another kind than asked for."""
    passage = candidate.passage
    start, end = reading.sentence or passage.sentences[0]
    sentence = passage.text[start - passage.start : end - passage.start]
    if lacks(wanted.question, wanted.kind, sentence):
        return 1.0, 0.0
    if reading.start is None or reading.end is None:
        return 0.0, 0.0
    span = passage.text[reading.start - passage.start : reading.end - passage.start]
    return 0.0, float(misfits(wanted.question, wanted.kind, span))


def fit(groups: Sequence[Group], ridge: float = 1.0) -> Floats:
    """Logistic regression by Newton's method; each suite weighs as much as any other."""
    x = np.concatenate([g.x for g in groups])
    y = np.concatenate([g.right for g in groups]).astype(float)
    sizes = {s: sum(len(g.x) for g in groups if g.suite == s) for s in {g.suite for g in groups}}
    largest = max(sizes.values())
    weight = np.concatenate(
        [np.full(len(g.x), min(10.0, largest / sizes[g.suite])) for g in groups]
    )
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (weight * (p - y)) + ridge * w
        hessian = (x * (weight * p * (1 - p))[:, None]).T @ x + ridge * np.eye(len(w))
        w -= np.linalg.solve(hessian, gradient)
    return w


def told(groups: Sequence[Group], w: Floats | None) -> str:
    """How good a judge the weights are: at .5, and at the threshold that is best."""
    best, sure = [], []
    for g in groups:
        p = g.now if w is None else 1 / (1 + np.exp(-g.x @ w))
        at = int(np.argmax(p))
        sure.append(float(p[at]))
        best.append(bool(g.right[at]))
    can = np.array([g.answerable for g in groups])
    ok, p = np.array(best), np.array(sure)
    lines = []
    for threshold in (0.3, 0.4, 0.5, 0.6):
        spoke = p >= threshold
        wrong = (spoke & ~can).sum() / max(1, (~can).sum())
        lines.append(f"@{threshold} right {(spoke & ok)[can].mean():.3f} false {wrong:.3f}")
    return f"first is right {ok[can].mean():.3f} of {can.sum()} | " + "; ".join(lines)


def main() -> None:
    """Collects, fits, prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("suites", nargs="+", metavar="SUITE=DATA_DIR")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--most", type=int, default=600, help="questions of each suite")
    parser.add_argument("--keep", type=Path, help="file to keep the features in")
    given = parser.parse_args()
    groups: list[Group] = []
    for pair in given.suites:
        suite, folder, *model = pair.split("=")
        collector = Collector(suite, Path(folder), Path(model[0]) if model else None)
        cases = load_cases(suite, split=given.split)[: given.most]
        groups += [g for case in cases if (g := collector.group(case)) is not None]
        print(suite, len(groups), "questions so far", flush=True)
    if given.keep:
        given.keep.write_bytes(pickle.dumps(groups))
    suites = sorted({g.suite for g in groups})
    for suite in suites:
        apart = [g for g in groups if g.suite == suite]
        others = [g for g in groups if g.suite != suite] or apart
        print(f"\n{suite}\n  today   {told(apart, None)}\n  others  {told(apart, fit(others))}")
        print(f"  all     {told(apart, fit(groups))}")
    for name, value in zip(NAMES, fit(groups), strict=True):
        print(f"{name:24}{value:8.3f}")


if __name__ == "__main__":
    main()
