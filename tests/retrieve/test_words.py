"""Words: tokens keep their places, and the same word gives the same key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieve.words import content, expand, key, keys, tokens


@given(st.text(max_size=300))
def test_tokens_are_slices_in_order(text: str) -> None:
    last = 0
    for token in tokens(text):
        assert text[token.start : token.end] == token.text
        assert token.start >= last
        last = token.end


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Militants", "militant"),
        ("U.S.", "US"),
        ("1,075", "1075"),
        ("José", "jose"),
        ("attacked", "attack"),
    ],
)
def test_same_word_same_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("US", "us"), ("IT", "it"), ("IS", "is"), ("10", "100")]
)
def test_other_word_other_key(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_content_leaves_out_scaffolding_and_possessives() -> None:
    found = [t.text for t in content("What did the U.S. tell Kerry’s people about Iraq?")]
    assert found == ["U.S.", "Kerry", "Iraq"]


def test_aliases_meet_both_ways() -> None:
    assert key("NATO") in keys("the North Atlantic Treaty Organization")
    assert key("Daesh") in expand([key("Islamic"), key("State")])
    assert key("daesh") not in keys("the state of things")
