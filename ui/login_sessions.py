"""A page's session belongs to the user who opened it.

Gradio keeps what a page holds under a random word that the page itself makes up and sends
along. Where users log in, the first who uses a word owns it; to anybody else it is closed,
so that a word that was seen or guessed opens nobody's conversation.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from urllib.parse import parse_qs

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.visitors import OWNER

_ROUTES = "/gradio_api/"
_MOST_SESSIONS = 50_000
_MOST_BYTES = 4 * 2**20
_HEARTBEAT = "/gradio_api/heartbeat/"


class Sessions:
    """See the module's docstring; stands within the gate, which names the owner."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._owners: OrderedDict[str, str] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what belongs to the owner of the request."""
        if scope["type"] != "http" or not scope["path"].startswith(_ROUTES):
            await self._app(scope, receive, send)
            return
        words = _in_address(scope)
        if _is_json(scope):
            body = await _whole(receive)
            if body is None:
                await JSONResponse({"error": "The request is too large."}, 413)(
                    scope, receive, send
                )
                return
            words |= _in_body(body)
            receive = _again(body, receive)
        if any(self._foreign(word, scope[OWNER]) for word in words):
            told = {"error": "This page belongs to somebody else: open one of your own."}
            await JSONResponse(told, 403)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _foreign(self, word: str, owner: str) -> bool:
        known = self._owners.setdefault(word, owner)
        self._owners.move_to_end(word)
        if len(self._owners) > _MOST_SESSIONS:
            self._owners.popitem(last=False)
        return known != owner


def _in_address(scope: Scope) -> set[str]:
    query = parse_qs(scope["query_string"].decode("latin-1"))
    words = set(query.get("session_hash", []))
    if scope["path"].startswith(_HEARTBEAT):
        words.add(scope["path"].removeprefix(_HEARTBEAT).strip("/"))
    return words


def _in_body(body: bytes) -> set[str]:
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return set()
    word = sent.get("session_hash") if isinstance(sent, dict) else None
    return {word} if isinstance(word, str) else set()


def _is_json(scope: Scope) -> bool:
    """Whatever is not a form of files may be read as JSON, whatever it says it is."""
    kinds = [value for name, value in scope["headers"] if name == b"content-type"]
    return scope["method"] == "POST" and not any(b"multipart/" in kind for kind in kinds)


async def _whole(receive: Receive) -> bytes | None:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return bytes(body)
        body += message.get("body", b"")
        if len(body) > _MOST_BYTES:
            return None
        if not message.get("more_body", False):
            return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """The body once more, and then whatever comes next."""
    sent = False

    async def once() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return once
