"""Asks the catalogue, and holds each statement against the article that it cites."""

from __future__ import annotations

from rag.answer.about import CatalogueAnswer, about
from rag.types import Turn
from tests.conversation.corpus import SmallCorpus


def ask(corpus: SmallCorpus, question: str, *turns: Turn) -> CatalogueAnswer:
    """The catalogue's answer, which must be one, with places that exist."""
    told = about(question, corpus, turns)
    assert told is not None, question
    for statement in told.statements:
        assert "[" not in statement.text
        for cited in statement.cited:
            article = corpus.article(cited.article_id)
            assert article is not None
            assert 0 <= cited.start < cited.end <= len(article.text), statement
    return told
