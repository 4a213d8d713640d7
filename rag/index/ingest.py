"""Ingest: articles stream in, are cut, encoded and written by three threads in a row.

The caller's thread reads and cuts, a second encodes groups of a thousand passages sorted
by length, a third writes. Queues between them are short, so memory stays bounded however
many articles come. Groups start small, so that the first articles are ready soon and the
progress bar moves. Whatever kills it, an article is ready or not there, and a second run
takes up where the first ended.
"""

from __future__ import annotations

import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from rag.errors import IndexingError
from rag.index import rows
from rag.index.passages import Cutter, embed_text
from rag.index.report import IngestProgress, IngestReport, IngestRow, RowStatus
from rag.index.writer import Writer
from rag.protocols import Encoder, Vectors
from rag.types import Article, Passage, Rejected

FIRST_GROUP = 128  # passages
LARGEST_GROUP = 1024
QUEUED = 2  # groups that wait between two threads

Cut = list[tuple[Article, list[Passage]]]
Progress = Callable[[IngestProgress], None]


@dataclass(slots=True, kw_only=True)
class _Group:
    """Articles on their way, with the row that each will get once it is ready."""

    cut: Cut
    statuses: list[RowStatus]
    vectors: Vectors | None = None


class Ingest:
    """One run. Not to be used twice."""

    def __init__(
        self,
        writer: Writer,
        encoder: Encoder,
        cutter: Cutter,
        *,
        progress: Progress | None = None,
        cancel: Callable[[], bool] | None = None,
    ) -> None:
        self._writer = writer
        self._encoder = encoder
        self._cutter = cutter
        self._progress = progress
        self._cancel = cancel or (lambda: False)
        self._rows: list[IngestRow] = []
        self._told = 0
        self._passages = 0
        self._total: int | None = None
        self._flying: dict[str, str] = {}  # id -> content hash of what is on its way
        self._bodies: dict[str, tuple[str, str]] = {}  # text hash -> id, source of the same
        self._lock = threading.Lock()
        self._broken: BaseException | None = None
        self._given_up = False  # cancelled: what is not yet encoded is dropped
        self._dropped = False
        self._to_encode: queue.Queue[_Group | None] = queue.Queue(QUEUED)
        self._to_write: queue.Queue[_Group | None] = queue.Queue(QUEUED)

    def run(self, items: Iterable[Article | Rejected]) -> IngestReport:
        """Ingest everything and tell what became of each."""
        started = time.perf_counter()
        threads = [
            threading.Thread(target=self._guarded, args=(work,), name=name, daemon=True)
            for name, work in (("encode", self._encode_groups), ("write", self._write_groups))
        ]
        for thread in threads:
            thread.start()
        try:
            self._read(items)
        except BaseException as error:
            self._broken = self._broken or error
            raise
        finally:
            self._put(self._to_encode, None)
            for thread in threads:
                while thread.is_alive():
                    thread.join(0.05)
                    self._given_up = self._given_up or self._cancel()
                    self._tell()
        if self._broken is not None:
            raise self._broken
        self._tell()
        return IngestReport(
            rows=tuple(self._rows),
            seconds=time.perf_counter() - started,
            passages=self._passages,
            cancelled=self._dropped,
        )

    # Reading and cutting, in the caller's thread

    def _read(self, items: Iterable[Article | Rejected]) -> None:
        """Group and cut until the items end or someone cancels."""
        waiting: list[tuple[Article, RowStatus]] = []
        size, target = 0, FIRST_GROUP
        for item in items:
            if self._cancel():
                self._given_up = self._dropped = True
                return
            if self._broken is not None:
                return
            if isinstance(item, Rejected):
                self._row(item.source, None, RowStatus.FAILED, item.reason)
            elif "\x00" in item.text:
                self._row(item.source, item.id, RowStatus.FAILED, "It holds NUL: it is no text.")
            elif (status := self._wanted(item)) is not None:
                waiting.append((item, status))
                size += len(item.text) // 400  # a passage holds about 500 characters
            self._tell()
            if size >= target:
                self._send(waiting)
                waiting, size, target = [], 0, min(LARGEST_GROUP, target * 2)
        if waiting:
            self._send(waiting)

    def _wanted(self, article: Article) -> RowStatus | None:
        """Added or updated; None where there is nothing to do, which is told."""
        content = rows.content_hash(article)
        with self._lock:
            before = self._flying.get(article.id) or self._writer.catalogue.known(article.id)
            if before == content:
                self._row_locked(article.source, article.id, RowStatus.UNCHANGED)
                return None
            body = rows.text_hash(article)
            twin = self._bodies.get(body) or self._writer.catalogue.twin(body, article.id)
            if twin is not None and twin[0] != article.id and before is None:
                self._row_locked(
                    article.source,
                    article.id,
                    RowStatus.DUPLICATE,
                    f"The same text is already there as {twin[1]}.",
                )
                return None
            self._flying[article.id] = content
            self._bodies[body] = (article.id, article.source)
        return RowStatus.ADDED if before is None else RowStatus.UPDATED

    def _send(self, waiting: Sequence[tuple[Article, RowStatus]]) -> None:
        """Cut a group and queue it; an article without a word to search is told as failed."""
        cut: Cut = []
        statuses = []
        passages = self._cutter.cut([article for article, _ in waiting])
        for (article, status), own in zip(waiting, passages, strict=True):
            if own:
                cut.append((article, own))
                statuses.append(status)
            else:
                self._row(
                    article.source,
                    article.id,
                    RowStatus.FAILED,
                    "It holds no text that could be searched.",
                )
        if cut:
            self._put(self._to_encode, _Group(cut=cut, statuses=statuses))

    def _put(self, line: queue.Queue[_Group | None], group: _Group | None) -> None:
        """Queue a group, unless the run broke down meanwhile."""
        while self._broken is None or group is None:
            try:
                line.put(group, timeout=0.1)
            except queue.Full:
                if self._broken is not None:
                    return
                if line is self._to_encode:
                    self._tell()
            else:
                return

    # Encoding and writing, each in a thread

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except (OSError, sqlite3.Error) as error:
            told = IndexingError(
                f"The index could not be written ({error}): what was ready before stays; mend "
                "the cause (is the disk full?) and ingest again."
            )
            told.__cause__ = error
            self._broken = self._broken or told
        except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
            self._broken = self._broken or error

    def _encode_groups(self) -> None:
        while (group := self._next(self._to_encode)) is not None:
            if self._given_up:
                self._dropped = True
                continue
            texts = [embed_text(passage) for _, own in group.cut for passage in own]
            group.vectors = self._encoder.encode(texts)
            self._put(self._to_write, group)
        self._put(self._to_write, None)

    def _write_groups(self) -> None:
        while (group := self._next(self._to_write)) is not None:
            vectors = group.vectors
            if vectors is None:
                vectors = np.zeros((0, self._encoder.dim), np.float32)
            self._writer.write(group.cut, vectors)
            with self._lock:
                for (article, own), status in zip(group.cut, group.statuses, strict=True):
                    if self._flying.get(article.id) == rows.content_hash(article):
                        del self._flying[article.id]
                    self._bodies.pop(rows.text_hash(article), None)
                    self._row_locked(article.source, article.id, status)
                    self._passages += len(own)

    def _next(self, line: queue.Queue[_Group | None]) -> _Group | None:
        """The next group, or None at the end or when the run broke down."""
        while self._broken is None:
            try:
                return line.get(timeout=0.2)
            except queue.Empty:
                continue
        return None

    # Telling

    def _row(self, source: str, article_id: str | None, status: RowStatus, message: str) -> None:
        with self._lock:
            self._row_locked(source, article_id, status, message)

    def _row_locked(
        self, source: str, article_id: str | None, status: RowStatus, message: str = ""
    ) -> None:
        self._rows.append(
            IngestRow(source=source, article_id=article_id, status=status, message=message)
        )

    def _tell(self) -> None:
        """Call back from the caller's own thread, once for what is new."""
        if self._progress is None or len(self._rows) == self._told:
            return
        with self._lock:
            self._told = len(self._rows)
            failed = sum(row.status is RowStatus.FAILED for row in self._rows)
            current = self._rows[-1].source
            passages = self._passages
        self._progress(
            IngestProgress(
                done=self._told,
                total=self._total,
                passages=passages,
                failed=failed,
                current=current,
            )
        )
