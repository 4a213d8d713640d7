"""Threads and sockets of this process: as many after an answer as before it."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path

_FDS = Path("/proc/self/fd")


def sockets() -> set[str]:
    """The open sockets; where the system tells none (macOS), none."""
    found = set()
    for entry in _FDS.iterdir() if _FDS.is_dir() else ():
        with contextlib.suppress(OSError):  # closed while we looked
            target = entry.readlink().name
            if target.startswith("socket:"):
                found.add(target)
    return found


def threads() -> set[int]:
    """The running threads."""
    return {thread.ident or 0 for thread in threading.enumerate()}


@contextlib.contextmanager
def nothing_left(seconds: float = 5.0) -> Iterator[None]:
    """Fails where threads or sockets of the block outlive it.

    The servers of the tests live in this process too, and take a moment to notice that a
    client has gone.
    """
    before = threads(), sockets()
    yield
    end = time.monotonic() + seconds
    while (left := (threads() - before[0], sockets() - before[1])) != (set(), set()):
        if time.monotonic() > end:
            names = [t.name for t in threading.enumerate() if t.ident in left[0]]
            raise AssertionError(f"left behind: threads {names}, sockets {sorted(left[1])}")
        time.sleep(0.002)
