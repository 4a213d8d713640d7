"""The catalogue, written. The only module that changes it.

A version of an article goes ``reserve`` (pending: its slots are taken for good, before any
file is touched) -> vectors -> terms -> ``publish`` (ready: everything about it appears in
one transaction, and the version it replaces disappears in the same). What a crash leaves
pending or stale is found by ``unfinished`` and swept by the next writer.

Callers hold the write lock.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from rag.index import rows
from rag.index.words import stem, surface
from rag.types import Article, Passage


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One version of an article and the slots that it holds."""

    key: int
    article: Article
    passages: Sequence[Passage]
    first_slot: int

    @property
    def slots(self) -> range:
        """The slots of its passages, in their order."""
        return range(self.first_slot, self.first_slot + len(self.passages))


class Ledger:
    """Changes to the catalogue through one connection."""

    def __init__(self, link: sqlite3.Connection) -> None:
        self._link = link
        link.execute("PRAGMA synchronous = FULL")  # a slot once given must stay given

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing."""
        self._link.execute("BEGIN IMMEDIATE")
        try:
            yield self._link
        except BaseException:
            self._link.execute("ROLLBACK")
            raise
        self._link.execute("COMMIT")

    def reserve(self, cut: Sequence[tuple[Article, Sequence[Passage]]]) -> list[Entry]:
        """Write new versions down as pending and give their passages slots."""
        entries = []
        with self.transaction() as link:
            slot = int(link.execute("SELECT value FROM meta WHERE key = 'next_slot'").fetchone()[0])
            for article, passages in cut:
                cursor = link.execute(
                    "INSERT INTO ledger (article_id, state, first_slot, slots) "
                    "VALUES (?, 'pending', ?, ?)",
                    (article.id, slot, len(passages)),
                )
                entries.append(
                    Entry(
                        key=int(cursor.lastrowid or 0),
                        article=article,
                        passages=passages,
                        first_slot=slot,
                    )
                )
                slot += len(passages)
            link.execute("UPDATE meta SET value = ? WHERE key = 'next_slot'", (slot,))
        return entries

    def publish(self, entries: Sequence[Entry]) -> None:
        """Make versions ready and retire those that they replace, in one transaction."""
        with self.transaction() as link:
            gained, lost = _Words(), _Words()
            for entry in entries:
                self._retire(link, entry.article.id, lost)
                self._insert(link, entry, gained)
            _count(link, gained, 1)
            _count(link, lost, -1)
            link.execute(
                "UPDATE meta SET value = max(value, ?) WHERE key = 'ready_upto'",
                (max((entry.slots.stop for entry in entries), default=0),),
            )
            self._advance(link)

    def retire(self, article_ids: Iterable[str]) -> list[str]:
        """Take articles out of the catalogue; gives the ids that were there."""
        with self.transaction() as link:
            lost = _Words()
            gone = [one for one in article_ids if self._retire(link, one, lost)]
            if gone:
                _count(link, lost, -1)
                self._advance(link)
        return gone

    def unfinished(self) -> list[int]:
        """Keys of the versions that are pending or stale."""
        found = self._link.execute("SELECT key FROM ledger WHERE state <> 'ready'")
        return [key for (key,) in found]

    def forget(self, keys: Sequence[int]) -> None:
        """Drop unfinished versions, once their terms are gone."""
        with self.transaction() as link:
            link.executemany(
                "DELETE FROM ledger WHERE key = ? AND state <> 'ready'", [(key,) for key in keys]
            )

    def point(self, **values: object) -> None:
        """Set what the catalogue points to."""
        with self.transaction() as link:
            link.executemany(
                "UPDATE meta SET value = ? WHERE key = ?",
                [(value, name) for name, value in values.items()],
            )
            self._advance(link)

    def _insert(self, link: sqlite3.Connection, entry: Entry, gained: _Words) -> None:
        article = entry.article
        marks = ", ".join("?" * 17)
        link.execute(
            f"INSERT INTO articles VALUES ({marks})",  # noqa: S608
            rows.article_values(entry.key, article, len(entry.passages)),
        )
        link.execute("INSERT INTO texts VALUES (?, ?)", (entry.key, article.text))
        link.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                rows.passage_values(slot, entry.key, passage)
                for slot, passage in zip(entry.slots, entry.passages, strict=True)
            ],
        )
        link.execute("UPDATE ledger SET state = 'ready' WHERE key = ?", (entry.key,))
        for passage in entry.passages:
            gained.add(passage.text)

    def _retire(self, link: sqlite3.Connection, article_id: str, lost: _Words) -> bool:
        row = link.execute("SELECT key FROM articles WHERE id = ?", (article_id,)).fetchone()
        if row is None:
            return False
        for (text,) in link.execute(
            "SELECT substr(t.text, p.start + 1, p.end - p.start) FROM passages p "
            "JOIN texts t ON t.key = p.article WHERE p.article = ?",
            row,
        ):
            lost.add(text)
        link.execute(
            "UPDATE meta SET value = value + (SELECT count(*) FROM passages WHERE article = ? AND "
            "slot < (SELECT value FROM meta WHERE key = 'base_upto')) WHERE key = 'base_retired'",
            row,
        )
        link.execute("DELETE FROM passages WHERE article = ?", row)
        link.execute("DELETE FROM texts WHERE key = ?", row)
        link.execute("DELETE FROM articles WHERE key = ?", row)
        link.execute("UPDATE ledger SET state = 'stale' WHERE key = ?", row)
        return True

    def _advance(self, link: sqlite3.Connection) -> None:
        link.execute("UPDATE meta SET value = value + 1 WHERE key = 'generation'")


class _Words:
    """In how many passages of one transaction each word and each stem occurs."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.stems: Counter[str] = Counter()

    def add(self, text: str) -> None:
        """Count one passage."""
        words = set(surface(text))
        self.words.update(words)
        self.stems.update({stem(word) for word in words})


def _count(link: sqlite3.Connection, counted: _Words, sign: int) -> None:
    for table, column, counts in (
        ("words", "word", counted.words),
        ("stems", "stem", counted.stems),
    ):
        link.executemany(
            f"INSERT INTO {table} ({column}, n) VALUES (?, ?) "  # noqa: S608
            f"ON CONFLICT ({column}) DO UPDATE SET n = n + excluded.n",
            [(word, sign * number) for word, number in sorted(counts.items())],
        )
        if sign < 0:
            link.executemany(
                f"DELETE FROM {table} WHERE {column} = ? AND n <= 0",  # noqa: S608
                [(word,) for word in counts],
            )
