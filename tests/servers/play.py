"""Plays a script on an open response, in HTTP chunks that need not be a reply's pieces."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.servers.protocols import Wire
from tests.servers.script import Break, Script

_SCRAPS = {
    Break.GARBAGE_BYTES: b"\x00\xff\xfe\x93\x80 not text at all \xc3\x28\n\n",
    Break.GARBAGE_JSON: b'data: {"choices": [{"delta": {"con\n\n',
    Break.ENCODING: "data: Café, Málaga, in another encoding\n\n".encode("latin-1"),
}


class HungUpError(Exception):
    """The client went away."""


class Player:
    """Writes one response."""

    def __init__(
        self,
        send: Callable[[bytes], object],
        wait: Callable[[float], None],
        reset: Callable[[], None],
    ) -> None:
        self._send = send
        self._wait = wait
        self._reset = reset

    def play(self, script: Script, wire: Wire) -> None:
        """The whole reply, or as much as comes before its fault."""
        self._chunk(wire.begin())
        for number, text in enumerate(script.pieces):
            if script.fault is not None and number == script.at:
                return self._break(script, script.fault, wire, text)
            self._wait_for(script.delay)
            self._chunk(wire.piece(text))
        if script.fault is not None:
            return self._break(script, script.fault, wire, "unheard-of")
        self._chunk(wire.end("stop"))
        return self._finish()

    def trickle(self, seconds: float) -> None:
        """A header that grows by a byte at a time."""
        self._send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._send(b"a")
            self._wait(0.02)

    def _break(self, script: Script, fault: Break, wire: Wire, text: str) -> None:
        match fault:
            case Break.SLOW | Break.STALL:
                self._wait(script.wait)
            case Break.PINGS:
                self._again(wire.ping(), script.wait, 0.01)
            case Break.CUT:
                half = wire.piece(text)
                half = half[: half.index(text[:1].encode()) + 1]
                self._send(f"{len(half) + 400:x}\r\n".encode() + half)  # promised more
            case Break.RESET:
                self._reset()
            case Break.GARBAGE_BYTES | Break.GARBAGE_JSON | Break.ENCODING:
                self._chunk(_SCRAPS[fault])
                self._finish()
            case Break.WRONG_SHAPE:
                self._chunk(wire.piece({"text": [text]}))
                self._finish()
            case Break.ERROR_EVENT:
                self._chunk(wire.error("out of memory: sk-heard-by-the-server"))
                self._finish()
            case Break.ENDLESS:
                self._again(wire.piece(" and so on"), script.wait, 0.0)
            case Break.FLOOD:
                self._again(b"x" * 65_536, script.wait, 0.0)
            case Break.LENGTH:
                self._chunk(wire.end("length"))
                self._finish()
            case Break.EMPTY:
                self._chunk(wire.end("stop"))
                self._finish()
            case _:  # it ends, properly chunked, before it is whole
                self._finish()

    def _again(self, piece: bytes, seconds: float, pause: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._chunk(piece)
            self._wait_for(pause)

    def _wait_for(self, seconds: float) -> None:
        if seconds:
            self._wait(seconds)

    def _chunk(self, data: bytes) -> None:
        if data:
            self._send(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    def _finish(self) -> None:
        self._send(b"0\r\n\r\n")
