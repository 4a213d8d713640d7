"""The question, the passages and the first sentence that the tests of whole replies share."""

from __future__ import annotations

from rag.answer.writing.writing import Task
from rag.types import Kind, NoteKind
from tests.made import candidate
from tests.writing.desk import Told, task

DOWN = "The language model at the given address refused the connection: start it."
FERRY = candidate(
    "The ferry Astrid ran aground off Larn on March 7 with 412 passengers on board. Twelve people "
    "were treated for minor injuries. Captain Ida Berg said the ship had “lost all steering”.",
    "ferry",
    "2016-03-09",
)
INQUIRY = candidate(
    "An inquiry led by Per Dahl will present its findings on September 1. The owner put the "
    "damage at $3 million.",
    "inquiry",
    "2016-04-02",
)
READER = candidate("I was on board and saw the captain weep.", "below", "2016-03-09", Kind.COMMENT)
FIRST = "The ferry ran aground off Larn on 7 March 2016 [{0}]."


def given(short: str | None = "412 passengers") -> Task:
    """The task; offline answers with the first passage."""
    return task("What happened to the ferry Astrid?", [FERRY, INQUIRY, READER], short)


def notes(kind: NoteKind, told: Told) -> list[str]:
    """Notes of one kind."""
    return [n.text for n in told.answer.notes if n.kind is kind]
