"""Chooses the reader that the settings ask for."""

from __future__ import annotations

from functools import lru_cache

from rag.protocols import Corpus, Encoder, Reader
from rag.retrieve.described import DescribingReader
from rag.retrieve.match_reader import MatchReader
from rag.retrieve.remembering import RememberingReader
from rag.retrieve.roles import RoleReader
from rag.settings import Settings


def choose_reader(settings: Settings, corpus: Corpus, encoder: Encoder) -> Reader:
    """The trained reader with matching beside it, or matching alone where it is switched off."""

    @lru_cache(maxsize=1)  # listing every article for each question would cost more than reading
    def passages(_generation: int) -> int:
        return sum(article.passages for article in corpus.articles())

    matching = MatchReader(
        corpus.document_frequency, lambda: passages(corpus.generation()), encoder
    )
    if not settings.answer.reader:
        return DescribingReader(RoleReader(matching))
    from rag.retrieve.blend import BlendedReader
    from rag.retrieve.reader import OnnxReader

    remembered = settings.answer.remembered
    # What matching promised of the candidates of one question, reading them takes up again.
    matched = max(remembered, settings.retrieve.candidates)
    blended = BlendedReader(
        RememberingReader(OnnxReader(), size=remembered),
        RememberingReader(matching, corpus.generation, size=matched),
    )
    return DescribingReader(RoleReader(blended))
