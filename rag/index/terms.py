"""Terms: a BM25 index over the stems of passages, and of their headers at half weight.

Documents are fed already analysed (`rag.index.words`), so any text is a valid query and
none has syntax. tantivy takes one writer and any number of readers, in other processes
too; a reader sees a commit after ``refresh``.

Only this module knows tantivy.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy

from rag.errors import IndexingError
from rag.index.words import terms

HEADER_WEIGHT = 0.5  # measured: at full weight, titles drown what the passages say
MAX_QUERY_TERMS = 64  # of a question as long as an article, the rarest ones are kept
_HEAP = 64 * 2**20
_TOKENS = "stems"

Doc = tuple[int, int, str, str]
"""Slot, article key, header, text."""


def _schema() -> tantivy.Schema:
    made = tantivy.SchemaBuilder()
    made.add_text_field("body", tokenizer_name=_TOKENS, index_option="freq")
    made.add_text_field("header", tokenizer_name=_TOKENS, index_option="freq")
    made.add_unsigned_field("slot", fast=True, indexed=True)
    made.add_unsigned_field("article", fast=True, indexed=True)
    return made.build()


class Terms:
    """One term index, opened for searching."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._schema = _schema()
        with _converted(folder):
            self._index = _open(folder, self._schema)
        self._lock = threading.Lock()
        self._generation = -1
        self._searcher = self._index.searcher()

    def refresh(self, generation: int) -> None:
        """See what was committed up to this generation."""
        if generation == self._generation:
            return
        with self._lock, _converted(self.folder):
            self._index.reload()
            self._searcher = self._index.searcher()
            self._generation = generation

    def search(self, query: str, k: int, articles: Sequence[int] | None) -> list[tuple[int, float]]:
        """The k best slots with their scores, best first; ``articles`` are the keys allowed."""
        searcher = self._searcher
        words = self._rarest(searcher, dict.fromkeys(terms(query)))
        if not words or k < 1:
            return []
        with _converted(self.folder):
            wanted = tantivy.Query.boolean_query(
                [(tantivy.Occur.Should, self._word(word)) for word in words]
            )
            if articles is not None:
                inside = tantivy.Query.term_set_query(self._schema, "article", list(articles))
                nothing = tantivy.Query.const_score_query(inside, 0.0)
                wanted = tantivy.Query.boolean_query(
                    [(tantivy.Occur.Must, wanted), (tantivy.Occur.Must, nothing)]
                )
            hits = searcher.search(wanted, limit=k, count=False).hits
            slots = searcher.fast_field_values("slot", [address for _, address in hits])
        return [
            (int(slot or 0), float(score)) for slot, (score, _) in zip(slots, hits, strict=True)
        ]

    def count(self) -> int:
        """How many passages it holds, those of unfinished versions included."""
        return int(self._searcher.num_docs)

    def _word(self, word: str) -> tantivy.Query:
        body = tantivy.Query.term_query(self._schema, "body", word, index_option="freq")
        header = tantivy.Query.term_query(self._schema, "header", word, index_option="freq")
        return tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Should, body),
                (tantivy.Occur.Should, tantivy.Query.boost_query(header, HEADER_WEIGHT)),
            ]
        )

    def _rarest(self, searcher: tantivy.Searcher, words: Iterable[str]) -> list[str]:
        listed = list(words)
        if len(listed) <= MAX_QUERY_TERMS:
            return listed
        listed = listed[: MAX_QUERY_TERMS * 20]
        common = {word: searcher.doc_freq("body", word) for word in listed}
        known = [word for word in listed if common[word]]
        return sorted(known, key=lambda word: common[word])[:MAX_QUERY_TERMS]


class TermsWriter:
    """The one writer of a term index. Callers hold the write lock."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        with _converted(folder):
            self._index = _open(folder, _schema())
            self._writer = self._index.writer(heap_size=_HEAP, num_threads=1)

    def add(self, docs: Iterable[Doc]) -> None:
        """Add passages; seen by nobody before ``commit``."""
        with _converted(self.folder):
            for slot, article, header, text in docs:
                document = tantivy.Document(
                    header=" ".join(terms(header)), body=" ".join(terms(text))
                )
                document.add_unsigned("slot", slot)
                document.add_unsigned("article", article)
                self._writer.add_document(document)

    def remove(self, articles: Iterable[int]) -> None:
        """Remove all passages of these article keys, committed or not."""
        keys = list(articles)
        if keys:
            # Not delete_documents_by_term: it makes a signed term of the key and finds nothing.
            inside = tantivy.Query.term_set_query(self._index.schema, "article", keys)
            with _converted(self.folder):
                self._writer.delete_documents_by_query(inside)

    def commit(self) -> None:
        """Make it so, on disk."""
        with _converted(self.folder):
            self._writer.commit()

    def close(self) -> None:
        """Finish merging and let go of the folder."""
        with _converted(self.folder):
            self._writer.wait_merging_threads()


def _open(folder: Path, schema: tantivy.Schema) -> tantivy.Index:
    index = tantivy.Index(schema, path=str(folder), reuse=True)
    spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_TOKENS, spaces)
    index.config_reader(reload_policy="manual")
    return index


@contextmanager
def _converted(folder: Path) -> Iterator[None]:
    """Errors of tantivy become one of ours; a folder that is gone stays an OSError."""
    try:
        yield
    except (ValueError, RuntimeError) as error:
        if not folder.exists():
            raise FileNotFoundError(str(folder)) from error
        raise IndexingError(
            f"The term index {folder} cannot be used ({error}): run `dateline doctor --repair`."
        ) from error
