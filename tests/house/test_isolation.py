"""The rules of ``tests/conftest.py`` hold: no network, no home, no data of the user's."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_socket import SocketConnectBlockedError

from rag.settings import load_settings

_FETCH = "import urllib.request as u; u.urlopen('http://192.0.2.1/', timeout=5)"


def test_foreign_address_is_refused() -> None:
    with pytest.raises(SocketConnectBlockedError, match=r"192\.0\.2\.1"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_foreign_name_is_not_looked_up() -> None:
    with pytest.raises(socket.gaierror, match="network is off"):
        socket.create_connection(("news.example.org", 80), timeout=1)


def test_the_quiet_way_to_connect_is_refused_too() -> None:
    with socket.socket() as lone:
        lone.settimeout(1)
        assert lone.connect_ex(("192.0.2.1", 80)) == errno.ENETUNREACH


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        for host in ("127.0.0.1", "localhost"):
            socket.create_connection((host, port), timeout=5).close()
        with socket.socket() as lone:
            assert lone.connect_ex(("127.0.0.1", port)) == 0


def test_a_started_program_has_no_network() -> None:
    told = subprocess.run(
        [sys.executable, "-c", _FETCH], check=False, capture_output=True, text=True, timeout=60
    )
    assert told.returncode != 0
    assert "Connection refused" in told.stderr


def test_home_and_data_are_of_this_run(tmp_path: Path, data_dir: Path) -> None:
    assert Path.home().parent.name.startswith("dateline-tests-")
    assert data_dir.parent == tmp_path
    assert load_settings().data_dir == data_dir
    kept = {"DATELINE_DATA_DIR", "DATELINE_BENCH_DATA", "DATELINE_CHROMIUM"}
    assert {name for name in os.environ if name.startswith("DATELINE_")} <= kept


@given(st.text())
def test_hypothesis_runs_the_profile_beside_autouse_fixtures(text: str) -> None:
    assert settings().derandomize
    assert isinstance(text, str)
