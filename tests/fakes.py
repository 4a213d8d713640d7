"""Doubles that honour the contracts of the encoder and the corpus, in memory and in no time.

Both pass the suites in ``tests/contracts``, as the real ones do.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from rag.errors import ModelError
from rag.index.passages import Cutter, embed_text
from rag.index.spelling import neighbours
from rag.index.words import stem, surface, terms
from rag.protocols import Encoder, Vectors
from rag.settings import PassageSettings
from rag.types import Article, ArticleInfo, Filters, Hit, Kind, Passage


class FakeEncoder:
    """A bag of stems, hashed into a few hundred directions: texts that share words are near."""

    def __init__(self, dim: int = 256, max_tokens: int = 256, name: str = "fake-1") -> None:
        self.name = name
        self.dim = dim
        self.max_tokens = max_tokens

    def count(self, texts: Sequence[str]) -> list[int]:
        """Words and single marks, and two for the ends."""
        return [
            2 + sum(1 + len(word) // 4 if word.isalnum() else len(word) for word in _split(text))
            for text in texts
        ]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors; a text without a word points in a direction of its own."""
        vectors = np.zeros((len(texts), self.dim), np.float32)
        for row, (text, size) in enumerate(zip(texts, self.count(texts), strict=True)):
            if size > self.max_tokens:
                raise ModelError(f"A text of {size} wordpieces is too long: cut it first.")
            for word, number in Counter(terms(text)).items():
                digest = hashlib.blake2b(word.encode(), digest_size=8).digest()
                place = int.from_bytes(digest, "little")
                sign = 1.0 if place & 1 else -1.0
                vectors[row, (place >> 1) % self.dim] += sign * (1.0 + math.log(number))
            if not vectors[row].any():
                vectors[row, 0] = 1.0
            vectors[row] /= np.linalg.norm(vectors[row])
        return vectors


def _split(text: str) -> list[str]:
    spaced = "".join(char if char.isalnum() else f" {char} " for char in text)
    return spaced.split()


class MemoryCorpus:
    """A corpus in dictionaries: exact cosine, plain BM25."""

    def __init__(self, articles: Iterable[Article] = (), encoder: Encoder | None = None) -> None:
        self.encoder = encoder or FakeEncoder()
        self._articles: dict[str, Article] = {}
        self._passages: dict[str, Passage] = {}
        self._vectors: dict[str, Vectors] = {}
        self._generation = 0
        for article in articles:
            self.add(article)

    def add(self, article: Article) -> None:
        """Add or replace one article."""
        self.drop(article.id)
        cutter = Cutter(PassageSettings(), self.encoder.count, self.encoder.max_tokens)
        passages = cutter.cut([article])[0]
        vectors = self.encoder.encode([embed_text(passage) for passage in passages])
        self._articles[article.id] = article
        for passage, vector in zip(passages, vectors, strict=True):
            self._passages[passage.id] = passage
            self._vectors[passage.id] = vector
        self._generation += 1

    def drop(self, article_id: str) -> None:
        """Remove one article, if it is there."""
        if self._articles.pop(article_id, None) is not None:
            for passage in [p for p in self._passages.values() if p.article_id == article_id]:
                del self._passages[passage.id], self._vectors[passage.id]
            self._generation += 1

    def generation(self) -> int:
        """Grows with every change."""
        return self._generation

    def dense(self, vector: Vectors, k: int, filters: Filters) -> list[Hit]:
        """The k nearest by cosine."""
        scores = {one.id: float(self._vectors[one.id] @ vector) for one in self._allowed(filters)}
        return _best(scores, k)

    def lexical(self, query: str, k: int, filters: Filters) -> list[Hit]:
        """The k best by BM25 over all passages, among those allowed."""
        asked = set(terms(query))
        bags = {one.id: Counter(terms(one.text)) for one in self._passages.values()}
        mean = sum(bag.total() for bag in bags.values()) / len(bags) if bags else 1.0
        holding = {word: sum(word in bag for bag in bags.values()) for word in asked}
        scores = {}
        for passage in self._allowed(filters):
            bag, header = bags[passage.id], set(terms(passage.header))
            score = 0.0
            for word in asked:
                rare = math.log(1 + (len(bags) - holding[word] + 0.5) / (holding[word] + 0.5))
                often = bag[word] + 0.5 * (word in header)
                score += rare * often * 2.2 / (often + 1.2 * (0.25 + 0.75 * bag.total() / mean))
            if score > 0:
                scores[passage.id] = score
        return _best(scores, k)

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        """Those that exist."""
        return {one: self._passages[one] for one in ids if one in self._passages}

    def article(self, article_id: str) -> Article | None:
        """One article, or None."""
        return self._articles.get(article_id)

    def articles(self, filters: Filters | None = None) -> list[ArticleInfo]:
        """All that are allowed, newest first, undated last."""
        infos = [
            self._info(article)
            for article in self._articles.values()
            if _article_allowed(article, filters or Filters())
        ]
        return sorted(infos, key=lambda one: (-one.published.last, -one.published.first))

    def article_passages(self, article_id: str) -> list[Passage]:
        """In the order of the text."""
        found = [one for one in self._passages.values() if one.article_id == article_id]
        return sorted(found, key=lambda one: one.start)

    def document_frequency(self, words: Sequence[str]) -> Mapping[str, int]:
        """In how many passages each word occurs, after stemming."""
        bags = [set(terms(one.text)) for one in self._passages.values()]
        return {
            word: min((sum(stem(part) in bag for bag in bags) for part in surface(word)), default=0)
            for word in words
        }

    def similar_words(self, word: str) -> list[str]:
        """Words one edit away from one that is not there."""
        if self.document_frequency([word])[word]:
            return []
        counts = Counter(one for p in self._passages.values() for one in set(surface(p.text)))
        near = [one for one in neighbours(word.lower()) if one in counts]
        return sorted(near, key=lambda one: (-counts[one], one))

    def _allowed(self, filters: Filters) -> list[Passage]:
        return [
            one
            for one in self._passages.values()
            if (filters.comments or one.kind is Kind.BODY)
            and _article_allowed(self._articles[one.article_id], filters)
        ]

    def _info(self, article: Article) -> ArticleInfo:
        info = article.info
        number = len(self.article_passages(article.id))
        values = {name: getattr(info, name) for name in ArticleInfo.__dataclass_fields__}
        return ArticleInfo(**{**values, "passages": number})


def _best(scores: Mapping[str, float], k: int) -> list[Hit]:
    ordered = sorted(scores.items(), key=lambda one: (-one[1], one[0]))
    return [Hit(passage_id=passage_id, score=score) for passage_id, score in ordered[:k]]


def _article_allowed(article: Article, filters: Filters) -> bool:
    if filters.articles and article.id not in filters.articles:
        return False
    if filters.publishers and article.publisher not in filters.publishers:
        return False
    if filters.dates is None:
        return True
    date = article.published
    return 0 < date.first <= filters.dates.last and date.last >= filters.dates.first
