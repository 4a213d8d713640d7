"""Which article a question means: by its title, its words, its publisher, author or date.

`find_target` reads the whole catalogue's metadata but the texts of a few candidates only.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from rag.answer.about_types import Request
from rag.answer.about_words import fold
from rag.protocols import Corpus
from rag.retrieve.time import parse_times
from rag.retrieve.words import content, keys
from rag.types import ArticleInfo, Filters, Turn

_READ = 8  # candidates whose text is looked at
_CLEAR = 0.25  # how far ahead the best must be to be meant alone
_ENOUGH = 0.6  # share of the words that an article must have to be meant at all
_ALONE = 0.4  # the same, where the publisher that is named has but one
_ALL = 0.95  # share of the words that an article must hold to be told by them alone …
_SEVERAL = 3  # … where there are at least so many of them
_TOLD = 0.75  # share of the words that one passage must hold to tell what is asked about


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """The articles that may be meant, best first; one when it is clear."""

    articles: tuple[ArticleInfo, ...]
    sure: bool = False  # the title or the conversation tells, not just words of the text
    told: bool = False  # one passage holds nearly all of the words together
    held: bool = False  # the article holds all of several words, and no other nearly as well

    @property
    def one(self) -> ArticleInfo | None:
        """The article meant, when only one can be."""
        return self.articles[0] if len(self.articles) == 1 else None


def find_target(
    request: Request, corpus: Corpus, turns: Sequence[Turn], filters: Filters
) -> Target:
    """The article or articles that a request speaks of; none when nothing fits."""
    target = _fitting(request, corpus, turns, filters)
    if not request.extreme:
        return target
    dated = [a for a in target.articles if a.published.year is not None]
    if not dated:
        return target
    newest = request.extreme == "newest"
    end = (max if newest else min)(_day(a, newest=newest) for a in dated)
    return Target(articles=tuple(a for a in dated if _day(a, newest=newest) == end), sure=True)


def _day(info: ArticleInfo, *, newest: bool) -> int:
    return info.published.last if newest else info.published.first


def _fitting(request: Request, corpus: Corpus, turns: Sequence[Turn], filters: Filters) -> Target:
    infos = [a for a in corpus.articles(filters) if _from_publishers(a, request.publishers)]
    if request.title:
        return _titled(request.title, infos)
    if request.deictic:
        spoken = _spoken_of(infos, turns)
        if spoken:
            return Target(articles=(spoken,), sure=True)
    if not request.subject or not infos:
        return Target(articles=tuple(infos), sure=bool(request.publishers))
    alone = len(infos) == 1 and bool(request.publishers)
    return _by_words(request.subject, infos, corpus, filters, enough=_ALONE if alone else _ENOUGH)


def _from_publishers(info: ArticleInfo, publishers: Sequence[str]) -> bool:
    return not publishers or (info.publisher or "") in publishers


def _spoken_of(infos: Sequence[ArticleInfo], turns: Sequence[Turn]) -> ArticleInfo | None:
    by_id = {a.id: a for a in infos}
    for turn in reversed(turns):
        for article_id in turn.articles:
            if article_id in by_id:
                return by_id[article_id]
    return None


def _titled(title: str, infos: Sequence[ArticleInfo]) -> Target:
    wanted = fold(title)
    scored = [(fuzz.ratio(wanted, fold(a.title)), a) for a in infos]
    held = [a for a in infos if wanted and wanted in fold(a.title)]
    best = max((score for score, _ in scored), default=0)
    if best >= 85:
        held = [a for score, a in scored if score >= best - 2]
    return Target(articles=tuple(held), sure=True)


def _by_words(
    subject: str, infos: Sequence[ArticleInfo], corpus: Corpus, filters: Filters, *, enough: float
) -> Target:
    """By the words of the subject in title, metadata and text; a date narrows, if it can."""
    times = [t for t in parse_times(subject) if t.resolved]
    words = subject
    for time in reversed(times):
        words = words[: time.start] + words[time.end :]
    dated = [
        a
        for a in infos
        if any(
            a.published.first and a.published.first <= t.last and a.published.last >= t.first
            for t in times
        )
    ]
    wanted = {t.key for t in content(words)}
    if not wanted:
        return Target(articles=tuple(dated if times else infos))
    scores = _scores(words, infos, corpus, filters, enough)
    if times and any(a.id in scores for a in dated):
        scores = {a.id: scores[a.id] for a in dated if a.id in scores}
    if not scores:
        return Target(articles=())
    by_id = {a.id: a for a in infos}
    ranked = sorted(scores, key=lambda i: -scores[i][0])
    best = scores[ranked[0]][0]
    near = [by_id[i] for i in ranked if scores[i][0] > best - _CLEAR]
    _, titled, together, in_text = scores[ranked[0]]
    return Target(
        articles=tuple(near),
        sure=titled >= _ENOUGH,
        told=together >= _TOLD,
        held=in_text >= _ALL and len(wanted) >= _SEVERAL,
    )


def _scores(
    words: str, infos: Sequence[ArticleInfo], corpus: Corpus, filters: Filters, enough: float
) -> dict[str, tuple[float, float, float, float]]:
    """Article id -> score, and shares of the words in title and metadata, passage and text."""
    weights = _weights(words, corpus)
    heads = {
        a.id: _share(weights, head)
        for a in infos
        if _may_hold(weights, head := f"{a.title} {a.author or ''} {a.publisher or ''}")
    }
    order: dict[str, int] = {}
    near: dict[str, float] = {}  # the share of the words that one passage holds together
    hits = corpus.lexical(words, 50, filters)
    passages = corpus.passages([h.passage_id for h in hits])
    for hit in hits:
        passage = passages.get(hit.passage_id)
        if passage is not None:
            order.setdefault(passage.article_id, len(order) + 1)
            share = _share(weights, passage.text)
            near[passage.article_id] = max(share, near.get(passage.article_id, 0.0))
    best_heads = sorted((i for i in heads if heads[i] > 0), key=lambda i: -heads[i])[:_READ]
    found: dict[str, tuple[float, float, float, float]] = {}
    known = {a.id for a in infos}
    for article_id in dict.fromkeys([*best_heads, *[i for i in order if i in known][:_READ]]):
        article = corpus.article(article_id)
        if article is None:
            continue
        in_text = _share(weights, article.text)
        titled = heads.get(article_id, 0.0)
        if max(in_text, titled) < enough:
            continue
        rank = 0.3 / order[article_id] if article_id in order else 0.0
        together = near.get(article_id, 0.0)
        score = titled + (in_text + together) / 2 + rank
        found[article_id] = score, titled, together, in_text
    return found


def _weights(words: str, corpus: Corpus) -> dict[str, float]:
    """Each word's key with its weight: a rare word tells more about which article is meant."""
    found = content(words)
    frequency = corpus.document_frequency([t.text for t in found])
    return {t.key: 1 / math.sqrt(1 + frequency.get(t.text, 0)) for t in found}


def _may_hold(weights: dict[str, float], text: str) -> bool:
    """Whether a text can hold one of the words: quick, for the titles of a whole catalogue."""
    lowered = text.lower()
    return any(k[:4].lower() in lowered for k in weights)


def _share(weights: dict[str, float], text: str) -> float:
    held = keys(text)
    return sum(w for k, w in weights.items() if k in held) / sum(weights.values())
