"""How often the right article, and the passage that holds the answer, is near the top.

    python -m evals.bench.retrieval --data DIR --data-dir INGESTED [--split test] [--out FILE]

DIR holds ``questions.jsonl`` (question, answers, articles by address), INGESTED an index of
the articles it names. For dense search, BM25, and reciprocal rank fusion of both at several
weights, prints how many questions have one of their articles (and a passage of it that
holds an answer's words) in the top 1, 5 and 20, and what the searches take.

Questions are split in halves by their own hash: choose weights by ``dev``, tell ``test``.
Only questions whose articles are in the index count; how many is printed.
"""

from __future__ import annotations

import argparse
import json
import os
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from rag.index import Index
from rag.index.words import surface
from rag.retrieve.fusion import fuse
from rag.settings import Settings
from rag.types import Filters, Passage

TOPS = (1, 5, 20)
POOL = 60
WEIGHTS = (0.1, 0.25, 0.5, 0.75, 1.0)  # of the dense list; the lexical one has 1

Ranked = dict[str, list[str]]
"""Passage ids, best first, by the name of the list."""


def main(argv: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=os.environ.get("DATELINE_BENCH_DATA"))
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--split", choices=["dev", "test", "all"], default="all")
    parser.add_argument("--limit", type=int, default=100_000)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args(argv)
    if args.data is None:
        parser.error("--data (or DATELINE_BENCH_DATA) must name the folder of the questions")
    asked = questions(Path(args.data) / "questions.jsonl", args.split)[: args.limit]
    with Index.open(Settings(data_dir=args.data_dir)) as index:
        result = measure(index, asked)
    text = json.dumps({"split": args.split, **result}, indent=1)
    print(text)
    if args.out:
        args.out.write_text(text, "utf-8")


def questions(path: Path, split: str) -> list[dict[str, Any]]:
    """The questions of one half, or all."""
    lines = path.read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return [row for row in rows if split in {"all", half(row["question"])}]


def half(question: str) -> str:
    """Which half a question belongs to, for good."""
    return "dev" if zlib.crc32(question.encode()) % 2 else "test"


def measure(index: Index, asked: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Hits at each depth for each list, and milliseconds for each search."""
    by_source = {info.source: info.id for info in index.articles()}
    names = ["dense", "lexical", *(f"fused {weight}" for weight in WEIGHTS)]
    article_hits = {name: dict.fromkeys(TOPS, 0) for name in names}
    passage_hits = {name: dict.fromkeys(TOPS, 0) for name in names}
    times: dict[str, list[float]] = {"encode": [], "dense": [], "lexical": [], "all": []}
    counted = 0
    for row in asked:
        gold = {by_source[url] for url in row["articles"] if url in by_source}
        if not gold:
            continue
        counted += 1
        ranked = search(index, row["question"], times)
        found = index.passages(list({one for ids in ranked.values() for one in ids}))
        for name, ids in ranked.items():
            passages = [found[one] for one in ids]
            for top in TOPS:
                article_hits[name][top] += any(
                    one.article_id in gold for one in _first_articles(passages, top)
                )
                passage_hits[name][top] += any(
                    one.article_id in gold and holds(one.text, row["answers"])
                    for one in passages[:top]
                )
    return {
        "questions": len(asked),
        "counted": counted,
        "articles": len(by_source),
        "passages": sum(info.passages for info in index.articles()),
        "article": _shares(article_hits, counted),
        "answer_passage": _shares(passage_hits, counted),
        "ms": {name: _spread(spent) for name, spent in times.items()},
    }


def search(index: Index, question: str, times: dict[str, list[float]]) -> Ranked:
    """Both searches and their fusions for one question."""
    started = time.perf_counter()
    vector = _timed(times["encode"], lambda: index.encoder.encode([question])[0])
    dense = _timed(times["dense"], lambda: index.dense(vector, POOL, Filters()))
    lexical = _timed(times["lexical"], lambda: index.lexical(question, POOL, Filters()))
    times["all"].append((time.perf_counter() - started) * 1000)
    lists = {"dense": dense, "lexical": lexical}
    ranked = {name: [hit.passage_id for hit in hits] for name, hits in lists.items()}
    for weight in WEIGHTS:
        fused = fuse(lists, {"dense": weight, "lexical": 1.0})
        ranked[f"fused {weight}"] = [one.passage_id for one in fused]
    return ranked


def holds(text: str, answers: Sequence[str]) -> bool:
    """Whether the words of one of the answers stand in a text, in their order."""
    words = f" {' '.join(surface(text))} "
    return any((said := surface(one)) and f" {' '.join(said)} " in words for one in answers)


def _first_articles(passages: Sequence[Passage], top: int) -> list[Passage]:
    """The best passage of each of the first ``top`` articles."""
    first: dict[str, Passage] = {}
    for passage in passages:
        first.setdefault(passage.article_id, passage)
    return list(first.values())[:top]


def _shares(hits: dict[str, dict[int, int]], counted: int) -> dict[str, dict[str, float]]:
    return {
        name: {f"top{top}": round(number / max(1, counted), 3) for top, number in tops.items()}
        for name, tops in hits.items()
    }


def _timed(spent: list[float], work: Callable[[], Any]) -> Any:
    started = time.perf_counter()
    done = work()
    spent.append((time.perf_counter() - started) * 1000)
    return done


def _spread(spent: list[float]) -> dict[str, float]:
    ordered = sorted(spent) or [0.0]
    return {
        "p50": round(ordered[len(ordered) // 2], 2),
        "p95": round(ordered[int(len(ordered) * 0.95)], 2),
    }


if __name__ == "__main__":
    main()
