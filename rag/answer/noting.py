"""What an answer is told with besides itself: how the question was understood and spelt."""

from __future__ import annotations

from dataclasses import replace

from rag.answer.quoting import shown
from rag.types import Answer, Note, NoteKind


def rewritten(question: str) -> Note:
    """Says how the question was understood."""
    return Note(kind=NoteKind.REWRITTEN, text=f"Understood as: {question}")


def spelling(changes: tuple[tuple[str, str], ...]) -> tuple[Note, ...]:
    """Says which words were read as others; nothing where none was."""
    if not changes:
        return ()
    read = ", ".join(f"“{typed}” as “{read}”" for typed, read in changes)
    return (Note(kind=NoteKind.SPELLING, text=f"Read {read}."),)


def told(answer: Answer, original: str) -> Answer:
    """The answer to the question as it was asked; notes tell names and titles as plain words."""
    notes = tuple(replace(note, text=shown(note.text)) for note in answer.notes)
    return replace(answer, question=original, notes=notes)


def noted(answer: Answer, notes: tuple[Note, ...]) -> Answer:
    """The answer with these notes behind its own."""
    return replace(answer, notes=(*answer.notes, *notes)) if notes else answer
