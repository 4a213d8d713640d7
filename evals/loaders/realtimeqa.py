"""RealTimeQA: weekly news-quiz questions and the crawled articles that hold the answer's text.

Give the questions' file first; the articles stay where they are, for they are a dump that
``--articles`` takes as it is. Evidence is any of the articles that the set names, at any
place. Questions for which it names none are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evals.case import Case, Gold
from evals.loaders.base import Outside, identity, read_lines, split_of, typed_facts


def load_realtimeqa(paths: Sequence[Path]) -> Outside:
    """The questions whose answer stands in some article."""
    cases = []
    for path in paths:
        for row in read_lines(path):
            facts = typed_facts([str(answer) for answer in row["answers"]])
            if not facts or not row["articles"]:
                continue
            places = tuple(Gold(article=url, quote="") for url in row["articles"])
            case = Case(
                id=identity("rtqa", str(row["id"])),
                question=row["question"],
                history=(),
                answerable=True,
                facts=facts,
                evidence=(places,),
                tags=(f"type-{facts[0].type}",),
                split=split_of(row["articles"][0]),
                critical=False,
            )
            cases.append(case)
    return Outside(cases=tuple(cases))
