"""SQuAD 1.1 and 2.0, and every set in their format (XQuAD, SQuADShifts, NewsQA exports ...).

Each paragraph becomes an article of its own, so that a run over all of them is open-corpus
question answering, and a run with ``--given`` is reading with the passage given. The
evidence is the sentence of the first answer; an impossible question names its paragraph.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from evals.case import Case
from evals.loaders.base import (
    Outside,
    gold,
    identity,
    read_text,
    sentence_around,
    split_of,
    typed_facts,
)


def load_squad(paths: Sequence[Path]) -> Outside:
    """The paragraphs and questions of the files; questions without a usable answer are left out."""
    articles: list[dict[str, str]] = []
    cases: dict[str, Case] = {}
    for path in paths:
        for topic in json.loads(read_text(path))["data"]:
            title = str(topic.get("title") or path.name.split(".")[0])
            for paragraph in topic["paragraphs"]:
                name = f"{path.name.split('.')[0]}-{len(articles):05d}"
                articles.append({"url": name, "title": title, "text": paragraph["context"]})
                for case in _cases(paragraph, name, title):
                    cases.setdefault(case.id, case)
    return Outside(cases=tuple(cases.values()), articles=tuple(articles))


def _cases(paragraph: dict[str, Any], name: str, title: str) -> Iterator[Case]:
    context = paragraph["context"]
    for item in paragraph["qas"]:
        answers = item.get("answers") or []
        impossible = bool(item.get("is_impossible")) or not answers
        facts = () if impossible else typed_facts([answer["text"] for answer in answers])
        quote = ""
        if not impossible:
            if not facts:
                continue
            start = int(answers[0]["answer_start"])
            quote = sentence_around(context, start, start + len(answers[0]["text"]))
        yield Case(
            id=identity("squad", str(item["id"]), name),
            question=item["question"].strip(),
            history=(),
            answerable=not impossible,
            facts=facts,
            evidence=gold(name, quote),
            tags=("unanswerable",) if impossible else (f"type-{facts[0].type}",),
            split=split_of(title),
            critical=False,
        )
