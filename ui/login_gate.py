"""Where users log in, nobody else comes by: one ASGI layer before page, files and API.

It lets pass the log-in page with its style and ``/healthz``; a browser without a log-in is
led to the page, everything else gets status 401. Programs that use ``/api/`` may send name
and password with each request (HTTP Basic). Whoever passes is written into the request as
its owner, with the limit on their questions.
"""

from __future__ import annotations

import base64
import binascii
from functools import partial
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rag.errors import DatelineError, LimitError
from ui.login import COOKIE, Door
from ui.visitors import ADMIT, OWNER, USER, cookie_of

_OPEN = {"/healthz", "/login", "/page/page.css", "/page/login.css"}
_SAFE = {"GET", "HEAD", "OPTIONS"}


class Gate:
    """See the module's docstring."""

    def __init__(self, app: ASGIApp, *, door: Door) -> None:
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, lead to the log-in page, or refuse."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http" or scope["path"] in _OPEN:
            await self._app(scope, receive, send)
            return
        try:
            user = await self._user(scope)
        except LimitError as error:
            await JSONResponse({"error": str(error)}, 429)(scope, receive, send)
            return
        except DatelineError as error:
            await JSONResponse({"error": str(error)}, 503)(scope, receive, send)
            return
        if user is None:
            await _stranger(scope)(scope, receive, send)
            return
        if scope["method"] not in _SAFE and other_site(scope):
            refusal = JSONResponse({"error": "This request comes from another site."}, 403)
            await refusal(scope, receive, send)
            return
        scope[USER], scope[OWNER] = user, f"user:{user}"
        scope[ADMIT] = partial(self._door.limits.question, user, address_of(scope))
        await self._app(scope, receive, _unkept(scope, send))

    async def _user(self, scope: Scope) -> str | None:
        user = self._door.user(cookie_of(scope, COOKIE))
        if user is not None or not scope["path"].startswith("/api/"):
            return user
        given = _basic(Headers(scope=scope).get("authorization", ""))
        if given is None:
            return None
        entered = await run_in_threadpool(self._door.enter, *given, address_of(scope))
        return None if entered is None else given[0]


def address_of(scope: Scope) -> str:
    """The address that a request comes from."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def other_site(scope: Scope) -> bool:
    """Whether a browser says that another web site sent this request."""
    headers = Headers(scope=scope)
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")


def _stranger(scope: Scope) -> Response:
    if scope["path"] == "/" and scope["method"] in {"GET", "HEAD"}:
        asked = scope["query_string"].decode("latin-1")[:2000]
        rest = f"?next={quote('?' + asked, safe='')}" if asked else ""
        return RedirectResponse(f"/login{rest}", 303, {"cache-control": "no-store"})
    headers = {"x-dateline-login": "yes"}
    if scope["path"].startswith("/api/"):
        headers["www-authenticate"] = 'Basic realm="Dateline", charset="UTF-8"'
    told = "Sign in first: open this address in a browser, or send name and password (Basic)."
    return JSONResponse({"error": told}, 401, headers)


def _basic(header: str) -> tuple[str, str] | None:
    kind, _, coded = header.partition(" ")
    if kind.lower() != "basic" or len(coded) > 4000:
        return None
    try:
        name, colon, password = base64.b64decode(coded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return (name, password) if colon else None


def _unkept(scope: Scope, send: Send) -> Send:
    """The page itself is kept by no browser, so that nobody finds it there after log-out."""
    if scope["path"] != "/":
        return send

    async def marked(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [(n, v) for n, v in message["headers"] if n.lower() != b"cache-control"]
            message = {**message, "headers": [*kept, (b"cache-control", b"no-store")]}
        await send(message)

    return marked
