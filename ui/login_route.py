"""``/login`` and ``/logout``: a page that works without scripts, and the way out.

A form is believed when it carries the same random word as the cookie that came with it,
and when no browser says that another site sent it.
"""

from __future__ import annotations

import secrets
from urllib.parse import parse_qs

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from rag.errors import DatelineError, LimitError
from ui.login import COOKIE, Door
from ui.login_gate import address_of, other_site
from ui.markup import esc
from ui.visitors import cookie_of, set_cookie

_FORM = "dateline_form"
_FORM_SECONDS = 3600
_MOST_BYTES = 8192
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Sign in · Dateline</title>
<link rel="stylesheet" href="/page/page.css"><link rel="stylesheet" href="/page/login.css">
</head><body class="login"><main><h1>Dateline</h1><form method="post" action="/login">
{told}<input type="hidden" name="form" value="{word}">
<input type="hidden" name="next" value="{after}">
<label for="name">Name</label>
<input id="name" name="name" autocomplete="username" autocapitalize="none" spellcheck="false"
 maxlength="64" required value="{name}"{focus_name}>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password"
 maxlength="1024" required{focus_password}>
<button type="submit">Sign in</button></form></main></body></html>
"""


def add_login(app: FastAPI, door: Door) -> None:
    """Give the application its log-in page."""

    @app.get("/login")
    def shown(request: Request, next: str = "") -> Response:  # noqa: A002  # the address says so
        """The form, or the page itself for whoever is in."""
        if door.user(cookie_of(request.scope, COOKIE)) is not None:
            return RedirectResponse(_after(next), 303)
        return _form(request, after=next)

    @app.post("/login")
    async def entered(request: Request) -> Response:
        """The form was sent."""
        given = await _given(request)
        after, name = given.get("next", ""), given.get("name", "")
        word = cookie_of(request.scope, _FORM)
        fits = word and secrets.compare_digest(word.encode(), given.get("form", "").encode())
        if not fits or other_site(request.scope):
            told = "This form is too old to be used: sign in again."
            return _form(request, told, 400, after, name)
        address = address_of(request.scope)
        try:
            cookie = await run_in_threadpool(door.enter, name, given.get("password", ""), address)
        except LimitError as error:
            return _form(request, str(error), 429, after, name)
        except DatelineError as error:
            return _form(request, str(error), 503, after, name)
        if cookie is None:
            return _form(request, "Name or password is wrong.", 403, after, name)
        reply = RedirectResponse(_after(after), 303)
        for told_cookie in (
            set_cookie(COOKIE, cookie, seconds=door.seconds, scope=request.scope),
            set_cookie(_FORM, "", seconds=0, scope=request.scope),
        ):
            reply.raw_headers.append(told_cookie)
        return reply

    @app.post("/logout")
    def left(request: Request) -> Response:
        """Log out; the gate has checked that no other site sent this."""
        door.leave(cookie_of(request.scope, COOKIE))
        reply = RedirectResponse("/login", 303)
        reply.raw_headers.append(set_cookie(COOKIE, "", seconds=0, scope=request.scope))
        return reply


def _after(asked: str) -> str:
    """Where to go then: the page, with the question that a link asked for."""
    return f"/{asked[:2000]}" if asked.startswith("?") else "/"


def _form(
    request: Request, told: str = "", status: int = 200, after: str = "", name: str = ""
) -> Response:
    word = secrets.token_urlsafe(24)
    focus = (" autofocus", "") if not name else ("", " autofocus")
    page = _PAGE.format(
        told=f'<p class="failed" role="alert">{esc(told)}</p>' if told else "",
        word=word,
        after=esc(after[:2000]),
        name=esc(name[:64]),
        focus_name=focus[0],
        focus_password=focus[1],
    )
    reply = HTMLResponse(page, status, {"cache-control": "no-store"})
    reply.raw_headers.append(set_cookie(_FORM, word, seconds=_FORM_SECONDS, scope=request.scope))
    return reply


async def _given(request: Request) -> dict[str, str]:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _MOST_BYTES:
            return {}
    try:
        fields = parse_qs(bytes(body).decode("utf-8", "replace"), max_num_fields=10)
    except ValueError:
        return {}
    return {key: values[0] for key, values in fields.items()}
