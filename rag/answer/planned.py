"""The date of what is to come, in a sentence that also dates the telling of it.

'On June 23 he said he would meet a July 1 deadline': a question about the plan means July 1,
one about the saying June 23. A plan lies after the day on which it is told, so a question
that looks ahead takes the latest date of the sentence. It changes no other question.
"""

from __future__ import annotations

import re

from rag.retrieve.time import parse_times
from rag.types import PublishedDate, Span

_AHEAD = re.compile(
    r"\b(?:will|wil|shall|going to|deadlines?|due|by (?:when|what|which)|planned|scheduled|"
    r"supposed to|expected to|is to|are to|was to|were to|should|must|promised?)\b",
    re.IGNORECASE,
)


def planned(question: str, sentence: str, published: PublishedDate) -> Span | None:
    """Where the planned date stands in the sentence; None unless it tells of several days."""
    if not _AHEAD.search(question):
        return None
    # Without the article's date, June and July still have an order within any one year.
    anchor = published if published.first else PublishedDate(year=2000, month=7, day=1)
    told = [t for t in parse_times(sentence, anchor) if t.resolved]
    if len({t.first for t in told}) < 2:
        return None
    last = max(told, key=lambda t: (t.last, t.start))
    return last.start, last.end
