"""The last things that went wrong in this server, kept in memory for the settings room.

Only what the code itself wrote is kept: the message before anything was filled into it, the
kind of the exception and the place in our code. Questions, article texts, addresses and keys
are never part of it; those stand in the server's own log alone.
"""

from __future__ import annotations

import logging
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

KEPT = 50
_OURS = ("rag", "ui", "evals")
_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, kw_only=True, slots=True)
class Mishap:
    """One of them. ``where`` is a place in our code, empty where it lies outside."""

    at: float  # seconds since 1970
    logger: str
    message: str
    kind: str = ""
    where: str = ""


class RecentErrors(logging.Handler):
    """Remembers the last warnings and errors of the whole process."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._kept: deque[Mishap] = deque(maxlen=KEPT)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what may be kept of a record."""
        error = record.exc_info[1] if record.exc_info else None
        ours = record.name.split(".")[0] in _OURS
        # a foreign library's text may hold anything
        message = str(record.msg) if ours and isinstance(record.msg, str) else "a library's message"
        self._kept.append(
            Mishap(
                at=record.created,
                logger=record.name,
                message=message,
                kind=type(error).__name__ if error else "",
                where=_where(error.__traceback__) if error else "",
            )
        )

    def newest(self) -> list[Mishap]:
        """The newest first."""
        return list(reversed(self._kept))

    def install(self) -> Callable[[], None]:
        """Listen from now on; what is returned ends it."""
        root = logging.getLogger()
        added: list[logging.Handler] = [self]
        if not root.handlers:
            # with any handler Python no longer writes to stderr by itself
            plain = logging.StreamHandler(sys.stderr)
            plain.setLevel(logging.WARNING)
            added.append(plain)
        for handler in added:
            root.addHandler(handler)

        def uninstall() -> None:
            for handler in added:
                root.removeHandler(handler)

        return uninstall


def _where(trace: TracebackType | None) -> str:
    """The innermost place of ours in a trace, as ``rag/engine.py:81``."""
    found = ""
    while trace is not None:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.is_relative_to(_ROOT) and path.relative_to(_ROOT).parts[0] in _OURS:
            found = f"{path.relative_to(_ROOT).as_posix()}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found


def when(at: float) -> str:
    """``2026-11-22 01:40:07``, in this machine's time."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(at))
