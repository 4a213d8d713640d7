"""Greetings and thanks are answered without a search; questions that begin so are not."""

from __future__ import annotations

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
    ["hello, who led the league?", "test ban treaty", "yes campaign", "Thanksgiving", "why?", ""],
)
def test_what_asks_something(text: str) -> None:
    assert not is_small_talk(text)
