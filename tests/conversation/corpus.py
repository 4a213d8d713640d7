"""A corpus in memory over a few made-up articles, for questions about the articles themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rag.protocols import Vectors
from rag.retrieve.words import content, keys
from rag.types import (
    Article,
    ArticleInfo,
    Comment,
    DateOrigin,
    Filters,
    Hit,
    Kind,
    Passage,
    PublishedDate,
    TitleOrigin,
)


class SmallCorpus:
    """Implements `Corpus`; the score of a passage is the number of words that it shares."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = {a.id: a for a in articles}
        self._passages = {p.id: p for a in articles for p in _cut(a)}

    def generation(self) -> int:
        return 1

    def dense(self, vector: Vectors, k: int, filters: Filters) -> list[Hit]:
        raise AssertionError("the catalogue needs no vectors")

    def lexical(self, query: str, k: int, filters: Filters) -> list[Hit]:
        wanted = {t.key for t in content(query)}
        allowed = {a.id for a in self.articles(filters)}
        hits = [
            Hit(passage_id=p.id, score=float(len(wanted & keys(p.text))))
            for p in self._passages.values()
            if p.article_id in allowed
        ]
        return sorted((h for h in hits if h.score), key=lambda h: -h.score)[:k]

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        return {i: self._passages[i] for i in ids if i in self._passages}

    def article(self, article_id: str) -> Article | None:
        return self._articles.get(article_id)

    def articles(self, filters: Filters | None = None) -> list[ArticleInfo]:
        found = [a.info for a in self._articles.values()]
        if filters and filters.publishers:
            found = [a for a in found if a.publisher in filters.publishers]
        if filters and filters.dates:
            dates = filters.dates
            found = [
                a
                for a in found
                if a.published.first and dates.first <= a.published.last <= dates.last
            ]
        return sorted(found, key=lambda a: -a.published.last)

    def article_passages(self, article_id: str) -> list[Passage]:
        return [p for p in self._passages.values() if p.article_id == article_id]

    def document_frequency(self, words: Sequence[str]) -> Mapping[str, int]:
        return {
            w: sum(bool(keys(w) & keys(p.text)) for p in self._passages.values()) for w in words
        }

    def similar_words(self, word: str) -> list[str]:
        return []


def _cut(article: Article) -> list[Passage]:
    spans: list[tuple[int, int, Kind, str | None]] = [
        (article.body_start, article.body_end, Kind.BODY, None)
    ]
    spans += [(c.start, c.end, Kind.COMMENT, c.author) for c in article.comments]
    out = []
    for start, end, kind, author in spans:
        text = article.text[start:end]
        sentences = tuple(
            (start + m.start(), start + m.end()) for m in re.finditer(r"\S[^.!?]*[.!?]?", text)
        )
        out.append(
            Passage(
                id=f"{article.id}:{start}",
                article_id=article.id,
                kind=kind,
                start=start,
                end=end,
                text=text,
                header=article.title,
                sentences=sentences,
                author=author,
            )
        )
    return out


def make(
    article_id: str,
    title: str,
    body: str,
    *,
    publisher: str | None = None,
    author: str | None = None,
    day: tuple[int, int | None, int | None] | None = None,
    day_line: str = "",
    origin: DateOrigin = DateOrigin.TEXT,
    modified: bool = False,
    made_title: bool = False,
    comments: Sequence[tuple[str, str, str]] = (),  # author, place, text
) -> Article:
    """An article with its canonical text laid out as the reader of articles does."""
    front = "" if made_title else f"{title}\n"
    front += f"{author}\n" if author else ""
    at = len(front)
    front += f"{day_line}\n" if day_line else ""
    span = (at, at + len(day_line)) if day_line else None
    front += "\n"
    text = front + body
    found = []
    for name, place, words in comments:
        text += f"\n\n{name} in {place} writes:\n\n"
        found.append(
            Comment(author=name, date=PublishedDate(), start=len(text), end=len(text) + len(words))
        )
        text += words
    published = PublishedDate(origin=DateOrigin.NONE)
    if day is not None:
        published = PublishedDate(
            year=day[0],
            month=day[1],
            day=day[2],
            origin=origin,
            modified=modified,
            evidence=day_line,
            span=span,
        )
    return Article(
        id=article_id,
        source=f"{article_id}.txt",
        title=title,
        title_origin=TitleOrigin.MADE if made_title else TitleOrigin.TEXT,
        publisher=publisher,
        author=author,
        published=published,
        text=text,
        body_start=len(front),
        body_end=len(front) + len(body),
        comments=tuple(found),
    )


GREGOR = """The captain should go. Lisbon needs better lights. I sailed there for many years and
never saw such neglect of the harbour. Nobody listens to the sailors, and nobody ever asks what
the lights cost us. Captain Prado did what anybody would have done in that fog with that crew."""


def small_corpus() -> SmallCorpus:
    """Six articles: dated, undated, edited, modified; one with comments, one without a title."""
    return SmallCorpus(
        [
            make(
                "ferry",
                "Ferry runs aground off Lisbon",
                "A ferry ran aground off Lisbon on Monday. Captain Ines Prado said nobody was "
                "hurt. The Harbour Authority will publish a report in May.",
                publisher="Harbour Post",
                author="Tom Weller",
                day=(2013, 4, 23),
                day_line="April 23, 2013",
                comments=(
                    ("Alma", "Porto", "Great article. Thank you so much."),
                    (
                        "Gregor",
                        "New Mexico",
                        GREGOR,
                    ),
                ),
            ),
            make(
                "oslo",
                "Ministers meet in Oslo over wheat prices",
                "Ministers met in Oslo. They spoke about wheat prices and the United Nations. "
                "The price of wheat doubled in the 1990s.",
                publisher="DW",
                day=(2015, 12, 2),
                day_line="02.12.2015",
            ),
            make(
                "wheat",
                "Wheat exports resume",
                "Wheat exports resumed in November. Mosul received the first load. "
                "The UN welcomed it.",
                publisher="Baghdad Post",
                day=(2017, 11, 8),
                day_line="Last Modified: 08 November 2017",
                modified=True,
            ),
            make(
                "whale",
                "A whale was seen in the Thames",
                "A whale was seen in the Thames on Friday. Crowds lined the bridges.",
                publisher="Sputnik",
                made_title=True,
            ),
            make(
                "bridge",
                "Bridge closes for repairs",
                "The old bridge of Mostar closes for repairs. Mosul sent engineers.",
                publisher="DW",
                day=(2014, 6, 25),
                origin=DateOrigin.EDITOR,
            ),
            make("note", "A short note on bees", "Bees are back in the city. No one knows why."),
        ]
    )
