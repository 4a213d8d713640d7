"""Probabilities as log-odds and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieve.odds import log_odds, logistic


@given(st.floats(0.001, 0.999))
def test_there_and_back(probability: float) -> None:
    assert logistic(log_odds(probability)) == pytest.approx(probability)


@pytest.mark.parametrize("floor", [1e-4, 1e-6])
def test_what_is_certain_is_held_away_from_certainty(floor: float) -> None:
    assert logistic(log_odds(1.0, floor)) == pytest.approx(1 - floor)
    assert logistic(log_odds(0.0, floor)) == pytest.approx(floor)
