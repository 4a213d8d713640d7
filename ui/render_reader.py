"""An article to read, with exactly the quoted words marked; pure.

The text is the canonical text, cut into paragraphs at its line ends and otherwise
untouched. A very long article is shown in windows around its ends and the marked words,
and says how much is left out; the marked words are always there in full.
"""

from __future__ import annotations

import datetime as dt

from rag.types import Article, ArticleInfo, Comment, Span
from ui.markup import esc
from ui.render_sources import byline
from ui.words import date_words, publisher_words, title_words

WHOLE_CHARS = 80_000
_WINDOW = 12_000
_BACK = "Sources"


def reader_html(article: Article, mark: Span | None, today: dt.date, *, back: str = _BACK) -> str:
    """The whole reader: head, text and readers' comments apart from it."""
    info = article.info
    author = f'<p class="author" dir="auto">{esc(info.author)}</p>' if info.author else ""
    span = _within(mark, len(article.text))
    shown = _windows(article, span)
    body = _region(article, article.body_start, article.body_end, span, shown)
    front = _region(article, _after_title(article, span), article.body_start, span, shown)
    return (
        f'{_bar(back, info)}<header class="reader-head">'
        f'<p class="byline">{byline(info, today)}</p>'
        f'<h2 tabindex="-1" dir="auto">{esc(title_words(info))}</h2>{author}'
        f'<p class="origin" dir="auto">{esc(info.source)}</p></header>'
        f'<div class="front">{front}</div><div class="body">{body}</div>'
        f"{_comments(article, span, shown)}"
    )


def missing_html() -> str:
    """What the reader shows for an article that is gone."""
    return (
        f"{_bar(_BACK, None)}"
        '<p class="hint" role="alert">This article is no longer here; it was removed.</p>'
    )


def _bar(back: str, info: ArticleInfo | None) -> str:
    """What stays in sight while the text is scrolled: the way back, and where one is."""
    where = f"{publisher_words(info)} · {date_words(info.published)}" if info else ""
    return (
        '<div class="bar"><button type="button" class="back" data-act="back">'
        f'<span aria-hidden="true">←</span> {esc(back)}</button>'
        f'<span class="where" dir="auto" aria-hidden="true">{esc(where)}</span></div>'
    )


def _within(mark: Span | None, length: int) -> Span | None:
    if mark is None or not 0 <= mark[0] < mark[1] <= length:
        return None
    return mark


def _after_title(article: Article, mark: Span | None) -> int:
    """Where the front matter goes on after the title, which the head already shows."""
    lead = len(article.text) - len(article.text.lstrip())
    end = lead + len(article.title)
    shown = article.text.startswith(article.title, lead) and end <= article.body_start
    return end if shown and (mark is None or mark[0] >= end) else 0


def _windows(article: Article, mark: Span | None) -> list[Span]:
    """The parts of the text that are shown: all of it unless it is very long."""
    length = len(article.text)
    if length <= WHOLE_CHARS:
        return [(0, length)]
    wanted = [(0, _WINDOW)]
    if mark:
        wanted.append((max(0, mark[0] - _WINDOW), min(length, mark[1] + _WINDOW)))
    joined: list[Span] = []
    for start, end in sorted(wanted):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _region(article: Article, start: int, end: int, mark: Span | None, shown: list[Span]) -> str:
    """The paragraphs between two offsets, as far as they are shown."""
    parts, place = [], start
    for window in shown:
        first, last = max(window[0], start), min(window[1], end)
        if first >= last:
            continue
        if first > place:
            parts.append(_left_out(first - place))
        parts.append(_paragraphs(article.text, first, last, mark))
        place = last
    if place < end and end > start:
        parts.append(_left_out(end - place))
    return "".join(parts)


def _left_out(count: int) -> str:
    return f'<p class="left-out">{count:,} characters are not shown here</p>'


def _paragraphs(text: str, start: int, end: int, mark: Span | None) -> str:
    parts, place = [], start
    while place < end:
        stop = text.find("\n", place, end)
        stop = end if stop < 0 else stop
        if text[place:stop].strip():
            parts.append(f'<p dir="auto">{_piece(text, place, stop, mark)}</p>')
        place = stop + 1
    return "".join(parts)


def _piece(text: str, start: int, end: int, mark: Span | None) -> str:
    if mark is None or mark[1] <= start or end <= mark[0]:
        return esc(text[start:end])
    first, last = max(start, mark[0]), min(end, mark[1])
    name = ' id="quoted"' if first == mark[0] else ""
    return (
        f"{esc(text[start:first])}<mark{name}>{esc(text[first:last])}</mark>{esc(text[last:end])}"
    )


def _comments(article: Article, mark: Span | None, shown: list[Span]) -> str:
    if not article.comments:
        return ""
    items = "".join(f"<li>{_comment(article, one, mark, shown)}</li>" for one in article.comments)
    return (
        '<section class="comments" aria-label="Readers’ comments"><h3>Readers’ comments</h3>'
        f'<p class="hint">Written by readers, not by the newsroom.</p><ol>{items}</ol></section>'
    )


def _comment(article: Article, one: Comment, mark: Span | None, shown: list[Span]) -> str:
    when = date_words(one.date) if one.date.year is not None else ""
    by = " · ".join(told for told in (one.author or "A reader", when) if told)
    text = _region(article, one.start, one.end, mark, shown)
    return f'<p class="by" dir="auto">{esc(by)}</p>{text}'
