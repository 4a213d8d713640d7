"""Greetings and thanks are answered without a search; questions that begin so are not."""

from __future__ import annotations

import time

import pytest

from rag.answer.small_talk import is_small_talk


@pytest.mark.parametrize(
    "text",
    ["hello", "Hi there!", "Good morning", "thanks a lot", "OK, thank you", "test", "  bye "],
)
def test_what_asks_nothing(text: str) -> None:
    assert is_small_talk(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nice",
        "all of it",
        "so much",
        "hello, who led the league?",
        "test ban treaty",
        "yes campaign",
        "Thanksgiving",
        "why?",
        "",
    ],
)
def test_what_asks_something(text: str) -> None:
    assert not is_small_talk(text)


def test_no_turn_takes_long() -> None:
    began = time.perf_counter()
    assert not is_small_talk("good bye " * 220 + "x")
    assert time.perf_counter() - began < 0.5
