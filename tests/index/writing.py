"""Made-up articles, and a program that ingests them in a process of its own.

``python -m tests.index.writing DATA_DIR FIRST LAST [WORDS_EACH]`` ingests the made articles
FIRST to LAST and prints the counts.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from rag.types import Article, Comment, DateOrigin, PublishedDate, TitleOrigin

_NAMES = "Mosul Brussels Kerry Barzani Lavrov Ankara Podgorica Kabul Stoltenberg Erbil".split()
_VERBS = "visited denied supported warned praised met questioned followed promised left".split()
_THINGS = "talks ministers troops refinery summit election budget treaty patrol school".split()


def made_article(
    number: int, *, edition: int = 0, sentences: int = 30, comments: int = 0
) -> Article:
    """An article that holds the word ``uniqueN`` once, in its first sentence."""
    drawn = random.Random(number * 1000 + edition)
    title = f"Report {number} from {drawn.choice(_NAMES)}"
    lines = [f"The unique{number}word of edition{edition} opens report {number}."]
    lines += [
        f"{drawn.choice(_NAMES)} {drawn.choice(_VERBS)} the {drawn.choice(_THINGS)} "
        f"{drawn.randint(2, 99)} times in {drawn.choice(_NAMES)} before the "
        f"{drawn.choice(_THINGS)} ended."
        for _ in range(sentences)
    ]
    body = " ".join(lines)
    text = f"{title}\n\n{body}"
    body_end = len(text)
    told = []
    for one in range(comments):
        start = len(text) + 2
        text += f"\n\nI, reader{one}of{number}, doubt what Barzani promised."
        told.append(
            Comment(
                author=f"Reader {one}",
                date=PublishedDate(year=2013, month=4, day=24, origin=DateOrigin.TEXT),
                start=start,
                end=len(text),
            )
        )
    return Article(
        id=f"made-{number}",
        source=f"made/{number}.txt",
        title=title,
        title_origin=TitleOrigin.TEXT,
        publisher=("DW", "RFE/RL", None)[number % 3],
        author=None,
        published=PublishedDate(
            year=2000 + number % 20, month=1 + number % 12, origin=DateOrigin.TEXT
        )
        if number % 5
        else PublishedDate(),
        text=text,
        body_start=len(title) + 2,
        body_end=body_end,
        comments=tuple(told),
    )


def made_articles(first: int, last: int, *, edition: int = 0) -> Iterator[Article]:
    """The articles from ``first`` to ``last``, without the latter."""
    for number in range(first, last):
        yield made_article(number, edition=edition)


def main() -> None:
    """Ingest in this process; meant to be killed."""
    from rag.index import Index
    from rag.settings import Settings
    from tests.fakes import FakeEncoder

    folder, first, last, edition = sys.argv[1], *map(int, sys.argv[2:5])
    with Index.open(Settings(data_dir=Path(folder)), FakeEncoder()) as index:
        print("open", flush=True)
        report = index.ingest(made_articles(first, last, edition=edition))
    print(json.dumps(report.counts), flush=True)


if __name__ == "__main__":
    main()
