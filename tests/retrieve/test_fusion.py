"""Fusion: by ranks alone, weighted, stable."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rag.retrieve.fusion import fuse
from rag.types import Hit


def hits(*ids: str) -> list[Hit]:
    return [Hit(passage_id=i, score=1.0 / n) for n, i in enumerate(ids, start=1)]


def test_formula_by_hand() -> None:
    fused = fuse({"a": hits("x", "y"), "b": hits("y")}, {"a": 1.0, "b": 0.5}, k=60)
    assert [f.passage_id for f in fused] == ["y", "x"]
    assert fused[0].score == 1 / 62 + 0.5 / 61
    assert fused[0].ranks == {"a": 2, "b": 1}


def test_equal_scores_are_ordered_by_id() -> None:
    assert [f.passage_id for f in fuse({"a": hits("z"), "b": hits("a")}, {})] == ["a", "z"]


def test_a_repeated_hit_counts_once() -> None:
    assert fuse({"a": hits("x", "x")}, {})[0].score == 1 / 61


@given(st.lists(st.sampled_from("abcdef")), st.lists(st.sampled_from("abcdef")))
def test_every_passage_once_and_order_descends(first: list[str], second: list[str]) -> None:
    fused = fuse({"one": hits(*first), "two": hits(*second)}, {"one": 0.7})
    assert sorted(f.passage_id for f in fused) == sorted({*first, *second})
    assert [f.score for f in fused] == sorted((f.score for f in fused), reverse=True)
