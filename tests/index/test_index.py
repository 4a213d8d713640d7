"""Adding, changing, removing; failing half-way; restarting."""

from __future__ import annotations

import dataclasses

import pytest

from rag.errors import IndexingError
from rag.index import Index
from rag.index import search as search_module
from rag.index.report import IngestProgress, RowStatus
from rag.index.terms import TermsWriter
from rag.index.vectorfile import VectorFile
from rag.settings import Settings
from rag.types import Filters, Rejected
from tests.fakes import FakeEncoder
from tests.index.helpers import CountingEncoder, failing_checks, found, stored
from tests.index.writing import made_article, made_articles


def test_ingesting_twice_changes_nothing(settings: Settings) -> None:
    encoder = CountingEncoder()
    with Index.open(settings, encoder) as index:
        first = index.ingest(made_articles(0, 12))
        assert first.counts["added"] == 12
        assert first.passages == encoder.encoded == sum(i.passages for i in index.articles())
        before = (index.generation(), stored(index), encoder.encoded)
        again = index.ingest(made_articles(0, 12))
        assert again.counts["unchanged"] == 12
        assert again.passages == 0
        assert (index.generation(), stored(index), encoder.encoded) == before


def test_a_changed_article_leaves_nothing_of_its_old_self(index: Index) -> None:
    index.ingest(made_articles(0, 6))
    old = {passage.id for passage in index.article_passages("made-2")}
    report = index.ingest([made_article(2, edition=1)])
    assert report.counts["updated"] == 1
    assert found(index, "edition1") == {"made-2"}
    assert found(index, "edition0 unique2word") >= {"made-2"}
    assert index.passages(list(old)) == {}
    passages = sum(info.passages for info in index.articles())
    assert stored(index) == (passages, passages, passages)
    assert index.document_frequency(["edition0", "edition1"]) == {"edition0": 5, "edition1": 1}
    assert failing_checks(index) == []


def test_a_removed_article_is_gone_from_all_three(index: Index) -> None:
    index.ingest(made_articles(0, 6))
    report = index.remove(["made-3", "made-3", "nobody"])
    assert [row.status for row in report.rows] == [RowStatus.REMOVED, RowStatus.FAILED]
    assert "nobody" in report.rows[1].message
    assert index.article("made-3") is None
    assert found(index, "unique3word") == set()
    near = index.dense(index.encoder.encode(["unique3word report"])[0], 500, Filters())
    holders = {one.article_id for one in index.passages([h.passage_id for h in near]).values()}
    assert holders == {f"made-{number}" for number in (0, 1, 2, 4, 5)}
    passages = sum(info.passages for info in index.articles())
    assert stored(index) == (passages, passages, passages)
    assert index.document_frequency(["unique3word"]) == {"unique3word": 0}
    assert failing_checks(index) == []
    assert index.ingest([made_article(3)]).counts["added"] == 1
    assert found(index, "unique3word") == {"made-3"}


@pytest.mark.parametrize("step", ["encode", "vectors", "terms", "publish"])
def test_a_failure_half_way_leaves_the_article_as_it_was(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    encoder = CountingEncoder()
    with Index.open(settings, encoder) as index:
        index.ingest(made_articles(0, 5))
        passages = index.article_passages("made-1")

        def broken(*_: object, **__: object) -> None:
            raise OSError("the disk is full")

        with monkeypatch.context() as patched:
            if step == "encode":
                encoder.failing = True
            elif step == "vectors":
                patched.setattr(VectorFile, "write", broken)
            elif step == "terms":
                patched.setattr(TermsWriter, "commit", broken)
            else:
                patched.setattr("rag.index.ledger.Ledger._insert", broken)
            with pytest.raises((RuntimeError, IndexingError)):
                index.ingest([made_article(1, edition=1), made_article(77)])
        encoder.failing = False
        assert index.article_passages("made-1") == passages
        assert found(index, "unique1word") == {"made-1"}
        assert found(index, "edition1") == set()
        assert found(index, "unique77word") == set()
        assert index.article("made-77") is None
        counts = index.ingest([made_article(1, edition=1), made_article(77)]).counts
        assert (counts["updated"], counts["added"]) == (1, 1)
        assert found(index, "edition1") == {"made-1"}
        assert failing_checks(index) == []


def test_the_same_text_under_another_name_is_a_duplicate(index: Index) -> None:
    one = made_article(1)
    copy = dataclasses.replace(one, id="copy", source="elsewhere.txt")
    report = index.ingest([one, copy])
    assert [row.status for row in report.rows].count(RowStatus.DUPLICATE) == 1
    (row,) = report.of(RowStatus.DUPLICATE)
    assert one.source in row.message
    assert index.article("copy") is None
    assert index.ingest([copy]).counts["duplicate"] == 1


def test_the_same_id_twice_in_one_go_ends_as_the_last(index: Index) -> None:
    report = index.ingest([made_article(1), made_article(1), made_article(1, edition=1)])
    assert report.counts["unchanged"] == 1
    assert found(index, "edition1") == {"made-1"}
    assert len(index.articles()) == 1
    assert failing_checks(index) == []


def test_what_cannot_become_searchable_is_told_and_the_rest_goes_in(index: Index) -> None:
    empty = dataclasses.replace(
        made_article(2), id="empty", text="T\n\n   ", body_start=3, body_end=6
    )
    report = index.ingest(
        [Rejected(source="x.bin", reason="It is not text."), empty, made_article(1)]
    )
    assert report.counts["added"] == 1
    assert {row.source: row.message for row in report.failed} == {
        "x.bin": "It is not text.",
        empty.source: "It holds no text that could be searched.",
    }


def test_progress_is_told_and_cancelling_keeps_what_is_ready(index: Index) -> None:
    told: list[IngestProgress] = []
    report = index.ingest(
        made_articles(0, 1500), progress=told.append, cancel=lambda: len(told) > 2
    )
    assert report.cancelled
    assert told
    assert [one.done for one in told] == sorted(one.done for one in told)
    ready = len(index.articles())
    assert 0 < ready == report.counts["added"] < 1500
    assert failing_checks(index) == []
    assert index.ingest(made_articles(0, 1500)).counts["unchanged"] == ready


def test_an_error_in_the_input_stops_and_keeps_what_is_ready(index: Index) -> None:
    def articles() -> object:
        yield from made_articles(0, 200)
        raise OSError("the drive was pulled out")

    with pytest.raises(OSError, match="pulled out"):
        index.ingest(articles())  # type: ignore[arg-type]
    assert failing_checks(index) == []
    assert index.ingest(made_articles(0, 200)).counts["failed"] == 0
    assert len(index.articles()) == 200


def test_thousands_of_vectors_survive_a_restart(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_module, "EXACT_BELOW", 0)  # through Chroma, not by a scan
    encoder = FakeEncoder()
    with Index.open(settings, encoder) as index:
        index.ingest(made_article(number, sentences=60) for number in range(500))
        passages = sum(info.passages for info in index.articles())
        assert passages > 4000
    for _ in range(2):
        with Index.open(settings, encoder) as index:
            assert stored(index) == (passages, passages, passages)
            for number in (0, 250, 499):
                first = index.article_passages(f"made-{number}")[0]
                vector = encoder.encode([f"{first.header}\n{first.text}"])[0]
                hits = index.dense(vector, 5, Filters())
                assert hits[0].passage_id == first.id
            index.ingest([made_article(1000)])
            passages = sum(info.passages for info in index.articles())


def test_chroma_finds_what_a_scan_finds(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    index.ingest(made_article(number, comments=2) for number in range(120))
    questions = index.encoder.encode([f"Who met Barzani {n} times in Kabul?" for n in range(30)])
    for filters in (Filters(), Filters(comments=False), Filters(publishers=("DW",))):
        exact = [index.dense(one, 10, filters) for one in questions]
        monkeypatch.setattr(search_module, "EXACT_BELOW", 0)
        near = [index.dense(one, 10, filters) for one in questions]
        monkeypatch.undo()
        shared = [
            len({h.passage_id for h in one} & {h.passage_id for h in other})
            for one, other in zip(exact, near, strict=True)
        ]
        assert sum(shared) / (10 * len(shared)) > 0.95
