"""Dates, ages and origins in words, for the terminal and the page alike; pure."""

from __future__ import annotations

import calendar
import datetime as dt

from rag.types import Answer, ArticleInfo, DateOrigin, Kind, Precision, PublishedDate, TitleOrigin

_ORIGINS = {
    DateOrigin.EDITOR: (
        "date set by the editor",
        "Set by hand by whoever keeps these articles; it counts before what the text says.",
    ),
    DateOrigin.FIELD: (
        "date from the file’s metadata",
        "Read from a field that came with the article, not from its text.",
    ),
    DateOrigin.HTML: (
        "date from the page’s markup",
        "Read from the markup of the web page, where readers do not see it.",
    ),
    DateOrigin.TEXT: ("date read from the text", "Read from the words of the article itself."),
    DateOrigin.URL: ("date from the web address", "Read from the address of the page."),
}


def date_words(published: PublishedDate) -> str:
    """``25 June 2014``, ``June 2014``, ``2014`` or ``date unknown``."""
    if published.year is None:
        return "date unknown"
    if published.month is None:
        return str(published.year)
    month = f"{calendar.month_name[published.month]} {published.year}"
    return month if published.day is None else f"{published.day} {month}"


def origin_words(published: PublishedDate) -> str:
    """How a date is known, and how much of it: ``date read from the text, month only``."""
    known = _ORIGINS.get(published.origin)
    if published.year is None or known is None:
        return ""
    words = [known[0]]
    if published.modified:
        words.append("last modified")
    if published.precision is Precision.MONTH:
        words.append("month only")
    if published.precision is Precision.YEAR:
        words.append("year only")
    return ", ".join(words)


def origin_title(published: PublishedDate) -> str:
    """The same in a sentence."""
    return _ORIGINS.get(published.origin, ("", "The article tells no date."))[1]


def age_words(published: PublishedDate, today: dt.date) -> str:
    """``12 years ago``, ``5 months ago``, ``3 days ago``, ``today``; empty when unknown.

    Only as fine as the date itself: a date known to the year is never told in months.
    """
    if published.year is None:
        return ""
    years = today.year - published.year
    if published.month is None:
        return _ago(years, "year") if years else "this year"
    months = years * 12 + today.month - published.month
    if published.day is not None and today.day < published.day:
        months -= 1
    if months >= 12:
        return _ago(months // 12, "year")
    if published.day is None:
        return _ago(months, "month") if months > 0 else "this month"
    days = (today - dt.date(published.year, published.month, published.day)).days
    if days < 0:
        return "dated in the future"
    if months >= 1:
        return _ago(months, "month")
    return _ago(days, "day") if days else "today"


def _ago(count: int, unit: str) -> str:
    if count < 0:
        return "dated in the future"
    return f"{count} {unit} ago" if count == 1 else f"{count} {unit}s ago"


def lead_words(answer: Answer) -> str:
    """The short answer as it leads: with its dates where articles of several dates differ."""
    short = answer.short or ""
    first = answer.statements[0].text if answer.statements else ""
    lead = answer.text[: answer.text.find(first)].strip().rstrip(".") if first else ""
    if not short or not lead or lead.casefold() == short.rstrip(".").casefold():
        return short
    return lead if short.casefold() in lead.casefold() else short


def publisher_words(info: ArticleInfo) -> str:
    """The publisher, or that it is unknown."""
    return info.publisher or "publisher unknown"


def title_words(info: ArticleInfo) -> str:
    """The title, marked when the text has none and it was made from the first sentence."""
    made = info.title_origin is TitleOrigin.MADE
    return f"{info.title} (made from the first words)" if made else info.title


def voice_words(kind: Kind, author: str | None) -> str:
    """``reader comment by Eric`` for a comment, empty for the article's own words."""
    if kind is not Kind.COMMENT:
        return ""
    return f"reader comment by {author}" if author else "reader comment"
