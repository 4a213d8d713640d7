"""The second stage's arrays: news-quiz questions in two folds, stories and old pairs beside.

    python -m rag.models.reader_training.quiz DATA CANDIDATES ARRAYS --tokenizer FILE

DATA is the folder of public sets, whose event and dialogue questions (`stories`) go into
both folds; CANDIDATES is what ``evals.bench.reader_news`` mined; ARRAYS is the folder of
`build`, which gets ``fold-a-0.npz``, ``fold-b-0.npz`` and ``quiz-0.npz`` (both). A question's
fold is decided by its id, so that whoever measures can read half of the questions with a
network that never saw them.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from rag.models.reader_training.arrays import Arrays, join, to_arrays
from rag.models.reader_training.build import config
from rag.models.reader_training.pairs import Pair
from rag.models.reader_training.stories import story_pairs


def fold(identity: str) -> str:
    """``a`` or ``b``."""
    return "ab"[hashlib.sha256(identity.encode()).digest()[0] % 2]


def pairs_of(record: dict[str, Any], recipe: dict[str, Any]) -> list[Pair]:
    """Right passages and those without the answer's words; none where no passage is right."""
    ranked = list(enumerate(record["passages"]))
    right = [(i, p) for i, p in ranked if p["right"]][: recipe["right"]]
    wrong = [(i, p) for i, p in ranked if not p["spans"]][: recipe["wrong"]]
    if not right or not wrong:
        return []
    out = []
    for rank, passage in [*right, *wrong]:
        # high in the list and with the answer's words: taken for an answer, span and all
        sure = passage["right"] and rank < recipe["sure"]
        pair = Pair(
            id=f"{record['id']}~{rank}",
            question=record["question"],
            text=passage["text"],
            title="",
            source="quiz",
            spans=tuple((a, b) for a, b in passage["spans"]) if sure else (),
            answerable=passage["right"],
            header=passage["header"],
            perhaps=passage["right"] and not sure,
        )
        out.append(pair)
    return out


def old_pairs(arrays: Arrays, count: int, seed: int) -> Arrays:
    """About so many pairs of the first stage, whole groups, so that nothing is forgotten."""
    groups = list(range(int(arrays.group.max()) + 1))
    random.Random(seed).shuffle(groups)
    share = count / len(arrays)
    kept = set(groups[: int(len(groups) * share)])
    return arrays.take(np.array([row for row, g in enumerate(arrays.group) if g in kept]))


def main() -> None:
    """Read, choose, tokenise, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("candidates", type=Path)
    parser.add_argument("arrays", type=Path)
    parser.add_argument("--tokenizer", type=Path, required=True)
    given = parser.parse_args()
    recipe = config()["quiz_data"]
    tokenizer = Tokenizer.from_file(str(given.tokenizer))
    groups = story_pairs(given.data, config()["stories"])
    stories = [p.with_(group=number) for number, group in enumerate(groups) for p in group]
    print(len(groups), "questions on stories,", len(stories), "pairs")
    old = Arrays.load(max(given.arrays.glob("epoch-*.npz")))
    made: dict[str, list[Pair]] = {"a": [], "b": []}
    with gzip.open(given.candidates, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            record = json.loads(line)
            pairs = pairs_of(record, recipe)
            made[fold(record["id"])].extend(p.with_(group=number) for p in pairs)
    for name, pairs in (
        ("fold-a", made["a"]),
        ("fold-b", made["b"]),
        ("quiz", made["a"] + made["b"]),
    ):
        beside = old_pairs(old, int(len(pairs) * recipe["old"]), recipe["seed"])
        arrays = join([to_arrays(pairs, tokenizer), to_arrays(stories, tokenizer), beside])
        arrays.save(given.arrays / f"{name}-0.npz")
        print(name, len(pairs), "quiz pairs,", len(beside), "old ones")


if __name__ == "__main__":
    main()
