"""One engine over the five seed articles, ingested once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.engine import Engine
from rag.settings import load_settings

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="session")
def seeds_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory that holds the seeds."""
    data = tmp_path_factory.mktemp("seeds-data")
    with Engine.open(load_settings(data_dir=data)) as engine:
        report = engine.ingest([SEEDS])
    assert report.counts["added"] == 5, report.rows
    return data


@pytest.fixture(scope="session")
def engine(seeds_dir: Path) -> Iterator[Engine]:
    """The engine that users get, with the trained reader."""
    with Engine.open(load_settings(data_dir=seeds_dir)) as opened:
        yield opened
