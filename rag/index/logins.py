"""Log-ins that were ended before their time: a cookie that says otherwise is not believed."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable

from rag.index.transactions import transaction


class EndedLogins:
    """The log-ins of one data directory that somebody ended by logging out."""

    def __init__(
        self, link: Callable[[], sqlite3.Connection], clock: Callable[[], float] = time.time
    ) -> None:
        """``link`` gives the calling thread's connection to the catalogue."""
        self._link = link
        self._clock = clock

    def end(self, login: str, seconds: float) -> None:
        """Believe this log-in no more; ``seconds`` is how long it could still have lived."""
        now = self._clock()
        with transaction(self._link) as link:
            link.execute("DELETE FROM ended_logins WHERE until < ?", (now,))
            link.execute(
                "INSERT OR REPLACE INTO ended_logins (id, until) VALUES (?, ?)",
                (login, now + seconds),
            )

    def ended(self, login: str) -> bool:
        """Whether it was ended."""
        with transaction(self._link, write=False) as link:
            row = link.execute("SELECT 1 FROM ended_logins WHERE id = ?", (login,)).fetchone()
        return row is not None
