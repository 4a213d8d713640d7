"""A visitor of the page without a browser: the page's own protocol over HTTP, on loopback.

    visitor = Visitor("http://127.0.0.1:7860/")
    visitor.arrive()
    told = visitor.ask("When?")        # what the visitor would read, and how long it took

It holds a cookie and a session as a browser does, so that whatever the page keeps for one
visitor is kept for this one. It knows no more of the page than the names of its events.
"""

from __future__ import annotations

import html
import http.client
import json
import re
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

_TAG = re.compile(r"<[^>]*>")
_SECONDS = 120.0


class PageError(Exception):
    """The page did not answer as it promises."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A finished turn: its question and text as they stand on the screen."""

    question: str
    text: str
    seconds: float


def words_of(markup: str) -> str:
    """The text of a piece of HTML, its white space flattened."""
    return " ".join(html.unescape(_TAG.sub(" ", markup)).split())


class Visitor:
    """One browser tab. Used by one thread."""

    def __init__(self, address: str) -> None:
        place = urlsplit(address)
        self._host, self._port = place.hostname or "127.0.0.1", place.port or 80
        self._cookies: dict[str, str] = {}
        self._session = uuid.uuid4().hex[:12]
        self._functions: dict[str, int] = {}
        self._trigger = 0

    def arrive(self) -> None:
        """Load the page and let it give this visitor what is theirs."""
        self._request("GET", "/")
        config = json.loads(self._request("GET", "/config"))
        bridge = next(
            c["id"] for c in config["components"] if c["props"].get("elem_id") == "bridge"
        )
        self._trigger = bridge
        for dependency in config["dependencies"]:
            for target, event in dependency["targets"]:
                if target == bridge or event == "load":
                    self._functions[event] = dependency["id"]
        self._now("load", {})

    def fresh(self) -> None:
        """Begin a new conversation."""
        self._now("fresh", {})

    def conversations(self) -> list[str]:
        """The names of the conversations that the page lists for this visitor."""
        told = json.dumps(self._now("load", {}))
        found = re.findall(r'class=\\"talk\\"[^>]*>(.*?)<', told)
        return [words_of(json.loads(f'"{name}"')) for name in found]

    def ask(self, question: str) -> Told:
        """One question, to the end of its answer."""
        began = time.perf_counter()
        body = self._body("ask", {"question": question})
        self._request("POST", "/gradio_api/queue/join", body)
        for message in self._messages():
            if message["msg"] == "process_completed":
                taken = time.perf_counter() - began
                if not message.get("success"):
                    raise PageError(f"the page failed: {str(message.get('output'))[:200]}")
                return _told(message["output"]["data"][0], taken)
        raise PageError("the page ended its answer without an end")

    def _now(self, event: str, data: dict[str, Any]) -> Any:
        reply = self._request("POST", "/gradio_api/run/predict", self._body(event, data))
        return json.loads(reply)

    def _body(self, event: str, data: dict[str, Any]) -> str:
        state = [] if event == "load" else [None]
        return json.dumps(
            {
                "data": state,
                "event_data": data,
                "fn_index": self._functions[event],
                "trigger_id": self._trigger,
                "session_hash": self._session,
            }
        )

    def _messages(self) -> Iterator[dict[str, Any]]:
        """The events of the question that was just sent."""
        link = self._link()
        try:
            path = f"/gradio_api/queue/data?session_hash={self._session}"
            link.request("GET", path, headers=self._headers())
            for line in link.getresponse():
                if line.startswith(b"data:"):
                    message: dict[str, Any] = json.loads(line[5:])
                    if message["msg"] == "close_stream":
                        return
                    yield message
        finally:
            link.close()

    def _request(self, method: str, path: str, body: str | None = None) -> bytes:
        link = self._link()  # one that is kept is closed by the server after some seconds
        try:
            link.request(method, path, body=body, headers=self._headers())
            reply = link.getresponse()
            data = reply.read()
        finally:
            link.close()
        for value in reply.headers.get_all("set-cookie") or []:
            name, _, rest = value.partition("=")
            self._cookies[name] = rest.partition(";")[0]
        if reply.status != http.client.OK:
            raise PageError(f"{method} {path}: {reply.status} {data[:200]!r}")
        return data

    def _link(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self._host, self._port, timeout=_SECONDS)

    def _headers(self) -> dict[str, str]:
        jar = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        return {"Content-Type": "application/json", **({"Cookie": jar} if jar else {})}


def _told(turn: str, seconds: float) -> Told:
    if 'data-state="working"' in turn or 'data-state="failed"' in turn:
        raise PageError(f"the turn did not end well: {words_of(turn)[:200]}")
    question, _, rest = turn.partition("</h2>")
    body = rest.partition('<div class="actions')[0].partition('<p class="actions')[0]
    return Told(question=words_of(question), text=words_of(body), seconds=seconds)
