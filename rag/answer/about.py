"""Questions about the articles themselves, answered from the catalogue and cited.

    about("When was the article about Montenegro published?", corpus)

gives a `CatalogueAnswer`, or None for a question about the world, which is not its business.
It is meant to be precise rather than complete: `rag.answer.about_ask` decides by the words of
the question, and a doubtful reading ('the report') holds only when it leads to an article.
Every statement cites verbatim words: the date line, the title, a sentence or a comment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from weakref import WeakKeyDictionary

from rag.answer.about_ask import classify
from rag.answer.about_commenter import tell_commenter
from rag.answer.about_comments import (
    gather,
    tell_commenters,
    tell_comments,
    tell_count,
    tell_date,
    tell_place,
    with_unread,
    written_by,
)
from rag.answer.about_lists import (
    tell_all,
    tell_by,
    tell_extreme,
    tell_from,
    tell_mentions,
    tell_publishers,
    tell_undated,
)
from rag.answer.about_near import Near, holds_names, nearest
from rag.answer.about_one import name_several, no_such_article, tell_one
from rag.answer.about_target import Target, find_target
from rag.answer.about_types import Ask, CatalogueAnswer, CatalogueStatement, Cited, Request
from rag.answer.about_words import TitleIndex, index_titles, worldly
from rag.protocols import Corpus
from rag.retrieve.words import content
from rag.types import ArticleInfo, Filters, Turn

__all__ = ["Ask", "CatalogueAnswer", "CatalogueStatement", "Cited", "about"]

_ONE = frozenset({Ask.PUBLISHED, Ask.MODIFIED, Ask.PUBLISHER, Ask.AUTHOR, Ask.TITLE, Ask.CREDITS})
_OF_A_READER = frozenset({Ask.COMMENT_BY, Ask.COMMENT_PLACE, Ask.COMMENT_DATE})
_PAPER = re.compile(
    r"\b(?:papers?|newspapers?|magazines?|outlets?|publications?|"
    r"news\s+(?:agenc(?:y|ies)|services?|sites?|organi[sz]ations?))\b",
    re.IGNORECASE,
)
_DOUBT = 0.06  # how much clearer a description must be where an article may not be meant
_BELOW = _OF_A_READER | {Ask.COMMENTS, Ask.COMMENT_COUNT, Ask.COMMENTERS}


def about(
    question: str,
    corpus: Corpus,
    turns: Sequence[Turn] = (),
    filters: Filters | None = None,
    near: Near | None = None,
) -> CatalogueAnswer | None:
    """The catalogue's answer, or None when the question is not about the articles.

    ``near`` finds passages for a description that shares few words with its article.
    """
    filters = filters or Filters()
    request = classify(question, *_known(corpus))
    if request is None:
        return None
    infos = corpus.articles(filters)
    if request.ask in _ONE:
        return _about_one(question, request, corpus, turns, filters, near)
    if request.ask in _BELOW:
        return _about_comments(request, infos, corpus, turns, filters)
    if request.ask is Ask.COMMENTER:
        return tell_commenter(question, infos, corpus, filters, near)
    chosen = [a for a in infos if not request.publishers or a.publisher in request.publishers]
    return _about_many(request, chosen, corpus, filters)


_seen: WeakKeyDictionary[Corpus, tuple[int, list[str], TitleIndex]] = WeakKeyDictionary()


def _known(corpus: Corpus) -> tuple[list[str], TitleIndex]:
    """All publishers and titles, listed again only when the corpus has changed."""
    generation = corpus.generation()
    held = _seen.get(corpus)
    if held is None or held[0] != generation:
        infos = corpus.articles()
        publishers = sorted({a.publisher for a in infos if a.publisher})
        held = generation, publishers, index_titles({a.title for a in infos})
        _seen[corpus] = held
    return held[1], held[2]


def _about_one(
    question: str,
    request: Request,
    corpus: Corpus,
    turns: Sequence[Turn],
    filters: Filters,
    near: Near | None,
) -> CatalogueAnswer | None:
    target = Target(articles=())
    if not request.learned:
        target = find_target(request, corpus, turns, filters)
    described = target.held and not worldly(request.noun)
    clear = target.sure or described or (request.event and target.told)
    doubtful = request.doubtful
    lost = not (target.one and clear) if request.tentative else not target.articles
    if lost and near is not None and _is_described(request):
        found = _by_description(question, request, corpus, filters, near)
        target, clear = (found, True) if found.one else (target, clear)
        # Who reported what, and who wrote a report, the articles may tell themselves. 'Which paper
        # ran the report on …' is asked of an article.
        paper = request.ask is Ask.PUBLISHER and _PAPER.search(question)
        reported = worldly(request.noun) and not paper
        doubtful |= request.tentative and (request.event or reported)
    doubtful |= request.event and request.ask is Ask.AUTHOR
    if request.tentative and not (target.one and clear):
        return None
    if not target.articles:
        return no_such_article(request.ask, request.title or request.subject)
    if target.one is None:
        return name_several(request.ask, target.articles, corpus)
    article = corpus.article(target.one.id)
    told = tell_one(request.ask, article) if article is not None else None
    # 'Which agencies are behind the report?' of the world: only an article that tells answers it.
    passing = doubtful or request.learned or request.ask is Ask.CREDITS
    if told is None or (told.abstained and passing and request.tentative):
        return None
    return replace(told, doubtful=doubtful)


def _is_described(request: Request) -> bool:
    """Whether the words can lead to an article by their meaning."""
    return bool(request.subject) and not (request.title or request.extreme)


def _by_description(
    question: str, request: Request, corpus: Corpus, filters: Filters, near: Near
) -> Target:
    infos = corpus.articles(filters)
    if request.publishers:
        infos = [a for a in infos if (a.publisher or "") in request.publishers]
    least = _DOUBT if request.tentative else 0.0
    found = nearest(question, near, infos, filters, least=least)
    article = corpus.article(found.one.id) if found.one else None
    # 'the BBC's story', 'the article about Serena Williams': who is named must be in it
    if article is None or not holds_names(question, article, all_of_them=not request.tentative):
        return Target(articles=())
    return found


def _about_comments(
    request: Request,
    infos: Sequence[ArticleInfo],
    corpus: Corpus,
    turns: Sequence[Turn],
    filters: Filters,
) -> CatalogueAnswer | None:
    if request.ask in _OF_A_READER:
        said, unread = gather(infos, corpus, filters, request.subject)
        found = written_by(request.subject, said)
        if request.tentative and not found:
            return None
        if request.ask is Ask.COMMENT_PLACE:
            return tell_place(found)
        if request.ask is Ask.COMMENT_DATE:
            return tell_date(found)
        return with_unread(tell_comments(request, found, topic=""), unread)
    one = _article_meant(request, corpus, turns, filters)
    chosen: Sequence[ArticleInfo] = one.articles if one is not None else infos
    if one is not None and not one.articles:
        return no_such_article(request.ask, request.subject)
    topic = "" if one is not None else request.subject
    if request.ask is Ask.COMMENT_COUNT:
        return tell_count(request, chosen, corpus)
    said, unread = gather(chosen, corpus, filters, topic)
    if request.ask is Ask.COMMENTERS:
        return with_unread(tell_commenters(request, said), unread)
    return with_unread(tell_comments(request, said, topic=topic), unread)


def _article_meant(
    request: Request, corpus: Corpus, turns: Sequence[Turn], filters: Filters
) -> Target | None:
    """The articles whose comments are asked for, when the question names an article."""
    if not request.of_article:
        return None
    return find_target(request, corpus, turns, filters)


def _about_many(
    request: Request, infos: Sequence[ArticleInfo], corpus: Corpus, filters: Filters
) -> CatalogueAnswer | None:
    if request.ask is Ask.MENTIONS:
        if not content(request.subject) and not re.search(r"\w", request.subject):
            return None
        return tell_mentions(request, infos, corpus, filters)
    if request.ask is Ask.FROM:
        return tell_from(request, infos, corpus, _today())
    if request.ask is Ask.BY:
        return tell_by(request, infos, corpus)
    if request.ask is Ask.UNDATED:
        return tell_undated(request, infos, corpus)
    if request.ask is Ask.PUBLISHERS:
        return tell_publishers(request, infos, corpus)
    if request.ask in (Ask.NEWEST, Ask.OLDEST):
        return tell_extreme(request, infos, corpus, filters)
    return tell_all(request, infos, corpus)


def _today() -> int:
    """Only for 'articles from last week': counted from the day of asking."""
    day = date.today()
    return day.year * 10000 + day.month * 100 + day.day
