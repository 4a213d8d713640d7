"""Whose a request is: a browser's own where nobody logs in, a user's where they do.

`Visitors` is a small ASGI layer that writes the owner into the request; `owner_of` reads it
where conversations are kept. A browser is known by a random cookie that no script can read;
only its hash is stored, so that whoever reads the catalogue cannot pass for it. Who is
logged in is `ui.login_gate`'s to decide: it stands before this layer and is believed.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "dateline_visitor"
OWNER = "dateline.owner"
USER = "dateline.user"
ADMIT = "dateline.admit"
_SECONDS = 400 * 24 * 3600  # the longest that browsers keep a cookie
_SHAPE = re.compile(r"[\w-]{24,64}", re.ASCII)


def owner_of(request: Any) -> str:
    """The owner that a layer wrote into a request of Starlette's or Gradio's; '' for none."""
    return str(_scope(request).get(OWNER, ""))


def user_of(request: Any) -> str:
    """The name of the user who is logged in; '' where nobody logs in."""
    return str(_scope(request).get(USER, ""))


def admit_of(request: Any) -> Callable[[], None]:
    """What to call before a question is answered; it raises `LimitError` for one too many."""
    admit: Callable[[], None] = _scope(request).get(ADMIT, _everybody)
    return admit


def _everybody() -> None:
    """No limit."""


def _scope(request: Any) -> Mapping[str, Any]:
    inner = getattr(request, "request", None) or request
    scope = getattr(inner, "scope", None)
    return scope if isinstance(scope, Mapping) else {}


def cookie_of(scope: Scope, name: str) -> str:
    """The value of a request's cookie, or an empty text."""
    for key, value in scope["headers"]:
        if key == b"cookie":
            jar: SimpleCookie = SimpleCookie()
            try:
                jar.load(value.decode("latin-1"))
            except CookieError:
                return ""
            if name in jar:
                return jar[name].value
    return ""


def set_cookie(name: str, value: str, *, seconds: int, scope: Scope) -> tuple[bytes, bytes]:
    """The header that sets a cookie which no script and no other site can use."""
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    told = f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}"
    return b"set-cookie", told.encode("latin-1")


class Visitors:
    """Gives every request an owner, and every new browser its cookie with the first page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on with the owner written down."""
        if scope["type"] != "http" or scope.get(OWNER):
            await self._app(scope, receive, send)
            return
        cookie = cookie_of(scope, COOKIE)
        if not _SHAPE.fullmatch(cookie):
            cookie = secrets.token_urlsafe(24)
        digest = hashlib.blake2b(cookie.encode(), digest_size=16, person=b"dateline visitor")
        scope[OWNER] = f"browser:{digest.hexdigest()}"
        if scope["path"] != "/" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return

        async def remembered(message: Message) -> None:
            if message["type"] == "http.response.start":
                header = set_cookie(COOKIE, cookie, seconds=_SECONDS, scope=scope)
                message = {**message, "headers": [*message["headers"], header]}
            await send(message)

        await self._app(scope, receive, remembered)
