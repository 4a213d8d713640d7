"""Questions in other words, so that the reader learns to do without the passage's own.

Words of a question are put into others that mean nearly the same (nearest words by the
encoder's cosine, each word encoded alone); of several such questions only those stay whose
whole meaning is near the original's (cosine again). Names, numbers and small words stay. It
is lexical substitution as in Jia et al. 2019 (certified robustness to word substitutions),
with the encoder in the place of a thesaurus. Grammar suffers, which readers' questions do too;
an opposite slips through now and then.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from rag.protocols import Encoder
from rag.retrieve.words import Token, is_function, key, tokens

_NEAR = 0.64  # cosine of two words from which one may stand for the other
_SAME = 0.88  # cosine of two questions from which they ask the same
_CHOICES = 6  # words that one word may become
_STEM = 4  # letters: words that begin alike are forms of one word
_TRIES = 4  # questions made of one, of which one is kept
_MOST = 3  # words changed in one question
_SEEN = 4  # times that a word must occur to be used


class Reworder:
    """Rewords questions by the words of a collection."""

    def __init__(self, questions: Iterable[str], texts: Iterable[str], encoder: Encoder) -> None:
        """``texts`` tell which words are in use, ``questions`` which may have to be replaced."""
        self._encoder = encoder
        asked = Counter(t.text for q in questions for t in tokens(q) if _plain(t))
        seen = asked + Counter(t.text for text in texts for t in tokens(text) if _plain(t))
        words = sorted(word for word, count in seen.items() if count >= _SEEN)
        vectors = encoder.encode(words)
        self._others: dict[str, list[str]] = {}
        for row, word in enumerate(words):
            if word in asked:
                self._others[word] = _near(word, words, vectors @ vectors[row])

    def __call__(self, questions: Sequence[str], share: float, rng: random.Random) -> list[str]:
        """The questions, same order, about a ``share`` of them in other words if there are any."""
        tried: list[tuple[int, str]] = []
        for place, question in enumerate(questions):
            if rng.random() < share:
                tried += [(place, other) for other in sorted(self._tries(question, rng))]
        if not tried:
            return list(questions)
        before = self._encoder.encode([questions[place] for place, _ in tried])
        after = self._encoder.encode([other for _, other in tried])
        kept: dict[int, list[str]] = {}
        for (place, other), cosine in zip(tried, np.sum(before * after, axis=1), strict=True):
            if cosine >= _SAME:
                kept.setdefault(place, []).append(other)
        return [
            rng.choice(kept[place]) if place in kept else question
            for place, question in enumerate(questions)
        ]

    def _tries(self, question: str, rng: random.Random) -> set[str]:
        words = [t for t in tokens(question) if self._others.get(t.text)]
        made: set[str] = set()
        for _ in range(_TRIES if words else 0):
            other = question
            chosen = rng.sample(words, min(len(words), rng.randint(1, _MOST)))
            for word in sorted(chosen, key=lambda t: -t.start):
                said = rng.choice(self._others[word.text])
                other = other[: word.start] + said + other[word.start + len(word.text) :]
            made.add(other)
        return made - {question}


def _plain(token: Token) -> bool:
    """A word of content in lower-case ASCII letters: no name, no number."""
    text = token.text
    return text.isascii() and text.isalpha() and text.islower() and not is_function(text)


def _near(word: str, words: Sequence[str], cosines: NDArray[np.float32]) -> list[str]:
    order = np.argsort(-cosines)[:60]
    return [
        words[n]
        for n in order
        if cosines[n] >= _NEAR and key(words[n]) != key(word) and words[n][:_STEM] != word[:_STEM]
    ][:_CHOICES]
