"""Small articles to index, with and without comments."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.index import Index
from rag.settings import Settings
from tests.fakes import FakeEncoder


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def index(settings: Settings) -> Index:
    return Index.open(settings, FakeEncoder())
