"""Questions written on news, with the passages that answer them and those that nearly do.

`written` reads what ``evals.bench.reader_written`` found for the questions of
``questions*.jsonl.gz``; `thinned` leaves every second near miss out; `near_misses` makes further
ones, and `disguised` puts all passages of a question under the same
words, with the slips and the shortness that people type.
"""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path
from typing import Any

from rag.models.reader_training import disguise
from rag.models.reader_training.pairs import Pair
from rag.models.reader_training.reword import Reworder
from rag.models.reader_training.unanswerable import Pool, removed, swapped

Group = list[Pair]  # a question with all its passages


def written(path: Path) -> list[Group]:
    """Each written question with the passages that answer it and those that nearly do.

    A twin is asked of its own passages, and of the right passage of the question that it was
    made out of, in that one's group.
    """
    groups: list[Group] = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for record in map(json.loads, file):
            asked = record["question"]
            if groups and groups[-1][0].question == record.get("twin_of"):
                groups[-1].extend(
                    pair.with_(question=asked, spans=(), answerable=False, twin=True)
                    for pair in groups[-1][:1]
                    if pair.answerable
                )
            groups.append([_pair(record, *told) for told in enumerate(record["passages"])])
    return groups


def _pair(record: dict[str, Any], rank: int, passage: dict[str, Any]) -> Pair:
    return Pair(
        id=f"{record['id']}~{rank}",
        question=record["question"],
        text=passage["text"],
        title="",  # values are swapped for those of any article
        source="written",
        spans=tuple((a, b) for a, b in passage["spans"]),
        answerable=passage["right"],
        header=passage["header"],
    )


def thinned(group: Group) -> Group:
    """The passages that answer, a twin, and every second passage that nearly does."""
    kept = [pair for pair in group if pair.answerable or pair.twin]
    wrong = [pair for pair in group if not pair.answerable and not pair.twin]
    return [*kept, *wrong[::2]] or group[:1]


def near_misses(group: Group, pool: Pool, recipe: dict[str, Any], rng: random.Random) -> Group:
    """A right passage without its sentence; and its question turned into one about another."""
    right = next((pair for pair in group if pair.answerable), None)
    if right is None:
        return []
    made = removed(right) if rng.random() < recipe["removed"] else None
    other = swapped(right, pool, rng) if rng.random() < recipe["swapped"] else None
    return [pair for pair in (made, other) if pair is not None]


def disguised(
    groups: list[Group], recipe: dict[str, Any], reworder: Reworder, rng: random.Random
) -> list[Pair]:
    """The pairs of each question, which is asked of all its passages in the same words."""
    asked = reworder([group[0].question for group in groups], recipe["reworded"], rng)
    made: list[Pair] = []
    for number, (group, question) in enumerate(zip(groups, asked, strict=True)):
        slip, bare = rng.random() < recipe["typos"], rng.random() < recipe["no_mark"]
        brief = rng.random() < recipe["keywords"]
        for pair in group:
            # a swapped question is typed no better than the one that it was made of
            typed = question if pair.question == group[0].question else pair.question
            typed = disguise.mistype(typed, rng) if slip else typed
            typed = (disguise.keywords(typed) or typed) if brief else typed
            made.append(pair.with_(question=typed.rstrip("? ") if bare else typed, group=number))
    return made
