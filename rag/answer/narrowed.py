"""What an answer says of a search that the user narrowed: a refusal within 2017 is none of 2013.

narrowed("What changed between 2013 and 2017?", filters, today=20261121)
"""

from __future__ import annotations

from rag.retrieve.time import question_times
from rag.types import Filters, Note, NoteKind


def narrowed(question: str, filters: Filters, today: int) -> tuple[Note, ...]:
    """One note where anything was left out, which names the times asked for that lie outside."""
    words = filters.words()
    if not words:
        return ()
    told = f"Searched only: {'; '.join(words)}."
    if outside := _outside(question, filters, today):
        told += f" Outside it: {', '.join(outside)}."
    return (Note(kind=NoteKind.NARROWED, text=told),)


def _outside(question: str, filters: Filters, today: int) -> list[str]:
    if filters.dates is None:
        return []
    return [
        time.text
        for time in question_times(question, today).expressions
        if time.first and (time.last < filters.dates.first or time.first > filters.dates.last)
    ]
