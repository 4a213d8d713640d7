"""Whether a question is about what readers wrote, by its words or by a reader's name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.retrieve.names import proper
from rag.retrieve.retriever import asks_readers, names_a_reader
from rag.retrieve.words import key
from rag.types import Kind
from tests.made import passage

BODY = passage("The mayor, Ana Ruiz, opened the bridge.")
COMMENT = replace(
    passage("It should have opened years ago.", start=60, kind=Kind.COMMENT), author="Torvald B."
)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("What does Torvald think of the bridge?", True),
        ("what does torvald want", True),
        ("What does Ana Ruiz think of the bridge?", False),
        ("What does B think?", False),
    ],
)
def test_a_reader_is_known_by_name(question: str, named: bool) -> None:
    assert names_a_reader(question, [BODY, COMMENT]) is named


def test_a_name_that_the_article_speaks_of_is_no_readers() -> None:
    told = replace(COMMENT, author="Ana")
    assert not names_a_reader("What does Ana think?", [BODY, told])


def test_readers_are_asked_for_by_word() -> None:
    assert asks_readers("What do commenters say?")
    assert not asks_readers("What did the mayor say?")


def test_names_are_what_is_never_written_small() -> None:
    found = proper(["Today the mayor, Ana Ruiz, spoke.", "It was the Mayor, said the mayor."])
    assert {key("Ruiz"), key("Ana")} <= found
    assert key("mayor") not in found
