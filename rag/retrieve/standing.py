"""What speaks for a passage before it is read: its place, its article's age, what else was found.

News is mostly asked of while it is new, so of passages that answer as well the newer is meant
(a prior over ages, after Li and Croft, 'Time-Based Language Models', CIKM 2003). And an article
of which several passages were found is about what is asked, where a single one may share its
words by chance (evidence of passages for their document, after Callan, SIGIR 1994). And what a
story is about stands at its head; what it recalls, and what others did, comes later (the
inverted pyramid of news; a prior over places, as summaries of news have it since Edmundson 1969).
None of these tells whether a passage answers, so they put candidates in order and do nothing
else.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from datetime import date
from statistics import median

from rag.retrieve.time_types import day_of, middle
from rag.types import PublishedDate

# In units of the trained reader's log-odds: what each e-fold of months costs by which an article
# is older than the newest one found, what each e-fold of its passages among them is worth, and
# what each e-fold of a passage's distance from the head of its article costs.
AGE = 0.6
FOUND = 0.7
PLACE = 0.4
_MONTH = 30.44  # days
_STEP = 500  # characters, about a passage


def standings(
    groups: Sequence[Hashable],
    days: Sequence[date | None],
    places: Sequence[int],
    *,
    fresh: bool,
) -> list[float]:
    """The standing of each passage, 0 for the best and less for others.

    ``groups`` tells which passages are of one article, ``days`` the day of publication, where it
    is known (`day_told`); one that is not known counts as of a middling age. Age counts where
    the question is about what is ``fresh`` (`QuestionTimes.fresh`). ``places`` are characters
    from the head of the article to the passage.
    """
    found = Counter(groups)
    ages = _ages(groups, days) if fresh else [0.0] * len(days)
    worth = [
        FOUND * math.log(found[group]) - AGE * math.log1p(age) - PLACE * math.log1p(place / _STEP)
        for group, age, place in zip(groups, ages, places, strict=True)
    ]
    best = max(worth, default=0.0)
    return [one - best for one in worth]


def day_told(published: PublishedDate, today: int) -> date | None:
    """The day that stands for a date of publication; None where it tells nothing of the age.

    A date of the last change is none of publication, and none lies after ``today`` (YYYYMMDD, 0
    where that is not known).
    """
    day = middle(published)
    now = day_of(today)
    if day is None or published.modified or (now is not None and published.first > today):
        return None
    return day


def _ages(groups: Sequence[Hashable], days: Sequence[date | None]) -> list[float]:
    """Months by which each is older than the newest."""
    newest = max((day for day in days if day), default=None)
    if newest is None:
        return [0.0] * len(days)
    told = [None if day is None else (newest - day).days / _MONTH for day in days]
    each = {group: age for group, age in zip(groups, told, strict=True) if age is not None}
    middling = median(each.values())  # an article counts once
    return [middling if age is None else age for age in told]
