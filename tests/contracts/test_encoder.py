"""What every encoder must do."""

from __future__ import annotations

import numpy as np
import pytest

from rag.errors import ModelError
from rag.index.encoder import OnnxEncoder
from rag.protocols import Encoder
from tests.fakes import FakeEncoder

TEXTS = [
    "NATO ministers met in Brussels on Tuesday.",
    "a",
    "",
    "The Kurdish leader said that Iraq faces a new reality. " * 12,
    "北京 😀 \x00 \u202e",
    "NATO ministers met in Brussels on Tuesday.",
]


@pytest.fixture(scope="module", params=[OnnxEncoder, FakeEncoder], ids=["onnx", "fake"])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    made: Encoder = request.param()
    return made


def test_rows_are_unit_vectors_in_the_order_given(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dim)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-4)
    for row, text in enumerate(TEXTS):
        # Alone or among others the same, to within int8's noise (worst for an empty text).
        assert float(vectors[row] @ encoder.encode([text])[0]) > 0.95


def test_nothing_gives_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dim)
    assert encoder.count([]) == []


def test_like_texts_are_nearer_than_unlike_ones(encoder: Encoder) -> None:
    asked, near, far = encoder.encode(
        ["Kurdish troops near Mosul", "Troops of the Kurds stand near Mosul", "Cheese prices rose"]
    )
    assert float(asked @ near) > float(asked @ far) + 0.2


def test_a_text_that_is_too_long_raises_and_is_never_cut(encoder: Encoder) -> None:
    long = "minister " * (encoder.max_tokens + 1)
    assert encoder.count([long])[0] > encoder.max_tokens
    with pytest.raises(ModelError, match="too long"):
        encoder.encode(["short", long])


def test_a_text_that_just_fits_does_not_raise(encoder: Encoder) -> None:
    (ends,) = encoder.count([""])
    (one,) = encoder.count(["a"])
    text = " ".join(["a"] * ((encoder.max_tokens - ends) // (one - ends)))
    assert encoder.count([text])[0] <= encoder.max_tokens
    assert encoder.encode([text]).shape == (1, encoder.dim)


def test_the_same_texts_give_the_same_vectors(encoder: Encoder) -> None:
    np.testing.assert_array_equal(encoder.encode(TEXTS), encoder.encode(TEXTS))


def test_it_is_named_and_sized(encoder: Encoder) -> None:
    assert encoder.name
    assert encoder.dim > 0
    assert encoder.max_tokens > 2
