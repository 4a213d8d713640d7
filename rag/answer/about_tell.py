"""How the catalogue's facts are put into words, and which words of the article show them."""

from __future__ import annotations

import re

from rag.answer.about_types import Cited
from rag.index.sentences import sentence_spans
from rag.protocols import Corpus
from rag.types import (
    Article,
    ArticleInfo,
    DateOrigin,
    Kind,
    Precision,
    PublishedDate,
    TitleOrigin,
)

_MONTHS = (
    "January February March April May June July August September October November December"
).split()


def spoken(date: PublishedDate) -> str:
    """'25 June 2014', 'April 2013', '2015', or 'an unknown date'."""
    if date.year is None:
        return "an unknown date"
    if date.month is None:
        return str(date.year)
    month = f"{_MONTHS[date.month - 1]} {date.year}"
    return f"{date.day} {month}" if date.day else month


def placed(date: PublishedDate) -> str:
    """The date behind its preposition: 'on 25 June 2014', 'in April 2013'."""
    return f"{'on' if date.precision is Precision.DAY else 'in'} {spoken(date)}"


def origin(date: PublishedDate) -> str:
    """Where a date was read, for the end of a sentence; empty when the text itself tells."""
    return {
        DateOrigin.EDITOR: ", as set by the editor: the text itself gives no such date",
        DateOrigin.FIELD: ", as recorded with the article",
        DateOrigin.HTML: ", as the markup of the page tells",
        DateOrigin.TEXT: ", as read from the text",
        DateOrigin.URL: ", as read from its address",
    }.get(date.origin, "")


def named(info: ArticleInfo) -> str:
    """An article as it is called in a sentence: its title in quotation marks, its publisher."""
    return f"“{info.title}”" + (f" ({info.publisher})" if info.publisher else "")


def listed(info: ArticleInfo) -> str:
    """An article as an entry of a list: title, publisher, date."""
    day = info.published
    when = "date unknown" if day.year is None else spoken(day)
    if day.modified:
        when = f"last modified {placed(day)}"
    who = f"{info.publisher}, " if info.publisher else ""
    return f"“{info.title}” ({who}{when})."


def title_span(article: Article) -> Cited:
    """The title in the front matter; the first sentence where the text has no title."""
    if article.title_origin is not TitleOrigin.MADE and article.title:
        at = article.text.find(article.title, 0, max(article.body_start, len(article.title)))
        if at >= 0:
            return Cited(article_id=article.id, start=at, end=at + len(article.title))
    return _opening(article)


def _opening(article: Article) -> Cited:
    """The first line of the body, as far as its first sentence, without a splitter."""
    body = article.text[article.body_start : article.body_end]
    start = article.body_start + (len(body) - len(body.lstrip()))
    line = article.text.find("\n", start, article.body_end)
    end = line if line > start else article.body_end
    stop = article.text.find(". ", start, end)
    if stop > start + 20:
        end = stop + 1
    return Cited(article_id=article.id, start=start, end=max(end, start))


def first_sentence(article: Article, corpus: Corpus) -> Cited:
    """The first sentence of the body, as the index cut it."""
    for passage in corpus.article_passages(article.id):
        if passage.kind is Kind.BODY and passage.sentences:
            start, end = passage.sentences[0]
            return Cited(article_id=article.id, start=start, end=end)
    return _opening(article)


def date_span(article: Article) -> Cited:
    """The words that the date was read from, where the text holds them; else the title."""
    span = article.published.span
    if span is not None:
        return Cited(article_id=article.id, start=span[0], end=span[1])
    return title_span(article)


_OPENS = 120  # characters of the story among which a dateline names who publishes it
_CLOSES = 600  # characters at its end among which a writer is named to the readers
_LONGEST_LINE = 240  # characters that are quoted around a name


def line_span(article: Article, words: str, *, signed: bool = False) -> Cited:
    """The line in which the article names its author or publisher; else the title.

    That is a line of its front matter, its dateline with the sentence behind it, or, of an author
    (``signed``), one of its last lines; a mention anywhere else may be of anything.
    """
    begin, end = article.body_start, article.body_end
    stretches = [(0, begin), (begin, min(begin + _OPENS, end))]
    if signed:
        stretches.append((max(begin, end - _CLOSES), end))
    whole = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    for first, last in stretches if words else ():
        found = list(whole.finditer(article.text, first, last))
        if found:
            meant = found[-1] if first > begin else found[0]
            return _around(article, meant.start(), meant.end())
    return title_span(article)


def _around(article: Article, start: int, end: int) -> Cited:
    """The line around a name, or of a long line the sentence; the name alone of a longer one."""
    text = article.text
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    if last - first > _LONGEST_LINE:
        spans = sentence_spans(text, first, last)
        first, last = next((s for s in spans if s[0] <= start and end <= s[1]), (start, end))
    if last - first > _LONGEST_LINE:
        first, last = start, end
    quoted = text[first:last]
    first += len(quoted) - len(quoted.lstrip())
    return Cited(article_id=article.id, start=first, end=first + len(quoted.strip()))
