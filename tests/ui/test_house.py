"""Handlers of the page's events: outputs in order, and a visitor whose session was let go of."""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterator
from typing import Any

import gradio as gr
import pytest

from rag.settings import load_settings
from tests.ui.fake_engine import FakeEngine, as_engine
from ui.house import CONCURRENT, at_once, known
from ui.talk import Talk

SKIP = gr.skip()


class Room:
    """Handlers of every kind that a room has."""

    def one(self, _talk: Talk) -> str:
        """One output."""
        return "one"

    def two(self, _talk: Talk, event: gr.EventData) -> tuple[str, str]:
        """Two outputs, and what the browser sent."""
        return "one", str(event)

    def none(self, _talk: Talk) -> None:
        """No output."""

    def all_stay(self, _talk: Talk) -> Any:
        """Two outputs that stay as they are."""
        return gr.skip()

    def streamed(self, _talk: Talk) -> Iterator[tuple[str, str]]:
        """Two outputs, twice."""
        yield "a", "b"
        yield "c", "d"


@pytest.fixture
def talk() -> Talk:
    return Talk(as_engine(FakeEngine()))


def test_values_keep_their_order_and_the_place_gone_stays(talk: Talk) -> None:
    room = Room()
    assert known(room.one, 1)(talk) == ["one", ""]
    assert known(room.two, 2)(talk, "sent") == ["one", "sent", ""]
    assert known(room.none, 0)(talk) == ""
    assert known(room.all_stay, 2)(talk) == [SKIP, SKIP, ""]
    assert list(known(room.streamed, 2)(talk)) == [["a", "b", ""], ["c", "d", ""]]


def test_who_is_not_known_any_more_changes_nothing_but_is_told() -> None:
    room = Room()
    for handler, outputs in ((room.one, 1), (room.two, 2), (room.all_stay, 2)):
        *others, gone = known(handler, outputs)(None, "sent")
        assert others == [SKIP] * outputs
        assert "data-gone" in gone
    assert "data-gone" in known(room.none, 0)(None)
    ((*others, gone),) = known(room.streamed, 2)(None)
    assert others == [SKIP, SKIP]
    assert "data-gone" in gone


def test_gradio_still_sees_what_a_handler_asks_for() -> None:
    seen = inspect.signature(known(Room().two, 2)).parameters
    assert list(seen) == ["_talk", "event"]
    assert inspect.isgeneratorfunction(known(Room().streamed, 2))


def test_offline_answers_queue_rather_than_take_the_processor_from_each_other() -> None:
    offline = at_once(load_settings())
    assert 2 <= offline <= (os.cpu_count() or 1) + 1
    assert at_once(load_settings().model_copy(update={"answerer": "llm"})) == CONCURRENT
