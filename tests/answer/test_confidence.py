"""How sure an answer is: the trained reader decides, others only put candidates in order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.confidence import confidence
from rag.answer.judge import Asked, Judged, asked, judge
from rag.answer.select import select
from rag.retrieve.pointed import doubted, pointed
from rag.retrieve.time import question_times
from rag.types import Candidate, Kind
from tests.made import candidate, reading

SHARE = st.floats(0, 1)
LEFT = st.floats(0.01, 1)
FIRST = candidate("Ida Berg opened the port.", "first")
SECOND = candidate("Olle Prado opened the bridge.", "second")
WHO = "Who opened the port?"


def ask_about(question: str, *found: Candidate, readers: bool = False) -> Asked:
    times, comments = question_times(question, 20200101), [c.passage for c in found]
    return asked(question, times, {}, frozenset(), readers, comments=comments)


def judged(wanted: Asked, *read: tuple[Candidate, str, float, float]) -> list[Judged]:
    """Candidates with their short answers, all readers' probability, and the trained one's."""
    found = [candidate for candidate, *_ in read]
    readings = [replace(reading(c, p, short), trained=own) for c, short, p, own in read]
    return judge(wanted, found, readings, lambda _: frozenset())


def short_of(wanted: Asked, *read: tuple[Candidate, str, float, float]) -> list[str | None]:
    """The short answers that are told."""
    chosen = select(wanted, judged(wanted, *read), 0.5, 3)
    return [piece.short for piece in chosen.pieces] if chosen else []


@given(SHARE, SHARE, LEFT, LEFT)
def test_it_grows_with_what_is_read_and_with_what_is_left(
    a: float, b: float, c: float, d: float
) -> None:
    less, more = sorted((a, b))
    little, much = sorted((c, d))
    assert 0 < confidence(less, little) <= confidence(more, much) < 1


def test_what_is_known_of_the_writer_counts() -> None:
    assert confidence(0.2, 1.0, gain=2.0) > confidence(0.2, 1.0)


@pytest.mark.parametrize(("own", "told"), [(0.9, ["Ida Berg"]), (0.02, [])])
def test_the_trained_reader_decides_whether_there_is_an_answer(own: float, told: list[str]) -> None:
    assert short_of(ask_about(WHO), (FIRST, "Ida Berg", 0.95, own)) == told


def test_a_reader_that_is_alone_speaks_for_itself() -> None:
    (one,) = judge(
        ask_about(WHO), [FIRST], [reading(FIRST, 0.8, "Ida Berg")], lambda _: frozenset()
    )
    assert one.confidence == one.probability


def test_where_the_best_does_not_answer_no_other_speaks() -> None:
    wanted = ask_about(WHO)
    best, other = (FIRST, "Ida Berg", 0.99, 0.02), (SECOND, "Olle Prado", 0.6, 0.9)
    assert [one.candidate for one in judged(wanted, best, other)] == [FIRST, SECOND]
    assert short_of(wanted, best, other) == []
    assert short_of(wanted, (FIRST, "Ida Berg", 0.99, 0.9), other)[0] == "Ida Berg"


def test_another_time_than_the_one_asked_for_is_a_veto() -> None:
    held = candidate("Ida Berg runs the port.", "held", "2018-04-01")
    read = (held, "Ida Berg", 0.95, 0.95)
    assert short_of(ask_about("Who runs the port?"), read) == ["Ida Berg"]
    assert short_of(ask_about("Who ran the port in 1995?"), read) == []


def test_an_answer_from_another_region_is_a_veto() -> None:
    read = (candidate("Portugal signed the treaty."), "Portugal", 0.9, 0.9)
    assert short_of(ask_about("Which country signed the treaty?"), read) == ["Portugal"]
    assert short_of(ask_about("Which Baltic country signed the treaty?"), read) == []


def test_a_comment_that_leads_does_not_silence_the_newsroom() -> None:
    hearsay = candidate("Olle Prado runs the port.", "hearsay", kind=Kind.COMMENT)
    news = candidate("Ida Berg runs the port.", "news")
    leads, answers = (hearsay, "Olle Prado", 0.99, 0.9), (news, "Ida Berg", 0.5, 0.9)
    wanted = ask_about("Who runs the port?")
    assert judged(wanted, leads, answers)[0].candidate is hearsay
    assert short_of(wanted, leads, answers) == ["Ida Berg"]


def test_one_reader_is_not_taken_for_another_who_is_named() -> None:
    made = [
        candidate(text, name, kind=Kind.COMMENT)
        for name, text in (("a", "The port is fine."), ("b", "More cranes for the port."))
    ]
    gregor, alma = (
        replace(c, passage=replace(c.passage, author=name))
        for c, name in zip(made, ("Gregor Hill", "Alma Stone"), strict=True)
    )
    wanted = ask_about(
        "What does the reader Gregor Hill want for the port?", gregor, alma, readers=True
    )
    assert wanted.writers == {"Gregor Hill"}
    chosen = select(wanted, judged(wanted, (gregor, "", 0.1, 0.001), (alma, "", 0.9, 0.9)), 0.5, 3)
    assert chosen is None


def test_what_is_newer_must_come_near_to_be_told_instead() -> None:
    old = candidate("The port of Lima has 90 workers.", "old", "2016-01-01")
    new = candidate("The port of Oslo has 40 workers.", "new", "2019-01-01")
    wanted = ask_about("How many workers does the port of Lima have now?")
    assert wanted.times.latest
    assert short_of(wanted, (old, "90", 0.9, 0.9), (new, "40", 0.9, 0.6)) == ["90"]
    newer = candidate("The port of Lima has 120 workers.", "newer", "2019-01-01")
    assert short_of(wanted, (old, "90", 0.9, 0.9), (newer, "120", 0.9, 0.6)) == ["120"]


def test_what_no_reader_takes_for_an_answer_is_not_quoted_beside_one() -> None:
    wanted = ask_about(WHO)
    cursed = candidate("Olle Prado cursed the port.", "cursed")
    lead = (FIRST, "Ida Berg", 0.9, 0.8)
    assert short_of(wanted, lead, (cursed, "Olle Prado", 0.9, 0.01)) == ["Ida Berg"]
    assert short_of(wanted, lead, (cursed, "Olle Prado", 0.9, 0.4)) == ["Ida Berg", "Olle Prado"]


def test_the_confidence_told_is_that_of_what_leads() -> None:
    wanted = ask_about(WHO)
    found = judged(wanted, (FIRST, "Ida Berg", 0.9, 0.5), (SECOND, "Olle Prado", 0.87, 0.9))
    chosen = select(wanted, found, 0.5, 3)
    assert chosen is not None
    assert found[0].confidence < found[1].confidence
    assert chosen.confidence == found[0].confidence


def test_rules_that_know_better_speak_for_the_trained_reader_too() -> None:
    read = replace(reading(FIRST, 0.3, "Ida Berg"), trained=0.1)
    sure = pointed(read, FIRST.passage, lambda said: (0, 8), 0.9)
    assert sure is not None
    assert (sure.probability, sure.trained) == (0.9, 0.9)
    less = doubted(sure, 0.5)
    assert less.probability == pytest.approx(0.45)
    assert less.trained == pytest.approx(0.225)
    alone = reading(FIRST, 0.4, "Ida Berg")
    assert doubted(alone, 0.5).trained is None
