"""What the reader does to the order of candidates, over open corpora.

    python -m evals.bench.rerank --data DIR [--quiz-index DIR] [--model FILE.onnx] [--only NAME]

For each question the engine's own retrieval brings its candidates; the reader orders them
again, alone (``after``), with retrieval's rank as the llama-index postprocessor does it
(``ranked``: newer articles, those of which more was found, and what stands at the head of one
count a little more as well), and as the engine weighs it, with matching, rank and the question's
demands, reading only what is worth it (``engine``). Told are the shares of questions whose
answer passage is first, among the first five, and among the candidates at all, before and after,
and milliseconds a candidate: of the reader over all of them, and of the engine, which leaves out
what could not lead (its second search for them taken off). An answer passage lies in an article
known to answer and holds the answer's words (the quiz and XQuAD), or overlaps the annotators'
sentences (CLAPNQ); ``anywhere`` counts a passage of any article that holds the answer's words.

``--quiz-index`` is a data directory that holds ``realtimeqa/articles.jsonl.gz`` already
(8,591 articles take minutes to ingest); it is made under ``--work`` where it is not given.
``--day`` asks each quiz question on its own day, so that 'this week' means that week; without it
all are asked today. ``--apart`` leaves out quiz questions with an answering article among those
that the reader's training questions were written on.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from evals.bench import reading_sets
from evals.bench.reading import reader_for
from evals.bench.reading_sets import answer_pattern
from rag.engine import Engine
from rag.models import reader_training
from rag.retrieve.reader import OnnxReader
from rag.retrieve.reorder import reordered
from rag.retrieve.standing import day_told, standings
from rag.retrieve.time import question_times
from rag.retrieve.time_types import number
from rag.settings import load_settings
from rag.types import Candidate

QUESTIONS = tuple(
    Path(reader_training.__file__).with_name(name)
    for name in (
        "questions.jsonl.gz",
        "questions_more.jsonl.gz",
        "questions_words.jsonl.gz",
        "questions_quiz.jsonl.gz",
        "questions_twins.jsonl.gz",
    )
)
TODAY = number(date.today())
NAMES = ("xquad", "clapnq", "quiz")
Right = Callable[[Candidate], bool]


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question with the test that tells an answer passage."""

    text: str
    right: Right
    holds: Right | None = None
    day: int = 0  # on which it is asked, YYYYMMDD; 0 for today


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """One question: which candidates are right, in the order found, and what the reader said."""

    right: tuple[bool, ...]
    probability: tuple[float, ...]
    weighed: tuple[float, ...]  # by the engine; -inf for a passage that it did not read
    standing: tuple[float, ...]
    holds: tuple[bool, ...]  # the answer's words, whichever article it is of
    ms: float  # a candidate, all of them read
    engine_ms: float  # a candidate, whether the engine read it or not


def quiz(data: Path, *, apart: bool = False, day: bool = False) -> list[Asked]:
    """The weekly news quiz; ``apart`` from the articles that training questions are on."""
    out = []
    seen = _trained_on() if apart else set()
    with (data / "realtimeqa/questions.jsonl").open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            if not seen & set(record["articles"]):
                one = _asked(record["question"], record["answers"], set(record["articles"]))
                told = int(record["date"].replace("/", ""))
                out.append(replace(one, day=told if day else 0))
    return out


def _trained_on() -> set[str]:
    """The addresses of the articles that questions were written on for training."""
    seen = set()
    for path in QUESTIONS:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            seen |= {row["url"] for row in map(json.loads, lines) if not row.get("held")}
    return seen


def _asked(question: str, answers: list[str], sources: set[str]) -> Asked:
    pattern = answer_pattern(answers)

    def right(candidate: Candidate) -> bool:
        known = candidate.article.source in sources or candidate.article.title in sources
        return known and bool(pattern.search(candidate.passage.text))

    return Asked(text=question, right=right, holds=lambda c: bool(pattern.search(c.passage.text)))


def xquad(data: Path, dump: Path) -> list[Asked]:
    """XQuAD's unseen articles as a corpus of their own."""
    questions = reading_sets.xquad_outside(data)
    paragraphs: dict[str, dict[str, str]] = {}
    for q in questions:
        paragraphs.setdefault(q.article, {})[q.passage.id] = q.passage.text
    _dump(dump, [(t, "\n\n".join(ps.values())) for t, ps in paragraphs.items()])
    return [_asked(q.text, list(q.answers), {q.article}) for q in questions]


def clapnq(data: Path, dump: Path) -> list[Asked]:
    """CLAPNQ's passages, answerable or not, as a corpus; the answerable questions are asked."""
    questions = reading_sets.clapnq(data)
    _dump(dump, [(q.passage.id, q.passage.text) for q in questions])
    out = []
    for q in questions:
        if q.answers:
            name = q.passage.id
            out.append(Asked(text=q.text, right=lambda c, name=name: c.article.title == name))  # type: ignore[misc]
    return out


def _dump(path: Path, articles: Sequence[tuple[str, str]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for number, (title, text) in enumerate(articles):
            record = {"url": f"https://example.org/{number}", "title": title, "text": text}
            file.write(json.dumps(record) + "\n")


class Clock:
    """Tells the engine which day it is."""

    day = TODAY

    def __call__(self) -> int:
        """YYYYMMDD."""
        return self.day


def measure(
    engine: Engine, reader: OnnxReader, asked: Sequence[Asked], clock: Clock
) -> list[Tried]:
    """Find and read for every question, on its day by the engine's clock."""
    out = []
    for question in asked:
        clock.day = question.day or TODAY
        began = time.perf_counter()
        candidates = engine.candidates(question.text)
        finding = time.perf_counter() - began
        began = time.perf_counter()
        weighed = _weighed(engine, question.text, candidates)
        weighing = max(0.0, time.perf_counter() - began - finding)
        began = time.perf_counter()
        readings = reader.read(question.text, [c.passage for c in candidates])
        spent = 1000 * (time.perf_counter() - began)
        out.append(
            Tried(
                right=tuple(question.right(c) for c in candidates),
                holds=tuple((question.holds or question.right)(c) for c in candidates),
                probability=tuple(r.probability for r in readings),
                weighed=weighed,
                standing=_standing(question.text, candidates, clock.day),
                ms=spent / max(1, len(candidates)),
                engine_ms=1000 * weighing / max(1, len(candidates)),
            )
        )
    return out


def _standing(question: str, candidates: Sequence[Candidate], today: int) -> tuple[float, ...]:
    """What speaks for each candidate before it is read."""
    groups = [c.article.id for c in candidates]
    days = [day_told(c.article.published, today) for c in candidates]
    places = [c.passage.start for c in candidates]
    return tuple(standings(groups, days, places, fresh=question_times(question, today).fresh))


def _weighed(engine: Engine, question: str, candidates: Sequence[Candidate]) -> tuple[float, ...]:
    """What puts each candidate in the engine's order; what it did not read comes last."""
    told = {c.candidate.passage.id: c.order for c in engine.considered(question)}
    orders = (told.get(candidate.passage.id) for candidate in candidates)
    return tuple(-math.inf if order is None else order for order in orders)


def table(tried: Sequence[Tried]) -> dict[str, float]:
    """Shares before and after the reader."""
    orders = {
        "before": [tuple(range(len(t.right))) for t in tried],
        "after": [_order(t.probability) for t in tried],
        "ranked": [tuple(n for n, _ in reordered(t.probability, t.standing)) for t in tried],
        "engine": [_order(t.weighed) for t in tried],
    }
    out: dict[str, float] = {"questions": len(tried)}
    for name, rows in orders.items():
        for k in (1, 5, 20):
            right = [any(t.right[n] for n in o[:k]) for t, o in zip(tried, rows, strict=True)]
            out[f"{name}@{k}"] = round(float(np.mean(right)), 3)
        anywhere = [any(t.holds[n] for n in o[:1]) for t, o in zip(tried, rows, strict=True)]
        out[f"{name}_anywhere@1"] = round(float(np.mean(anywhere)), 3)
    out["ms_a_candidate_p50"] = round(float(np.median([t.ms for t in tried])), 2)
    out["engine_ms_a_candidate_p50"] = round(float(np.median([t.engine_ms for t in tried])), 2)
    return out


def _order(worth: Sequence[float]) -> tuple[int, ...]:
    """Places, most worth first; what is worth as much keeps its place."""
    return tuple(sorted(range(len(worth)), key=lambda place: (-worth[place], place)))


def corpus(
    name: str, data: Path, work: Path, quiz_index: Path | None, *, apart: bool, day: bool
) -> tuple[Path, list[Asked]]:
    """A corpus as a data directory, ingested where it is not yet, with its questions."""
    if name == "quiz":
        dump = data / "realtimeqa/articles.jsonl.gz"
        return quiz_index or _ingested(work / name, dump), quiz(data, apart=apart, day=day)
    dump = work / f"{name}.jsonl.gz"
    asked = (xquad if name == "xquad" else clapnq)(data, dump)
    return _ingested(work / name, dump), asked


def _ingested(home: Path, dump: Path) -> Path:
    if not home.exists():
        with Engine.open(load_settings(data_dir=home)) as engine:
            engine.ingest([dump])
    return home


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=os.environ.get("DATELINE_BENCH_DATA"))
    parser.add_argument("--quiz-index", type=Path)
    parser.add_argument(
        "--work", type=Path, help="where corpora are built; a fresh folder if not given"
    )
    parser.add_argument("--apart", action="store_true")
    parser.add_argument("--day", action="store_true")
    parser.add_argument("--every", type=int, default=1, help="ask every n-th question alone")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--only", choices=NAMES)
    given = parser.parse_args()
    if given.data is None:
        raise SystemExit("Name the folder of public sets with --data DIR or DATELINE_BENCH_DATA.")
    work = given.work or Path(tempfile.mkdtemp(prefix="dateline-rerank-"))
    work.mkdir(parents=True, exist_ok=True)
    reader = reader_for(given.model)
    for name in (given.only,) if given.only else NAMES:
        home, asked = corpus(
            name, given.data, work, given.quiz_index, apart=given.apart, day=given.day
        )
        clock = Clock()
        with Engine.open(load_settings(data_dir=home), today=clock) as engine:
            tried = measure(engine, reader, asked[:: given.every], clock)
        print(name, json.dumps(table(tried)), flush=True)


if __name__ == "__main__":
    main()
