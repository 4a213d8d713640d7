"""Which reader wrote it: the comment that a search for the question finds, with its writer."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answer.about_comments import gather, tell_comments
from rag.answer.about_near import Near
from rag.answer.about_types import Ask, CatalogueAnswer, Request
from rag.protocols import Corpus
from rag.types import ArticleInfo, Filters, Kind

_SIMILAR = 0.3  # the cosine between the question and the comment, at least
_CLEAR = 0.06  # how much nearer it must be than another's to be meant alone


def tell_commenter(
    question: str,
    infos: Sequence[ArticleInfo],
    corpus: Corpus,
    filters: Filters,
    near: Near | None,
) -> CatalogueAnswer | None:
    """Who wrote the comment that is described, in the comment's own words.

    None where no comment is near enough, so that the question is looked up like any other.
    """
    found = [c for c in (near(question, filters) if near else ()) if c.passage.kind is Kind.COMMENT]
    if not found:
        return None
    nearness = [candidate.scores.get("dense", 0.0) for candidate in found]
    best = max(nearness)
    if best < _SIMILAR:
        return None
    said, _ = gather(infos, corpus, filters, question)
    places = [
        (candidate.article.id, candidate.passage.start)
        for candidate, one in zip(found, nearness, strict=True)
        if one > best - _CLEAR
    ]
    meant = [
        s
        for s in said
        if any(s.article.id == i and s.comment.start <= at < s.comment.end for i, at in places)
    ]
    if not meant:
        return None
    names = ", ".join(dict.fromkeys(s.who for s in meant))
    return tell_comments(Request(ask=Ask.COMMENTER), meant, topic="").with_short(names)
