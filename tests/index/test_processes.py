"""Several processes on one data directory: readers follow writers, and writers take turns."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from rag.errors import LockedError
from rag.index import Index
from rag.index import search as search_module
from rag.index.lock import write_lock
from rag.settings import Settings
from rag.types import Filters
from tests.fakes import FakeEncoder
from tests.index.writing import made_article, made_articles

ROOT = Path(__file__).resolve().parents[2]


def _ingesting(folder: Path, first: int, last: int, edition: int = 0) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.index.writing", str(folder)]
    return subprocess.Popen(
        [*command, str(first), str(last), str(edition)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def _counts(process: subprocess.Popen[str]) -> dict[str, int]:
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    counts: dict[str, int] = json.loads(out.splitlines()[-1])
    return counts


@pytest.mark.parametrize("exact", [True, False], ids=["scan", "chroma"])
@pytest.mark.timeout(180)
def test_a_searching_process_finds_what_another_ingests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exact: bool
) -> None:
    if not exact:
        monkeypatch.setattr(search_module, "EXACT_BELOW", 0)  # ask Chroma however few there are
    encoder = FakeEncoder()
    with Index.open(Settings(data_dir=tmp_path), encoder) as index:
        index.ingest(made_articles(0, 40))
        wanted = encoder.encode(["unique3word edition0 opens report 3"])[0]
        before = index.generation()
        errors: list[BaseException] = []
        searches = 0
        process = _ingesting(tmp_path, 40, 200)
        assert process.stdout is not None

        def search() -> None:
            nonlocal searches
            while process.poll() is None and not errors:
                try:
                    for hits in (
                        index.dense(wanted, 5, Filters()),
                        index.lexical("unique3word", 5, Filters()),
                    ):
                        found = index.passages([hit.passage_id for hit in hits])
                        assert len(found) == len(hits), "a hit without its passage"
                        assert any(one.article_id == "made-3" for one in found.values())
                    searches += 1
                except BaseException as error:  # noqa: BLE001 - shown by the assertion below
                    errors.append(error)

        threads = [threading.Thread(target=search) for _ in range(2)]
        for thread in threads:
            thread.start()
        counts = _counts(process)
        for thread in threads:
            thread.join()
        assert errors == []
        assert searches > 20
        assert counts["added"] == 160
        assert index.generation() > before
        for number in (40, 120, 199):  # no reopening, no waiting
            question = f"unique{number}word edition0 opens report {number}"
            near = index.dense(encoder.encode([question])[0], 10, Filters())
            alike = index.lexical(f"unique{number}word", 10, Filters())
            for hits in (near, alike):
                found = index.passages([hit.passage_id for hit in hits])
                assert any(one.article_id == f"made-{number}" for one in found.values())
        assert [check for check in index.check() if not check.ok] == []


@pytest.mark.timeout(180)
def test_two_processes_that_write_at_once_take_turns(tmp_path: Path) -> None:
    writers = [_ingesting(tmp_path, 0, 60), _ingesting(tmp_path, 30, 90)]
    counts = [_counts(writer) for writer in writers]
    assert sum(one["added"] for one in counts) == 90
    assert sum(one["unchanged"] for one in counts) == 30
    with Index.open(Settings(data_dir=tmp_path), FakeEncoder()) as index:
        assert len(index.articles()) == 90
        assert [check for check in index.check() if not check.ok] == []


def test_who_waits_in_vain_is_told_for_whom(settings: Settings) -> None:
    Index.open(settings, FakeEncoder()).close()
    with write_lock(Path(settings.data_dir)):
        index = Index(settings, FakeEncoder(), wait=0.1)
        with pytest.raises(LockedError, match=r"Process \d+ .* is writing"):
            index.ingest([made_article(1)])
        index.close()


@pytest.mark.timeout(180)
def test_a_reader_survives_a_reindex_elsewhere(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    settings = Settings(data_dir=tmp_path)
    with Index.open(settings, encoder) as index, Index.open(settings, encoder) as other:
        index.ingest(made_articles(0, 30))
        assert len(index.lexical("unique7word", 5, Filters())) == 1
        for _ in range(3):  # the folders of the first are gone by the third
            other.reindex()
            started = time.perf_counter()
            assert len(index.lexical("unique7word", 5, Filters())) == 1
            assert index.dense(encoder.encode(["unique7word report"])[0], 5, Filters())
            assert time.perf_counter() - started < 5
