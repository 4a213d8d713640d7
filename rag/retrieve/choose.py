"""Chooses the reader that the settings ask for."""

from __future__ import annotations

from rag.protocols import Corpus, Reader
from rag.retrieve.lexical_reader import LexicalReader
from rag.settings import Settings


def choose_reader(settings: Settings, corpus: Corpus) -> Reader:
    """The trained reader, or the one that goes by words where it is switched off."""
    if settings.answer.reader:
        from rag.retrieve.reader import OnnxReader

        return OnnxReader()
    return LexicalReader(
        corpus.document_frequency, lambda: sum(a.passages for a in corpus.articles())
    )
