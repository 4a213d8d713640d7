"""Questions written for training, with the passages that answer them and those that nearly do.

    python -m evals.bench.reader_written QUESTIONS DATA OUT --index DATA_DIR

QUESTIONS, gzipped, holds one question a line: its article's address in
``realtimeqa/articles.jsonl.gz`` of DATA, and where the answer and its sentence stand in the
article's text, or nothing where the article does not tell it. The engine's own retrieval, over
an index that holds those articles, gives the passages of a question: those that hold the answer
at that place (``right``), and near misses, which lack the answer's words: the best of the same
article, and for a question with an answer the best of other articles. What its own article does
not tell another may, so a question without an answer is asked of its own article alone. One JSON
line a question; no text of an article is in QUESTIONS. Questions marked as held are not for
training: ``--held`` takes these, and no others. One marked as a twin was made out of the one
before it, and tells which that is.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from evals.bench.reading_sets import answer_pattern
from rag.engine import Engine
from rag.settings import load_settings
from rag.types import Filters, Passage, Span

OWN, OTHERS = 4, 2  # near misses of the same article, and of others


def place(text: str, sentence: str, answer: str) -> Span | None:
    """Where the answer of that sentence stands in a cleaned text; None where it was cut away."""
    found = re.search(r"\s+".join(map(re.escape, sentence.split())), text)
    if not found:
        return None
    inside = re.search(r"\s+".join(map(re.escape, answer.split())), found.group())
    return (found.start() + inside.start(), found.start() + inside.end()) if inside else None


class Miner:
    """Finds the passages of questions in one index."""

    def __init__(self, data: Path, index: Path) -> None:
        self._engine = Engine.open(load_settings(data_dir=index))
        self._corpus = self._engine.corpus
        self._ids = {info.source: info.id for info in self._corpus.articles()}
        with gzip.open(data / "realtimeqa/articles.jsonl.gz", "rt", encoding="utf-8") as file:
            self._texts = {row["url"]: row["text"] for row in map(json.loads, file)}

    def record(self, number: int, question: dict[str, Any]) -> dict[str, Any] | None:
        """The line of one question; None where the index lacks its article or its answer."""
        article_id = self._ids.get(question["url"])
        article = article_id and self._corpus.article(article_id)
        if not article_id or not article:
            return None
        asked = question["question"]
        own = Filters(articles=(article_id,))
        near = [c.passage for c in self._engine.candidates(asked, filters=own)]
        answer = self._words(question, "answer")
        if answer is None:
            rows = [_row(passage) for passage in near[:OWN]]
        else:
            at = place(article.text, self._words(question, "sentence") or "", answer)
            if at is None:
                return None
            free = answer_pattern([answer])
            right = [
                _row(passage, (at[0] - passage.start, at[1] - passage.start))
                for passage in self._corpus.article_passages(article_id)
                if passage.start <= at[0] and at[1] <= passage.end
            ]
            far = [c.passage for c in self._engine.candidates(asked)]
            wrong = (
                _without(free, near)[:OWN]
                + [p for p in _without(free, far) if p.article_id != article_id][:OTHERS]
            )
            rows = right + [_row(passage) for passage in wrong] if right else []
        if not rows:
            return None
        return {"id": f"written-{number}", "question": asked, "passages": rows}

    def _words(self, question: dict[str, Any], field: str) -> str | None:
        if not question.get(field):
            return None
        start, end = question[field]
        return str(self._texts[question["url"]][start:end])


def _without(pattern: re.Pattern[str], passages: Sequence[Passage]) -> list[Passage]:
    return [passage for passage in passages if not pattern.search(passage.text)]


def _row(passage: Passage, span: Span | None = None) -> dict[str, Any]:
    return {
        "header": passage.header,
        "text": passage.text,
        "spans": [list(span)] if span else [],
        "right": span is not None,
        "id": passage.id,
    }


def taken(
    rows: Iterable[dict[str, Any]], every: int, *, held: bool
) -> Iterator[tuple[int, dict[str, Any], str]]:
    """Every n-th question, and its twin; each with its number and, of a twin, the other's text."""
    count, before, wanted = 0, "", False
    for number, row in enumerate(rows):
        if row.get("held", False) is not held:
            continue
        twin = row.get("twin", False)
        if not twin:
            wanted, count = count % every == 0, count + 1
        if wanted:
            yield number, row, before if twin else ""
        before = row["question"]


def main() -> None:
    """Read, find, write; tell how many could not be used."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("questions", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--index", type=Path, required=True, help="a data directory with the news")
    parser.add_argument("--every", type=int, default=1, help="one question in so many")
    parser.add_argument("--held", action="store_true", help="those kept back for measuring")
    given = parser.parse_args()
    miner = Miner(given.data, given.index)
    used = lost = 0
    with (
        gzip.open(given.questions, "rt", encoding="utf-8") as questions,
        gzip.open(given.out, "wt", encoding="utf-8") as out,
    ):
        rows = map(json.loads, questions)
        for number, question, before in taken(rows, given.every, held=given.held):
            record = miner.record(number, question)
            lost += record is None
            used += record is not None
            if record:
                twin = {"twin_of": before} if before else {}
                out.write(json.dumps(record | twin) + "\n")
    print(f"{used} questions with passages, {lost} without")


if __name__ == "__main__":
    main()
