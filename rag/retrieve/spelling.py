"""Repairs a question's misspelt words, one letter off, against the words of the corpus.

A word is touched only when the corpus does not hold it and it is no ordinary English word
(the encoder's vocabulary tells), so that 'Who is Merkel?' is never turned into a question
about somebody else. The repair is reported; nothing is changed silently.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from rag.protocols import Corpus
from rag.retrieve.words import STOPWORDS, is_function, key, tokens

_SHORTEST = 4  # below this, one edit makes another word


@dataclass(frozen=True, kw_only=True, slots=True)
class Repaired:
    """A question after repair, with (typed, read as) pairs in order."""

    question: str
    changes: tuple[tuple[str, str], ...] = ()


def repair(question: str, corpus: Corpus, ordinary: Collection[str]) -> Repaired:
    """Replaces unknown words by their nearest indexed word.

    ``ordinary`` holds lower-case words that are left as they are.
    """
    words = [
        t
        for t in tokens(question)
        if len(t.text) >= _SHORTEST and t.text.isalpha() and not is_function(t.text)
    ]
    if not words:
        return Repaired(question=question)
    known = corpus.document_frequency([t.text for t in words])
    changes: list[tuple[str, str]] = []
    out = question
    for token in reversed(words):
        lower = token.text.lower()
        if known.get(token.text, 0) or lower in ordinary or lower in STOPWORDS:
            continue
        near = [w for w in corpus.similar_words(lower) if key(w) != key(lower)]
        if not near:
            continue
        typed = token.text
        better = near[0].capitalize() if typed[0].isupper() else near[0]
        out = out[: token.start] + better + out[token.end :]
        changes.append((typed, better))
    return Repaired(question=out, changes=tuple(reversed(changes)))
