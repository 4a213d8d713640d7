"""How often a question about the world is taken for one about the articles themselves.

    python -m evals.bench.catalogue_questions --data DIR [--show N]

Asks `rag.answer.about_ask.classify` all questions of the reading, dialogue and quiz sets in
DIR: none of them is about our articles, so every reading is false. A tentative reading ('Who
wrote "…"?') still has to find its article and is counted apart. Precision and recall on
questions written for the purpose are in ``tests/conversation/test_about_classes.py``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path

from rag.answer.about_ask import classify

PUBLISHERS = ("RFE/RL", "Baghdad Post", "Sputnik", "DW", "CNN", "USA TODAY", "The Guardian", "BBC")


def questions(base: Path) -> Iterator[tuple[str, list[str]]]:
    """Name of a set and its questions."""
    canard = json.loads(gzip.decompress((base / "conversation/canard_dev.json.gz").read_bytes()))
    yield "canard_dev", [row["Question"] for row in canard]
    quiz = (base / "realtimeqa/questions.jsonl").read_text("utf-8").splitlines()
    yield "realtimeqa", [json.loads(line)["question"] for line in quiz]
    for path in sorted((base / "reading").glob("*.json.gz")):
        data = json.loads(gzip.decompress(path.read_bytes()))
        if isinstance(data, dict) and "data" in data:
            yield (
                path.name.removesuffix(".json.gz"),
                [
                    asked["question"]
                    for article in data["data"]
                    for paragraph in article["paragraphs"]
                    for asked in paragraph["qas"]
                ],
            )


def main() -> None:
    """Print one line a set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default=os.environ.get("DATELINE_BENCH_DATA"))
    parser.add_argument("--show", type=int, default=0, help="print this many false readings a set")
    given = parser.parse_args()
    if not given.data:
        parser.error("give the data folder with --data or DATELINE_BENCH_DATA")
    for name, asked in questions(Path(given.data)):
        read = [(q, r) for q in asked if (r := classify(q, PUBLISHERS)) is not None]
        sure = [(q, r) for q, r in read if not r.tentative]
        unsure = len(read) - len(sure)
        print(f"{name:<28} n={len(asked):5d}  false {len(sure):3d}  tentative {unsure:3d}")
        for question, request in sure[: given.show]:
            print(f"    {request.ask.value:<12} {question}")


if __name__ == "__main__":
    main()
