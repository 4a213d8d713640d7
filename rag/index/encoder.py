"""Text becomes unit vectors, on the CPU, without a network.

`OnnxEncoder` runs the shipped MiniLM (`rag.models.description.ENCODER`). Texts are sorted
by length and run in batches padded to their own longest, so that little is spent on
padding; batches run side by side, each on one core. A text that is too long raises:
nothing is ever cut off silently. llama-index users find the same vectors behind
`rag.index.llama_embedding.DatelineEmbedding`.

Does not cut articles (`rag.index.passages`) and does not store anything.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rag.cores import physical_cores
from rag.errors import ModelError
from rag.models.description import ENCODER, EncoderModel, fault
from rag.protocols import Vectors

if TYPE_CHECKING:
    import onnxruntime
    from tokenizers import Tokenizer

BATCH_TOKENS = 1024
"""Wordpieces, padding included, that one run of the network takes: what stays in the cache
of a core. 4,096 was a fifth slower."""

_LEAST_SHARE, _SHARES = 128, 4  # wordpieces of a run at least, and runs of a short call at most

MAX_CHARS_PER_TOKEN = 200
"""A wordpiece stands for at most 100 characters of a word; spaces and marks get this much more
room. A text beyond it is refused before it is tokenised, so that none costs seconds."""


class OnnxEncoder:
    """The shipped encoder. Made at once, loaded at first use (0.1 s); safe between threads."""

    def __init__(self, model: EncoderModel = ENCODER, *, threads: int | None = None) -> None:
        self.model = model
        self.name = model.name
        self.dim = model.dim
        self.max_tokens = model.max_tokens
        self._threads = threads or physical_cores()
        self._lock = threading.Lock()

    def count(self, texts: Sequence[str]) -> list[int]:
        """Wordpieces of each text, special tokens included."""
        return [len(one) for one in self._ids(texts)]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), dim) in the order given.

        Raises `ModelError` that names the text where one holds more than ``max_tokens``.
        """
        ids = self.tokenise(texts)
        vectors = np.zeros((len(ids), self.dim), np.float32)

        def fill(rows: list[int]) -> None:
            vectors[rows] = self.run(*padded([ids[row] for row in rows]))

        sizes = [len(one) for one in ids]
        # A few sentences fit one run, but it would keep one core busy and the others waiting.
        # The shares do not ask how many cores there are: int8 scales depend on what shares a run.
        share = max(_LEAST_SHARE, sum(sizes) // _SHARES)
        groups = list(batches(sizes, min(BATCH_TOKENS, share)))
        if len(groups) < 2:
            for rows in groups:
                fill(rows)
        else:
            for _ in self._pool.map(fill, groups):  # waits, and raises what a batch raised
                pass
        return vectors

    def tokenise(self, texts: Sequence[str]) -> list[list[int]]:
        """The wordpiece ids of each text; raises `ModelError` where one is too long."""
        room = self.max_tokens * MAX_CHARS_PER_TOKEN
        for text in texts:
            if len(text) > room:
                raise ModelError(self._too_long(text, f"{len(text)} characters"))
        ids = self._ids(texts)
        for text, one in zip(texts, ids, strict=True):
            if len(one) > self.max_tokens:
                raise ModelError(self._too_long(text, f"{len(one)} wordpieces"))
        return ids

    def _ids(self, texts: Sequence[str]) -> list[list[int]]:
        """Wordpiece ids; half a surrogate pair, which is no text, counts as a question mark."""
        whole = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        return [encoding.ids for encoding in self._tokenizer.encode_batch_fast(whole)]

    def run(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> Vectors:
        """One run of the network on one padded batch."""
        vectors: Vectors = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return vectors

    def _too_long(self, text: str, size: str) -> str:
        return (
            f"A text of {size} is too long for the encoder, which takes {self.max_tokens} "
            f"wordpieces: cut it first. It begins {text[:60]!r}."
        )

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        if message := fault(self.model.tokenizer):
            raise ModelError(message)
        return Tokenizer.from_file(str(self.model.tokenizer.location))

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        with self._lock:  # two threads that ask first would load it twice
            if (loaded := self.__dict__.get("_session")) is not None:
                return loaded
            if message := fault(self.model.model):
                raise ModelError(message)
            return open_session(self.model.model.location)

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._threads, thread_name_prefix="encode")


def open_session(path: Path, threads: int = 1) -> Any:
    """An onnxruntime session for the CPU, whose runs take one thread each, or more.

    One core a batch wastes nothing on waiting for another, least of all where other work
    wants the cores too; a single question is as fast as with two.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelError(f"The model file {path} cannot be loaded: {error}") from error


def batches(lengths: Sequence[int], budget: int = BATCH_TOKENS) -> Iterator[list[int]]:
    """Rows grouped by length, longest first, each group within the budget once padded."""
    order = sorted(range(len(lengths)), key=lambda row: -lengths[row])
    start = 0
    while start < len(order):
        size = max(1, budget // max(1, lengths[order[start]]))
        yield order[start : start + size]
        start += size


def padded(ids: Sequence[Sequence[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Ids and attention mask of one batch, padded to its longest row."""
    width = max(len(one) for one in ids)
    matrix = np.zeros((len(ids), width), np.int64)
    mask = np.zeros((len(ids), width), np.int64)
    for row, one in enumerate(ids):
        matrix[row, : len(one)] = one
        mask[row, : len(one)] = 1
    return matrix, mask
