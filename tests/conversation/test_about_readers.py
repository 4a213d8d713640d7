"""Questions about readers: those of a place, those of a name, and what one says of a topic."""

from __future__ import annotations

import pytest

from rag.answer.about import about
from tests.conversation.asking import ask
from tests.conversation.corpus import SmallCorpus, small_corpus


@pytest.fixture(scope="module")
def corpus() -> SmallCorpus:
    return small_corpus()


def test_readers_of_one_place(corpus: SmallCorpus) -> None:
    told = ask(corpus, "Which readers from Porto left comments on the article about the ferry?")
    assert told.statements
    assert all(" in Porto writes: " in statement.text for statement in told.statements)
    assert ask(corpus, "Which readers from Mexico left comments?").abstained  # not New Mexico
    for question in ("Who in Porto wrote the law?", "Who from Porto commented on the vote?"):
        assert about(question, corpus) is None


def test_readers_are_told_by_place_in_either_order(corpus: SmallCorpus) -> None:
    told = ask(corpus, "Which readers commented from Porto?")
    assert all(" in Porto writes: " in statement.text for statement in told.statements)
    assert ask(corpus, "Which readers commented from Porto on the ferry?").statements == (
        told.statements
    )
    for world in ("Who commented from the White House?", "Who commented from Peru?"):
        assert about(world, corpus) is None
    none = ask(corpus, "Which readers commented from Peru?")
    assert none.abstained
    assert none.statements[0].text == "No comment by a reader from Peru was found."
    named = ask(corpus, "What did the reader Xenia write?")
    assert named.statements[0].text == "No comment by a reader named “Xenia” was found."


def test_what_a_reader_says_of_a_topic_is_evidence(corpus: SmallCorpus) -> None:
    assert about("What did the reader Gregor say about wheat exports?", corpus) is None
    assert about("What did the reader Gregor say about this article?", corpus) is not None
    assert about("What did the reader from Porto say about wheat?", corpus) is not None


def test_the_end_of_a_row_is_no_book(corpus: SmallCorpus) -> None:
    assert about("Which of the stories in the Bible is the oldest?", corpus) is None
