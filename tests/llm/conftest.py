"""The seeds, ingested once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.engine import Engine
from rag.settings import load_settings


@pytest.fixture(scope="session")
def seeds_dir(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Path:
    """A data directory that holds the seeds."""
    data = tmp_path_factory.mktemp("llm-data")
    with Engine.open(load_settings(data_dir=data)) as engine:
        assert engine.ingest([seeds]).counts["added"] == 5
    return data
