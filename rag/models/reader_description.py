"""What the shipped reader is, in values that cannot drift from its files unnoticed.

The twin of `rag.models.description` for the span reader. ``calibration`` was fitted on held-out
questions by `evals.bench.reader_calibration`; another model needs its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from rag.models.description import ENCODER, ModelFile


@dataclass(frozen=True, kw_only=True, slots=True)
class Calibration:
    """Logistic weights that turn logits into the probability that a passage answers."""

    bias: float
    answer: float
    margin: float


@dataclass(frozen=True, kw_only=True, slots=True)
class ReaderModel:
    """A span reader: what goes in, how its logits are read, and under which licence."""

    name: str
    source: str
    licence: str
    max_tokens: int  # wordpieces of a pair, special ones included
    max_question: int
    max_header: int
    max_answer: int  # wordpieces of a span
    length_cost: float  # logits that each wordpiece beyond the first costs a span
    span_margin: float  # a span is given where it beats 'no answer' by more than this
    calibration: Calibration
    model: ModelFile
    tokenizer: ModelFile


READER = ReaderModel(
    name="dateline-reader-int8-13",
    source="trained here from sentence-transformers/all-MiniLM-L6-v2",
    licence="Apache-2.0 weights; training data CC BY-SA 4.0 and CC BY 4.0, see the card",
    max_tokens=384,
    max_question=64,
    max_header=48,
    max_answer=30,
    length_cost=0.05,
    span_margin=-4.0,
    calibration=Calibration(bias=-0.392, answer=0.398, margin=0.205),
    model=ModelFile(
        path="reader/model.int8.onnx",
        sha256="49e8c803fcbcf0a04a878a9ecdbd6ec157159a28a2505d62244e86e5dc9da812",
        size=24_100_285,
    ),
    tokenizer=ENCODER.tokenizer,
)
