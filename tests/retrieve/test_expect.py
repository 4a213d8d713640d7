"""What a question asks for, read off its own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieve.expect import Expect, expect, fits


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When did the bridge open?", Expect.DATE),
        ("by what date must the bill pass", Expect.DATE),
        ("In which year was the mine closed?", Expect.DATE),
        ("How many people were hurt?", Expect.NUMBER),
        ("In May, how many ships sailed?", Expect.NUMBER),
        ("what is the death toll", Expect.NUMBER),
        ("Who runs the port?", Expect.PERSON),
        ("To whom was it sold?", Expect.PERSON),
        ("which minister resigned", Expect.PERSON),
        ("Where was the vote held?", Expect.PLACE),
        ("Which city was flooded?", Expect.PLACE),
        ("Which company built it?", Expect.NAME),
        ("What did the mayor say about rents?", Expect.QUOTE),
        ("Why was the road shut?", Expect.REASON),
        ("How was the fire put out?", Expect.MANNER),
        ("Which countries voted against?", Expect.LIST),
        ("Was the strike called off?", Expect.YESNO),
        ("What caused the blast?", Expect.REASON),
        ("What reason did the mayor give for it?", Expect.REASON),
        ("bridge opening ceremony mayor", Expect.TOPIC),
    ],
)
def test_kinds(question: str, kind: Expect) -> None:
    assert expect(question) is kind


@given(st.text(max_size=200))
def test_any_text_has_a_kind(text: str) -> None:
    assert expect(text) in Expect


def test_shapes() -> None:
    assert fits(Expect.DATE, "July 1")
    assert not fits(Expect.DATE, "the bridge")
    assert fits(Expect.NUMBER, "several hundred")
    assert not fits(Expect.NUMBER, "the mayor")
