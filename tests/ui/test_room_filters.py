"""The filters that a visitor sets: what is shown is what holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import gradio as gr
import pytest

from tests.ui.fake_engine import FakeEngine, as_engine
from ui.render_articles import Listing, listed
from ui.room_filters import FiltersRoom
from ui.talk import Talk

if TYPE_CHECKING:
    from ui.house import House


@pytest.fixture
def talk() -> Talk:
    return Talk(as_engine(FakeEngine()))


class Shared:
    """What the room asks of its house."""

    def listing(self, _talk: Talk, _query: str, _page: int) -> Listing:
        """No article."""
        return listed([], "", 0, total=0)


@pytest.fixture
def room() -> FiltersRoom:
    return FiltersRoom(cast("House", Shared()))


def narrow(room: FiltersRoom, talk: Talk, **sent: Any) -> str:
    return str(room.narrow(talk, gr.EventData(None, sent))[0])


def test_a_range_that_is_none_leaves_the_filter_and_its_chip(room: FiltersRoom, talk: Talk) -> None:
    assert "2017-01-01 to 2017-12-31" in narrow(room, talk, first="2017", last="2017", serial=1)
    told = narrow(room, talk, first="2019", last="2017", serial=2)
    assert "ends before it begins" in told
    assert "2017-01-01 to 2017-12-31" in told
    assert talk.filters.words() == ["2017-01-01 to 2017-12-31"]


def test_a_change_that_was_overtaken_on_its_way_changes_nothing(
    room: FiltersRoom, talk: Talk
) -> None:
    narrow(room, talk, first="", last="", serial=5)
    narrow(room, talk, first="", last="2015", serial=4)
    assert not talk.filters.words()
