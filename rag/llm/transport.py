"""One HTTP request to a model's server, watched: `Call` sends it, and ends with it.

The integrations bring their own HTTP clients; they are given this as their transport, so
that the same rules hold for each: waits end at the deadline, redirects are not followed, no
other host is spoken to, what is no stream of text is refused, and the key is put in here
and nowhere else. A `Call` serves one reply and keeps no connection afterwards.
"""

from __future__ import annotations

import codecs
import functools
import ssl
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx

from rag.llm.deadline import Deadline
from rag.llm.faults import Fault, FaultKind
from rag.llm.network import TimedNetwork
from rag.llm.responses import refuse_unusable

_MOST_BYTES = 8 * 2**20  # of one response: thousands of words with their wrapping
_TAIL = 1024
_Headers = Sequence[tuple[bytes, bytes]]
# Set here or not at all: an integration takes some of them from other programs' variables.
_OURS = frozenset({b"authorization", b"x-api-key", b"accept-encoding", b"cookie"})


class Call:
    """What one reply needs of the network; `close` lets go of all of it."""

    def __init__(self, base_url: str, credentials: Mapping[str, str], deadline: Deadline) -> None:
        """``credentials`` are the headers that carry the key."""
        self._origin = _origin(base_url)
        self._credentials = [(k.encode(), v.encode()) for k, v in credentials.items()]
        self._deadline = deadline
        self._pool = _pool(base_url, TimedNetwork(deadline))
        self._open: list[httpcore.Response] = []
        self.tail = b""  # the last bytes of the response, where streams say that they end

    def send(
        self, method: bytes, url: str, headers: _Headers, body: bytes
    ) -> tuple[int, _Headers, Iterator[bytes]]:
        """Status, headers and body of the response. Raises `Fault`."""
        if _origin(url) != self._origin:
            raise Fault(FaultKind.MOVED)
        self._deadline.left()
        kept = [(name, value) for name, value in headers if name.lower() not in _OURS]
        kept += [(b"Accept-Encoding", b"identity"), *self._credentials]
        try:
            response = self._pool.handle_request(
                httpcore.Request(method, url, headers=kept, content=body)
            )
        except httpcore.ProtocolError:
            raise Fault(FaultKind.HUNG_UP) from None
        except httpcore.ProxyError:
            raise Fault(FaultKind.REFUSED) from None
        except Fault as fault:
            if fault.kind is FaultKind.CUT:  # nothing had come of which it could be the end
                raise Fault(FaultKind.HUNG_UP) from None
            raise
        self._open.append(response)
        refuse_unusable(response.status, response.headers)
        return response.status, response.headers, self._body(response)

    def close(self) -> None:
        """Ends the request, wherever it is."""
        while self._open:
            self._open.pop().close()
        self._pool.close()

    def _body(self, response: httpcore.Response) -> Iterator[bytes]:
        decoder = codecs.getincrementaldecoder("utf-8")()
        size = 0
        try:
            for piece in response.iter_stream():
                size += len(piece)
                if size > _MOST_BYTES:
                    raise Fault(FaultKind.TOO_MUCH)
                decoder.decode(piece)
                self.tail = (self.tail + piece)[-_TAIL:]
                yield piece
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            at_end = error.reason == "unexpected end of data"
            raise Fault(FaultKind.CUT if at_end else FaultKind.UNREADABLE) from None
        except httpcore.ProtocolError:
            raise Fault(FaultKind.CUT) from None


def transport_for(call: Call, http: Any = httpx) -> Any:
    """A transport that sends through a call; ``http`` is the library of the integration.

    That is httpx, or a library with its interface under another name.
    """

    class Body(http.SyncByteStream):  # type: ignore[misc]
        def __init__(self, pieces: Iterator[bytes]) -> None:
            self._pieces = pieces

        def __iter__(self) -> Iterator[bytes]:
            yield from self._pieces

        def close(self) -> None:
            call.close()

    class Transport(http.BaseTransport):  # type: ignore[misc]
        def handle_request(self, request: Any) -> Any:
            status, headers, pieces = call.send(
                request.method.encode(), str(request.url), request.headers.raw, request.read()
            )
            return http.Response(status, headers=list(headers), stream=Body(pieces))

    return Transport()


def client_for(call: Call, http: Any = httpx) -> Any:
    """A client of that library over such a transport; it follows and adds nothing by itself."""
    return http.Client(
        transport=transport_for(call, http), follow_redirects=False, trust_env=False, timeout=None
    )


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def _pool(base_url: str, network: TimedNetwork) -> httpcore.ConnectionPool:
    """Connections to a server, through the proxy that the environment names for it."""
    parts = urlsplit(base_url)
    secure = _trusted() if parts.scheme == "https" else None
    proxy = urllib.request.getproxies().get(parts.scheme)
    if proxy is None or urllib.request.proxy_bypass(parts.hostname or ""):
        return httpcore.ConnectionPool(
            ssl_context=secure, max_keepalive_connections=0, network_backend=network
        )
    return httpcore.HTTPProxy(
        proxy, ssl_context=secure, max_keepalive_connections=0, network_backend=network
    )


@functools.lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """Reading the certificates takes tens of milliseconds: once a process."""
    return httpx.create_ssl_context()
