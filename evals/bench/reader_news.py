"""News-quiz questions with the passages that may answer them: distant supervision.

    python -m evals.bench.reader_news DATA OUT --index DATA_DIR

Asks the engine's own retrieval, over an index that holds ``realtimeqa/articles.jsonl.gz``,
for the candidates of each weekly quiz question, and writes one JSON line a question: the
best passages, each marked as holding the answer's words in an article known to hold the
answer (``right``), as free of them (a negative), or neither (left out of the loss). The quiz
names an answer, not its place: a marked passage may hold the words by chance, which is why
the loss shares the credit.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from pathlib import Path
from typing import Any

from rag.engine import Engine
from rag.settings import load_settings

KEPT = 30  # passages a question


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
    parser.add_argument("--index", type=Path, required=True, help="a data directory with the news")
    given = parser.parse_args()
    with (given.data / "realtimeqa/questions.jsonl").open(encoding="utf-8") as file:
        questions: list[dict[str, Any]] = [json.loads(line) for line in file]
    settings = load_settings(data_dir=given.index)
    retrieve = settings.retrieve.model_copy(update={"candidates": KEPT})
    engine = Engine.open(settings.model_copy(update={"retrieve": retrieve}))
    with gzip.open(given.out, "wt", encoding="utf-8") as out:
        for question in questions:
            pattern = answer_pattern(question["answers"])
            sources = set(question["articles"])
            rows = []
            for candidate in engine.candidates(question["question"]):
                source, passage = candidate.article.source, candidate.passage
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
