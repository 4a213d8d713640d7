"""The arrays of a training in one run: everything that teaches the reader, in one mix.

    python -m rag.models.reader_training.whole DATA ARRAYS --tokenizer FILE --written FILE...

DATA is the folder of public sets, WRITTEN what ``evals.bench.reader_written`` found for the
questions on news; ARRAYS gets ``whole-N.npz``, one an epoch. Each has a share of the reading sets'
own questions and of those written for this reader, with near misses (`build`), one part of the
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
from rag.models.reader_training.build import Negatives, config, epoch, reworder_of, split
from rag.models.reader_training.news import Group, disguised, half, near_misses, written
from rag.models.reader_training.pairs import Pair
from rag.models.reader_training.reword import Reworder
from rag.models.reader_training.stories import story_pairs
from rag.models.reader_training.unanswerable import Pool


def drawn(pairs: list[Pair], share: float, rng: random.Random) -> list[Pair]:
    """Without some of those unanswerable questions that have no answerable one beside them."""
    return [p for p in pairs if p.answerable or p.twin or rng.random() < share]


def reading(
    pairs: list[Pair], recipe: dict[str, Any], index: int, reworder: Reworder | None
) -> list[Pair]:
    """One epoch's share of the reading sets and of what was written for this reader."""
    stage = recipe["whole_data"]
    seed = stage["seed"] * 100 + index
    kept = drawn(pairs, stage["unanswered"], random.Random(seed))
    negatives = Negatives(kept, recipe["whole_negatives"])
    return epoch(kept, negatives, recipe["data"] | stage, seed, reworder)


def on_news(
    news: list[Group], stories: list[Group], recipe: dict[str, Any], index: int, reworder: Reworder
) -> list[Pair]:
    """One epoch's part of the questions on news and stories, with near misses."""
    stage, shares = recipe["whole_data"], recipe["news_data"]
    rng = random.Random(stage["seed"] * 100 + index)
    pool = Pool({(p.title, p.text) for group in news for p in group})
    turn, part = divmod(index, stage["news_parts"])
    groups = [half(group, turn % 2) for group in news[part :: stage["news_parts"]]]
    groups = [[*group, *near_misses(group, pool, shares, rng)] for group in groups]
    groups += stories[part :: stage["news_parts"]]
    return disguised(groups, shares | {"reworded": stage["news_reworded"]}, reworder, rng)


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
    news = [group for path in given.written for group in written(path)]
    stories = [group for group in story_pairs(given.data, recipe["stories"]) if group]
    on_reading = reworder_of(pairs)
    on_groups = reworder_of([pair for group in (*news, *stories) for pair in group])
    for index in range(recipe["whole_data"]["epochs"]):
        parts = [
            reading(pairs, recipe, index, on_reading),
            on_news(news, stories, recipe, index, on_groups),
        ]
        made = join([to_arrays(part, tokenizer) for part in parts])
        made.save(given.arrays / f"whole-{index}.npz")
        counts = " and ".join(
            f"{len(part)} ({sum(p.answerable for p in part)} answered)" for part in parts
        )
        print(f"{index}: {counts} pairs, {made.lengths.mean():.0f} pieces each", flush=True)


if __name__ == "__main__":
    main()
