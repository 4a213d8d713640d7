"""An article to read, with exactly the quoted words marked; pure.

The words that a button stands for are ``mark#quoted``; other quotes of the same answer in
this article are ``mark.other``, and `Steps` leads from one quote to the next.

The text is the canonical text, cut into paragraphs at its line ends and otherwise
untouched. A very long article is shown in windows around its ends and the marked words,
and says how much is left out; the marked words are always there in full.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from rag.types import Article, ArticleInfo, Citation, Comment, DateOrigin, Span
from ui.markup import esc, shortened
from ui.render_parts import citation_menu
from ui.render_sources import byline
from ui.words import date_words, publisher_words, title_words

WHOLE_CHARS = 80_000
_WINDOW = 12_000
_BACK = "Sources"
_READ = (DateOrigin.TEXT, DateOrigin.HTML, DateOrigin.URL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Steps:
    """Where a quote stands among those of its answer; a key is empty where there is no more."""

    place: int  # from 1
    of: int
    key: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Marks:
    """The spans to be marked: the one meant, and others that are only shown."""

    meant: Span | None = None
    others: tuple[Span, ...] = ()

    def within(self, length: int) -> Marks:
        """Those that lie inside a text, none overlapping another."""
        meant = self.meant if _fits(self.meant, length) else None
        kept: list[Span] = [meant] if meant else []
        for span in sorted(span for span in self.others if _fits(span, length)):
            if all(span[1] <= start or end <= span[0] for start, end in kept):
                kept.append(span)
        return Marks(meant=meant, others=tuple(sorted(span for span in kept if span != meant)))

    @property
    def all(self) -> list[Span]:
        """Every span, in the order of the text."""
        return sorted([*self.others, *([self.meant] if self.meant else [])])


def reader_html(
    article: Article,
    mark: Span | None,
    today: dt.date,
    *,
    back: str = _BACK,
    others: Sequence[Span] = (),
    steps: Steps | None = None,
    citation: Citation | None = None,
    notice: str = "",
) -> str:
    """The whole reader: head, text and readers' comments apart from it.

    ``notice`` is a sentence above the text; ``citation`` can be copied from the head.
    """
    info = article.info
    author = f'<p class="author" dir="auto">{esc(info.author)}</p>' if info.author else ""
    told = f'<p class="failed" role="alert">{esc(notice)}</p>' if notice else ""
    menu = citation_menu(citation) if citation else ""
    marks = Marks(meant=mark, others=tuple(others)).within(len(article.text))
    shown = _windows(article, marks.meant)
    body = _region(article, article.body_start, article.body_end, marks, shown)
    front = _region(article, _after_title(article, marks.meant), article.body_start, marks, shown)
    return (
        f'{_bar(back, info, steps)}<header class="reader-head">'
        f'<p class="byline">{byline(info, today)}</p>'
        f'<h2 tabindex="-1" dir="auto">{esc(title_words(info))}</h2>{author}'
        f'{_dated(info)}<p class="origin" dir="auto">{esc(info.source)}</p>{menu}{told}</header>'
        f'<div class="front">{front}</div><div class="body">{body}</div>'
        f"{_comments(article, marks, shown)}"
    )


def missing_html(citation: Citation | None = None) -> str:
    """What the reader shows for an article that is gone: the words that were cited, if any were."""
    told = (
        f"{_bar(_BACK, None, None)}"
        '<p class="hint" role="alert">This article is no longer here; it was removed.</p>'
    )
    if citation is None:
        return told
    return (
        f"{told}<p>These words of “<bdi>{esc(title_words(citation.article))}</bdi>” were kept with "
        f'the answer:</p><blockquote dir="auto">{esc(citation.quote)}</blockquote>'
    )


def _bar(back: str, info: ArticleInfo | None, steps: Steps | None) -> str:
    """What stays in sight while the text is scrolled: the way back, where one is, and on."""
    where = f"{publisher_words(info)} · {date_words(info.published)}" if info else ""
    return (
        '<div class="bar"><button type="button" class="back" data-act="back">'
        f'<span aria-hidden="true">←</span> {esc(back)}</button>'
        f'<span class="where" dir="auto" aria-hidden="true">{esc(where)}</span>'
        f"{_steps(steps)}</div>"
    )


def _steps(steps: Steps | None) -> str:
    if steps is None or steps.of < 2:
        return ""

    def button(key: str, name: str, told: str, drawn: str) -> str:
        off = "" if key else " disabled"
        return (
            f'<button type="button" class="quiet step" data-step="{name}" data-open="{esc(key)}" '
            f'aria-label="{told}"{off}><span aria-hidden="true">{drawn}</span></button>'
        )

    return (
        f'<span class="steps" data-key="{esc(steps.key)}">'
        f"{button(steps.before, 'before', 'Previous quote', '‹')}"
        f"<span>Quote {steps.place} of {steps.of}</span>"
        f"{button(steps.after, 'after', 'Next quote', '›')}</span>"
    )


def _dated(info: ArticleInfo) -> str:
    """The words that the date was read from, where it was read from words."""
    evidence = info.published.evidence
    if info.published.origin not in _READ or not evidence:
        return ""
    return f'<p class="origin">Date read from <q dir="auto">{esc(shortened(evidence, 120))}</q></p>'


def _fits(mark: Span | None, length: int) -> bool:
    return mark is not None and 0 <= mark[0] < mark[1] <= length


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


def _region(article: Article, start: int, end: int, marks: Marks, shown: list[Span]) -> str:
    """The paragraphs between two offsets, as far as they are shown."""
    parts, place = [], start
    for window in shown:
        first, last = max(window[0], start), min(window[1], end)
        if first >= last:
            continue
        if first > place:
            parts.append(_left_out(first - place))
        parts.append(_paragraphs(article.text, first, last, marks))
        place = last
    if place < end and end > start:
        parts.append(_left_out(end - place))
    return "".join(parts)


def _left_out(count: int) -> str:
    return f'<p class="left-out">{count:,} characters are not shown here</p>'


def _paragraphs(text: str, start: int, end: int, marks: Marks) -> str:
    parts, place = [], start
    while place < end:
        stop = text.find("\n", place, end)
        stop = end if stop < 0 else stop
        if text[place:stop].strip():
            parts.append(f'<p dir="auto">{_piece(text, place, stop, marks)}</p>')
        place = stop + 1
    return "".join(parts)


def _piece(text: str, start: int, end: int, marks: Marks) -> str:
    """One paragraph's text with its marks, which are in order and do not overlap."""
    parts, place = [], start
    for span in marks.all:
        first, last = max(place, span[0]), min(end, span[1])
        if first >= last:
            continue
        parts.append(esc(text[place:first]))
        kind = "" if span == marks.meant else ' class="other"'
        name = ' id="quoted"' if span == marks.meant and first == span[0] else ""
        parts.append(f"<mark{name}{kind}>{esc(text[first:last])}</mark>")
        place = last
    return "".join(parts) + esc(text[place:end])


def _comments(article: Article, marks: Marks, shown: list[Span]) -> str:
    if not article.comments:
        return ""
    items = "".join(f"<li>{_comment(article, one, marks, shown)}</li>" for one in article.comments)
    return (
        '<section class="comments" aria-label="Readers’ comments"><h3>Readers’ comments</h3>'
        f'<p class="hint">Written by readers, not by the newsroom.</p><ol>{items}</ol></section>'
    )


def _comment(article: Article, one: Comment, marks: Marks, shown: list[Span]) -> str:
    when = date_words(one.date) if one.date.year is not None else ""
    by = " · ".join(told for told in (one.author or "A reader", when) if told)
    text = _region(article, one.start, one.end, marks, shown)
    return f'<p class="by" dir="auto">{esc(by)}</p>{text}'
