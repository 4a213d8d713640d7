"""Reads candidates by their words alone: the reader when the trained one is switched off.

It weighs which of the question's content words stand in a sentence, and in its passage,
by how rare they are, and looks whether the sentence holds anything of the kind that the
question asks for. It implements the `Reader` protocol; it understands no paraphrase.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from rag.retrieve.expect import Expect, expect, fits
from rag.retrieve.time import parse_times
from rag.retrieve.words import Token, content, expand, is_function, key, keys, tokens
from rag.types import Passage, Reading, Span

Frequencies = Callable[[Sequence[str]], Mapping[str, int]]

# Logistic weights over (share of rare words in the sentence, in the passage, shape fits),
# fitted by `python -m evals.bench.lexical_fit` on reading questions with and without an
# answer. The bias is 1.0 above the fitted one: there half of the unanswerable questions were
# written to share the passage's words, which readers of news do not do. Chosen on dev cases.
WEIGHTS = (2.16, 0.96, 0.51)
BIAS = -1.98


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """How one sentence meets a question; shares lie in [0, 1]."""

    sentence: Span
    in_sentence: float
    in_passage: float
    shape: bool
    probability: float


class LexicalReader:
    """A `Reader` without a model. Safe to use from several threads."""

    name = "lexical"

    def __init__(self, frequencies: Frequencies, total: Callable[[], int]) -> None:
        """``frequencies`` counts the passages that hold a word; ``total`` counts all passages."""
        self._frequencies = frequencies
        self._total = total

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """One reading a passage, same order."""
        weights = self.weights(question)
        kind = expect(question)
        return [self._read_one(question, kind, weights, passage) for passage in passages]

    def weights(self, question: str) -> dict[str, float]:
        """How telling each content word of the question is, by key: rare words weigh more."""
        words = content(question)
        counts = self._frequencies([t.text for t in words])
        total = max(self._total(), 1)
        return {t.key: math.log(1 + total / (1 + counts.get(t.text, 0))) for t in words}

    def _read_one(
        self, question: str, kind: Expect, weights: Mapping[str, float], passage: Passage
    ) -> Reading:
        match = best_sentence(question, kind, weights, passage)
        span = short_answer(question, kind, passage, match.sentence) if kind.spans else None
        return Reading(
            passage_id=passage.id,
            probability=match.probability,
            start=span[0] if span else None,
            end=span[1] if span else None,
            sentence=match.sentence,
        )


def best_sentence(
    question: str, kind: Expect, weights: Mapping[str, float], passage: Passage
) -> Match:
    """The sentence of a passage that meets the question best; the first of equals."""
    around = keys(passage.text) | keys(passage.header)
    in_passage = share(weights, around)
    found: list[Match] = []
    for start, end in passage.sentences:
        text = passage.text[start - passage.start : end - passage.start]
        in_sentence = share(weights, keys(text))
        shape = _has_shape(question, kind, text)
        z = WEIGHTS[0] * in_sentence + WEIGHTS[1] * in_passage + WEIGHTS[2] * shape + BIAS
        found.append(
            Match(
                sentence=(start, end),
                in_sentence=in_sentence,
                in_passage=in_passage,
                shape=shape,
                probability=1 / (1 + math.exp(-z)),
            )
        )
    return max(found, key=lambda m: m.probability)


def share(weights: Mapping[str, float], held: set[str]) -> float:
    """Share of the weight of the question's words that a text holds, aliases included."""
    total = sum(weights.values())
    if not total:
        return 0.0
    return sum(w for k, w in weights.items() if k in held or expand([k]) & held) / total


def short_answer(question: str, kind: Expect, passage: Passage, sentence: Span) -> Span | None:
    """The words of a sentence that have the shape of the answer, where one run stands out.

    Dates, numbers and names only, and only those that the question does not hold itself.
    """
    text = passage.text[sentence[0] - passage.start : sentence[1] - passage.start]
    asked = {t.key for t in tokens(question)}
    if kind is Expect.DATE:
        spans = [(t.start, t.end) for t in parse_times(text)]
    elif kind is Expect.NUMBER:
        spans = [(t.start, t.end) for t in tokens(text) if t.text[0].isdigit()]
    elif kind in {Expect.PERSON, Expect.PLACE}:
        spans = names(text)
    else:
        return None
    new = [s for s in spans if not {t.key for t in tokens(text[s[0] : s[1]])} <= asked]
    if len(new) != 1:
        return None
    return sentence[0] + new[0][0], sentence[0] + new[0][1]


def names(text: str) -> list[Span]:
    """Runs of capitalised words, the first word of the text only within a longer run."""
    runs: list[list[Token]] = []
    for token in tokens(text):
        joins = bool(runs) and text[runs[-1][-1].end : token.start] in {" ", "-", ". "}
        if not token.text[0].isupper() or (is_function(token.text) and not joins):
            continue
        if joins:
            runs[-1].append(token)
        else:
            runs.append([token])
    return [
        (run[0].start, run[-1].end)
        for run in runs
        if len(run) > 1 or run[0].start > 0 or run[0].text.isupper()
    ]


def _has_shape(question: str, kind: Expect, text: str) -> bool:
    if kind in {Expect.DATE, Expect.NUMBER}:
        return fits(kind, text)
    if kind in {Expect.PERSON, Expect.PLACE}:
        asked = {t.key for t in tokens(question)}
        return any({key(w) for w in text[a:b].split()} - asked for a, b in names(text))
    return True
