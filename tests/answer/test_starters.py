"""Questions offered to who comes for the first time."""

from __future__ import annotations

from rag.answer.starters import _topic


def test_a_topic_is_a_name_and_neither_a_day_nor_the_speaker() -> None:
    said = "during a press conference on Thursday that in March Weller of Peru went to Lima"
    assert _topic(said, "Ada Weller") == "Peru"
    assert _topic("that it would rain on Monday", "Ada Weller") is None
