"""The last stage's arrays: questions written on news, stories and pairs of the first stage.

    python -m rag.models.reader_training.news DATA WRITTEN ARRAYS --tokenizer FILE

DATA is the folder of public sets, whose event and dialogue questions stand beside (`stories`);
WRITTEN is what ``evals.bench.reader_written`` found for the questions of ``questions.jsonl.gz``;
ARRAYS is the folder of `build`, which gets ``news-0.npz`` and ``news-1.npz``: the questions as
they were written with half of their near misses, and with the other half many of them in other
words, their right passages without the sentence that answers, and themselves with a name,
number or year turned into another.

    … MORE ARRAYS --tokenizer FILE --beside WRITTEN --name more

makes ``more-0.npz`` and ``more-1.npz`` of questions that came later (``questions_more.jsonl.gz``),
with one half of the earlier ones beside them in each; ``--every 6`` takes a sixth of them.
``--rehearse`` takes so sparse a share of all questions, ``--old SHARE`` as many pairs of the first
stage beside each pair on news: for a stage that is about the first stage's texts again; with
``--first spans`` it is pairs of the stage on spans (`build`).
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from rag.models.reader_training import disguise
from rag.models.reader_training.arrays import Arrays, join, to_arrays
from rag.models.reader_training.build import config, reworder_of
from rag.models.reader_training.pairs import Pair
from rag.models.reader_training.reword import Reworder
from rag.models.reader_training.stories import story_pairs
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


def half(group: Group, which: int) -> Group:
    """The passages that answer, a twin, and every second passage that nearly does."""
    kept = [pair for pair in group if pair.answerable or pair.twin]
    wrong = [pair for pair in group if not pair.answerable and not pair.twin]
    return [*kept, *wrong[which::2]] or group[:1]


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


def old_pairs(arrays: Arrays, count: int, seed: int) -> Arrays:
    """About so many pairs of the first stage, whole groups, so that nothing is forgotten."""
    groups = list(range(int(arrays.group.max()) + 1))
    random.Random(seed).shuffle(groups)
    share = count / len(arrays)
    kept = set(groups[: int(len(groups) * share)])
    return arrays.take(np.array([row for row, g in enumerate(arrays.group) if g in kept]))


def main() -> None:
    """Read, make, tokenise, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("written", type=Path)
    parser.add_argument("arrays", type=Path)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--beside", type=Path, nargs="+", default=[], help="earlier questions")
    parser.add_argument("--every", type=int, default=2, help="which of them each array gets")
    parser.add_argument("--rehearse", action="store_true", help="take no more of WRITTEN either")
    parser.add_argument("--old", type=float, help="pairs of the first stage a pair on news")
    parser.add_argument("--name", default="news", help="of the arrays")
    parser.add_argument("--first", default="epoch", help="name of the arrays that stand beside")
    given = parser.parse_args()
    recipe = config()["news_data"]
    tokenizer = Tokenizer.from_file(str(given.tokenizer))
    news = written(given.written)
    earlier = [group for path in given.beside for group in written(path)]
    if given.rehearse:
        news, earlier = [], [*news, *earlier]
    stories = [group for group in story_pairs(given.data, config()["stories"]) if group]
    every = [pair for group in (*news, *earlier) for pair in group]
    pool = Pool({(pair.title, pair.text) for pair in every})
    reworder = reworder_of([*every, *(pair for group in stories for pair in group)])
    olds = sorted(given.arrays.glob(f"{given.first}-*.npz"))
    for index, old in enumerate(map(Arrays.load, olds[-2:])):
        rng = random.Random(recipe["seed"] + index)
        groups = [half(group, index) for group in (*news, *earlier[index :: given.every])]
        shares = recipe | {"reworded": 0.0, "typos": 0.0, "keywords": 0.0}
        if index:
            groups = [[*g, *near_misses(g, pool, recipe, rng)] for g in groups]
            shares = recipe
        groups += stories
        pairs = disguised(groups, shares, reworder, rng)
        old_share = given.old or recipe["old_beside" if earlier else "old"]
        beside = old_pairs(old, int(len(pairs) * old_share), recipe["seed"] + index)
        join([to_arrays(pairs, tokenizer), beside]).save(given.arrays / f"{given.name}-{index}.npz")
        print(index, len(pairs), "pairs on news and stories,", len(beside), "old ones")


if __name__ == "__main__":
    main()
