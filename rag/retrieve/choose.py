"""Chooses the reader that the settings ask for."""

from __future__ import annotations

from rag.protocols import Corpus, Encoder, Reader
from rag.retrieve.match_reader import MatchReader
from rag.settings import Settings


def choose_reader(settings: Settings, corpus: Corpus, encoder: Encoder) -> Reader:
    """The trained reader, or the one that matches sentences where it is switched off."""
    if settings.answer.reader:
        from rag.retrieve.reader import OnnxReader

        return OnnxReader()
    return MatchReader(
        corpus.document_frequency, lambda: sum(a.passages for a in corpus.articles()), encoder
    )
