"""Fixtures for the surfaces: a fake engine in the place of the real one, and a runner."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from rag.engine import Engine
from tests.ui.fake_engine import FakeEngine, make_article
from ui.cli import main

Run = Callable[..., Result]


@pytest.fixture
def fake() -> FakeEngine:
    """An engine over one article with a comment."""
    return FakeEngine([make_article()])


@pytest.fixture
def run(fake: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command line over the fake engine; stdout and stderr stay apart."""
    monkeypatch.setattr(Engine, "open", classmethod(lambda cls, settings=None: fake))

    def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
        return CliRunner().invoke(main, list(arguments), input=stdin)

    return run
