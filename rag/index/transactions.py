"""Reading and writing what visitors leave in the catalogue, one transaction at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rag.errors import KeepingError


@contextmanager
def transaction(
    link: Callable[[], sqlite3.Connection], *, write: bool = True
) -> Iterator[sqlite3.Connection]:
    """All or nothing, or one moment's view; SQLite's own errors become `KeepingError`."""
    try:
        connection = link()
        connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise KeepingError(
            f"What was to be kept cannot be written or read ({error}): check that the data "
            "directory can be written and has room, and run `dateline doctor`."
        ) from error
