"""Candidates in a new order: what the reader says and where retrieval had them, both count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieve.reorder import reordered as with_standing


def reordered(probabilities: list[float]) -> list[tuple[int, float]]:
    """Where nothing but reading and rank tells candidates apart."""
    return with_standing(probabilities, [0.0] * len(probabilities))


SHARES = st.lists(st.floats(0, 1), min_size=1, max_size=20)


@given(SHARES)
def test_every_candidate_is_kept_and_worth_falls(probabilities: list[float]) -> None:
    order = reordered(probabilities)
    assert sorted(place for place, _ in order) == list(range(len(probabilities)))
    worths = [worth for _, worth in order]
    assert worths == sorted(worths, reverse=True)
    assert all(0 < worth < 1 for worth in worths)


@given(st.floats(0, 1), st.integers(1, 20))
def test_where_the_reader_sees_no_difference_retrieval_decides(p: float, count: int) -> None:
    assert [place for place, _ in reordered([p] * count)] == list(range(count))


@given(SHARES, st.data())
def test_a_surer_reading_never_sinks(probabilities: list[float], data: st.DataObject) -> None:
    chosen = data.draw(st.integers(0, len(probabilities) - 1))
    surer = list(probabilities)
    surer[chosen] = data.draw(st.floats(probabilities[chosen], 1))

    def rank(of: list[float]) -> int:
        return [place for place, _ in reordered(of)].index(chosen)

    assert rank(surer) <= rank(probabilities)


@pytest.mark.parametrize(
    ("probabilities", "first"),
    [
        ([0.1, 0.1, 0.95], 2),  # much surer, and third
        ([0.5, 0.1, 0.55], 0),  # hardly surer, and third
        ([0.02] * 19 + [0.999], 19),  # certain, and last
    ],
)
def test_both_count(probabilities: list[float], first: int) -> None:
    assert reordered(probabilities)[0][0] == first


def test_of_equal_readings_the_better_standing_leads() -> None:
    assert with_standing([0.4, 0.4], [-1.0, 0.0])[0][0] == 1
    assert with_standing([0.9, 0.4], [-1.0, 0.0])[0][0] == 0


def test_nothing_of_nothing() -> None:
    assert reordered([]) == []
