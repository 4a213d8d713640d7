"""Passages and a reader whose logits are noise, to test all that is not the network."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import numpy as np

from rag.index.sentences import sentence_spans
from rag.retrieve.reader import OnnxReader
from rag.retrieve.reader_pairs import Window
from rag.types import Kind, Passage


def passage(text: str, *, start: int = 0, header: str = "", name: str = "p") -> Passage:
    """A passage that begins at ``start`` of some canonical text."""
    return Passage(
        id=name,
        article_id="a",
        kind=Kind.BODY,
        start=start,
        end=start + len(text),
        text=text,
        header=header,
        sentences=tuple((a + start, b + start) for a, b in sentence_spans(text)),
    )


class NoiseReader(OnnxReader):
    """The real reader but for its network: logits are noise that depends on the pieces alone."""

    def _run(self, pairs: Sequence[Window]) -> list[Any]:
        out = []
        for pair in pairs:
            rng = np.random.default_rng(abs(hash(pair.ids)) % 2**32)
            logits = rng.normal(0, 3, (2, len(pair.ids))).astype(np.float32)
            out.append((logits[0], logits[1], np.float32(rng.normal())))
        return out


def prose(seed: int, sentences: int) -> str:
    """Made-up sentences of made-up words."""
    rng = random.Random(seed)
    syllables = "ba ko li mu ren sto vi tar en do pel gra".split()
    words = ["".join(rng.choices(syllables, k=rng.randint(1, 3))) for _ in range(sentences * 9)]
    rows = [words[i * 9 : i * 9 + 9] for i in range(sentences)]
    return " ".join(" ".join(row).capitalize() + "." for row in rows)
