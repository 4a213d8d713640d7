"""The arrays of a training: everything that teaches the reader, in one mix.

    python -m rag.models.reader_training.build DATA ARRAYS --tokenizer FILE --written FILE...

DATA is the folder of public sets, WRITTEN what ``evals.bench.reader_written`` found for the
questions on news; ARRAYS gets ``mix-N.npz``, one an epoch. Each has a share of the reading sets'
own questions and of those written for this reader, with near misses (`reading`), one part of the
questions on news with one half of their near misses (`news`), and of the talk about stories
(`stories`). The shares stand in ``config.toml``.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from rag.models.reader_training.arrays import join, to_arrays
from rag.models.reader_training.news import Group, disguised, half, near_misses, written
from rag.models.reader_training.pairs import Pair
from rag.models.reader_training.reading import Negatives, drawn, epoch, reworder_of, split
from rag.models.reader_training.recipe import config
from rag.models.reader_training.reword import Reworder
from rag.models.reader_training.stories import story_pairs
from rag.models.reader_training.unanswerable import Pool


def reading(
    pairs: list[Pair], recipe: dict[str, Any], index: int, reworder: Reworder
) -> list[Pair]:
    """One epoch's share of the reading sets and of what was written for this reader."""
    shares = recipe["data"]
    seed = shares["seed"] * 100 + index
    kept = drawn(pairs, shares["unanswered"], random.Random(seed))
    return epoch(kept, Negatives(kept, recipe["negatives"]), shares, seed, reworder)


class News:
    """The questions on news and stories, of which each epoch takes a part."""

    def __init__(self, news: list[Group], stories: list[Group], reworder: Reworder) -> None:
        self._news, self._stories, self._reworder = news, stories, reworder
        self._pool = Pool({(pair.title, pair.text) for group in news for pair in group})

    def part(self, recipe: dict[str, Any], index: int) -> list[Pair]:
        """One epoch's questions, with near misses; later rounds take the other half of these."""
        shares = recipe["news"]
        rng = random.Random(recipe["data"]["seed"] * 100 + index)
        turn, part = divmod(index, shares["parts"])
        groups = [half(group, turn % 2) for group in self._news[part :: shares["parts"]]]
        groups = [[*group, *near_misses(group, self._pool, shares, rng)] for group in groups]
        groups += self._stories[part :: shares["parts"]]
        return disguised(groups, shares, self._reworder, rng)


def main() -> None:
    """Read, mix, tokenise, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("arrays", type=Path)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--written", type=Path, nargs="+", required=True, help="questions on news")
    given = parser.parse_args()
    recipe = config()
    given.arrays.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(given.tokenizer))
    pairs, _, _ = split(given.data, recipe["data"])
    groups = [group for path in given.written for group in written(path)]
    stories = story_pairs(given.data, recipe["stories"])
    on_reading = reworder_of(pairs)
    on_groups = reworder_of([pair for group in (*groups, *stories) for pair in group])
    news = News(groups, stories, on_groups)
    for index in range(recipe["data"]["epochs"]):
        parts = [reading(pairs, recipe, index, on_reading), news.part(recipe, index)]
        made = join([to_arrays(part, tokenizer) for part in parts])
        made.save(given.arrays / f"mix-{index}.npz")
        counts = " and ".join(
            f"{len(part)} ({sum(p.answerable for p in part)} answered)" for part in parts
        )
        print(f"{index}: {counts} pairs, {made.lengths.mean():.0f} pieces each", flush=True)


if __name__ == "__main__":
    main()
