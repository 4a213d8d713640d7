"""The line above a passage that the encoder sees and nobody quotes: title, publisher, date.

A comment's header says first that it is a reader's, so that it is not found as the
newsroom's word. What is unknown is left out. Headers are bounded in tokens: the title
gives way first.
"""

from __future__ import annotations

from rag.index.tokens import count_tokens
from rag.types import Article, Comment, PublishedDate

SEPARATOR = " · "
_MONTHS = (
    "January February March April May June July August September October November December"
).split()


def body_header(article: Article, most_tokens: int) -> str:
    """``Title · Publisher · 23 April 2013``."""
    return _bounded(
        "", article.title, [article.publisher or "", written(article.published)], most_tokens
    )


def comment_header(article: Article, comment: Comment, most_tokens: int) -> str:
    """``Comment by reader Eric, 29 April 2013 · Title · Publisher``."""
    byline = " ".join(part for part in ("Comment by reader", comment.author or "") if part)
    if when := written(comment.date):
        byline += f", {when}"
    return _bounded(byline, article.title, [article.publisher or ""], most_tokens)


def written(date: PublishedDate) -> str:
    """A date as a newspaper writes it, as far as it is known; empty when unknown."""
    if date.year is None:
        return ""
    parts = [str(date.year)]
    if date.month is not None:
        parts.insert(0, _MONTHS[date.month - 1])
        if date.day is not None:
            parts.insert(0, str(date.day))
    return " ".join(parts)


def _bounded(lead: str, title: str, rest: list[str], most_tokens: int) -> str:
    """The parts joined within the budget: first the title is cut, then parts are dropped."""
    if most_tokens <= 0:
        return ""
    words = " ".join(title.split())[: most_tokens * 8].split(" ")
    full = len(words)
    while True:
        shown = " ".join(words) + ("…" if 0 < len(words) < full else "")
        header = SEPARATOR.join(part for part in (lead, shown, *rest) if part)
        # Each character is at most a wordpiece: marks count one by one there, not here.
        if max(count_tokens([header])[0], _wordpieces_at_most(header) // 2) <= most_tokens:
            return header
        if words:
            words = words[: max(0, min(len(words) - 1, len(words) * 3 // 4))]
        elif rest:
            rest = rest[:-1] if rest[-1] else [part for part in rest if part][:-1]
        elif lead:
            lead = lead[: len(lead) * 3 // 4].rstrip()
        else:
            return ""


def _wordpieces_at_most(text: str) -> int:
    """A cheap bound: letters come three or more to a wordpiece, anything else may be one alone."""
    letters = sum(char.isascii() and char.isalnum() for char in text)
    spaces = text.count(" ")
    return letters // 2 + (len(text) - letters - spaces)
