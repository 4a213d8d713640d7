"""The arrays of the long stage: reading sets and questions on news facts, side by side.

    python -m rag.models.reader_training.facts FACTS ARRAYS --tokenizer FILE

FACTS is what ``evals.bench.reader_facts`` made; ARRAYS is the folder of `build`, whose later
epochs get a share of the facts each and are written as ``facts-0.npz``, ``facts-1.npz`` and
so on. The reading sets alone are learnt by heart in five epochs; the news brings passages
that no question was ever asked about.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from rag.models.reader_training.arrays import Arrays, join, to_arrays
from rag.models.reader_training.build import config
from rag.models.reader_training.lexical import words
from rag.models.reader_training.pairs import Pair


def pairs_of(record: dict[str, Any], recipe: dict[str, Any]) -> list[Pair]:
    """Passages with the words left out, and those without; none where no passage has them.

    What ranks low may have the words by chance: it is right perhaps, and only the list of a
    question's passages learns from it.
    """
    ranked = list(enumerate(record["passages"]))
    right = [(i, p) for i, p in ranked if p["right"]][: recipe["right"]]
    wrong = [(i, p) for i, p in ranked if not p["spans"]][: recipe["wrong"]]
    if not right or not wrong:
        return []
    out = []
    for rank, passage in [*right, *wrong]:
        sure = passage["right"] and rank < recipe["sure"]
        pair = Pair(
            id=f"{record['id']}~{rank}",
            question=record["question"],
            text=passage["text"],
            title="",
            source="facts",
            spans=tuple((a, b) for a, b in passage["spans"]) if sure else (),
            answerable=passage["right"],
            header=passage["header"],
            perhaps=passage["right"] and not sure,
        )
        out.append(pair)
    return out


def fact_pairs(path: Path, recipe: dict[str, Any]) -> list[list[Pair]]:
    """The pairs of each question; passages with a part of the answer ('Biden') are no misses."""
    groups = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            parts = set(words(record["answer"]))
            record["passages"] = [
                p for p in record["passages"] if p["spans"] or not parts & set(words(p["text"]))
            ]
            if pairs := pairs_of(record, recipe):
                groups.append(pairs)
    return groups


def main() -> None:
    """Read, deal out, tokenise, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("facts", type=Path)
    parser.add_argument("arrays", type=Path)
    parser.add_argument("--tokenizer", type=Path, required=True)
    given = parser.parse_args()
    recipe = config()["facts_data"]
    tokenizer = Tokenizer.from_file(str(given.tokenizer))
    groups = fact_pairs(given.facts, recipe)
    shares = recipe["shares"]
    epochs = sorted(given.arrays.glob("epoch-*.npz"))[-len(shares) :]
    begin = 0
    for number, (epoch, share) in enumerate(zip(epochs, shares, strict=True)):
        mine = groups[begin : begin + int(share * len(groups))]
        begin += len(mine)
        pairs = [p.with_(group=at) for at, group in enumerate(mine) for p in group]
        parts = [Arrays.load(epoch), *([to_arrays(pairs, tokenizer)] if pairs else [])]
        join(parts).save(given.arrays / f"facts-{number}.npz")
        print(epoch.name, "and", len(pairs), "pairs of", len(mine), "questions on facts")


if __name__ == "__main__":
    main()
