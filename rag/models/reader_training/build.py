"""The arrays of a training: everything that teaches the reader, in one mix.

    python -m rag.models.reader_training.build DATA MIX.npz --tokenizer FILE --written FILE...

DATA is the folder of public sets, WRITTEN what ``evals.bench.reader_written`` found for the
questions on news. MIX gets a share of the reading sets' own questions and of those written for
this reader, with near misses (`reading`), the questions on news with half of theirs (`news`), and
the talk about stories (`stories`). The shares stand in ``config.toml``.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from rag.models.reader_training.arrays import join, to_arrays
from rag.models.reader_training.news import Group, disguised, near_misses, thinned, written
from rag.models.reader_training.pairs import Pair
from rag.models.reader_training.reading import Negatives, drawn, epoch, reworder_of, split
from rag.models.reader_training.recipe import config
from rag.models.reader_training.reword import Reworder
from rag.models.reader_training.stories import story_pairs
from rag.models.reader_training.unanswerable import Pool


def reading(pairs: list[Pair], recipe: dict[str, Any], reworder: Reworder) -> list[Pair]:
    """The share of the reading sets and of what was written for this reader."""
    shares = recipe["data"]
    kept = drawn(pairs, shares["unanswered"], random.Random(shares["seed"]))
    return epoch(kept, Negatives(kept, recipe["negatives"]), shares, shares["seed"], reworder)


def news(
    asked: list[Group], stories: list[Group], recipe: dict[str, Any], reworder: Reworder
) -> list[Pair]:
    """The questions on news, with near misses, and those on stories."""
    shares, rng = recipe["news"], random.Random(recipe["data"]["seed"])
    pool = Pool({(pair.title, pair.text) for group in asked for pair in group})
    thin = [thinned(group) for group in asked]
    groups = [[*group, *near_misses(group, pool, shares, rng)] for group in thin]
    return disguised([*groups, *stories], shares, reworder, rng)


def main() -> None:
    """Read, mix, tokenise, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("mix", type=Path)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--written", type=Path, nargs="+", required=True, help="questions on news")
    given = parser.parse_args()
    recipe = config()
    tokenizer = Tokenizer.from_file(str(given.tokenizer))
    pairs, _, _ = split(given.data, recipe["data"])
    groups = [group for path in given.written for group in written(path)]
    stories = story_pairs(given.data, recipe["stories"])
    on_groups = reworder_of([pair for group in (*groups, *stories) for pair in group])
    parts = [
        reading(pairs, recipe, reworder_of(pairs)),
        news(groups, stories, recipe, on_groups),
    ]
    made = join([to_arrays(part, tokenizer) for part in parts])
    given.mix.parent.mkdir(parents=True, exist_ok=True)
    made.save(given.mix)
    for name, part in zip(("reading", "news"), parts, strict=True):
        print(f"{name}: {len(part)} pairs, {sum(pair.answerable for pair in part)} answered")


if __name__ == "__main__":
    main()
