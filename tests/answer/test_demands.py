"""A near-miss is told from an answer by the names, numbers and times that it lacks."""

from __future__ import annotations

import pytest

from rag.answer.demands import Demands, demands, meet
from rag.retrieve.time import question_times
from tests.made import info, passage

TEXT = (
    "The mayor, Ana Ruiz, and Olena Kovalenko opened the bridge on 3 May 2012 before 1,200 guests."
)


def read(question: str, unknown: tuple[str, ...] = ()) -> Demands:
    return demands(
        question, question_times(question, 20200101), dict.fromkeys(unknown, 0), frozenset()
    )


def missing(
    question: str, iso: str | None = "2014-06-25", article: str = TEXT
) -> tuple[float, tuple[str, ...]]:
    from rag.retrieve.words import keys

    met = meet(read(question), passage(TEXT), info("a", iso), lambda: frozenset(keys(article)))
    return met.factor, met.missing


@pytest.mark.parametrize(
    "question",
    [
        "When did Ana Ruiz open the bridge?",
        "What did Ruiz open in 2012?",
        "What did Ruiz open in May 2012?",
        "What did Ruiz and Kovalenka open?",  # one letter off
        "How many guests, 1,200 or so, came?",
        "What happened in 2014?",  # the article appeared then
        "What did the mayor open on May 3?",
        "What do Western guests open?",  # every quarter of the sky has many countries
    ],
)
def test_met(question: str) -> None:
    assert missing(question) == (1.0, ())


@pytest.mark.parametrize(
    ("question", "lacks"),
    [
        ("When did Pedro Gomez open the bridge?", ("Pedro Gomez",)),
        ("Did 1,300 guests come?", ("1,300",)),
        ("What did Ruiz open in 2009?", ()),
        ("What did Ruiz open on June 3?", ()),
    ],
)
def test_near_misses_are_weighed_down(question: str, lacks: tuple[str, ...]) -> None:
    factor, told = missing(question)
    assert factor <= 0.5
    assert told == lacks


def test_a_name_elsewhere_in_the_article_weighs_less_than_an_absent_one() -> None:
    question = "What did Mayor Ruiz of Porto open?"
    elsewhere, _ = missing(question, article=TEXT + " Porto is her town.")
    absent, told = missing(question)
    assert absent < elsewhere < 1
    assert told == ("Porto",)


def test_an_undated_article_is_not_held_to_a_year_that_it_does_not_tell() -> None:
    plain = passage("The mayor opened the bridge.")
    asked = read("What did the mayor open in 2009?")
    assert meet(asked, plain, info("a", None), frozenset).factor == 1.0
    assert meet(asked, plain, info("a", "2014"), frozenset).factor < 1.0


def test_a_rare_word_without_a_capital_weighs_less_than_a_name() -> None:
    asked = read("did gomez open it", unknown=("gomez",))
    assert (asked.names, asked.words) == ((), ("gomez",))
    met = meet(asked, passage(TEXT), info("a", "2014"), frozenset)
    assert met.missing == ("gomez",)
    assert missing("What did the mayor and Gomez open?")[0] < met.factor < 1


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("What did Ankara ask for?", "Turkey asked for missiles."),
        ("What did the Turks want, says Lisbon?", "Portuguese papers: Turkey wants missiles."),
    ],
)
def test_a_seat_of_government_and_its_country_are_nearly_one(question: str, text: str) -> None:
    met = meet(read(question), passage(text), info("a", "2014"), frozenset)
    assert met.missing == ()
    assert 0.8 < met.factor < 1


def test_another_country_is_another_name() -> None:
    asked = read("What did Ankara ask for?")
    assert meet(asked, passage("Greece asked."), info("a", None), frozenset).missing == ("Ankara",)
