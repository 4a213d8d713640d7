"""Articles and a corpus of them for tests of the surfaces: real nouns, no index."""

from __future__ import annotations

from collections.abc import Sequence

from rag.types import (
    Article,
    ArticleInfo,
    Comment,
    DateOrigin,
    Filters,
    Kind,
    Passage,
    PublishedDate,
    TitleOrigin,
)


def make_article(
    article_id: str = "harbour",
    *,
    title: str = "Harbour reopens after the storm",
    publisher: str | None = "Coast Gazette",
    published: PublishedDate | None = None,
    body: str = "The harbour reopened on 3 May. The mayor thanked forty volunteers.",
    comment: tuple[str, str] | None = ("Ada", "I liked the old harbour lights better."),
    source: str = "harbour.txt",
    title_origin: TitleOrigin = TitleOrigin.TEXT,
) -> Article:
    """An article whose canonical text is title, body and at most one comment."""
    text = f"{title}\n\n{body}"
    body_start, body_end = len(title) + 2, len(text)
    comments: tuple[Comment, ...] = ()
    if comment:
        text += "\n\n" + comment[1]
        spoken = Comment(author=comment[0], date=PublishedDate(), start=body_end + 2, end=len(text))
        comments = (spoken,)
    return Article(
        id=article_id,
        source=source,
        title=title,
        title_origin=title_origin,
        publisher=publisher,
        author=None,
        published=published or PublishedDate(year=2016, month=5, day=4, origin=DateOrigin.TEXT),
        text=text,
        body_start=body_start,
        body_end=body_end,
        comments=comments,
        content_hash=str(len(text)),
    )


class FakeCorpus:
    """The part of `rag.protocols.Corpus` that surfaces use."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.stored = {article.id: article for article in articles}

    def generation(self) -> int:
        return len(self.stored)

    def articles(self, filters: Filters | None = None) -> list[ArticleInfo]:
        return [
            article.info
            for article in self.stored.values()
            if filters is None or not filters.publishers or article.publisher in filters.publishers
        ]

    def article(self, article_id: str) -> Article | None:
        return self.stored.get(article_id)

    def article_passages(self, article_id: str) -> list[Passage]:
        article = self.stored.get(article_id)
        if article is None:
            return []
        return [
            Passage(
                id=f"{article_id}-0",
                article_id=article_id,
                kind=Kind.BODY,
                start=article.body_start,
                end=article.body_end,
                text=article.body,
                header=article.title,
                sentences=((article.body_start, article.body_end),),
            )
        ]
