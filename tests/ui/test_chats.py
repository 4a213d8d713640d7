"""Several visitors at once through the page's own protocol; evals/bench/chats.py has the crowd."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evals.bench import chats

pytestmark = [pytest.mark.processes, pytest.mark.timeout(300)]
USERS = 4


@pytest.fixture(scope="module")
def at(seeds: Path) -> Iterator[chats.Server]:
    """A server over the seeds, for both ways in."""
    with chats.server(seeds) as server:
        yield server


def test_nobody_is_shown_what_another_asked(at: chats.Server) -> None:
    talks = chats.conversations(USERS)
    expected = chats.alone(at.address, talks)
    assert len({tuple(told) for told in expected}) == USERS  # else a crossing could not be seen
    crowd = chats.Crowd(at, talks, expected)
    figures = crowd.run(USERS * chats.TURNS * 2, marks=[USERS * chats.TURNS])
    assert figures.errors == []
    assert figures.crossings == []
    assert len(figures.seconds) == USERS * chats.TURNS * 2
    assert figures.memory


def test_a_crossing_would_be_seen(at: chats.Server) -> None:
    talks = chats.conversations(2)
    expected = chats.alone(at.address, talks)
    figures = chats.Crowd(at, talks, list(reversed(expected))).run(2 * chats.TURNS, marks=[])
    assert figures.wrong
    assert "instead of" in figures.crossings[0]


def test_the_api_keeps_questions_apart_too(at: chats.Server) -> None:
    figures = chats.over_the_api(at, chats.conversations(USERS), USERS * chats.TURNS)
    assert figures.errors == []
    assert figures.crossings == []
