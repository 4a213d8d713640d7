"""One writer at a time, whichever process it is in.

The lock is the operating system's, so a process that is killed lets go of it. Who holds it
stands in a small file beside it, for the sentence that the one who waited in vain is told.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from rag.errors import IndexingError, LockedError

LOCK = "write.lock"
HOLDER = "write.holder.json"
WAIT_SECONDS = 60.0


@contextmanager
def write_lock(folder: Path, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """Hold the write lock of a data directory; raises `LockedError` after ``wait`` seconds."""
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=wait)
    except Timeout:
        raise LockedError(
            f"{_holder(folder)} is writing to {folder} and did not finish within {wait:.0f} "
            "seconds: wait for it, or end it, and try again."
        ) from None
    except OSError as error:
        raise IndexingError(
            f"The data directory {folder} cannot be written ({error.strerror}): check its "
            "permissions, or use another --data-dir."
        ) from error
    try:
        told = {
            "pid": os.getpid(),
            "command": Path(sys.argv[0] or "python").name,
            "since": time.time(),
        }
        (folder / HOLDER).write_text(json.dumps(told), "utf-8")
        yield
    finally:
        (folder / HOLDER).unlink(missing_ok=True)
        lock.release()


def is_written(folder: Path) -> bool:
    """Whether some process holds the write lock at this moment."""
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return True
    lock.release()
    return False


def _holder(folder: Path) -> str:
    try:
        told = json.loads((folder / HOLDER).read_text("utf-8"))
        minutes = max(0, time.time() - float(told["since"])) / 60
        return f"Process {int(told['pid'])} ({told['command']}, for {minutes:.0f} minutes)"
    except (OSError, ValueError, KeyError, TypeError):
        return "Another process"
