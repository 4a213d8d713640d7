"""Reindexing, another encoder, damage that the doctor mends, folders that cannot be used."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from rag.errors import IndexingError
from rag.index import Index
from rag.index.lock import write_lock
from rag.index.vectorfile import VectorFile
from rag.settings import Settings
from rag.types import Filters
from tests.fakes import FakeEncoder
from tests.index.helpers import CountingEncoder, failing_checks, found
from tests.index.writing import made_articles


def test_another_encoder_is_refused_until_reindexed(settings: Settings) -> None:
    with Index.open(settings, FakeEncoder()) as index:
        index.ingest(made_articles(0, 4))
    other = FakeEncoder(dim=128, name="fake-2")
    with Index.open(settings, other) as index:
        with pytest.raises(IndexingError, match="reindex"):
            index.ingest(made_articles(4, 5))
        with pytest.raises(IndexingError, match="reindex"):
            index.dense(other.encode(["x"])[0], 3, Filters())
        index.reindex()
        assert index.dense(other.encode(["unique2word"])[0], 3, Filters())
        assert index.ingest(made_articles(4, 5)).counts["added"] == 1
        assert failing_checks(index) == []


def test_reindex_keeps_sound_vectors_and_makes_the_rest(settings: Settings) -> None:
    encoder = CountingEncoder()
    with Index.open(settings, encoder) as index:
        index.ingest(made_articles(0, 20))
        index.remove(["made-4"])
        before = [index.lexical(f"unique{n}word", 3, Filters()) for n in range(20)]
        encoder.encoded = 0
        index.reindex()
        assert encoder.encoded == 0
        after = [index.lexical(f"unique{n}word", 3, Filters()) for n in range(20)]
        assert [[h.passage_id for h in one] for one in after] == [
            [h.passage_id for h in one] for one in before
        ]
        state = index.catalogue.state()
        VectorFile(index.places.vectors(state.vectors), state.dim).write(
            0, np.zeros((2, state.dim), np.float32)
        )
        assert len(failing_checks(index)) >= 1
        index.places.forget()
        index.reindex()
        assert encoder.encoded == 2
        assert failing_checks(index) == []


@pytest.mark.parametrize("damage", ["chroma", "terms", "vectors", "pending"])
def test_the_doctor_finds_and_mends(settings: Settings, damage: str) -> None:
    with Index.open(settings, FakeEncoder()) as index:
        index.ingest(made_articles(0, 10))
        state = index.catalogue.state()
    if damage == "chroma":
        for file in index.places.vectors(state.base).rglob("*.bin"):
            file.write_bytes(b"")
        for file in index.places.vectors(state.base).glob("*.sqlite3"):
            file.write_bytes(b"not a database")
    elif damage == "terms":
        for file in index.places.terms(state.terms).iterdir():
            file.unlink()
    elif damage == "vectors":
        (index.places.vectors(state.vectors) / "vectors.f16").unlink()
    else:
        link = sqlite3.connect(Path(settings.data_dir) / "catalogue.sqlite")
        link.execute(
            "INSERT INTO ledger (article_id, state, first_slot, slots) "
            "VALUES ('x', 'pending', 999, 3)"
        )
        link.commit()
        link.close()
    with Index.open(settings, FakeEncoder()) as index:
        assert failing_checks(index)
        mended = index.check(repair=True)
        assert all(check.ok for check in mended)
        assert any(check.repaired for check in mended)
        assert failing_checks(index) == []
        assert found(index, "unique7word") == {"made-7"}
        assert index.dense(index.encoder.encode(["unique7word"])[0], 3, Filters())


def test_what_another_process_is_writing_is_no_leftover(settings: Settings) -> None:
    folder = Path(settings.data_dir)
    with Index.open(settings, FakeEncoder()) as index:
        index.ingest(made_articles(0, 3))
        index.catalogue.link.execute(
            "INSERT INTO ledger (article_id, state, first_slot, slots) "
            "VALUES ('x', 'pending', 999, 3)"
        )
        with write_lock(folder):
            assert failing_checks(index) == []
        assert [line.split(":")[0] for line in failing_checks(index)] == ["leftovers"]


def test_an_empty_index_answers_with_nothing(index: Index) -> None:
    assert index.articles() == []
    assert index.lexical("Mosul", 5, Filters()) == []
    assert index.dense(index.encoder.encode(["Mosul"])[0], 5, Filters()) == []
    assert index.document_frequency(["Mosul"]) == {"Mosul": 0}
    assert failing_checks(index) == []
    index.reindex()
    assert failing_checks(index) == []


def test_a_closed_index_says_so(settings: Settings) -> None:
    index = Index.open(settings, FakeEncoder())
    index.close()
    with pytest.raises(IndexingError, match="closed"):
        index.articles()


def test_a_newer_catalogue_is_refused(settings: Settings) -> None:
    Index.open(settings, FakeEncoder()).close()
    link = sqlite3.connect(Path(settings.data_dir) / "catalogue.sqlite")
    link.execute("PRAGMA user_version = 99")
    link.close()
    with pytest.raises(IndexingError, match="newer Dateline"):
        Index.open(settings, FakeEncoder())


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x")
    with pytest.raises(IndexingError, match="cannot be made"):
        Index.open(Settings(data_dir=tmp_path / "data"), FakeEncoder())
