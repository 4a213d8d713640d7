"""What speaks for a passage before it is read: its article is new, or much of it was found.

News is mostly asked of while it is new, so of passages that answer as well the newer is meant
(a prior over ages, after Li and Croft, 'Time-Based Language Models', CIKM 2003). And an article
of which several passages were found is about what is asked, where a single one may share its
words by chance (evidence of passages for their document, after Callan, SIGIR 1994). Neither
changes what a passage says, so both only help to put candidates in order.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

# In units of the trained reader's log-odds: what each e-fold of months costs by which an article
# is older than the newest one found, and what each e-fold of its passages among them is worth.
AGE = 0.5
FOUND = 0.6


def standings(articles: Sequence[str], days: Sequence[int], *, dated: bool) -> list[float]:
    """The standing of each passage, 0 for the best and less for others.

    ``articles`` has the article's id of each passage found, ``days`` the latest day on which it
    may have appeared (YYYYMMDD, 0 where nothing tells). A question that names its own time
    (``dated``) may mean any, and an article without a date is taken to be of a middling age.
    """
    found = Counter(articles)
    ages = [0.0] * len(days) if dated else _ages(days)
    worth = [
        FOUND * math.log(found[article]) - AGE * math.log1p(age)
        for article, age in zip(articles, ages, strict=True)
    ]
    best = max(worth, default=0.0)
    return [one - best for one in worth]


def _ages(days: Sequence[int]) -> list[float]:
    """Months by which each is older than the newest."""
    months = [day // 10000 * 12 + day // 100 % 100 + day % 100 / 31 for day in days if day]
    newest = max(months, default=0.0)
    told = iter(newest - month for month in months)
    middling = sum(newest - month for month in months) / max(1, len(months))
    return [next(told) if day else middling for day in days]
