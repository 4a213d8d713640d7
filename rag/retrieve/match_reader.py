"""Reads candidates by matching sentences: the reader when the trained one is switched off.

A sentence answers a question as far as it holds the question's content words, rare ones
above all, means something near it (the encoder's cosine), and holds anything of the kind
that is asked for: a date for 'when', a number for 'how many'. It implements the `Reader`
protocol and needs no model beyond the encoder.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rag.protocols import Encoder, Vectors
from rag.retrieve.expect import Expect, expect, fits
from rag.retrieve.memory import Memory
from rag.retrieve.names import names, short_answer
from rag.retrieve.words import content, keys, tokens
from rag.types import Passage, Reading, Span

Frequencies = Callable[[Sequence[str]], Mapping[str, int]]

# Logistic weights over (share of the words in the sentence, in the passage, shape, cosine),
# fitted by `python -m evals.bench.match_fit` on reading questions with and without an
# answer. The bias is 1.0 above the fitted one: half of those unanswerable questions were
# written to share the passage's words, which readers of news do not do. Chosen on dev cases.
WEIGHTS = (0.38, 0.94, 0.94, 4.29)
BIAS = -3.74

_PER_PASSAGE = 3  # sentences of a passage that are encoded: those with the most of its words
_REMEMBERED = 20_000  # sentence vectors kept, about 30 MB
_LONGEST = 900  # characters of a sentence that are encoded; what it means is told by then


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """How one sentence meets a question; shares lie in [0, 1], the cosine in [-1, 1]."""

    sentence: Span
    in_sentence: float
    in_passage: float
    shape: bool
    cosine: float = 0.0

    @property
    def features(self) -> tuple[float, float, float, float]:
        """In the order of the weights."""
        return self.in_sentence, self.in_passage, float(self.shape), self.cosine

    @property
    def probability(self) -> float:
        """That the sentence answers, in (0, 1)."""
        z = BIAS + sum(w * f for w, f in zip(WEIGHTS, self.features, strict=True))
        return 1 / (1 + math.exp(-z))


class MatchReader:
    """A `Reader` over the encoder. Safe to use from several threads."""

    name = "match"

    def __init__(
        self, frequencies: Frequencies, total: Callable[[], int], encoder: Encoder
    ) -> None:
        """``frequencies`` counts the passages that hold a word; ``total`` counts all passages."""
        self._frequencies = frequencies
        self._total = total
        self._encoder = encoder
        self._vectors: Memory[str, Vectors] = Memory(_REMEMBERED)

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """One reading a passage, same order."""
        kind = expect(question)
        best = [
            max(found, key=lambda m: m.probability) for found in self.matches(question, passages)
        ]
        out = []
        for passage, match in zip(passages, best, strict=True):
            span = short_answer(question, kind, passage, match.sentence) if kind.spans else None
            out.append(
                Reading(
                    passage_id=passage.id,
                    probability=match.probability,
                    start=span[0] if span else None,
                    end=span[1] if span else None,
                    sentence=match.sentence,
                )
            )
        return out

    def matches(self, question: str, passages: Sequence[Passage]) -> list[list[Match]]:
        """The most promising sentences of each passage, with all that is told of them."""
        weights = self._weights(question)
        kind = expect(question)
        found = [by_words(question, kind, weights, passage)[:_PER_PASSAGE] for passage in passages]
        texts = [
            passage.text[m.sentence[0] - passage.start : m.sentence[1] - passage.start][:_LONGEST]
            for passage, ms in zip(passages, found, strict=True)
            for m in ms
        ]
        vectors = self._encode([question[:_LONGEST], *texts])
        cosines = iter([float(vectors[0] @ vector) for vector in vectors[1:]])
        return [[_with_cosine(match, next(cosines)) for match in matches] for matches in found]

    def _weights(self, question: str) -> dict[str, float]:
        """How telling each content word of the question is, by key: rare words weigh more."""
        words = content(question)
        counts = self._frequencies([t.text for t in words])
        total = max(self._total(), 1)
        return {t.key: math.log(1 + total / (1 + counts.get(t.text, 0))) for t in words}

    def _encode(self, texts: Sequence[str]) -> list[Vectors]:
        return self._vectors.fill(
            texts, lambda new: map(np.asarray, self._encoder.encode([self._fitted(t) for t in new]))
        )

    def _fitted(self, text: str) -> str:
        """The start of a text that fits the encoder's window; scripts differ in its length."""
        while text and self._encoder.count([text])[0] > self._encoder.max_tokens:
            text = text[: len(text) * 2 // 3]
        return text


def by_words(
    question: str, kind: Expect, weights: Mapping[str, float], passage: Passage
) -> list[Match]:
    """All sentences of a passage, those that hold most of the question's words first."""
    in_passage = share(weights, keys(passage.text) | keys(passage.header))
    found = []
    for start, end in passage.sentences:
        text = passage.text[start - passage.start : end - passage.start]
        found.append(
            Match(
                sentence=(start, end),
                in_sentence=share(weights, keys(text)),
                in_passage=in_passage,
                shape=_has_shape(question, kind, text),
            )
        )
    return sorted(found, key=lambda m: -(m.in_sentence + 0.25 * m.shape))


def share(weights: Mapping[str, float], held: set[str]) -> float:
    """Share of the weight of the question's words among a text's `keys`, aliases included."""
    total = sum(weights.values())
    if not total:
        return 0.0
    return sum(w for k, w in weights.items() if k in held) / total


def _with_cosine(match: Match, cosine: float) -> Match:
    return Match(
        sentence=match.sentence,
        in_sentence=match.in_sentence,
        in_passage=match.in_passage,
        shape=match.shape,
        cosine=cosine,
    )


def _has_shape(question: str, kind: Expect, text: str) -> bool:
    if kind in {Expect.DATE, Expect.NUMBER}:
        return fits(kind, text)
    if kind in {Expect.PERSON, Expect.PLACE}:
        asked = {t.key for t in tokens(question)}
        return any({t.key for t in tokens(text[a:b])} - asked for a, b in names(text))
    return True
