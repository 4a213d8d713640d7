"""News-quiz questions with the passages that may answer them: distant supervision.

    python -m evals.bench.reader_news DATA OUT

Cuts the news articles as the index does, ranks passages for each weekly quiz question by
BM25, and writes one JSON line a question: the best passages, each marked as holding the
answer's words in an article known to hold the answer (``right``), as free of them (a
negative), or neither (left out of the loss). The quiz names an answer, not its place: a
marked passage may hold the words by chance, which is why the loss shares the credit.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rag.articles import read_articles
from rag.index.encoder import OnnxEncoder
from rag.index.passages import Cutter
from rag.models.reader_training.lexical import Bm25, words
from rag.settings import PassageSettings
from rag.types import Article, Passage

KEPT = 30  # passages a question


def passages(dump: Path) -> Iterator[tuple[str, Passage]]:
    """Every passage of the dump with its article's source, cut as the index cuts."""
    encoder = OnnxEncoder()
    cutter = Cutter(PassageSettings(), encoder.count, encoder.max_tokens)
    batch: list[Article] = []
    for item in read_articles([dump]):
        if isinstance(item, Article):
            batch.append(item)
        if len(batch) == 64:
            for article, cut in zip(batch, cutter.cut(batch), strict=True):
                yield from ((article.source, p) for p in cut)
            batch = []
    for article, cut in zip(batch, cutter.cut(batch), strict=True):
        yield from ((article.source, p) for p in cut)


def answer_pattern(answers: list[str]) -> re.Pattern[str]:
    """Finds an answer's words, whole, in any case."""
    parts = [r"\W+".join(re.escape(w) for w in re.findall(r"\w+", a)) for a in answers]
    return re.compile(r"(?<!\w)(?:" + "|".join(p for p in parts if p) + r")(?!\w)", re.IGNORECASE)


def main() -> None:
    """Read, rank, mark, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    with (given.data / "realtimeqa/questions.jsonl").open(encoding="utf-8") as file:
        questions: list[dict[str, Any]] = [json.loads(line) for line in file]
    found = list(passages(given.data / "realtimeqa/articles.jsonl.gz"))
    print(len(found), "passages", flush=True)
    only = {w for q in questions for w in words(q["question"])}
    index = Bm25([f"{p.header} {p.text}" for _, p in found], only=only)
    with gzip.open(given.out, "wt", encoding="utf-8") as out:
        for question in questions:
            pattern = answer_pattern(question["answers"])
            sources = set(question["articles"])
            rows = []
            for at in index.best(question["question"], KEPT):
                source, passage = found[at]
                spans = [list(m.span()) for m in pattern.finditer(passage.text)]
                right = bool(spans) and any(s in source or source in s for s in sources)
                rows.append(
                    {
                        "header": passage.header,
                        "text": passage.text,
                        "spans": spans,
                        "right": right,
                        "id": passage.id,
                    }
                )
            record = {"id": question["id"], "question": question["question"], "passages": rows}
            out.write(json.dumps(record) + "\n")


if __name__ == "__main__":
    main()
