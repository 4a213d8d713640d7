"""One visitor's conversation: what is shown when, what a button opens, what is theirs alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest

from rag.answer.events import Delta, Event
from rag.errors import IndexingError
from rag.types import Article
from tests.ui.fake_engine import FakeEngine, make_article
from ui.talk import Talk

ASKED = "When was the harbour reopened?"


def _talk(engine: Any, clock: Any = None) -> Talk:
    return Talk(
        engine, today=lambda: dt.date(2026, 11, 21), clock=clock or count(0.0, 1.0).__next__
    )


def test_a_turn_grows_and_ends_with_the_answer_and_its_sources(fake: FakeEngine) -> None:
    frames = list(_talk(fake).ask(ASKED))
    assert 'data-state="working"' in frames[0].turn
    assert ASKED in frames[0].turn
    assert any("Searching the articles" in frame.turn for frame in frames)
    assert [frame.cards for frame in frames[:-1]] == [None] * (len(frames) - 1)
    assert 'data-state="done"' in frames[-1].turn
    assert frames[-1].cards is not None
    assert "quote found in the article" in frames[-1].cards


def test_frames_are_throttled(fake: FakeEngine) -> None:
    still = _talk(fake, clock=lambda: 0.0)
    assert sum("Writing" in frame.turn for frame in still.ask(ASKED)) == 0
    quick = _talk(fake)
    assert sum("Writing" in frame.turn for frame in quick.ask(ASKED)) > 1


def test_a_button_opens_its_quote_in_its_article(fake: FakeEngine) -> None:
    talk = _talk(fake)
    list(talk.ask(ASKED))
    reader, cards = talk.opened("t1c0")
    assert '<mark id="quoted">The harbour reopened on 3 May.</mark>' in reader
    assert 'data-open="t1c0"' in cards


def test_numbers_stay_the_same_in_later_turns(fake: FakeEngine) -> None:
    talk = _talk(fake)
    for question in (ASKED, "Who thanked forty volunteers?", ASKED):
        last = list(talk.ask(question))[-1].turn
    assert "[1]</button>" in last
    assert 'data-open="t3c0"' in last
    assert "thanked forty" in talk.opened("t2c0")[0]


@pytest.mark.parametrize("key", ["", "t1c1", "t9c0", "t1n0", "tc", "t1c-1", "t1c0'", "x" * 500])
def test_a_key_that_stands_for_nothing_opens_nothing(fake: FakeEngine, key: str) -> None:
    talk = _talk(fake)
    list(talk.ask(ASKED))
    assert "no longer here" in talk.opened(key)[0]


def test_a_refusals_closest_passages_open_too(fake: FakeEngine) -> None:
    talk = _talk(fake)
    last = list(talk.ask("What colour is the mountain?"))[-1]
    assert 'data-state="refused"' in last.turn
    assert "<mark" in talk.opened("t1n0")[0]


def test_an_article_that_was_changed_or_removed_meanwhile(fake: FakeEngine) -> None:
    talk = _talk(fake)
    list(talk.ask(ASKED))
    moved = make_article(body="New first words. The harbour reopened on 3 May.")
    fake.corpus.stored["harbour"] = moved
    assert '<mark id="quoted">The harbour reopened on 3 May.</mark>' in talk.opened("t1c0")[0]
    fake.corpus.stored["harbour"] = make_article(body="All of it was rewritten by the desk.")
    assert "<mark" not in talk.opened("t1c0")[0]
    fake.corpus.stored.clear()
    gone, cards = talk.opened("t1c0")
    assert "no longer here" in gone
    assert "The harbour reopened on 3 May." in gone  # the words that were cited are not lost
    assert "no longer here" in cards
    assert "no longer here" in talk.read("harbour")


def test_errors_become_a_turn(fake: FakeEngine, caplog: pytest.LogCaptureFixture) -> None:
    talk = _talk(fake)
    assert "The question is empty" in list(talk.ask(" "))[-1].turn
    failed = list(talk.ask("break"))[-1].turn
    assert "Something went wrong here" in failed
    assert "a defect" not in failed
    assert "a defect" in caplog.text
    assert 'data-state="done"' in list(talk.ask(ASKED))[-1].turn


def test_an_error_in_the_middle_of_a_stream_is_told() -> None:
    class Broken(FakeEngine):
        def stream(self, question: str, **given: Any) -> Iterator[Event]:
            yield Delta(text="The harbour")
            raise IndexingError("The index is gone: run `dateline doctor`.")

    frames = list(_talk(Broken()).ask(ASKED))
    assert "run `dateline doctor`" in frames[-1].turn
    assert 'data-state="failed"' in frames[-1].turn


def test_a_new_conversation_forgets_and_a_visitor_sees_only_their_own(fake: FakeEngine) -> None:
    mine, theirs = _talk(fake), _talk(fake)
    list(mine.ask(ASKED))
    assert "no longer here" in theirs.opened("t1c0")[0]
    mine.fresh()
    assert "no longer here" in mine.opened("t1c0")[0]
    assert 'data-turn="1"' in list(mine.ask(ASKED))[-1].turn


def test_a_stopped_turn_says_so_and_writes_no_more(fake: FakeEngine) -> None:
    talk = _talk(fake)
    stream = talk.ask(ASKED)
    next(stream)
    stopped = talk.stop(1)
    assert stopped is not None
    assert 'data-state="stopped"' in stopped.turn
    assert ASKED in stopped.turn
    assert list(stream) == []
    assert talk.stop(2) is None


def test_what_was_stopped_while_it_waited_is_never_begun(fake: FakeEngine) -> None:
    talk = _talk(fake)
    assert talk.stop(0, serial=1) is None
    assert list(talk.ask(ASKED, serial=1)) == []
    assert 'data-turn="1"' in list(talk.ask(ASKED, serial=2))[-1].turn


def test_what_is_stopped_before_its_first_frame_arrived_is_ended(fake: FakeEngine) -> None:
    talk = _talk(fake)
    stream = talk.ask(ASKED, serial=1)
    next(stream)  # on its way
    stopped = talk.stop(0, serial=1)
    assert stopped is not None
    assert 'data-state="stopped"' in stopped.turn
    assert list(stream) == []


def test_a_finished_turn_cannot_be_stopped_and_an_older_stream_ends(fake: FakeEngine) -> None:
    talk = _talk(fake)
    list(talk.ask(ASKED))
    assert talk.stop(1) is None
    older = talk.ask(ASKED)
    next(older)
    list(talk.ask(ASKED))
    assert list(older) == []
    older = talk.ask(ASKED)
    next(older)
    talk.fresh()
    newer = talk.ask(ASKED)
    next(newer)
    assert list(older) == []
    assert 'data-state="done"' in list(newer)[-1].turn


def test_a_citation_beyond_the_text_marks_nothing(fake: FakeEngine) -> None:
    talk = _talk(fake)
    list(talk.ask(ASKED))
    short: Article = make_article(body="Gone.", comment=None)
    fake.corpus.stored["harbour"] = short
    assert "<mark" not in talk.opened("t1c0")[0]
