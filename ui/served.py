"""The page in a process of its own, for tests and screenshots.

``with served(data_dir=…, seed_from=…) as page:`` starts ``dateline chat`` on a free port of
this machine, waits until it says where it is, and ends it as Ctrl+C would.
"""

from __future__ import annotations

import contextlib
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rag.errors import DatelineError

_ADDRESS = re.compile(r"Dateline is at (http://\S+)")
_SECONDS_TO_END = 15


@dataclass(frozen=True, kw_only=True, slots=True)
class Served:
    """A page that answers at ``address``."""

    address: str
    process: subprocess.Popen[str]


@contextlib.contextmanager
def served(
    *, data_dir: Path, seed_from: Path | None = None, log: Path | None = None
) -> Iterator[Served]:
    """A running page; what the server writes to stderr is added to ``log``, if one is given.

    Raises `DatelineError` with the server's last line when it does not start.
    """
    command = [sys.executable, "-m", "ui", "chat", "--port", "0", "--no-browser"]
    command += ["--data-dir", str(data_dir)]
    if seed_from is not None:
        command += ["--seed-from", str(seed_from)]
    with contextlib.ExitStack() as stack:
        if log is None:
            log = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "log"
        stderr = stack.enter_context(log.open("a", encoding="utf-8"))
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=stderr, text=True, encoding="utf-8"
        )
        try:
            yield Served(address=_address(process, log), process=process)
        finally:
            _end(process)


def _address(process: subprocess.Popen[str], log: Path) -> str:
    assert process.stdout is not None  # it was asked for
    for line in process.stdout:
        if found := _ADDRESS.search(line):
            return found[1]
    told = log.read_text(encoding="utf-8").strip().splitlines()
    why = told[-1] if told else f"it ended with {process.wait()} and no word"
    raise DatelineError(f"The page did not start: {why}")


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(_SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    if process.stdout is not None:
        process.stdout.close()
