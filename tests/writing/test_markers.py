"""Markers and sentences: the same whatever the pieces, in linear time, in bounded memory."""

from __future__ import annotations

import time
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.writing.markers import LONGEST, Item, Marker, Markers
from rag.answer.writing.sentences import LONGEST as LONGEST_SENTENCE
from rag.answer.writing.sentences import Said, Sentences
from tests.writing.desk import pieces

IDS = ("kxwb1", "kxwb2", "kxwb3", "kxwb4")


def parse(text: str, cuts: list[int] | None = None, offered: tuple[str, ...] = IDS) -> list[Item]:
    parser = Markers(offered)
    out: list[Item] = []
    for start, end in pairwise([0, *sorted(cuts or []), len(text)]):
        out += parser.feed(text[start:end])
    out += parser.close()
    return joined(out)


def joined(items: list[Item]) -> list[Item]:
    out: list[Item] = []
    for item in items:
        if isinstance(item, str) and out and isinstance(out[-1], str):
            out[-1] += item
        else:
            out.append(item)
    return out


def ids(text: str, offered: tuple[str, ...] = IDS) -> list[tuple[str, ...]]:
    return [item.ids for item in parse(text, offered=offered) if isinstance(item, Marker)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a [kxwb1].", [("kxwb1",)]),
        ("a [kxwb1,kxwb3].", [("kxwb1", "kxwb3")]),
        ("a [kxwb1][kxwb3].", [("kxwb1",), ("kxwb3",)]),
        ("a [kxwb1, kxwb3; kxwb2]", [("kxwb1", "kxwb3", "kxwb2")]),
        ("a [kxwb1-kxwb3]", [("kxwb1", "kxwb2", "kxwb3")]),
        ("a [kxwb2 – 4]", [("kxwb2", "kxwb3", "kxwb4")]),
        ("a 【kxwb1】 b ［kxwb2］", [("kxwb1",), ("kxwb2",)]),
        ("a 【kxwb1†source】", [("kxwb1",)]),
        ("a [KXWB1]", [("kxwb1",)]),
        ("a [passage kxwb1 and kxwb2]", [("kxwb1", "kxwb2")]),
        ("a [source: kxwb1]", [("kxwb1",)]),
        ("a [^kxwb1]", [("kxwb1",)]),
        ("a [ kxwb1 ]", [("kxwb1",)]),
        ("not offered [kxwb9] [7] [1, 2] [zzzz3]", [(), (), (), ()]),
        ("one offered [kxwb1, kxwb9]", [("kxwb1",)]),
        ("backwards [kxwb3-kxwb1]", [("kxwb3", "kxwb1")]),
        ("words [sic] [he] [in 2014] [1999] [a-b]", []),
        ("[[kxwb1]]", [("kxwb1",)]),
        ("never closed [kxwb1", []),
        ("over a line [kxwb1,\nkxwb2]", []),
        ("code `[kxwb1]` and ```\n[kxwb2]\n``` [kxwb3]", [("kxwb3",)]),
        ("`open code [kxwb1]\n[kxwb2]", [("kxwb2",)]),
        ("", []),
    ],
)
def test_brackets(text: str, wanted: list[tuple[str, ...]]) -> None:
    assert ids(text) == wanted


def test_ids_may_be_plain_numbers() -> None:
    assert ids("a [1,3] b [2-4] c [9]", ("1", "2", "3", "4")) == [
        ("1", "3"),
        ("2", "3", "4"),
        (),
    ]


def test_text_around_markers_is_kept() -> None:
    wanted = ["a ", Marker(ids=("kxwb1",)), " b [sic] `[kxwb2]`"]
    assert parse("a [kxwb1] b [sic] `[kxwb2]`") == wanted


PARTS = st.lists(
    st.sampled_from(
        [
            *("[kxwb1]", "[kxwb1,kxwb2]", "【kxwb3】", "[", "]", "【", "`", "```", "\n", ". "),
            *(
                "Kerry met him. ",
                "At 5 p.m. he left",
                "Mr. ",
                "$5 ",
                "the 12",
                "”",
                "\u2028",
                "\r\n",
            ),
            *("kxwb1-3]", "[9]", " ", "Well", "。", "? ", "-", "– "),
        ]
    )
    | st.text(max_size=6),
    max_size=30,
).map("".join)


def said(text: str, cuts: list[int]) -> list[Said]:
    markers, sentences = Markers(IDS), Sentences()
    out: list[Said] = []
    for start, end in pairwise([0, *sorted(cuts), len(text)]):
        for item in markers.feed(text[start:end]):
            out += sentences.feed(item)
    for item in markers.close():
        out += sentences.feed(item)
    return [*out, *sentences.close()]


@given(st.data(), PARTS)
def test_pieces_do_not_matter(data: st.DataObject, text: str) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(text)), max_size=12))
    assert parse(text, cuts) == parse(text)
    whole = said(text, [])
    assert said(text, cuts) == whole
    assert said(text, list(range(len(text)))) == whole


@given(PARTS)
def test_no_word_is_lost(text: str) -> None:
    kept = "".join(item for item in parse(text) if isinstance(item, str))
    told = "".join(one.text for one in said(text, []))
    assert [c for c in told if c.isalnum()] == [c for c in kept if c.isalnum()]


def test_long_sentences_are_cut_alike() -> None:
    dice = Random(5)
    words = [dice.choice(["word", "a", "sentence. Then", "x" * 90]) for _ in range(4_000)]
    for text in (" ".join(words), "x" * 5_000, "no end " * 900, "e.g. " * 700):
        whole = said(text, [])
        assert all(len(one.text) <= LONGEST_SENTENCE + 300 for one in whole)
        assert said(text, sorted(dice.sample(range(len(text)), 900))) == whole


def test_time_grows_with_the_text_alone() -> None:
    """Ten times the text takes about ten times as long, brackets that never close included."""

    def spent(count: int) -> float:
        began = time.process_time()
        parser = Markers(IDS)
        for piece in pieces("[kxwb1, [" * count, 3):
            parser.feed(piece)
        parser.close()
        return time.process_time() - began

    spent(1_000)
    small, large = (min(spent(count) for _ in range(3)) for count in (4_000, 40_000))
    assert large < 40 * small


def test_a_bracket_that_never_closes_is_let_go() -> None:
    parser = Markers(IDS)
    held = 0
    for piece in pieces("[" + "a" * 100_000, 11):
        parser.feed(piece)
        held = max(held, len(parser._held))
    assert held <= LONGEST + 1


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("He left [kxwb1]. She came [kxwb2].", [("He left.", 1), ("She came.", 2)]),
        ("He left. [kxwb1] She came. [kxwb2]", [("He left.", 1), ("She came.", 2)]),
        ("He left [kxwb1] at noon. She came.", [("He left at noon.", 1), ("She came.", 0)]),
        ("[kxwb1] He left. She came.", [("He left.", 1), ("She came.", 0)]),
        ("- He left [kxwb1]\n- She came [kxwb2]", [("- He left", 1), ("- She came", 2)]),
        ("At 5 p.m. [kxwb1] on Monday.", [("At 5 p.m. on Monday.", 1)]),
        ("“He left.” [kxwb2] Then rain.", [("“He left.”", 2), ("Then rain.", 0)]),
        ("He left[kxwb3], she said.", [("He left, she said.", 3)]),
    ],
)
def test_markers_find_their_sentence(text: str, wanted: list[tuple[str, int]]) -> None:
    found = [(one.text, int(one.ids[0][-1]) if one.ids else 0) for one in said(text, [])]
    assert found == wanted
