"""The mean of two trainings."""

from __future__ import annotations

import numpy as np
import pytest

from rag.models.reader_training.average import mean_of


def test_each_weight_moves_by_the_share() -> None:
    one = {"words": np.array([0.0, 1.0], np.float32), "steps": 3}
    other = {"words": np.array([1.0, 1.0], np.float32), "steps": 9}
    mixed = mean_of(one, other, 0.25)
    assert mixed["words"].tolist() == [0.25, 1.0]
    assert mixed["words"].dtype == np.float32
    assert mixed["steps"] == 9
    assert mean_of(one, other, 0.0)["words"].tolist() == [0.0, 1.0]
    assert mean_of(one, other, 1.0)["words"].tolist() == [1.0, 1.0]


@pytest.mark.parametrize("share", [-0.1, 1.1])
def test_a_share_is_a_share(share: float) -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        mean_of({}, {}, share)


def test_other_networks_are_refused() -> None:
    with pytest.raises(ValueError, match="different weights"):
        mean_of({"a": 1.0}, {"b": 1.0}, 0.5)
