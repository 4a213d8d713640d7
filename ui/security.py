"""What every response carries and what no request may reach: one small ASGI layer.

The content policy allows this host alone. Scripts run only from our own files or with the
nonce of the page, so that an injected attribute or tag does nothing; ``unsafe-eval`` stays
because Gradio compiles its own templates, which hold no text of ours. Parts of Gradio that
a reading room has no use for are closed. Where only this machine is served, other names in
the Host header are refused, so that no web site can reach the page by a name of its own.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SCRIPT = re.compile(rb"<script(?=[\s>])")
_CLOSED = re.compile(
    r"/(gradio_api/)?(vibe|undo-vibe|proxy=|monitoring|dev/|runs|run-history|deep_link|profiling|"
    r"process_recording|custom_component|stream/|info|openapi\.json|call/|run/(?!predict)|api/(?!ask$)|docs|"
    r"redoc|svelte/|pwa_icon)"
)
_FIXED = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


def content_policy(nonce: str) -> str:
    """The Content-Security-Policy of a page whose own scripts carry the nonce."""
    return (
        "default-src 'self'; "
        f"script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-src 'none'; frame-ancestors 'none'"
    )


class Guard:
    """Wraps the whole application; see the module's docstring."""

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str] | None) -> None:
        """``hosts`` are the names that a request may use, or None for any."""
        self._app = app
        self._hosts = None if hosts is None else {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on and add the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, _Dressed(send).send)

    def _refusal(self, scope: Scope) -> JSONResponse | None:
        if self._hosts is not None and _host(scope) not in self._hosts:
            return JSONResponse({"error": "This host name is not served here."}, status_code=421)
        if _CLOSED.match(scope["path"]):
            return JSONResponse({"error": "There is nothing here."}, status_code=404)
        return None


def _host(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"host":
            text: str = value.decode("latin-1").lower()
            return re.sub(r":\d+$", "", text)
    return ""


class _Dressed:
    """Adds headers to a response, and nonces to the scripts of an HTML page."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._nonce = secrets.token_urlsafe(16)
        self._start: Message | None = None
        self._body = bytearray()

    async def send(self, message: Message) -> None:
        """One message of the response, changed where need be."""
        if message["type"] == "http.response.start":
            headers = [(n, v) for n, v in message["headers"] if n != b"server"]
            headers += [*_FIXED, (b"content-security-policy", content_policy(self._nonce).encode())]
            message = {**message, "headers": headers}
            if dict(headers).get(b"content-type", b"").startswith(b"text/html"):
                self._start = message  # its length changes: wait for the body
                return
        elif self._start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if message.get("more_body", False):
                return
            message = await self._page()
        await self._send(message)

    async def _page(self) -> Message:
        assert self._start is not None  # only called for an HTML page
        body = _SCRIPT.sub(f'<script nonce="{self._nonce}"'.encode(), bytes(self._body))
        kept = [(n, v) for n, v in self._start["headers"] if n != b"content-length"]
        kept.append((b"content-length", str(len(body)).encode()))
        await self._send({**self._start, "headers": kept})
        self._start = None
        return {"type": "http.response.body", "body": body}
