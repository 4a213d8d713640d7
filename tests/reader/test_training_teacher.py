"""A teacher's logits belong to the pairs that it read."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from rag.models.reader_training.arrays import Arrays, Taught
from rag.models.reader_training.teacher import taught_by


class Session:
    """Says of each piece its own number, and of the pair how many pieces are of kind 1."""

    def get_inputs(self) -> list[SimpleNamespace]:
        return [SimpleNamespace(name="input_ids"), SimpleNamespace(name="token_type_ids")]

    def run(self, _outputs: list[str], fed: dict[str, Any]) -> list[Any]:
        assert set(fed) == {"input_ids", "token_type_ids"}
        ids = fed["input_ids"].astype(np.float32)
        return [ids, -ids, fed["token_type_ids"].sum(1).astype(np.float32)]


def arrays(lengths: list[int]) -> Arrays:
    begins = np.cumsum([0, *lengths]).astype(np.int64)
    count = len(lengths)
    return Arrays(
        pieces=np.arange(begins[-1]).astype(np.uint16),
        begins=begins,
        question_end=np.full(count, 2, np.int16),
        text_start=np.full(count, 3, np.int16),
        golds=np.full((count, 3, 2), -1, np.int16),
        label=np.zeros(count, np.float32),
        group=np.arange(count),
    )


def test_every_piece_and_pair_gets_its_own_logits() -> None:
    pairs = arrays([5, 9, 4])
    taught = taught_by(Session(), pairs)
    assert taught.start.tolist() == pairs.pieces.tolist()
    assert taught.end.tolist() == [-float(piece) for piece in pairs.pieces]
    assert taught.answer.tolist() == [3, 7, 2]


def test_it_is_read_back_with_the_arrays_it_is_about(tmp_path: Path) -> None:
    pairs = arrays([5, 4])
    for name in ("mix-0.npz", "mix-1.npz"):
        pairs.save(tmp_path / name)
    taught_by(Session(), pairs).save(tmp_path / "mix-1.npz")
    assert Arrays.load(tmp_path / "mix-0.npz").taught is None
    found = Arrays.load(tmp_path / "mix-1.npz")
    assert isinstance(found.taught, Taught)
    assert found.taught.answer.tolist() == [3, 2]
    assert found.pieces.tolist() == pairs.pieces.tolist()
    assert sorted(p.name for p in tmp_path.glob("mix-*.npz")) == ["mix-0.npz", "mix-1.npz"]


def test_readings_of_other_pairs_are_refused(tmp_path: Path) -> None:
    arrays([5, 4]).save(tmp_path / "mix.npz")
    taught_by(Session(), arrays([5, 3])).save(tmp_path / "mix.npz")
    with pytest.raises(ValueError, match="read other pairs"):
        Arrays.load(tmp_path / "mix.npz")
