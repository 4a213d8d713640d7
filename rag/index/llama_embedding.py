"""The shipped encoder as a llama-index ``BaseEmbedding``, for use in llama-index pipelines.

    Settings.embed_model = DatelineEmbedding()

A class of its own, in a module that Dateline itself never loads: llama-index's base takes
most of a second to import, and a cold question is to be answered in two and a half
(docs/decisions/0010-index.md).
"""

from __future__ import annotations

import asyncio
from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding, Embedding
from pydantic import PrivateAttr

from rag.index.encoder import OnnxEncoder
from rag.protocols import Encoder

BATCH = 512  # texts a call: enough to sort by length; the encoder makes its own batches


class DatelineEmbedding(BaseEmbedding):
    """Same vectors as `OnnxEncoder`; queries and passages are embedded alike, without prefixes.

    A text beyond the encoder's window raises `rag.errors.ModelError`: split first.
    """

    _encoder: Encoder = PrivateAttr()

    def __init__(self, encoder: Encoder | None = None, **given: Any) -> None:
        used = encoder or OnnxEncoder()
        given.setdefault("model_name", used.name)
        given.setdefault("embed_batch_size", BATCH)
        super().__init__(**given)
        self._encoder = used

    @classmethod
    def class_name(cls) -> str:
        """The name that llama-index writes into its own records."""
        return "DatelineEmbedding"

    def _get_query_embedding(self, query: str) -> Embedding:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> Embedding:
        return await self._aget_text_embedding(query)

    def _get_text_embedding(self, text: str) -> Embedding:
        return self._get_text_embeddings([text])[0]

    async def _aget_text_embedding(self, text: str) -> Embedding:
        return (await self._aget_text_embeddings([text]))[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[Embedding]:
        vectors: list[Embedding] = self._encoder.encode(texts).tolist()
        return vectors

    async def _aget_text_embeddings(self, texts: list[str]) -> list[Embedding]:
        return await asyncio.to_thread(self._get_text_embeddings, texts)
