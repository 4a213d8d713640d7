"""The shipped encoder is the one that is described, and gives the vectors that it gave."""

from __future__ import annotations

import dataclasses
import importlib
from pathlib import Path

import numpy as np
import pytest

from rag.cores import physical_cores
from rag.errors import ModelError
from rag.index.encoder import OnnxEncoder, batches
from rag.models import description
from rag.models.description import ENCODER, ModelFile, fault

# First eight numbers of vectors made on the machine that exported the model (AVX-512).
# Another processor rounds int8 otherwise, hence the tolerance: unrelated texts are at 0.1.
PINNED = {
    "When will al-Maliki form a new government?": [
        -0.0125,
        -0.0792,
        -0.0103,
        -0.0027,
        -0.0775,
        -0.0544,
        -0.0504,
        -0.0824,
    ],
    "NATO ministers met in Brussels on Tuesday.": [
        0.0072,
        0.005,
        -0.0195,
        0.1089,
        -0.0181,
        0.0132,
        -0.0228,
        0.0135,
    ],
}


def test_the_files_are_as_described() -> None:
    assert fault(ENCODER.model) is None
    assert fault(ENCODER.tokenizer) is None


def test_the_card_names_what_the_code_describes() -> None:
    card = (description.FOLDER / "encoder" / "card.md").read_text("utf-8")
    for fact in (
        ENCODER.name,
        ENCODER.source,
        ENCODER.source_sha256,
        ENCODER.licence,
        ENCODER.model.sha256,
        ENCODER.tokenizer.sha256,
    ):
        assert fact in card


@pytest.mark.parametrize("text", PINNED)
def test_vectors_are_pinned(text: str) -> None:
    vector = OnnxEncoder().encode([text])[0]
    np.testing.assert_allclose(vector[:8], PINNED[text], atol=0.02)


def test_a_missing_or_damaged_file_is_named_and_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(description, "FOLDER", tmp_path)
    missing = ModelFile(path="none.onnx", sha256="0" * 64, size=3)
    assert "missing" in (fault(missing) or "")
    (tmp_path / "none.onnx").write_bytes(b"ab")
    assert "2 bytes, not 3" in (fault(missing) or "")
    (tmp_path / "none.onnx").write_bytes(b"abc")
    assert "sha256" in (fault(missing) or "")
    with pytest.raises(ModelError, match="sha256"):
        OnnxEncoder(
            dataclasses.replace(ENCODER, tokenizer=missing),
        ).encode(["words"])


def test_batches_are_sorted_by_length_within_the_budget() -> None:
    lengths = [5, 200, 7, 100, 100, 3, 256, 9]
    groups = list(batches(lengths, 256))
    assert sorted(row for group in groups for row in group) == list(range(len(lengths)))
    assert all(len(g) == 1 or len(g) * max(lengths[r] for r in g) <= 256 for g in groups)
    longest = [lengths[group[0]] for group in groups]
    assert longest == sorted(longest, reverse=True)
    assert list(batches([])) == []


def test_half_a_surrogate_pair_is_no_reason_to_fail() -> None:
    assert OnnxEncoder().encode(["Mosul \ud800 fell"]).shape == (1, ENCODER.dim)


def test_threads_are_cores() -> None:
    assert physical_cores() >= 1


def test_it_serves_llama_index() -> None:
    module = importlib.import_module("rag.index.llama_embedding")
    embedding = module.DatelineEmbedding()
    from llama_index.core.base.embeddings.base import BaseEmbedding

    assert isinstance(embedding, BaseEmbedding)
    texts = ["Kerry met Barzani.", "Cheese prices rose.", "Barzani was met by Kerry."]
    vectors = embedding.get_text_embedding_batch(texts)
    own = OnnxEncoder().encode(texts)
    np.testing.assert_allclose(np.asarray(vectors), own, atol=1e-6)
    query = np.asarray(embedding.get_query_embedding("Who met Barzani?"))
    assert query @ vectors[0] > query @ vectors[1]
    with pytest.raises(ModelError, match="too long"):
        embedding.get_text_embedding("word " * 400)
