"""Removing an article with a moment to think better of it; no Gradio, no HTML.

Removal from the index is final, so it is put off: the article leaves every list at once and
the index a few seconds later, unless it is kept. If the server ends meanwhile, the article
stays: nothing is lost by accident.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from rag.errors import DatelineError
from rag.types import ArticleInfo

SECONDS = 8.0
_log = logging.getLogger(__name__)


class Stage(StrEnum):
    """How far a removal is."""

    WAITING = "waiting"
    REMOVING = "removing"
    GONE = "gone"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Removal:
    """One article on its way out, and whose wish that was."""

    info: ArticleInfo
    owner: str
    stage: Stage = Stage.WAITING
    message: str = ""
    left: float = 0.0  # seconds until it is removed, while it waits


class Removals:
    """All removals of one server. Safe between threads."""

    def __init__(
        self,
        remove: Callable[[ArticleInfo], None],
        seconds: float = SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``remove`` takes the article out for good; it may raise `DatelineError`."""
        self._remove = remove
        self.seconds = seconds
        self._clock = clock
        self._due: dict[str, float] = {}
        self._lock = threading.Lock()
        self._found: dict[str, Removal] = {}
        self._timers: dict[str, threading.Timer] = {}

    def begin(self, owner: str, info: ArticleInfo) -> None:
        """Remove an article in a moment; one that is on its way already is left to it."""
        with self._lock:
            known = self._found.get(info.id)
            if known is not None and known.stage in (Stage.WAITING, Stage.REMOVING):
                return
            self._found[info.id] = Removal(info=info, owner=owner)
            self._due[info.id] = self._clock() + self.seconds
            timer = threading.Timer(self.seconds, self._finish, (info.id,))
            timer.daemon = True
            self._timers[info.id] = timer
            timer.start()

    def keep(self, owner: str, article_id: str) -> bool:
        """Keep it after all; False where it is too late or another's wish."""
        with self._lock:
            known = self._found.get(article_id)
            if known is None or known.owner != owner or known.stage is not Stage.WAITING:
                return False
            self._timers.pop(article_id).cancel()
            del self._found[article_id]
            return True

    @property
    def hidden(self) -> frozenset[str]:
        """Ids that no list shows."""
        with self._lock:
            return frozenset(
                article_id
                for article_id, one in self._found.items()
                if one.stage in (Stage.WAITING, Stage.REMOVING)
            )

    def take(self, owner: str) -> list[Removal]:
        """What became of an owner's removals; what is over is told once."""
        with self._lock:
            mine = [one for one in self._found.values() if one.owner == owner]
            for one in mine:
                if one.stage in (Stage.GONE, Stage.FAILED):
                    del self._found[one.info.id]
            now = self._clock()
            return [replace(one, left=max(0.0, self._due[one.info.id] - now)) for one in mine]

    def close(self) -> None:
        """The server ends: what has not begun stays."""
        with self._lock:
            for timer in self._timers.values():
                timer.cancel()

    def _finish(self, article_id: str) -> None:
        with self._lock:
            known = self._found.get(article_id)
            self._timers.pop(article_id, None)
            if known is None:
                return
            self._found[article_id] = replace(known, stage=Stage.REMOVING)
        try:
            self._remove(known.info)
            done = replace(known, stage=Stage.GONE)
        except DatelineError as error:
            done = replace(known, stage=Stage.FAILED, message=str(error))
        except Exception:  # noqa: BLE001  # nobody stands above a timer's thread
            _log.exception("an article could not be removed")
            done = replace(
                known, stage=Stage.FAILED, message="Something went wrong here; the log tells what."
            )
        with self._lock:
            self._found[article_id] = done
