"""A real HTTP server on loopback that plays scripts over a model's streaming protocol.

    with ScriptedServer("ollama") as server:
        server.play = lambda asked: plain("It was July 1.")
        ... DATELINE_LLM_BASE_URL is server.url ...

Each request has a thread; whatever a script waits for ends as soon as the client hangs up,
so that leaving the block never waits, and ``hung_up`` counts such clients.
"""

from __future__ import annotations

import json
import select
import socket
import ssl
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.servers.play import HungUpError, Player
from tests.servers.protocols import WIRES, Wire
from tests.servers.script import STATUS, Asked, Break, Play, Script, plain

CERTIFICATE = Path(__file__).with_name("loopback.pem")
SECRET = "sk-heard-by-the-server"  # a server's own words that must not reach a user


class ScriptedServer:
    """One server; ``url`` is its address as a client's setting."""

    def __init__(self, protocol: str, *, port: int = 0, tls: bool = False) -> None:
        """``tls``: with a certificate for localhost that only its own file vouches for."""
        self._tls = tls
        self.wire = WIRES[protocol]
        self.play: Play = lambda asked: plain()
        self.asked: list[Asked] = []
        self.hung_up = 0
        self.port = port
        self.url = ""
        self._http: _Http | None = None
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        self.switch_on()
        return self

    def switch_on(self) -> None:
        """Listens, at the port of before where there was one."""
        self._http = _Http(("127.0.0.1", self.port), self)
        self.port = int(self._http.server_address[1])
        self.url = f"http://127.0.0.1:{self.port}{self.wire.base}"
        if self._tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(CERTIFICATE)
            self._http.socket = context.wrap_socket(self._http.socket, server_side=True)
            self.url = f"https://localhost:{self.port}{self.wire.base}"
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        self._thread.start()

    def switch_off(self) -> None:
        """Nothing listens any more, as if the program had ended."""
        if self._http is None or self._thread is None:
            return
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()
        self._http = self._thread = None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.switch_off()


class _Http(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True

    def __init__(self, address: tuple[str, int], owner: ScriptedServer) -> None:
        self.owner = owner
        super().__init__(address, _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is what most scripts are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60
    server: _Http

    def do_GET(self) -> None:
        self._list()

    def do_POST(self) -> None:
        owner = self.server.owner
        length = int(self.headers.get("Content-Length", 0))
        body = json.loads(self.rfile.read(length) or b"{}")
        if self.path != owner.wire.path:
            self._list()
            return
        asked = Asked(
            path=self.path,
            headers={name.lower(): value for name, value in self.headers.items()},
            body=body,
        )
        owner.asked.append(asked)
        script = owner.play(asked)
        self.close_connection = True
        try:
            self._answer(script, owner.wire)
        except (HungUpError, BrokenPipeError, ConnectionResetError):
            owner.hung_up += 1

    def _answer(self, script: Script, wire: Wire) -> None:
        fault = script.fault
        if fault in STATUS:
            self._status(STATUS[fault], script)
            return
        if fault in {Break.HUNG_UP, Break.REFUSED}:
            return
        player = Player(self.wfile.write, self._wait, self._reset)
        if fault is Break.SLOW_HEAD:
            self._wait(script.wait)
            return
        if fault is Break.TRICKLE:
            player.trickle(script.wait)
            return
        kind = {Break.WEB_PAGE: "text/html", Break.CHARSET: "application/json; charset=utf-16"}
        self.send_response(200)
        self.send_header("Content-Type", kind.get(fault, wire.content_type) if fault else
                         wire.content_type)  # fmt: skip
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        player.play(script, wire)

    def _status(self, status: int, script: Script) -> None:
        told = json.dumps({"error": {"message": f"no: {SECRET}", "code": status}}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(told)))
        self.send_header("Connection", "close")
        if status == 302:
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        if script.retry_after is not None:
            self.send_header("Retry-After", script.retry_after)
        self.end_headers()
        self.wfile.write(told)

    def _list(self) -> None:
        found = self.server.owner.wire.listing().get(self.path)
        told = json.dumps(found or {"error": "no such path"}).encode()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def _wait(self, seconds: float) -> None:
        """Waits, unless the client hangs up first."""
        readable, _, _ = select.select([self.connection], [], [], seconds)
        if readable and not self.connection.recv(1, socket.MSG_PEEK):
            raise HungUpError

    def _reset(self) -> None:
        """Closes at once, with a reset instead of an end."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def log_message(self, *_: Any) -> None:
        """Nothing is printed."""
