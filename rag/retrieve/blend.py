"""Two readers as one: the trained reader points at the words, sentence matching has a say.

The trained reader tells an answer from a near miss; matching is surer of keywords, reasons and
manners, where no few words are the answer. Their log-odds are added with weights chosen on dev
cases (docs/experiments.md has the sweep). What comes of it puts candidates in order; whether
the first of them is an answer is told by the trained reader alone (`rag.answer.confidence`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.protocols import Reader
from rag.retrieve.expect import Expect, expect
from rag.retrieve.odds import log_odds, logistic
from rag.types import Passage, Reading

# Weights of the trained reader's log-odds and of matching's, and what is added: where a few
# words can be the answer, and where they cannot.
SPANS = (0.57, 0.57, 2.2)
SENTENCES = (1.05, 0.58, 2.2)
# The most that the trained reader says: none of 10,279 readings of dev questions is surer.
_SUREST = 0.99


class BlendedReader:
    """A `PromisingReader` over two readers; spans and sentences are the first one's."""

    name = "blended"

    def __init__(self, trained: Reader, matching: Reader) -> None:
        """``trained`` gives the words, ``matching`` a second opinion of each passage."""
        self._trained = trained
        self._matching = matching

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """One reading a passage, same order."""
        first = self._trained.read(question, passages)
        second = self._matching.read(question, passages)
        kind = expect(question)
        return [
            replace(
                a,
                probability=blended(a.probability, b.probability, kind),
                trained=a.probability,
            )
            for a, b in zip(first, second, strict=True)
        ]

    def at_most(self, question: str, passages: Sequence[Passage]) -> list[float]:
        """What each passage is worth where the trained reader is as sure as it ever is."""
        second = self._matching.read(question, passages)
        kind = expect(question)
        return [blended(_SUREST, b.probability, kind) for b in second]


def blended(trained: float, matched: float, kind: Expect) -> float:
    """The probability that both together give, in (0, 1); grows with either."""
    read, match, shift = SPANS if kind.spans else SENTENCES
    return logistic(read * log_odds(trained) + match * log_odds(matched) + shift)
