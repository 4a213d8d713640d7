"""One corpus of hostile articles, ingested as a user would, and engines over it in both modes."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rag.engine import Engine
from rag.settings import load_settings
from tests.hostile import cases

TODAY = 20200101


class Calls:
    """Hosts that anything tried to reach."""

    def __init__(self) -> None:
        self.hosts: list[str] = []


@pytest.fixture(scope="session")
def calls() -> Iterator[Calls]:
    """Remembers every host that is looked up or connected to, from the ingest on."""
    seen = Calls()
    look_up, connect = socket.getaddrinfo, socket.socket.connect

    def looked_up(host: Any, *more: Any, **named: Any) -> Any:
        seen.hosts.append(str(host))
        return look_up(host, *more, **named)

    def connected(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX:
            seen.hosts.append(str(address))
        connect(self, address)

    socket.getaddrinfo = looked_up
    socket.socket.connect = connected  # type: ignore[method-assign,assignment]
    yield seen
    socket.getaddrinfo = look_up
    socket.socket.connect = connect  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def hostile_dir(tmp_path_factory: pytest.TempPathFactory, calls: Calls) -> Path:
    """A data directory that holds every hostile article."""
    folder = tmp_path_factory.mktemp("hostile-articles")
    cases.write(folder)
    data = tmp_path_factory.mktemp("hostile-data")
    with Engine.open(load_settings(data_dir=data)) as engine:
        report = engine.ingest([folder])
    assert report.counts["added"] == len(cases.CASES), report.rows
    return data


@pytest.fixture(scope="session")
def offline(hostile_dir: Path) -> Iterator[Engine]:
    """The engine without a language model."""
    with Engine.open(load_settings(data_dir=hostile_dir), lambda: TODAY) as engine:
        yield engine
