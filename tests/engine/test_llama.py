"""Dateline behind llama-index's own interfaces."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, datetime

import pytest
from llama_index.core.schema import NodeWithScore, TextNode

from rag.engine import Engine
from rag.index.encoder import OnnxEncoder
from rag.llama import (
    DatelineQueryEngine,
    DatelineRetriever,
    ReaderPostprocessor,
    node_of,
    passage_of,
)
from rag.retrieve.match_reader import MatchReader
from rag.types import Passage, Reading

QUESTION = "When will al-Maliki form a new government?"


def test_a_node_goes_there_and_back(engine: Engine) -> None:
    for info in engine.corpus.articles():
        article = engine.corpus.article(info.id)
        assert article is not None
        for passage in engine.corpus.article_passages(info.id):
            node = node_of(passage, info)
            assert article.text[node.start_char_idx : node.end_char_idx] == node.text
            back = passage_of(node)
            assert (back.id, back.start, back.end, back.text) == (
                passage.id, passage.start, passage.end, passage.text,
            )  # fmt: skip
            assert back.sentences == passage.sentences


def test_retriever_and_query_engine(engine: Engine) -> None:
    nodes = DatelineRetriever(engine).retrieve(QUESTION)
    assert any("July 1" in n.node.get_content() for n in nodes[:5])
    scores = [n.get_score() for n in nodes]
    assert scores == sorted(scores, reverse=True)
    response = DatelineQueryEngine(engine).query(QUESTION)
    assert str(response) == engine.ask(QUESTION).text
    assert "July 1" in response.source_nodes[0].node.get_content()
    assert response.metadata is not None
    assert response.metadata["dateline"]["citations"][0]["n"] == 1
    later = asyncio.run(DatelineQueryEngine(engine).aquery(QUESTION))
    assert str(later) == str(response)


def test_any_reader_reranks_plain_nodes() -> None:
    words = MatchReader(lambda w: dict.fromkeys(w, 1), lambda: 10, OnnxEncoder())
    nodes = [
        NodeWithScore(node=TextNode(text="The harbour was dredged."), score=0.9),
        NodeWithScore(node=TextNode(text="Ana Ruiz opened the bridge in May."), score=0.1),
    ]
    ranked = ReaderPostprocessor(words, top_n=1).postprocess_nodes(
        nodes, query_str="Who opened the bridge?"
    )
    assert [n.node.get_content() for n in ranked] == ["Ana Ruiz opened the bridge in May."]


class Even:
    """Finds every passage as good as any other."""

    name = "even"

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        return [Reading(passage_id=p.id, probability=0.5) for p in passages]


def dated_node(text: str, article: str, published: str) -> NodeWithScore:
    return NodeWithScore(
        node=TextNode(text=text, metadata={"article": article, "published": published}), score=0.5
    )


def test_of_nodes_that_read_alike_the_newer_leads() -> None:
    nodes = [
        dated_node("Ana Ruiz is the mayor.", "a", "2009-03"),
        dated_node("Per Dahl is the mayor.", "b", "2021-04-02"),
        dated_node("Ida Berg is the mayor.", "c", "date unknown"),
    ]

    def first(question: str) -> str:
        ranked = ReaderPostprocessor(Even()).postprocess_nodes(nodes, query_str=question)
        assert len(ranked) == len(nodes)
        return ranked[0].node.get_content()

    assert first("Who is the mayor?") == "Per Dahl is the mayor."
    assert first("Who was the mayor in 2009?") == "Ana Ruiz is the mayor."


@pytest.mark.parametrize(
    "published",
    ["2021-04-02", "2021-04-02T10:00:00Z", 20210402, datetime(2021, 4, 2, 3), date(2021, 4, 2)],
)
def test_dates_of_other_stores_are_read(published: object) -> None:
    old = dated_node("Ana Ruiz is the mayor.", "a", "2009-03")
    new = TextNode(text="Per Dahl is the mayor.", metadata={"article": None})
    new.metadata["published"] = published
    ranked = ReaderPostprocessor(Even()).postprocess_nodes(
        [old, NodeWithScore(node=new, score=0.5)], query_str="Who is the mayor?"
    )
    assert ranked[0].node.get_content() == "Per Dahl is the mayor."


@pytest.mark.parametrize("published", ["0000", "2021-99-99", "9999-12-31", "soon", None, ""])
def test_what_is_no_day_of_the_past_counts_for_nothing(published: object) -> None:
    known = dated_node("Ana Ruiz is the mayor.", "a", "2021-04-02")
    odd = TextNode(text="Per Dahl is the mayor.", metadata={"published": published})
    ranked = ReaderPostprocessor(Even()).postprocess_nodes(
        [known, NodeWithScore(node=odd, score=0.5)], query_str="Who is the mayor?"
    )
    assert ranked[0].node.get_content() == "Ana Ruiz is the mayor."
