"""CLAPNQ: natural questions with a passage and a long answer, and ones without an answer.

Each passage becomes an article; the evidence is every sentence that the annotators chose.
A long answer has no single value, so there is no fact: a right reply is not silent and
cites what was chosen. ``uncited`` and ``cite_precision`` tell the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evals.case import Case, Gold
from evals.loaders.base import Outside, identity, named, read_lines, split_of


def load_clapnq(paths: Sequence[Path]) -> Outside:
    """The questions of the files, answerable and not, over one set of passages."""
    articles: dict[str, dict[str, str]] = {}
    cases = []
    for path in paths:
        for row in read_lines(path):
            passage = row["passages"][0]
            name = named("passage", passage["text"])
            articles[name] = {"url": name, "title": passage["title"], "text": passage["text"]}
            cases.append(_case(row, name, passage["title"]))
    return Outside(cases=tuple(cases), articles=tuple(articles.values()))


def _case(row: dict[str, Any], name: str, title: str) -> Case:
    chosen = [sentence.strip() for sentence in row["output"][0]["selected_sentences"]]
    groups = tuple((Gold(article=name, quote=sentence),) for sentence in chosen if sentence)
    return Case(
        id=identity("clapnq", str(row["id"])),
        question=row["input"],
        history=(),
        answerable=bool(groups),
        facts=(),
        evidence=groups or ((Gold(article=name, quote=""),),),
        tags=("long-answer",) if groups else ("unanswerable",),
        split=split_of(title),
        critical=False,
    )
