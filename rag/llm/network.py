"""Connections whose every wait ends at a deadline: httpcore's network, with a clock.

httpx takes one timeout for each read, so a server that sends a byte now and then is never
timed out. Here each connect, handshake, read and write is given the seconds that are left
then. Names are looked up in a thread of their own, since nothing else can end a look-up;
that thread ends with the system's own limit.
"""

from __future__ import annotations

import contextlib
import ipaddress
import queue
import socket
import ssl
import threading
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore

from rag.llm.deadline import Deadline
from rag.llm.faults import Fault, FaultKind

_SLICE = 16 * 1024  # bytes written before the clock is asked again


class TimedNetwork(httpcore.NetworkBackend):
    """Opens connections that end with a deadline."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline knows better
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """The first of the host's addresses that accepts."""
        refused: Fault | None = None
        for address in _addresses(host, port, self._deadline):
            try:
                with _converted(self._deadline):
                    stream = self._plain.connect_tcp(
                        address, port, self._deadline.left(), local_address, socket_options
                    )
                return _TimedStream(stream, self._deadline)
            except Fault as fault:
                if fault.kind is not FaultKind.REFUSED:
                    raise
                refused = fault
        raise refused or Fault(FaultKind.NO_SUCH_HOST)


class _TimedStream(httpcore.NetworkStream):
    """One connection."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        with _converted(self._deadline, FaultKind.CUT):
            return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        with _converted(self._deadline, FaultKind.HUNG_UP):
            for start in range(0, len(buffer), _SLICE):
                self._stream.write(buffer[start : start + _SLICE], self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        with _converted(self._deadline):
            secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _TimedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


@contextlib.contextmanager
def _converted(deadline: Deadline, broken: FaultKind = FaultKind.REFUSED) -> Iterator[None]:
    try:
        yield
    except httpcore.TimeoutException:
        raise deadline.passed() from None
    except httpcore.NetworkError as error:
        insecure = isinstance(error.__context__ or error.__cause__, ssl.SSLError)
        raise Fault(FaultKind.UNTRUSTED if insecure else broken) from None


def _addresses(host: str, port: int, deadline: Deadline) -> list[str]:
    """The addresses of a host, in the system's order."""
    if _is_address(host):
        return [host]
    found: queue.SimpleQueue[list[str] | OSError] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.put(list(dict.fromkeys(str(row[4][0]) for row in rows)))
        except OSError as error:
            found.put(error)

    threading.Thread(target=look_up, name="dateline-look-up", daemon=True).start()
    try:
        addresses = found.get(timeout=deadline.left())
    except queue.Empty:
        raise deadline.passed() from None
    if isinstance(addresses, OSError):
        raise Fault(FaultKind.NO_SUCH_HOST) from None
    return addresses


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
