"""Answers about one article: its date, publisher, author and title."""

from __future__ import annotations

from collections.abc import Callable

from rag.answer.about_credits import credits_of
from rag.answer.about_tell import (
    date_span,
    line_span,
    listed,
    named,
    origin,
    placed,
    spoken,
    title_span,
)
from rag.answer.about_types import Ask, CatalogueAnswer, CatalogueStatement, Cited
from rag.protocols import Corpus
from rag.types import Article, ArticleInfo, DateOrigin, Note, NoteKind, TitleOrigin

MOST = 8  # entries of a list; the rest is counted


def tell_one(ask: Ask, article: Article) -> CatalogueAnswer:
    """What the catalogue records of one article."""
    return _TELLERS[ask](article)


def _told(
    ask: Ask, text: str, cited: Cited, short: str, notes: tuple[Note, ...] = ()
) -> CatalogueAnswer:
    statement = CatalogueStatement(text=text, cited=(cited,))
    return CatalogueAnswer(ask=ask, statements=(statement,), short=short, notes=notes)


def _missing(ask: Ask, text: str, article: Article, reason: str) -> CatalogueAnswer:
    statement = CatalogueStatement(text=text, cited=(title_span(article),))
    return CatalogueAnswer(ask=ask, statements=(statement,), abstained=True, reason=reason)


def _published(article: Article) -> CatalogueAnswer:
    date, name = article.published, named(article.info)
    if date.year is None:
        return _missing(
            Ask.PUBLISHED,
            f"The publication date of {name} is unknown: neither its text nor an editor gives one.",
            article,
            "date unknown",
        )
    if date.modified:
        text = (
            f"{name} was last modified {placed(date)}{origin(date)}; "
            "it gives no other date, so when it was first published is unknown."
        )
    else:
        text = f"{name} was published {placed(date)}{origin(date)}."
    return _told(Ask.PUBLISHED, text, date_span(article), spoken(date), _date_notes(article))


def _date_notes(article: Article) -> tuple[Note, ...]:
    date, notes = article.published, []
    if date.origin is DateOrigin.EDITOR:
        notes.append(Note(kind=NoteKind.DATE, text="The date was set by the editor."))
    if date.modified:
        notes.append(Note(kind=NoteKind.DATE, text="The date is that of the last modification."))
    return tuple(notes)


def _modified(article: Article) -> CatalogueAnswer:
    date, name = article.published, named(article.info)
    if date.modified and date.year is not None:
        text = f"{name} was last modified {placed(date)}{origin(date)}."
        return _told(Ask.MODIFIED, text, date_span(article), spoken(date))
    known = f"; it was published {placed(date)}" if date.year is not None else ""
    return _missing(
        Ask.MODIFIED,
        f"{name} does not tell when it was last modified{known}.",
        article,
        "no such date",
    )


def _publisher(article: Article) -> CatalogueAnswer:
    name = f"“{article.title}”"
    if not article.publisher:
        return _missing(Ask.PUBLISHER, f"The publisher of {name} is unknown.", article, "unknown")
    text = f"{name} was published by {article.publisher}."
    return _told(Ask.PUBLISHER, text, line_span(article, article.publisher), article.publisher)


def _author(article: Article) -> CatalogueAnswer:
    if not article.author:
        return _missing(
            Ask.AUTHOR, f"{named(article.info)} names no author.", article, "no author named"
        )
    text = f"{named(article.info)} is by {article.author}."
    return _told(Ask.AUTHOR, text, line_span(article, article.author, signed=True), article.author)


def _title(article: Article) -> CatalogueAnswer:
    if article.title_origin is TitleOrigin.MADE:
        text = (
            f"The text has no title; the headline shown, “{article.title}”, "
            "was made from its first sentence."
        )
        return _told(Ask.TITLE, text, title_span(article), article.title)
    by = f" of the article by {article.publisher}" if article.publisher else ""
    return _told(
        Ask.TITLE, f"The title{by} is “{article.title}”.", title_span(article), article.title
    )


def _credits(article: Article) -> CatalogueAnswer:
    found = credits_of(article)
    if found is None:
        text = f"{named(article.info)} names no agency or colleague that it was made with."
        return _missing(Ask.CREDITS, text, article, "nobody named")
    start, end, agencies = found
    cited = Cited(article_id=article.id, start=start, end=end)
    text = f"{named(article.info)} tells: “{article.text[start:end]}”."
    return _told(Ask.CREDITS, text, cited, agencies)


_TELLERS: dict[Ask, Callable[[Article], CatalogueAnswer]] = {
    Ask.PUBLISHED: _published,
    Ask.MODIFIED: _modified,
    Ask.PUBLISHER: _publisher,
    Ask.AUTHOR: _author,
    Ask.TITLE: _title,
    Ask.CREDITS: _credits,
}


def name_several(ask: Ask, articles: tuple[ArticleInfo, ...], corpus: Corpus) -> CatalogueAnswer:
    """Several articles may be meant: what each of them says, or at least their names."""
    statements = [CatalogueStatement(text=f"{len(articles)} articles may be meant.")]
    answered = 0
    for info in articles[:MOST]:
        article = corpus.article(info.id)
        if article is None:
            continue
        told = tell_one(ask, article) if ask in _TELLERS and len(articles) <= 3 else None
        if told is not None:
            statements += told.statements
            answered += not told.abstained
        else:
            statements.append(CatalogueStatement(text=listed(info), cited=(title_span(article),)))
            answered += 1
    if len(articles) > MOST:
        statements.append(
            CatalogueStatement(
                text=f"And {len(articles) - MOST} more: name one by its title or publisher."
            )
        )
    return CatalogueAnswer(
        ask=ask,
        statements=tuple(statements),
        abstained=answered == 0,
        reason="" if answered else "unknown",
    )


def no_such_article(ask: Ask, subject: str) -> CatalogueAnswer:
    """No article fits the words."""
    what = f" about “{subject}”" if subject else " that fits"
    return CatalogueAnswer(
        ask=ask,
        statements=(CatalogueStatement(text=f"There is no article{what}."),),
        abstained=True,
        reason="no such article",
    )
