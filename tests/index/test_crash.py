"""Killed with -9 at any moment, an article is ready or not there, and a second run completes."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rag.index import Index
from rag.settings import Settings
from rag.types import Filters
from tests.fakes import FakeEncoder
from tests.index.writing import made_article

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = 150


def _start(folder: Path, edition: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.index.writing",
            str(folder),
            "0",
            str(ARTICLES),
            str(edition),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def _kill_when_under_way(process: subprocess.Popen[str], after: float) -> bool:
    """Kill it ``after`` seconds into its work; whether it had not ended before."""
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    time.sleep(after)
    running = process.poll() is None
    process.kill()
    process.wait()
    process.stdout.close()
    return running


@pytest.mark.timeout(240)
def test_killed_at_random_moments_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    drawn = random.Random(11)
    encoder = FakeEncoder()
    killed = 0
    for attempt in range(10):
        edition = attempt // 5  # the later kills come while articles are being replaced
        # The faster the machine, the sooner: a moment that came too late halves the next ones.
        moment = drawn.uniform(0.0, 1.2) / 2 ** (attempt - killed)
        killed += _kill_when_under_way(_start(tmp_path, edition), moment)
        with Index.open(Settings(data_dir=tmp_path), encoder) as index:
            _whole(index)
    assert killed >= 5, "the process ended before it could be killed"

    last = _start(tmp_path, 1)
    out, _ = last.communicate(timeout=120)
    assert last.returncode == 0, out
    with Index.open(Settings(data_dir=tmp_path), encoder) as index:
        assert {info.id for info in index.articles()} == {f"made-{n}" for n in range(ARTICLES)}
        assert all(_edition(index, number) == 1 for number in range(ARTICLES))
        _whole(index)
        checks = index.check()
        assert [check for check in checks if not check.ok] == []


def _whole(index: Index) -> None:
    """Every article that is there is there once, entirely, and is found; no other is."""
    ready = {info.id for info in index.articles()}
    for number in range(0, ARTICLES, 7):
        hits = index.lexical(f"unique{number}word", 5, Filters())
        if f"made-{number}" not in ready:
            assert hits == []
            continue
        passages = index.passages([hit.passage_id for hit in hits])
        assert len(hits) == len(passages) == 1
        (found,) = passages.values()
        assert found.article_id == f"made-{number}"
        edition = _edition(index, number)
        expected = made_article(number, edition=edition)
        article = index.article(expected.id)
        assert article is not None
        assert article.text == expected.text
        listed = index.article_passages(expected.id)
        assert listed[0].start == expected.body_start
        assert listed[-1].end == expected.body_end
        near = index.dense(index.encoder.encode([f"{found.header}\n{found.text}"])[0], 3, Filters())
        assert found.id in {hit.passage_id for hit in near}
    words = index.document_frequency(["report", "opens"])
    assert words["opens"] == len(ready)


def _edition(index: Index, number: int) -> int:
    article = index.article(f"made-{number}")
    assert article is not None
    return int("edition1" in article.text)
