"""The second stage's arrays: questions on news in two folds, stories and old pairs beside.

    python -m rag.models.reader_training.quiz DATA CANDIDATES WRITTEN ARRAYS --tokenizer FILE

DATA is the folder of public sets, whose event and dialogue questions (`stories`) go into
both folds; CANDIDATES is what ``evals.bench.reader_news`` mined for the weekly quiz, WRITTEN
what ``evals.bench.reader_written`` found for the questions of ``questions.jsonl``; ARRAYS is the
folder of `build`, which gets ``fold-a-*.npz``, ``fold-b-*.npz`` and ``quiz-*.npz`` (both), twice
each: the second time many questions are in other words. A quiz question's fold is decided by
its id, so that whoever measures can read half of the questions with a network that never saw
them; the written ones are in both.
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

from rag.models.reader_training import disguise
from rag.models.reader_training.arrays import Arrays, join, to_arrays
from rag.models.reader_training.build import config, reworder_of
from rag.models.reader_training.pairs import Pair
from rag.models.reader_training.reword import Reworder
from rag.models.reader_training.stories import story_pairs


def fold(identity: str) -> str:
    """``a`` or ``b``."""
    return "ab"[hashlib.sha256(identity.encode()).digest()[0] % 2]


def pairs_of(record: dict[str, Any], recipe: dict[str, Any]) -> list[Pair]:
    """Right passages and those without the answer's words.

    The quiz names an answer, not its place: only what ranks high is taken for certain, and a
    question without a right passage is left out. A written question has its own place, or
    none: then every passage is a near miss.
    """
    ranked = list(enumerate(record["passages"]))
    certain = record["id"].startswith("written-")
    right = [(i, p) for i, p in ranked if p["right"]][: recipe["right"]]
    wrong = [(i, p) for i, p in ranked if not p["spans"]]
    if not certain:
        wrong = wrong[: recipe["wrong"]] if right else []
    if not wrong:
        return []
    out = []
    for rank, passage in [*right, *wrong]:
        # high in the list and with the answer's words: taken for an answer, span and all
        sure = passage["right"] and (certain or rank < recipe["sure"])
        pair = Pair(
            id=f"{record['id']}~{rank}",
            question=record["question"],
            text=passage["text"],
            title="",
            source="written" if certain else "quiz",
            spans=tuple((a, b) for a, b in passage["spans"]) if sure else (),
            answerable=passage["right"],
            header=passage["header"],
            perhaps=passage["right"] and not sure,
        )
        out.append(pair)
    return out


def records(path: Path) -> list[dict[str, Any]]:
    """The lines of a mined file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def disguised(
    groups: list[list[Pair]], recipe: dict[str, Any], reworder: Reworder, rng: random.Random
) -> list[Pair]:
    """The pairs of each question, which is asked of all its passages in the same words."""
    asked = reworder([group[0].question for group in groups], recipe["reworded"], rng)
    made: list[Pair] = []
    for number, (group, question) in enumerate(zip(groups, asked, strict=True)):
        typed = disguise.mistype(question, rng) if rng.random() < recipe["typos"] else question
        typed = typed.rstrip("? ") if rng.random() < recipe["no_mark"] else typed
        made += [pair.with_(question=typed, group=number) for pair in group]
    return made


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
    parser.add_argument("written", type=Path)
    parser.add_argument("arrays", type=Path)
    parser.add_argument("--tokenizer", type=Path, required=True)
    given = parser.parse_args()
    recipe = config()["quiz_data"]
    tokenizer = Tokenizer.from_file(str(given.tokenizer))
    stories = story_pairs(given.data, config()["stories"])
    quiz = [pairs_of(record, recipe) for record in records(given.candidates)]
    written = [pairs_of(record, recipe) for record in records(given.written)]
    folds: dict[str, list[list[Pair]]] = {"fold-a": [], "fold-b": []}
    for group in filter(None, quiz):
        folds[f"fold-{fold(group[0].id.partition('~')[0])}"].append(group)
    both = [group for group in written if group] + [group for group in stories if group]
    folds |= {"quiz": folds["fold-a"] + folds["fold-b"]}
    everything = [pair for groups in (*folds.values(), both) for group in groups for pair in group]
    reworder = reworder_of(everything)
    olds = sorted(given.arrays.glob("epoch-*.npz"))
    for index, old in enumerate(map(Arrays.load, olds[-2:])):
        rng = random.Random(recipe["seed"] + index)
        shares = recipe if index else recipe | {"reworded": 0.0, "typos": 0.0}
        for name, groups in folds.items():
            pairs = disguised(groups + both, shares, reworder, rng)
            beside = old_pairs(old, int(len(pairs) * recipe["old"]), recipe["seed"])
            join([to_arrays(pairs, tokenizer), beside]).save(given.arrays / f"{name}-{index}.npz")
            print(name, index, len(pairs), "pairs on news and stories,", len(beside), "old ones")


if __name__ == "__main__":
    main()
