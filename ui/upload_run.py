"""One upload while it is being ingested: how far it is, and a way to end it; no Gradio.

The work runs in a thread of its own; `UploadRun.watch` yields what there is to tell, at most
a few times a second, until it is over.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rag.engine import Engine
from rag.errors import DatelineError
from rag.index.report import IngestProgress, IngestReport, IngestRow
from ui.uploads import add_uploads

_SECONDS_BETWEEN = 0.2
_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class UploadState:
    """How far it is. ``report`` is there at the end, or ``message`` where it failed."""

    files: tuple[str, ...]
    seconds: float = 0.0
    progress: IngestProgress | None = None
    finished: frozenset[str] = frozenset()  # sources of articles that are done
    report: IngestReport | None = None
    refused: tuple[IngestRow, ...] = ()
    message: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.report is not None or bool(self.message)


class UploadRun:
    """See the module's docstring. Used once."""

    def __init__(
        self,
        engine: Engine,
        files: Sequence[str],
        folder: Path,
        max_bytes: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._engine = engine
        self._files = list(files)
        self._folder = folder
        self._max_bytes = max_bytes
        self._clock = clock
        self._ending = threading.Event()
        self._told: queue.Queue[UploadState] = queue.Queue()

    def end(self) -> None:
        """End it as soon as the article in hand is done; what is ready stays."""
        self._ending.set()

    def watch(self) -> Iterator[UploadState]:
        """Begin, and tell how far it is; the last state is over."""
        state = UploadState(files=tuple(Path(file).name for file in self._files))
        yield state
        began = shown = self._clock()
        threading.Thread(target=self._work, args=(state,), daemon=True).start()
        while not state.over:
            state = replace(self._told.get(), seconds=self._clock() - began)
            if state.over or self._clock() - shown >= _SECONDS_BETWEEN:
                shown = self._clock()
                yield state

    def _work(self, state: UploadState) -> None:
        finished: set[str] = set()

        def progress(told: IngestProgress) -> None:
            if told.current:
                finished.add(told.current)
            self._told.put(replace(state, progress=told, finished=frozenset(finished)))

        try:
            report, refused = add_uploads(
                self._engine,
                self._files,
                self._folder,
                self._max_bytes,
                progress=progress,
                cancel=self._ending.is_set,
            )
            self._told.put(replace(state, report=report, refused=refused))
        except DatelineError as error:
            self._told.put(replace(state, message=str(error)))
        except Exception:  # noqa: BLE001  # the visitor gets a sentence, the log the trace
            _log.exception("an upload could not be ingested")
            told = "Something went wrong here; the server's log tells what. Add the files again."
            self._told.put(replace(state, message=told))
