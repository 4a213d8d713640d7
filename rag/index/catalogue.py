"""The catalogue, read: articles, passages, words, and which files hold the derived indexes.

Safe between threads (each has a connection of its own) and between processes (SQLite's
write-ahead log). ``snapshot`` gives one consistent view for a search that asks several
times. Writing is `rag.index.ledger`'s.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rag.errors import IndexingError
from rag.index import rows
from rag.index.filters import as_json, conditions
from rag.index.schema import connect, migrate
from rag.types import Article, ArticleInfo, Filters, Passage


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """What the catalogue points to at one moment."""

    generation: int
    next_slot: int  # the first that was never given
    ready_upto: int  # below it every vector that will ever matter is on disk
    encoder: str
    dim: int
    vectors: str  # folder of the vector file
    base: str  # folder of Chroma's base, empty when there is none
    base_upto: int  # the base holds what was ready below this slot
    base_retired: int  # how many of those have been retired since
    terms: str  # folder of the term index


class Catalogue:
    """One process's view of ``catalogue.sqlite``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._local = threading.local()
        self._links: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._closed = False
        migrate(self.link)

    @property
    def link(self) -> sqlite3.Connection:
        """This thread's connection."""
        if self._closed:
            raise IndexingError("The index is closed: open it again.")
        link: sqlite3.Connection | None = getattr(self._local, "link", None)
        if link is None:
            link = self._local.link = connect(self.folder)
            with self._lock:
                self._links.append(link)
        return link

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """A read transaction: all that is asked inside sees the same moment."""
        link = self.link
        if link.in_transaction:
            yield link
            return
        link.execute("BEGIN")
        try:
            yield link
        finally:
            link.execute("COMMIT")

    def close(self) -> None:
        """Close the connections of all threads."""
        self._closed = True
        with self._lock:
            for link in self._links:
                link.close()
            self._links.clear()

    def state(self) -> State:
        """What the catalogue points to now."""
        found = dict(self.link.execute("SELECT key, value FROM meta"))
        return State(**{name: found[name] for name in State.__dataclass_fields__})

    def generation(self) -> int:
        """Grows with every change of what is ready."""
        row = self.link.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()
        return int(row[0])

    # Articles

    def article(self, article_id: str) -> Article | None:
        """One article with its text, or None."""
        row = self.link.execute(
            f"SELECT {rows.ARTICLE_COLUMNS} FROM articles a "  # noqa: S608
            "JOIN texts t USING (key) WHERE a.id = ?",
            (article_id,),
        ).fetchone()
        return rows.article(row) if row else None

    def articles(self, filters: Filters | None = None) -> list[ArticleInfo]:
        """All ready articles, newest first, undated last."""
        where, values = conditions(filters or Filters(), passages=False)
        found = self.link.execute(
            f"SELECT {rows.INFO_COLUMNS} FROM articles a WHERE {where} "  # noqa: S608
            "ORDER BY a.last DESC, a.first DESC, a.key",
            values,
        )
        return [rows.info(row) for row in found]

    def known(self, article_id: str) -> str | None:
        """The content hash of the ready version of an article."""
        row = self.link.execute(
            "SELECT content_hash FROM articles WHERE id = ?", (article_id,)
        ).fetchone()
        return row[0] if row else None

    def twin(self, text_hash: str, article_id: str) -> tuple[str, str] | None:
        """Id and source of another ready article with the same body."""
        row = self.link.execute(
            "SELECT id, source FROM articles WHERE text_hash = ? AND id <> ? LIMIT 1",
            (text_hash, article_id),
        ).fetchone()
        return (row[0], row[1]) if row else None

    # Passages

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        """Those of the passages that exist, in the order asked for."""
        found = {
            row[0]: rows.passage(row)
            for row in self._passage_rows(
                "p.id IN (SELECT value FROM json_each(?))", (as_json(list(ids)),)
            )
        }
        return {one: found[one] for one in ids if one in found}

    def article_passages(self, article_id: str) -> list[Passage]:
        """The passages of one article in the order of its text."""
        return [rows.passage(row) for row in self._passage_rows("a.id = ?", (article_id,))]

    def _passage_rows(self, where: str, values: Sequence[object]) -> sqlite3.Cursor:
        return self.link.execute(
            f"SELECT {rows.PASSAGE_COLUMNS} FROM passages p JOIN articles a ON a.key = p.article "  # noqa: S608
            f"JOIN texts t ON t.key = p.article WHERE {where} ORDER BY p.article, p.start",
            values,
        )

    def documents(self, slots: Sequence[int]) -> list[tuple[int, int, str, str]]:
        """Slot, article key, header and text of passages, in the order of their slots."""
        return self.link.execute(
            "SELECT p.slot, p.article, p.header, substr(t.text, p.start + 1, p.end - p.start) "
            "FROM passages p JOIN texts t ON t.key = p.article "
            "WHERE p.slot IN (SELECT value FROM json_each(?)) ORDER BY p.slot",
            (as_json(list(slots)),),
        ).fetchall()

    def ready(self, slots: Sequence[int], filters: Filters) -> dict[int, str]:
        """Slot to passage id, of those slots that are ready and allowed."""
        where, values = conditions(filters, passages=True)
        found = self.link.execute(
            "SELECT p.slot, p.id FROM json_each(?) j JOIN passages p ON p.slot = j.value "  # noqa: S608
            f"JOIN articles a ON a.key = p.article WHERE {where}",
            (as_json(list(slots)), *values),
        )
        return dict(found.fetchall())

    def allowed_size(self, filters: Filters) -> int:
        """About how many passages the filters allow (comments are counted in)."""
        where, values = conditions(filters, passages=False)
        row = self.link.execute(
            f"SELECT coalesce(sum(a.passages), 0) FROM articles a WHERE {where}",  # noqa: S608
            values,
        ).fetchone()
        return int(row[0])

    def allowed_slots(self, filters: Filters) -> list[int]:
        """The slots of all passages that the filters allow."""
        where, values = conditions(filters, passages=True)
        found = self.link.execute(
            f"SELECT p.slot FROM articles a JOIN passages p ON p.article = a.key WHERE {where}",  # noqa: S608
            values,
        )
        return [slot for (slot,) in found]

    def slots_below(self, upto: int) -> list[int]:
        """All ready slots below one, in order."""
        found = self.link.execute("SELECT slot FROM passages WHERE slot < ? ORDER BY slot", (upto,))
        return [slot for (slot,) in found]

    def allowed_keys(self, filters: Filters) -> list[int]:
        """The keys of the articles that the filters allow."""
        where, values = conditions(filters, passages=False)
        found = self.link.execute(f"SELECT a.key FROM articles a WHERE {where}", values)  # noqa: S608
        return [key for (key,) in found]

    # Words

    def stem_counts(self, stems: Sequence[str]) -> Mapping[str, int]:
        """In how many passages each stem occurs."""
        found = self.link.execute(
            "SELECT stem, n FROM stems WHERE stem IN (SELECT value FROM json_each(?))",
            (as_json(list(stems)),),
        )
        return dict(found.fetchall())

    def word_counts(self, words: Sequence[str]) -> Mapping[str, int]:
        """In how many passages each of those words occurs that occur at all."""
        found = self.link.execute(
            "SELECT word, n FROM words WHERE word IN (SELECT value FROM json_each(?))",
            (as_json(list(words)),),
        )
        return dict(found.fetchall())
