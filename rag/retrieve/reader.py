"""The trained reader: which passage answers, with which words, and how surely.

`OnnxReader` runs the shipped network (`rag/models/reader/card.md`) over all candidates of a
question at once: pairs are sorted by length and run in batches side by side, one core each;
a passage that is longer than the network sees is read in overlapping windows, never cut. Every
passage gets its best span within one sentence, as offsets into the canonical text, and a
calibrated probability that it answers, so that readings of one call can be compared.

It never raises on odd text; it does not know what kind of question it reads (why, how,
yes or no: `rag.answer` decides where a span is no answer).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.errors import ModelError
from rag.models.description import fault
from rag.models.reader_description import READER, ReaderModel
from rag.retrieve.reader_pairs import Matrix, Window, alone, windows
from rag.retrieve.reader_spans import Found, best_span
from rag.types import Passage, Reading

if TYPE_CHECKING:
    import onnxruntime
    from tokenizers import Tokenizer

Logits = NDArray[np.float32]


class OnnxReader:
    """A `rag.protocols.Reader`. Made at once, loaded at first use; safe between threads."""

    def __init__(self, model: ReaderModel = READER, *, threads: int | None = None) -> None:
        self.model = model
        self.name = model.name
        self._threads = threads
        self._lock = threading.Lock()

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """One reading a passage, same order; an empty list for no passages."""
        if not passages:
            return []
        pairs = self.windows(question, passages)
        outputs = self._run(pairs)
        best: list[Found | None] = [None] * len(passages)
        for pair, (start, end, answer) in zip(pairs, outputs, strict=True):
            found = best_span(pair, start, end, float(answer), self.model)
            known = best[pair.passage]
            if known is None or found.probability > known.probability:
                best[pair.passage] = found
        return [_reading(passage, found) for passage, found in zip(passages, best, strict=True)]

    def windows(self, question: str, passages: Sequence[Passage]) -> list[Window]:
        """The pairs that `read` would run: for measuring."""
        return windows(self._tokenizer, question, passages, self.model)

    def logits(self, pairs: Sequence[Window]) -> list[tuple[Logits, Logits, float]]:
        """The network's own words for the pairs of `windows`: for measuring."""
        return [(start, end, float(answer)) for start, end, answer in self._run(pairs)]

    def _run(self, pairs: Sequence[Window]) -> list[tuple[Logits, Logits, np.float32]]:
        return list(self._pool.map(self._one_run, pairs))

    def _one_run(self, pair: Window) -> tuple[Logits, Logits, np.float32]:
        """A pair shares its run with no other, for the int8 scales are those of the whole run.

        So a passage is read alike whatever is read beside it, and nothing is padded; a run of
        one is no slower than one of several.
        """
        start, end, answer = run(self._session, *alone(pair))
        return start[0], end[0], answer[0]

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        if message := fault(self.model.tokenizer):
            raise ModelError(message)
        tokenizer = Tokenizer.from_file(str(self.model.tokenizer.location))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        with self._lock:  # two threads that ask first would load it twice
            if (loaded := self.__dict__.get("_session")) is not None:
                return loaded
            if message := fault(self.model.model):
                raise ModelError(message)
            return opened(self.model.model.location)

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        from rag.cores import physical_cores

        return ThreadPoolExecutor(self._threads or physical_cores(), thread_name_prefix="read")


def run(
    session: onnxruntime.InferenceSession, ids: Matrix, kinds: Matrix
) -> list[NDArray[np.float32]]:
    """Start, end and answer logits of one pair, (1, length) each; nothing of it is padding."""
    fed = {"input_ids": ids, "token_type_ids": kinds, "attention_mask": np.ones_like(ids)}
    taken = {given.name for given in session.get_inputs()}  # ours has no use for a mask
    found: list[NDArray[np.float32]] = session.run(
        ["start", "end", "answer"], {name: value for name, value in fed.items() if name in taken}
    )
    return found


def opened(path: Path) -> onnxruntime.InferenceSession:
    """A session whose runs take one thread each: pairs run side by side instead.

    Raises `ModelError` where the file is no model.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        # Measured with onnxruntime 1.31: its fused addition and normalisation takes 0.2 ms a
        # layer where the two apart take 0.04, which is a seventh of all the reading.
        return onnxruntime.InferenceSession(
            str(path),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],
        )
    except Exception as error:
        raise ModelError(f"The model file {path} cannot be loaded: {error}") from error


def _reading(passage: Passage, found: Found | None) -> Reading:
    """Offsets into the passage become offsets into the canonical text."""
    if found is None:
        return Reading(passage_id=passage.id, probability=0.0)
    return Reading(
        passage_id=passage.id,
        probability=found.probability,
        start=None if found.start is None else passage.start + found.start,
        end=None if found.end is None else passage.start + found.end,
        sentence=passage.sentences[found.sentence] if found.sentence is not None else None,
    )
