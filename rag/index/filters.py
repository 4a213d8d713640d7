"""A user's filters as SQL conditions on the catalogue.

A date range keeps an article whose possible days overlap it: one of 'May 2013' is kept by
a range that begins on 15 May. An article without a date is left out by an explicit range,
since nothing says that it belongs there.
"""

from __future__ import annotations

from typing import Any

from rag.types import Filters


def narrows(filters: Filters) -> bool:
    """Whether the filters leave anything out."""
    return bool(
        filters.dates is not None or filters.publishers or filters.articles or not filters.comments
    )


def conditions(filters: Filters, *, passages: bool) -> tuple[str, list[Any]]:
    """SQL that follows ``WHERE`` and its parameters; ``a`` are articles, ``p`` passages."""
    parts: list[str] = []
    values: list[Any] = []
    if filters.dates is not None:
        parts.append("a.first > 0 AND a.last >= ? AND a.first <= ?")
        values += [filters.dates.first, filters.dates.last]
    for column, wanted in (("publisher", filters.publishers), ("id", filters.articles)):
        if wanted:
            parts.append(f"a.{column} IN (SELECT value FROM json_each(?))")  # noqa: S608
            values.append(as_json(wanted))
    if passages and not filters.comments:
        parts.append("p.kind = 'body'")
    return " AND ".join(parts) or "1", values


def as_json(values: object) -> str:
    """A list as the JSON that ``json_each`` reads: one parameter however long the list."""
    import json

    return json.dumps(list(values) if isinstance(values, tuple | set) else values)
