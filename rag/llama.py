"""Dateline's parts as llama-index's types, for users who plug them into their own pipelines.

    retriever = DatelineRetriever(engine)          # a BaseRetriever
    query_engine = DatelineQueryEngine(engine)     # a BaseQueryEngine, cited answers
    postprocessor = ReaderPostprocessor(reader)    # a BaseNodePostprocessor, re-ranks

Imported only by those who want it: llama-index takes most of a second to load, and a
question on the command line should not wait for it. Nodes carry the offsets of their
passage, so that ``article.text[start:end]`` holds on the other side too.
"""

from __future__ import annotations

import asyncio
import re
from datetime import date
from typing import Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import RESPONSE_TYPE, Response
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from pydantic import PrivateAttr

from rag.answer.wire import answer_as_json
from rag.engine import Engine
from rag.protocols import Reader
from rag.retrieve.reorder import reordered
from rag.retrieve.standing import day_told, standings
from rag.retrieve.time import question_times
from rag.retrieve.time_types import number
from rag.types import Answer, ArticleInfo, Filters, Kind, Passage, PublishedDate

_SHOWN = ("title", "publisher", "published")


def node_of(passage: Passage, article: ArticleInfo) -> TextNode:
    """A passage as a node: its id, its offsets, and the metadata that a model should see."""
    metadata: dict[str, Any] = {
        "title": article.title,
        "publisher": article.publisher or "",
        "published": article.published.iso or "date unknown",
        "article": article.id,
        "kind": passage.kind.value,
        "header": passage.header,
        "sentences": [list(span) for span in passage.sentences],
    }
    return TextNode(
        id_=passage.id,
        text=passage.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata=metadata,
        excluded_llm_metadata_keys=[k for k in metadata if k not in _SHOWN],
        excluded_embed_metadata_keys=list(metadata),
    )


def passage_of(node: TextNode) -> Passage:
    """The passage that `node_of` made a node of; plain nodes become one-sentence passages."""
    start = node.start_char_idx or 0
    end = start + len(node.text)
    sentences = tuple((int(a), int(b)) for a, b in node.metadata.get("sentences", ()))
    return Passage(
        id=node.node_id,
        article_id=_article(node),
        kind=Kind(node.metadata.get("kind", Kind.BODY)),
        start=start,
        end=end,
        text=node.text,
        header=str(node.metadata.get("header", "")),
        sentences=sentences or ((start, end),),
    )


def _day(node: TextNode, today: int) -> date | None:
    """The day of publication that a node tells, `node_of`'s or another store's."""
    told = str(node.metadata.get("published") or "")
    found = re.match(r"(\d{4})(?:-?(\d\d))?(?:-?(\d\d))?(?!\d)", told)
    year, month, day = (int(part or 0) or None for part in found.groups()) if found else (None,) * 3
    return day_told(PublishedDate(year=year, month=month, day=day), today)


def _article(node: TextNode) -> str:
    """What nodes of one article have in common."""
    return str(node.metadata.get("article") or node.ref_doc_id or node.node_id)


class DatelineRetriever(BaseRetriever):
    """Fused candidates as scored nodes, best first; the score is the fused one."""

    def __init__(self, engine: Engine, filters: Filters | None = None) -> None:
        """``filters`` restrict what is searched, as the user would."""
        self._engine = engine
        self._filters = filters
        super().__init__()

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = self._engine.candidates(query_bundle.query_str, self._filters)
        return [NodeWithScore(node=node_of(c.passage, c.article), score=c.fused) for c in found]


class DatelineQueryEngine(BaseQueryEngine):
    """Dateline's own answers behind llama-index's interface.

    ``response.metadata["dateline"]`` is the answer in the JSON of the command line; the
    source nodes are the cited passages, in the order of their citations.
    """

    def __init__(self, engine: Engine, filters: Filters | None = None) -> None:
        """``filters`` restrict what is searched."""
        self._engine = engine
        self._filters = filters
        super().__init__(callback_manager=None)

    def _get_prompt_modules(self) -> dict[str, Any]:
        return {}

    def _query(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        answer = self._engine.ask(query_bundle.query_str, filters=self._filters)
        return Response(
            response=answer.text,
            source_nodes=self._sources(answer),
            metadata={"dateline": answer_as_json(answer)},
        )

    async def _aquery(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        return await asyncio.to_thread(self._query, query_bundle)

    def _sources(self, answer: Answer) -> list[NodeWithScore]:
        ids = [c.passage_id for c in answer.citations if c.passage_id]
        passages = self._engine.corpus.passages(ids)
        infos = {c.article.id: c.article for c in answer.citations}
        return [
            NodeWithScore(node=node_of(passages[i], infos[passages[i].article_id]), score=None)
            for i in dict.fromkeys(ids)
            if i in passages
        ]


class ReaderPostprocessor(BaseNodePostprocessor):
    """Re-ranks nodes by the probability that they answer, as a `Reader` sees it, and their rank.

    Newer articles, and those of which several nodes came, count a little more, unless the query
    names a time. Nodes come best first, as retrievers give them. A node's new score orders, it
    is no probability (`reordered`).
    """

    top_n: int = 5
    _reader: Reader = PrivateAttr()

    def __init__(self, reader: Reader, top_n: int = 5) -> None:
        """Keeps the best ``top_n`` nodes."""
        super().__init__(top_n=top_n)
        self._reader = reader

    def _postprocess_nodes(
        self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
    ) -> list[NodeWithScore]:
        if query_bundle is None or not nodes:
            return nodes
        texts = [n.node for n in nodes if isinstance(n.node, TextNode)]
        passages = [passage_of(t) for t in texts]
        readings = self._reader.read(query_bundle.query_str, passages)
        today = number(date.today())
        times = question_times(query_bundle.query_str, today)
        days = [_day(t, today) for t in texts]
        places = [passage.start for passage in passages]
        standing = standings([_article(t) for t in texts], days, places, fresh=times.fresh)
        order = reordered([reading.probability for reading in readings], standing)
        return [NodeWithScore(node=texts[n], score=worth) for n, worth in order[: self.top_n]]
