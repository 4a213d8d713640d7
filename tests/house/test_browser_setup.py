"""A browser is found, one that does not start is passed over, a missing one is a failure."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import browser_setup
from tests.browser_setup import MENDING, find_chromium, install_chromium, main


@pytest.fixture
def bin_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is all of ``PATH``; Playwright has no browser of its own."""
    folder = tmp_path / "with a space" / "bin"
    folder.mkdir(parents=True)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv("DATELINE_CHROMIUM", raising=False)
    monkeypatch.setattr(browser_setup, "_playwrights_own", lambda: None)
    monkeypatch.setattr(browser_setup, "MAC", folder / "none")
    return folder


def put(path: Path, body: str) -> str:
    """A program."""
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return str(path)


def test_the_first_that_starts_is_taken(bin_dir: Path) -> None:
    put(bin_dir / "chromium", "exit 1")  # as a distribution's placeholder does
    google = put(bin_dir / "google-chrome", "exit 0")
    assert find_chromium() == google


def test_the_named_one_goes_first(bin_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(bin_dir / "chromium", "exit 0")
    named = put(bin_dir / "mine", "exit 0")
    monkeypatch.setenv("DATELINE_CHROMIUM", named)
    assert find_chromium() == named


def test_playwrights_own_is_the_last(bin_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = put(bin_dir / "headless", "exit 0")
    monkeypatch.setattr(browser_setup, "_playwrights_own", lambda: own)
    assert find_chromium() == own


def test_the_systems_package_is_installed(bin_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    put(bin_dir / "env", 'shift; exec "$@"')
    browser = bin_dir / "chromium"
    body = f"[ \"$1\" = update ] || {{ echo '#!/bin/sh' >'{browser}'; /bin/chmod +x '{browser}'; }}"
    put(bin_dir / "apt-get", body)
    assert install_chromium() == str(browser)


def test_a_missing_browser_is_a_failure_with_one_line(
    bin_dir: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.executable", put(bin_dir / "python", "exit 1"))
    assert main([]) == 1
    told = capfd.readouterr()
    assert told.out == ""
    assert told.err.splitlines()[-1] == MENDING


def test_finding_alone_installs_nothing(bin_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser_setup, "install_chromium", lambda: pytest.fail("installed"))
    assert main(["--find"]) == 1
