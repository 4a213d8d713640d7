"""What readers thought of answers, kept with the whole answer and the questions before it.

A rating outlives its conversation: it is what `dateline eval import-feedback` turns into
cases. A second thought on the same turn replaces the first.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Sequence
from typing import Any

from rag.errors import UsageError
from rag.index import talk_rows
from rag.index.plain import to_plain
from rag.index.transactions import transaction
from rag.settings import KeepSettings
from rag.types import Answer, Rating

_COLUMNS = "id, owner, at, up, reason, history, answer"
_MOST_HISTORY = 50


class Ratings:
    """The feedback of one data directory."""

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

    def add(
        self,
        owner: str,
        answer: Answer,
        *,
        up: bool,
        reason: str = "",
        history: Sequence[str] = (),
        turn: tuple[str, int] = ("", 0),
    ) -> Rating:
        """Keep what an owner thought of an answer; ``turn`` is its conversation and number.

        Raises `UsageError` for a reason that is too long.
        """
        told = talk_rows.storable(reason.strip())
        most = self._settings.max_reason_chars
        if len(told) > most:
            raise UsageError(
                f"The reason has {len(told):,} characters; at most {most:,} are kept: shorten it."
            )
        text = talk_rows.answer_text(answer, self._settings.max_turn_bytes)
        with transaction(self._link) as link:
            if turn[0]:
                link.execute(
                    "DELETE FROM ratings WHERE owner = ? AND talk = ? AND n = ?", (owner, *turn)
                )
            cursor = link.execute(
                "INSERT INTO ratings (owner, talk, n, at, up, reason, history, answer) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (owner, *turn, self._clock(), up, told,
                 json.dumps(to_plain(tuple(history)[-_MOST_HISTORY:])), text),
            )  # fmt: skip
            row = link.execute(
                f"SELECT {_COLUMNS} FROM ratings WHERE id = ?",  # noqa: S608
                (cursor.lastrowid,),
            ).fetchone()
        return _rating(row)

    def withdraw(self, owner: str, turn: tuple[str, int]) -> bool:
        """Forget what an owner thought of a turn."""
        with transaction(self._link) as link:
            gone = link.execute(
                "DELETE FROM ratings WHERE owner = ? AND talk = ? AND n = ?", (owner, *turn)
            )
        return gone.rowcount > 0

    def of(self, owner: str, conversation_id: str) -> dict[int, bool]:
        """Number of a turn -> whether its owner's thumb points up."""
        with transaction(self._link, write=False) as link:
            rows = link.execute(
                "SELECT n, up FROM ratings WHERE owner = ? AND talk = ?",
                (owner, talk_rows.storable(conversation_id)),
            ).fetchall()
        return {n: bool(up) for n, up in rows}

    def all(self) -> list[Rating]:
        """Everything that was said by whomever, oldest first."""
        with transaction(self._link, write=False) as link:
            rows = link.execute(f"SELECT {_COLUMNS} FROM ratings ORDER BY id").fetchall()  # noqa: S608
        return [_rating(row) for row in rows]


def _rating(row: Sequence[Any]) -> Rating:
    return Rating(
        id=row[0],
        owner=row[1],
        at=row[2],
        up=bool(row[3]),
        reason=row[4],
        history=tuple(json.loads(row[5])),
        answer=talk_rows.answer_from(row[6]),
    )
