"""Which article a question means, where its words alone do not tell: by what is found for it.

'Who wrote the piece on whether a local vote was a turning point?' shares no rare word with its
article. The engine's own search, by meaning and by words, finds passages for the whole question;
where most of the best come from one article, and are near enough to it, that article is meant.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence

from rag.answer.about_target import Target
from rag.answer.demands import COMPASS, names_it
from rag.retrieve.names import names
from rag.retrieve.time import parse_times
from rag.retrieve.words import keys, other_names
from rag.types import Article, ArticleInfo, Candidate, Filters, Kind

Near = Callable[[str, Filters], Sequence[Candidate]]

# Chosen on 105 such questions about 35 news articles, and tried on 105 about 35 others: see
# docs/experiments.md.
_LOOKED_AT = 8  # candidates that have a say; the n-th says 1/n as much as the first
_MOST = 0.45  # the share of the say that one article must have to be meant
_AS_NEAR = 0.1  # how much less near one from the time that is named may be
_SIMILAR = 0.33  # the cosine between the question and the article's nearest passage, at least


def nearest(
    question: str, near: Near, infos: Sequence[ArticleInfo], filters: Filters, *, least: float = 0.0
) -> Target:
    """The one article that a search for the question leads to, or none.

    ``least`` raises what is asked of its share and nearness, where it is in doubt whether an
    article is meant at all.
    """
    found = [c for c in near(question, filters) if c.passage.kind is Kind.BODY]
    meant, nearness = _leading(found, infos, least)
    then, as_near = _leading(found, _dated(question, infos), least)
    if then is not None and (meant is None or as_near > nearness - _AS_NEAR):
        meant = then
    return Target(articles=(meant,) if meant else (), sure=True)


def holds_names(question: str, article: Article, *, all_of_them: bool) -> bool:
    """Whether the article, its author or its publisher bears the names of the question.

    Unless ``all_of_them`` are wanted, one may be another name for something that it tells of, where
    it bears one at least.
    """
    others = " ".join(other_names(article.publisher or ""))
    told = f"{article.title} {article.author} {article.publisher} {others} {article.text}"
    times = {word.lower() for time in parse_times(question) for word in time.text.split()}
    named = [question[start:end] for start, end in names(question)]
    wanted = [
        keys(name)
        for name in named
        if not times & set(name.lower().split()) and name.lower() not in COMPASS
    ]
    missing = sum(not (names_it(told, held) or _belongs(told, held)) for held in wanted if held)
    return missing == 0 or (not all_of_them and missing == 1 and len(wanted) > 1)


_OF_A_PLACE = re.compile(r"(?<=\w{4})(?:ian|ean|an|ese|ish|i)$")


def _belongs(told: str, name: Collection[str]) -> bool:
    """Whether a name is the adjective of a place that is told of: 'Sicilian' of 'Sicily'."""
    stems = [_OF_A_PLACE.sub("", word) for word in name]
    return any(stem != word for stem, word in zip(stems, name, strict=True)) and all(
        re.search(rf"\b{re.escape(stem.capitalize())}\w{{0,3}}\b", told) for stem in stems
    )


def _dated(question: str, infos: Sequence[ArticleInfo]) -> list[ArticleInfo]:
    """The articles from a time that the question names: 'the 2014 story'."""
    times = [t for t in parse_times(question) if t.resolved]
    days = [(info, info.published) for info in infos if info.published.first]
    return [i for i, day in days if any(day.first <= t.last and day.last >= t.first for t in times)]


def _leading(
    found: Sequence[Candidate], infos: Sequence[ArticleInfo], least: float
) -> tuple[ArticleInfo | None, float]:
    """The article that most of the first candidates are from, if near enough, and how near."""
    known = {info.id: info for info in infos}
    ours = [candidate for candidate in found if candidate.article.id in known]
    say: dict[str, float] = defaultdict(float)
    similar: dict[str, float] = defaultdict(float)
    for rank, candidate in enumerate(ours[:_LOOKED_AT], 1):
        say[candidate.article.id] += 1 / rank
        cosine = candidate.scores.get("dense", 0.0)
        similar[candidate.article.id] = max(cosine, similar[candidate.article.id])
    best = max(say, key=lambda i: say[i], default="")
    share = say[best] / sum(say.values()) if best else 0.0
    if share < _MOST + least or similar[best] < _SIMILAR + least:
        return None, 0.0
    return known[best], similar[best]
