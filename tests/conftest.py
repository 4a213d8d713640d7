"""What holds for every test: no network but loopback, no file of the user's, no luck.

- ``HOME``, the XDG folders and ``DATELINE_DATA_DIR`` lead into a folder of this run, so that
  nothing reads or writes what belongs to the person who runs the tests; other
  ``DATELINE_*`` settings of theirs are taken away.
- Sockets reach 127.0.0.1 and ::1 alone (pytest-socket, switched on in pyproject.toml); names
  of other hosts are not even looked up; programs that tests start find a proxy that is not
  there.
- Hypothesis draws the same examples each time.

It is no place for fixtures of one room: those stand in the room's own ``conftest.py``.
"""

from __future__ import annotations

import errno
import ipaddress
import os
import shutil
import socket
import tempfile
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests.browser_setup import MENDING, find_chromium

ROOT = Path(__file__).resolve().parent.parent
_DEAD_PROXY = "http://127.0.0.1:9"  # the discard port: nothing listens there
_look_up = socket.getaddrinfo
_connect_ex = socket.socket.connect_ex
_folder = pytest.StashKey[Path]()

hypothesis.settings.register_profile(
    "dateline",
    deadline=None,  # a busy machine is no defect
    derandomize=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
    print_blob=True,
)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dateline"))


def pytest_configure(config: pytest.Config) -> None:
    """Close the doors before the first module of tests is imported."""
    folder = Path(tempfile.mkdtemp(prefix="dateline-tests-"))
    config.stash[_folder] = folder
    home = Path(os.environ.get("HOME", "/"))
    os.environ.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(home / ".cache" / "ms-playwright"))
    for name in [name for name in os.environ if name.startswith("DATELINE_")]:
        if name not in {"DATELINE_BENCH_DATA", "DATELINE_CHROMIUM"}:
            del os.environ[name]
    os.environ |= {
        "HOME": str(folder / "home"),
        "XDG_CACHE_HOME": str(folder / "home" / ".cache"),
        "XDG_CONFIG_HOME": str(folder / "home" / ".config"),
        "XDG_DATA_HOME": str(folder / "home" / ".local" / "share"),
        "DATELINE_DATA_DIR": str(folder / "data"),
    }
    (folder / "home").mkdir()
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        os.environ[name] = os.environ[name.upper()] = _DEAD_PROXY
    os.environ["no_proxy"] = os.environ["NO_PROXY"] = "127.0.0.1,localhost,::1"
    socket.getaddrinfo = _look_up_loopback
    socket.socket.connect_ex = _connect_ex_loopback  # type: ignore[method-assign,assignment]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    socket.getaddrinfo = _look_up
    socket.socket.connect_ex = _connect_ex  # type: ignore[method-assign]
    shutil.rmtree(config.stash[_folder], ignore_errors=True)


def _look_up_loopback(host: Any, *arguments: Any, **named: Any) -> Any:
    """Refuse to resolve what is neither this machine nor an address.

    Raises what a machine without a network raises, so that code under test meets the real
    thing; connecting to a foreign address is pytest-socket's to refuse.
    """
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost", socket.gethostname()) or _is_address(name):
        return _look_up(host, *arguments, **named)
    raise socket.gaierror(socket.EAI_NONAME, f"the network is off in tests: {name}")


def _connect_ex_loopback(self: socket.socket, address: Any) -> int:
    """The way to connect that pytest-socket does not watch."""
    if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost", ""}:
        return errno.ENETUNREACH
    return _connect_ex(self, address)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return True


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data directory of this test alone, not made yet; also in ``DATELINE_DATA_DIR``."""
    folder = tmp_path / "dateline-data"
    monkeypatch.setenv("DATELINE_DATA_DIR", str(folder))
    return folder


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The folder of the five seed articles."""
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def bench_data() -> Path:
    """The folder of outside data sets, for tests that need one; skips where it is not given."""
    given = os.environ.get("DATELINE_BENCH_DATA")
    if not given or not Path(given).is_dir():
        pytest.skip("needs outside data: set DATELINE_BENCH_DATA to their folder")
    return Path(given)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; a machine without one fails, it does not skip."""
    path = find_chromium()
    if path is None:
        pytest.fail(MENDING, pytrace=False)
    return path
