"""What an ingest, a removal or a health check tells its caller.

Plain frozen values that the command line, the page and the tests share. They import
nothing of ours, so that any room can speak of them without loading the index.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum


class RowStatus(StrEnum):
    """What became of one article, file or record."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"  # the same text is already there under another id; skipped
    FAILED = "failed"
    REMOVED = "removed"


@dataclass(frozen=True, kw_only=True, slots=True)
class IngestRow:
    """One article, file or record and what became of it.

    ``message`` is empty where the status says it all, else one clear sentence.
    """

    source: str
    article_id: str | None
    status: RowStatus
    message: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class IngestReport:
    """What one ingest or removal did. ``rows`` are in the order in which work was finished."""

    rows: tuple[IngestRow, ...]
    seconds: float = 0.0
    passages: int = 0  # passages embedded and written by this run
    cancelled: bool = False

    def of(self, status: RowStatus) -> tuple[IngestRow, ...]:
        """The rows with this status."""
        return tuple(row for row in self.rows if row.status is status)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows have each status; every status is a key."""
        seen = Counter(row.status for row in self.rows)
        return {status.value: seen[status] for status in RowStatus}

    @property
    def failed(self) -> tuple[IngestRow, ...]:
        """The rows that failed: a caller that finds one exits with 1."""
        return self.of(RowStatus.FAILED)


@dataclass(frozen=True, kw_only=True, slots=True)
class IngestProgress:
    """How far an ingest or reindex is; ``total`` is None while the input is still being read."""

    done: int  # articles finished, whatever became of them
    total: int | None
    passages: int  # passages embedded so far
    failed: int
    current: str = ""  # source of the article last finished


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One question that ``doctor`` asks of the data directory, and the answer."""

    name: str
    ok: bool
    message: str
    repaired: bool = False
