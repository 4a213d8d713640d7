"""How sure an answer is: the trained reader decides, others only put candidates in order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.confidence import confidence
from rag.answer.judge import Asked, asked, judge
from rag.answer.select import select
from rag.retrieve.time import question_times
from tests.made import candidate, reading

SHARE = st.floats(0, 1)
LEFT = st.floats(0.01, 1)
FIRST = candidate("Ida Berg opened the port.", "first")
SECOND = candidate("Olle Prado opened the bridge.", "second")
WHO = "Who opened the port?"


def ask_about(question: str) -> Asked:
    return asked(question, question_times(question, 20200101), {}, frozenset(), False)


@given(SHARE, SHARE, LEFT, LEFT)
def test_it_grows_with_what_is_read_and_with_what_is_left(
    a: float, b: float, c: float, d: float
) -> None:
    less, more = sorted((a, b))
    little, much = sorted((c, d))
    assert 0 < confidence(less, little) <= confidence(more, much) < 1


def test_what_is_known_of_the_writer_counts() -> None:
    assert confidence(0.2, 1.0, gain=2.0) > confidence(0.2, 1.0)


@pytest.mark.parametrize(("own", "answered"), [(0.9, True), (0.02, False)])
def test_the_trained_reader_decides_whether_there_is_an_answer(own: float, answered: bool) -> None:
    wanted = ask_about(WHO)
    read = replace(reading(FIRST, 0.95, "Ida Berg"), trained=own)
    judged = judge(wanted, [FIRST], [read], lambda _: frozenset())
    assert (select(wanted, judged, 0.5, 3) is not None) is answered


def test_a_reader_that_is_alone_speaks_for_itself() -> None:
    wanted = ask_about(WHO)
    (one,) = judge(wanted, [FIRST], [reading(FIRST, 0.8, "Ida Berg")], lambda _: frozenset())
    assert one.confidence == one.probability


def test_where_the_best_does_not_answer_no_other_speaks() -> None:
    wanted = ask_about(WHO)
    best = replace(reading(FIRST, 0.99, "Ida Berg"), trained=0.02)
    other = replace(reading(SECOND, 0.6, "Olle Prado"), trained=0.9)
    judged = judge(wanted, [FIRST, SECOND], [best, other], lambda _: frozenset())
    assert [one.candidate for one in judged] == [FIRST, SECOND]
    assert select(wanted, judged, 0.5, 3) is None
