"""The seams: what each room promises the next, and nothing about how.

Anything that honours one of these can stand in its place; each has a contract suite in
``tests/contracts`` that runs on every implementation, the fakes included.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from rag.types import Article, ArticleInfo, Filters, Hit, Passage, Reading

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Text to unit vectors. Order is kept; an empty list gives shape (0, dim)."""

    name: str  # identifies the vectors: another name means another index
    dim: int
    max_tokens: int  # wordpieces that one text may hold, special tokens included

    def count(self, texts: Sequence[str]) -> list[int]:
        """Wordpieces of each text, special tokens included."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), dim), float32, unit rows; a text too long raises `ModelError`."""
        ...


class Corpus(Protocol):
    """What can be searched, read-only. Safe to use from several threads."""

    def generation(self) -> int:
        """Grows whenever an article is added, changed or removed, by whichever process."""
        ...

    def dense(self, vector: Vectors, k: int, filters: Filters) -> list[Hit]:
        """The k nearest passages by cosine, best first. ``vector`` has shape (dim,)."""
        ...

    def lexical(self, query: str, k: int, filters: Filters) -> list[Hit]:
        """The k best passages by BM25, best first; any text is a valid query, none has syntax."""
        ...

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        """Those of the passages that exist."""
        ...

    def article(self, article_id: str) -> Article | None:
        """One article with its text, or None."""
        ...

    def articles(self, filters: Filters | None = None) -> list[ArticleInfo]:
        """All ready articles, newest first, undated last."""
        ...

    def article_passages(self, article_id: str) -> list[Passage]:
        """The passages of one article in the order of its text."""
        ...

    def document_frequency(self, words: Sequence[str]) -> Mapping[str, int]:
        """In how many passages each word (as a reader would type it) occurs, after stemming."""
        ...

    def similar_words(self, word: str) -> list[str]:
        """Indexed words one edit away from a word that the corpus lacks, most frequent first."""
        ...


class Reader(Protocol):
    """Reads candidates for one question in one go; one `Reading` a passage, same order."""

    name: str

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """``probability`` of different passages of one call can be compared with each other."""
        ...


@runtime_checkable
class PromisingReader(Reader, Protocol):
    """A `Reader` that can tell, for much less than reading costs, what it will not exceed."""

    def at_most(self, question: str, passages: Sequence[Passage]) -> list[float]:
        """For each passage, same order, a probability that `read` hardly ever goes above."""
        ...


class Writer(Protocol):
    """A language model that writes prose from a prompt. Nothing it says is taken on trust."""

    name: str  # provider and model, fit to be shown; never a key
    window: int  # tokens that prompt and reply together may take

    def write(self, system: str, prompt: str) -> Iterator[str]:
        """Pieces of the reply as they come, cut anywhere, in mid-word and mid-marker too.

        Raises `WriterError` at any moment, with one sentence fit for a user; never anything
        else. It ends within the settings' deadlines. Closing the iterator ends the request
        and leaves neither a thread nor a connection behind.
        """
        ...
