"""Looking into an index from the outside."""

from __future__ import annotations

from collections.abc import Sequence

from rag.index import Index
from rag.index.base import Base
from rag.index.terms import Terms
from rag.protocols import Vectors
from rag.types import Filters
from tests.fakes import FakeEncoder


class CountingEncoder(FakeEncoder):
    """Remembers how many texts it was given, and fails when told to."""

    encoded = 0
    failing = False

    def encode(self, texts: Sequence[str]) -> Vectors:
        if self.failing:
            raise RuntimeError("the encoder broke")
        self.encoded += len(texts)
        return super().encode(texts)


def found(index: Index, words: str) -> set[str]:
    """The articles that hold a rare word, by both searches' hits."""
    hits = index.lexical(words, 10, Filters())
    return {one.article_id for one in index.passages([hit.passage_id for hit in hits]).values()}


def stored(index: Index) -> tuple[int, int, int]:
    """How many passages the catalogue, Chroma and tantivy hold, looked at one by one."""
    state = index.catalogue.state()
    (passages,) = index.catalogue.link.execute("SELECT count(*) FROM passages").fetchone()
    base = Base(index.places.vectors(state.base))
    vectors = base.count()
    base.close()
    return passages, vectors, Terms(index.places.terms(state.terms)).count()


def failing_checks(index: Index) -> list[str]:
    return [f"{check.name}: {check.message}" for check in index.check() if not check.ok]
