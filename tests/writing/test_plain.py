"""Nothing that a model writes can be drawn as a picture, a link, a tag or a citation of ours."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.writing.plain import plain

LIVE = re.compile(
    r"!\[|\]\(|\]\[|<[a-z/!?]|\b(?:https?|ftp|javascript|data|file):(?:/|\S)|\bwww\.|\[\d+\]",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Kerry ![x](http://evil.test/?q=1) left.", "Kerry x left."),
        ("See [the report](https://evil.test/a).", "See the report."),
        ("See [the report][1] now.", "See the report now."),
        ("[1]: http://evil.test/x", "(address removed)"),
        ("Go to https://evil.test/?data=abc.", "Go to (address removed)"),
        ("Go to www.evil.test now.", "Go to (address removed) now."),
        ("Go to //evil.test/x now.", "Go to (address removed) now."),
        ('<img src="http://evil.test/p.png"> He left.', "He left."),
        ("<script>alert(1)</script> He left.", "alert(1) He left."),
        ("He left <img src=x onerror=alert(1)", "He left ‹img src=x onerror=alert(1)"),
        ("<!-- hidden --> He left.", "He left."),
        ("javascript:alert(1) he said", "(address removed) he said"),
        ("**He** left __now__.", "He left now."),
        ("Forged [3] and 【4】 and [1, 2].", "Forged (3) and (4) and (1, 2)."),
        ("In `[7]` code.", "In `(7)` code."),
        ("It said [sic] and 3 < 5.", "It said [sic] and 3 < 5."),
        ("Zero\u200bwidth \u202eturned\x07.", "Zerowidth turned."),
        ("He left .", "He left."),
    ],
)
def test_examples(text: str, wanted: str) -> None:
    assert plain(text) == wanted


BITS = st.lists(
    st.sampled_from(
        [
            *("![", "](", "[", "]", "(", ")", "<", ">", "<img src=", "http://", "//evil.test", "a"),
            *("www.", "javascript:", "[1]", "][", "]:", "<!--", "-->", "\u200b", " ", "1", "【"),
            *("evil.test", "!", "】", "`", "**", "data:", "_", "\n", "/", ":", "h", "ttp"),
        ]
    ),
    max_size=25,
).map("".join)


@given(BITS)
def test_nothing_live_is_left(text: str) -> None:
    assert not LIVE.search(plain(text)), plain(text)


@given(BITS, BITS)
def test_nothing_comes_alive_between_sentences(one: str, two: str) -> None:
    assert not LIVE.search(f"{plain(one)} [unconfirmed] {plain(two)}".replace("[unconfirmed]", ""))
