"""Whether what a model's server answers can be a reply, told from its status and headers."""

from __future__ import annotations

import time
from collections.abc import Sequence
from email.utils import parsedate_to_datetime

from rag.llm.faults import Fault, FaultKind

_STATUS = {
    401: FaultKind.KEY,
    402: FaultKind.FORBIDDEN,
    403: FaultKind.FORBIDDEN,
    404: FaultKind.NOT_FOUND,
    408: FaultKind.BUSY,
    429: FaultKind.BUSY,
    503: FaultKind.BUSY,
    529: FaultKind.BUSY,
}
_TEXTS = frozenset(
    "text/event-stream application/x-ndjson application/jsonl application/json text/plain".split()
)
_UTF_8 = frozenset({"", "utf-8", "utf8", "us-ascii"})


def refuse_unusable(status: int, headers: Sequence[tuple[bytes, bytes]]) -> None:
    """Raises `Fault` for anything but an open stream of UTF-8 text."""
    named = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}
    if status != 200:
        raise Fault(_kind(status), after=_seconds(named.get("retry-after")))
    if named.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
        raise Fault(FaultKind.UNREADABLE)
    kind, _, rest = named.get("content-type", "text/plain").partition(";")
    if kind.strip().lower() not in _TEXTS:
        raise Fault(FaultKind.NOT_A_MODEL)
    charset = rest.partition("charset=")[2].partition(";")[0].strip(" \"'").lower()
    if charset not in _UTF_8:
        raise Fault(FaultKind.UNREADABLE)


def _kind(status: int) -> FaultKind:
    if status in _STATUS:
        return _STATUS[status]
    if 300 <= status < 400:
        return FaultKind.MOVED
    if 400 <= status < 500:
        return FaultKind.REJECTED
    return FaultKind.BROKEN if status >= 500 else FaultKind.NOT_A_MODEL


def _seconds(retry_after: str | None) -> float | None:
    """``Retry-After`` is a number of seconds or a date."""
    if retry_after is None:
        return None
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        try:
            return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
        except (ValueError, OverflowError):
            return None
