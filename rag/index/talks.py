"""Conversations, kept in the catalogue: each belongs to one owner and outlives the process.

    talks = Talks(lambda: catalogue.link, settings.keep)
    conversation_id, n = talks.append("user:ada", None, answer)
    stored = talks.get("user:ada", conversation_id)

Safe between threads and processes: each write is one transaction of SQLite's, beside an
ingest too. ``owner=None`` means whoever, and is the command line's alone. A conversation of
another owner is not there, as if it had never been. Deleting hides it; after the hours that
the settings give, the next write removes it for good.
"""

from __future__ import annotations

import secrets
import sqlite3
import time
from collections.abc import Callable, Sequence

from rag.errors import KeepingError
from rag.index import talk_rows
from rag.index.transactions import transaction
from rag.settings import KeepSettings
from rag.types import (
    Answer,
    ConversationInfo,
    ConversationPage,
    StoredConversation,
    StoredTurn,
)

PAGE_ROWS = 50
_INFO = (
    "t.id, t.owner, t.title, t.created, t.updated, "
    "(SELECT count(*) FROM turns u WHERE u.talk = t.key)"
)
_MINE = "(:owner IS NULL OR t.owner = :owner)"


class Talks:
    """The conversations of one data directory."""

    def __init__(
        self,
        link: Callable[[], sqlite3.Connection],
        settings: KeepSettings,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """``link`` gives the calling thread's connection to the catalogue."""
        self._link = link
        self._settings = settings
        self._clock = clock

    def append(
        self, owner: str, conversation_id: str | None, answer: Answer
    ) -> tuple[ConversationInfo, int]:
        """Keep one more turn; gives the conversation and the turn's number in it.

        Without an id, or with that of one that is no longer there, a new conversation begins.
        Raises `KeepingError` where a bound of the settings is reached.
        """
        text = talk_rows.answer_text(answer, self._settings.max_turn_bytes)
        now = self._clock()
        with transaction(self._link) as link:
            self._purge(link, now)
            key = self._key(link, owner, conversation_id)
            key = self._begun(link, owner, answer.question, now) if key is None else key
            n = 1 + self._scalar(link, "SELECT coalesce(max(n), 0) FROM turns WHERE talk = ?", key)
            if n > self._settings.max_turns:
                raise KeepingError(
                    f"This conversation holds {n - 1:,} turns and no more are kept in one: begin "
                    "a new conversation. DATELINE_KEEP__MAX_TURNS sets the bound."
                )
            link.execute(
                "INSERT INTO turns (talk, n, at, folded, answer) VALUES (?, ?, ?, ?, ?)",
                (key, n, now, talk_rows.folded(answer), text),
            )
            link.execute("UPDATE talks SET updated = ? WHERE key = ?", (now, key))
            row = link.execute(f"SELECT {_INFO} FROM talks t WHERE t.key = ?", (key,)).fetchone()  # noqa: S608
        return talk_rows.info(row), n

    def get(self, owner: str | None, conversation_id: str) -> StoredConversation | None:
        """A conversation with its turns, or None where this owner has none of that id."""
        with transaction(self._link, write=False) as link:
            row = link.execute(
                f"SELECT {_INFO}, t.key FROM talks t "  # noqa: S608
                f"WHERE t.id = :id AND {_MINE} AND t.deleted IS NULL",
                {"id": talk_rows.storable(conversation_id), "owner": owner},
            ).fetchone()
            if row is None:
                return None
            turns = link.execute(
                "SELECT n, at, answer FROM turns WHERE talk = ? ORDER BY n", (row[6],)
            ).fetchall()
        return StoredConversation(
            info=talk_rows.info(row), turns=tuple(talk_rows.turn(one) for one in turns)
        )

    def after(self, owner: str, conversation_id: str, n: int) -> tuple[StoredTurn, ...]:
        """The turns of a conversation behind its n-th: what another page has added."""
        with transaction(self._link, write=False) as link:
            rows = link.execute(
                "SELECT u.n, u.at, u.answer FROM turns u JOIN talks t ON t.key = u.talk "
                "WHERE t.id = ? AND t.owner = ? AND t.deleted IS NULL AND u.n > ? ORDER BY u.n",
                (talk_rows.storable(conversation_id), owner, n),
            ).fetchall()
        return tuple(talk_rows.turn(row) for row in rows)

    def page(
        self, owner: str | None, query: str = "", page: int = 0, rows: int = PAGE_ROWS
    ) -> ConversationPage:
        """Conversations whose title or text holds every word of the query, newest first."""
        where = [_MINE, "t.deleted IS NULL"]
        values: dict[str, object] = {"owner": owner}
        for place, word in enumerate(talk_rows.words_of(query)):
            values[f"word{place}"] = word
            where.append(
                f"(instr(t.folded, :word{place}) OR EXISTS (SELECT 1 FROM turns u "  # noqa: S608
                f"WHERE u.talk = t.key AND instr(u.folded, :word{place})))"
            )
        told = " AND ".join(where)
        with transaction(self._link, write=False) as link:
            found = self._scalar(link, f"SELECT count(*) FROM talks t WHERE {told}", values)  # noqa: S608
            last = max(0, -(-found // rows) - 1)
            values |= {"limit": rows, "offset": min(max(page, 0), last) * rows}
            some = link.execute(
                f"SELECT {_INFO} FROM talks t WHERE {told} "  # noqa: S608
                "ORDER BY t.updated DESC, t.key DESC LIMIT :limit OFFSET :offset",
                values,
            ).fetchall()
        return ConversationPage(rows=tuple(talk_rows.info(row) for row in some), found=found)

    def rename(self, owner: str | None, conversation_id: str, title: str) -> str | None:
        """Give it another title; gives that title as kept, or None where it is not there."""
        title = talk_rows.storable(talk_rows.title_from(title))
        with transaction(self._link) as link:
            changed = link.execute(
                "UPDATE talks AS t SET title = :title, folded = :folded "  # noqa: S608
                f"WHERE t.id = :id AND {_MINE} AND t.deleted IS NULL",
                {
                    "title": title,
                    "folded": title.casefold(),
                    "id": talk_rows.storable(conversation_id),
                    "owner": owner,
                },
            ).rowcount
        return title if changed else None

    def delete(self, owner: str | None, conversation_id: str) -> bool:
        """Hide a conversation; `undelete` brings it back until it is purged."""
        return self._mark(owner, conversation_id, "t.deleted IS NULL", self._clock())

    def undelete(self, owner: str | None, conversation_id: str) -> bool:
        """Bring a deleted conversation back, if it is not gone for good."""
        return self._mark(owner, conversation_id, "t.deleted IS NOT NULL", None)

    def purge(self, *, everything: bool = False) -> int:
        """Remove for good what was deleted long enough ago, or all that was deleted."""
        with transaction(self._link) as link:
            return self._purge(link, float("inf") if everything else self._clock())

    def _mark(
        self, owner: str | None, conversation_id: str, when: str, deleted: float | None
    ) -> bool:
        with transaction(self._link) as link:
            self._purge(link, self._clock())
            changed = link.execute(
                f"UPDATE talks AS t SET deleted = :deleted WHERE t.id = :id AND {_MINE} AND {when}",  # noqa: S608
                {
                    "deleted": deleted,
                    "id": talk_rows.storable(conversation_id),
                    "owner": owner,
                },
            ).rowcount
        return changed > 0

    def _begun(self, link: sqlite3.Connection, owner: str, question: str, now: float) -> int:
        many = self._scalar(
            link, "SELECT count(*) FROM talks WHERE owner = ? AND deleted IS NULL", owner
        )
        if many >= self._settings.max_conversations:
            raise KeepingError(
                f"{many:,} conversations are kept and no more may be: delete some. "
                "DATELINE_KEEP__MAX_CONVERSATIONS sets the bound."
            )
        title = talk_rows.storable(talk_rows.title_from(question))
        cursor = link.execute(
            "INSERT INTO talks (id, owner, title, folded, created, updated) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (secrets.token_hex(12), owner, title, title.casefold(), now, now),
        )
        return int(cursor.lastrowid or 0)

    def _key(self, link: sqlite3.Connection, owner: str, conversation_id: str | None) -> int | None:
        row = link.execute(
            "SELECT key FROM talks WHERE id = ? AND owner = ? AND deleted IS NULL",
            (talk_rows.storable(conversation_id or ""), owner),
        ).fetchone()
        return int(row[0]) if row else None

    def _purge(self, link: sqlite3.Connection, now: float) -> int:
        before = now - self._settings.undo_hours * 3600
        old = "SELECT key FROM talks WHERE deleted IS NOT NULL AND deleted <= ?"
        if link.execute(f"{old} LIMIT 1", (before,)).fetchone() is None:
            return 0
        link.execute("PRAGMA secure_delete = ON")  # the words go from the file, not only the row
        link.execute(f"DELETE FROM turns WHERE talk IN ({old})", (before,))  # noqa: S608
        return link.execute(f"DELETE FROM talks WHERE key IN ({old})", (before,)).rowcount  # noqa: S608

    def _scalar(self, link: sqlite3.Connection, sql: str, value: object) -> int:
        values: Sequence[object] | dict[str, object]
        values = value if isinstance(value, dict) else (value,)
        return int(link.execute(sql, values).fetchone()[0])
