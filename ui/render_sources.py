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
from ui.render_parts import citation_menu, origin_html
from ui.words import age_words, date_words, publisher_words, title_words, voice_words

_QUOTE_CHARS = 700


def cards_html(
    citations: Sequence[Citation],
    keys: Sequence[str],
    articles: Mapping[str, Article],
    today: dt.date,
) -> str:
    """The cards of one answer."""
    if not citations:
        return empty_html()
    items = "".join(
        f"<li>{_card(citation, key, articles.get(citation.article.id), today)}</li>"
        for citation, key in zip(citations, keys, strict=True)
    )
    return f'<h2 class="panel-title">Sources</h2><ol class="cards">{items}</ol>'


def empty_html() -> str:
    """The panel before the first answer."""
    return (
        '<h2 class="panel-title">Sources</h2><p class="hint">The passages that an answer rests '
        "on appear here. Open one to read it in its article, with the quoted words marked.</p>"
    )


def uncited_html(nearest: int) -> str:
    """The panel beside a refusal: its closest passages stand below it and are not cited."""
    more = " Choose one of the closest passages to read it here." if nearest else ""
    return (
        '<h2 class="panel-title">Sources</h2><p class="hint">Nothing is cited: the articles do '
        f"not say.{more}</p>"
    )


def _card(citation: Citation, key: str, article: Article | None, today: dt.date) -> str:
    info = citation.article
    number = f'<span class="number">[{citation.number}]</span> '
    quote = f"<mark>{esc(shortened(citation.quote, _QUOTE_CHARS))}</mark>"
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
    age = age_words(info.published, today)
    parts = [
        isolated(publisher_words(info)),
        f"<time>{esc(date_words(info.published))}</time>",
        origin_html(info.published),
        f'<span class="aside">{esc(age)}</span>' if age else "",
    ]
    return " · ".join(part for part in parts if part)


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
