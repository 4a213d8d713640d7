"""The panel beside an answer: a card a citation; pure.

A card tells who said it, when, how that date is known and how old it is, and quotes the
words. Its tick says that the quote was compared with the stored text just now and is the
same, character for character.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from rag.types import Article, ArticleInfo, Citation, Kind
from ui.markup import esc, isolated, shortened
from ui.render_parts import citation_menu
from ui.words import age_words, date_words, origin_words, publisher_words, title_words, voice_words

_QUOTE_CHARS = 700


def cards_html(
    citations: Sequence[Citation],
    keys: Sequence[str],
    articles: Mapping[str, Article],
    today: dt.date,
    *,
    nearest: bool = False,
) -> str:
    """The cards of one answer, or of the passages nearest to a refused question."""
    if not citations:
        return empty_html()
    heading = "Closest passages" if nearest else "Sources"
    items = "".join(
        f"<li>{_card(citation, key, articles.get(citation.article.id), today, nearest)}</li>"
        for citation, key in zip(citations, keys, strict=True)
    )
    kind = "cards nearest" if nearest else "cards"
    return f'<h2 class="panel-title">{heading}</h2><ol class="{kind}">{items}</ol>'


def empty_html() -> str:
    """The panel before the first answer."""
    return (
        '<h2 class="panel-title">Sources</h2><p class="hint">The passages that an answer rests '
        "on appear here. Open one to read it in its article, with the quoted words marked.</p>"
    )


def _card(
    citation: Citation, key: str, article: Article | None, today: dt.date, nearest: bool
) -> str:
    info = citation.article
    number = "" if nearest else f'<span class="number">[{citation.number}]</span> '
    quote = esc(shortened(citation.quote, _QUOTE_CHARS))
    quote = quote if nearest else f"<mark>{quote}</mark>"
    return (
        f'<article class="card"><p class="byline">{number}{byline(info, today)}</p>'
        f'<h3 dir="auto"><button type="button" data-open="{esc(key)}">{esc(title_words(info))}'
        f"</button></h3>{_voice(citation)}"
        f'<blockquote dir="auto">{quote}</blockquote>'
        f'<div class="card-foot">{_tick(citation, article)}{citation_menu(citation)}</div>'
        "</article>"
    )


def byline(info: ArticleInfo, today: dt.date) -> str:
    """Publisher, date, how it is known, and age: for cards and the reader's head."""
    known, age = origin_words(info.published), age_words(info.published, today)
    parts = [isolated(publisher_words(info)), f"<time>{esc(date_words(info.published))}</time>"]
    parts.extend(f'<span class="aside">{esc(told)}</span>' for told in (known, age) if told)
    return " · ".join(parts)


def _voice(citation: Citation) -> str:
    if citation.kind is not Kind.COMMENT:
        return ""
    told = voice_words(citation.kind, citation.comment_author)
    return f'<p class="tag" dir="auto">{esc(told)}</p>'


def _tick(citation: Citation, article: Article | None) -> str:
    if article is None:
        return '<p class="check gone">This article is no longer here.</p>'
    if article.text[citation.start : citation.end] != citation.quote:
        return '<p class="check gone">The article has changed since; the quote is the old text.</p>'
    return '<p class="check"><span aria-hidden="true">✓</span> quote found in the article</p>'
