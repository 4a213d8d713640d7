"""Find a Chromium for the browser tests, or install one.

``python -m tests.browser_setup`` prints the path of a browser that starts. It takes, in this
order: what ``DATELINE_CHROMIUM`` names, a browser on ``PATH``, Playwright's own; and when
there is none, the system's package (as root or with sudo), then Playwright's download.
With ``--find`` it never installs. It fails with one line that mends it and never skips: a
missing browser is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
MENDING = (
    "No Chromium was found for the browser tests: install one with "
    "'sudo apt-get install chromium' or '.venv/bin/python -m playwright install chromium', "
    "or set DATELINE_CHROMIUM to its path."
)


def find_chromium() -> str | None:
    """The first browser that exists and starts, or None."""
    return next((path for path in _candidates() if _starts(path)), None)


def install_chromium() -> str | None:
    """Install a browser by the first way that works; its path, or None."""
    for commands in _ways():
        for command in commands:
            print("+", *command, file=sys.stderr, flush=True)
            subprocess.run(command, check=False, stdout=sys.stderr)
        if found := find_chromium():
            return found
    return None


def _candidates() -> Iterator[str]:
    """Paths that may be a browser, best first."""
    if named := os.environ.get("DATELINE_CHROMIUM"):
        yield named
        return
    yield from filter(None, map(shutil.which, NAMES))
    if MAC.exists():
        yield str(MAC)
    if own := _playwrights_own():
        yield own


def _playwrights_own() -> str | None:
    """Where Playwright keeps the browser that it downloads itself, if it did."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _starts(path: str) -> bool:
    """Whether it runs at all; a distribution's placeholder script does not."""
    try:
        told = subprocess.run([path, "--version"], check=False, capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return told.returncode == 0


def _ways() -> Iterator[list[list[str]]]:
    """Ways to install a browser, each a list of commands."""
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") and (not root or shutil.which("sudo")):
        quiet = ["env", "DEBIAN_FRONTEND=noninteractive"]
        yield [
            [*root, "apt-get", "update", "-q"],
            [*root, *quiet, "apt-get", "install", "-qy", "--no-install-recommends", "chromium"],
        ]
    yield [[sys.executable, "-m", "playwright", "install", "chromium"]]


def main(arguments: list[str]) -> int:
    """Print the browser's path; exit code 1 and one line when there is none."""
    path = find_chromium()
    if path is None and "--find" not in arguments:
        path = install_chromium()
    if path is None:
        print(MENDING, file=sys.stderr)
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
