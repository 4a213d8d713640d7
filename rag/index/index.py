"""`Index`: the one door to what is stored. It honours `rag.protocols.Corpus` and writes.

    with Index.open(settings) as index:
        report = index.ingest(read_articles(paths))
        hits = index.lexical("government talks", 20, Filters())

Reading is safe from several threads and beside a writer in another process, whose work
is seen at the next question. Writing waits for the one write lock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from rag.errors import IndexingError
from rag.index.catalogue import Catalogue
from rag.index.doctor import Doctor
from rag.index.encoder import OnnxEncoder
from rag.index.ingest import Ingest, Progress
from rag.index.lock import WAIT_SECONDS, write_lock
from rag.index.logins import EndedLogins
from rag.index.passages import Cutter
from rag.index.places import Places
from rag.index.ratings import Ratings
from rag.index.rebuild import rebuild
from rag.index.report import Check, IngestReport, IngestRow, RowStatus
from rag.index.search import Search
from rag.index.spelling import neighbours
from rag.index.talks import Talks
from rag.index.words import stem, surface
from rag.index.writer import Writer
from rag.protocols import Encoder, Vectors
from rag.settings import Settings
from rag.types import Article, ArticleInfo, Filters, Hit, Passage, Rejected

SIMILAR = 5  # spellings that are offered for one word


class Index:
    """One data directory, opened."""

    def __init__(self, settings: Settings, encoder: Encoder, *, wait: float = WAIT_SECONDS) -> None:
        self.settings = settings
        self.encoder = encoder
        self.folder = Path(settings.data_dir)
        self._wait = wait
        self.catalogue = Catalogue(self.folder)
        self.places = Places(self.folder)
        self._search = Search(self.catalogue, self.places)
        self.talks = Talks(lambda: self.catalogue.link, settings.keep)
        self.ratings = Ratings(lambda: self.catalogue.link, settings.keep)
        self.ended_logins = EndedLogins(lambda: self.catalogue.link)

    @classmethod
    def open(cls, settings: Settings, encoder: Encoder | None = None) -> Self:
        """Open the data directory of the settings, made if need be.

        Raises `IndexingError` where the folder cannot be used.
        """
        folder = Path(settings.data_dir)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise IndexingError(
                f"The data directory {folder} cannot be made ({error.strerror}): "
                "give another with --data-dir."
            ) from error
        return cls(settings, encoder or OnnxEncoder())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all files."""
        self.places.forget()
        self.catalogue.close()

    # Reading, as the corpus protocol asks

    def generation(self) -> int:
        """Grows whenever an article is added, changed or removed, by whichever process."""
        return self.catalogue.generation()

    def dense(self, vector: Vectors, k: int, filters: Filters) -> list[Hit]:
        """The k nearest passages by cosine, best first."""
        return self._search.dense(vector, k, filters)

    def lexical(self, query: str, k: int, filters: Filters) -> list[Hit]:
        """The k best passages by BM25, best first; any text is a valid query."""
        return self._search.lexical(query, k, filters)

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        """Those of the passages that exist."""
        return self.catalogue.passages(ids)

    def article(self, article_id: str) -> Article | None:
        """One article with its text, or None."""
        return self.catalogue.article(article_id)

    def articles(self, filters: Filters | None = None) -> list[ArticleInfo]:
        """All ready articles, newest first, undated last."""
        return self.catalogue.articles(filters)

    def article_passages(self, article_id: str) -> list[Passage]:
        """The passages of one article in the order of its text."""
        return self.catalogue.article_passages(article_id)

    def document_frequency(self, words: Sequence[str]) -> Mapping[str, int]:
        """In how many passages each word occurs, after stemming.

        A word of several parts ('al-Maliki') occurs no more often than its rarest part.
        """
        parts = {word: [stem(part) for part in surface(word)] for word in words}
        counts = self.catalogue.stem_counts(
            sorted({one for some in parts.values() for one in some})
        )
        return {
            word: min((counts.get(part, 0) for part in some), default=0)
            for word, some in parts.items()
        }

    def similar_words(self, word: str) -> list[str]:
        """Indexed words one edit away from a word that the corpus lacks, most frequent first."""
        parts = surface(word)
        if len(parts) != 1 or self.catalogue.stem_counts([stem(parts[0])]):
            return []
        found = self.catalogue.word_counts(sorted(neighbours(parts[0])))
        return sorted(found, key=lambda one: (-found[one], one))[:SIMILAR]

    # Writing

    def ingest(
        self,
        items: Iterable[Article | Rejected],
        *,
        progress: Progress | None = None,
        cancel: Callable[[], bool] | None = None,
    ) -> IngestReport:
        """Make articles searchable; unchanged ones cost nothing.

        ``progress`` is called from the calling thread; ``cancel`` is asked between articles,
        and what was ready by then stays. Raises `LockedError` while another process writes.
        """
        with self._writing() as writer:
            run = Ingest(writer, self.encoder, self._cutter(), progress=progress, cancel=cancel)
            report = run.run(items)
            writer.finish()
        return report

    def remove(self, article_ids: Sequence[str]) -> IngestReport:
        """Remove articles from all three stores; an unknown id becomes a failed row."""
        sources = {
            info.id: info.source for info in self.articles(Filters(articles=tuple(article_ids)))
        }
        with self._writing() as writer:
            gone = set(writer.remove(list(dict.fromkeys(article_ids))))
            writer.finish()
        return IngestReport(
            rows=tuple(
                IngestRow(source=sources.get(one, one), article_id=one, status=RowStatus.REMOVED)
                if one in gone
                else IngestRow(
                    source=one,
                    article_id=None,
                    status=RowStatus.FAILED,
                    message=f"There is no article {one!r}: `dateline articles` lists their ids.",
                )
                for one in dict.fromkeys(article_ids)
            )
        )

    def reindex(self, progress: Progress | None = None) -> None:
        """Make vectors and terms again from the catalogue, in a fresh place, and swap."""
        with write_lock(self.folder, self._wait):
            rebuild(self.folder, self.encoder, progress=progress)
        self.places.forget()

    def check(self, repair: bool = False) -> list[Check]:
        """What ``dateline doctor`` says, and, if asked, mends."""
        doctor = Doctor(self.folder, self.catalogue, self.places, self._search, self.encoder)
        if not repair:
            return doctor.examine()
        with write_lock(self.folder, self._wait):
            return doctor.mend()

    @contextmanager
    def _writing(self) -> Iterator[Writer]:
        with write_lock(self.folder, self._wait):
            writer = Writer(self.folder)
            try:
                writer.open(self.encoder.name, self.encoder.dim)
                yield writer
            finally:
                writer.close()

    def _cutter(self) -> Cutter:
        return Cutter(self.settings.passage, self.encoder.count, self.encoder.max_tokens)
