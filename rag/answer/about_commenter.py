"""Which reader wrote it: the comment that a search for the question finds, with its writer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answer.about_comments import Said, gather, tell_comments
from rag.answer.about_near import Near
from rag.answer.about_types import Ask, CatalogueAnswer, Request
from rag.answer.demands import names_it
from rag.protocols import Corpus
from rag.retrieve.names import names
from rag.retrieve.words import keys
from rag.types import ArticleInfo, Candidate, Filters, Kind, Span

_SIMILAR = 0.35  # the cosine between the question and the comment, at least
_CLEAR = 0.04  # how much nearer it must be than another's to be meant alone
_SEVERAL = re.compile(r"\b(?:readers|commenters|commentators)\b", re.IGNORECASE)


def tell_commenter(
    question: str,
    infos: Sequence[ArticleInfo],
    corpus: Corpus,
    filters: Filters,
    near: Near | None,
) -> CatalogueAnswer | None:
    """Who wrote the comment that is described, in the words found.

    A doubtful answer: what the comments were read to say goes before it. None where no comment
    is near enough and names whom the question names; several only where several are asked for.
    """
    found = [c for c in (near(question, filters) if near else ()) if c.passage.kind is Kind.COMMENT]
    found.sort(key=_nearness, reverse=True)
    bar = max(_SIMILAR, _nearness(found[0]) - _CLEAR) if found else _SIMILAR
    found = [candidate for candidate in found if _nearness(candidate) >= bar]
    if not found:
        return None
    said, _ = gather(infos, corpus, filters, question)
    meant: dict[int, Said] = {}
    for candidate in found:
        for one in said:
            inside = one.comment.start <= candidate.passage.start < one.comment.end
            if one.article.id == candidate.article.id and inside and _names_all(question, one):
                meant.setdefault(one.comment.start, replace(one, found=_span(candidate)))
    chosen = list(meant.values())[: None if _SEVERAL.search(question) else 1]
    if not chosen:
        return None
    names = ", ".join(dict.fromkeys(one.who for one in chosen))
    told = tell_comments(Request(ask=Ask.COMMENTER), chosen, topic="")
    return replace(told, short=names, doubtful=True)


def _nearness(candidate: Candidate) -> float:
    return candidate.scores.get("dense", 0.0)


def _span(candidate: Candidate) -> Span:
    return candidate.passage.start, candidate.passage.end


def _names_all(question: str, said: Said) -> bool:
    """Whether comment, writer and article's title bear every name of the question."""
    told = f"{said.text} {said.who} {said.article.title}"
    named = (keys(question[start:end]) for start, end in names(question))
    return all(names_it(told, held) for held in named if held)
