"""What a scripted model says and how it fails: data, no network.

A `Script` is one reply: pieces, the time between them, and at most one fault, which strikes
before the piece ``at`` (0: before the first). Faults of the status line strike at once.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

REPLY = (
    "Iraq is to have a new government by July 1, as al-Maliki told Kerry on Monday. "
    "The Kurdish president asked for more time, and nobody else has said anything."
)


class Break(StrEnum):
    """One fault of a server."""

    REFUSED = "refused connection"  # the server is switched off: nothing listens
    HUNG_UP = "hangs up before the reply"
    UNAUTHORISED = "401"
    FORBIDDEN = "403"
    NOT_FOUND = "404"
    TOO_MANY = "429"
    BROKEN = "500"
    UNAVAILABLE = "503"
    REDIRECT = "redirect elsewhere"
    WEB_PAGE = "wrong content type"
    CHARSET = "wrong encoding, declared"
    SLOW = "slow first token"
    SLOW_HEAD = "no status line"
    TRICKLE = "header bytes that trickle"
    STALL = "stalled stream"
    PINGS = "signs of life and no words"
    CUT = "cut in mid-word"
    RESET = "reset connection"
    EARLY = "ends without its end"
    GARBAGE_BYTES = "garbage bytes"
    GARBAGE_JSON = "garbage JSON"
    WRONG_SHAPE = "JSON of another shape"
    ENCODING = "wrong encoding"
    ERROR_EVENT = "error in the stream"
    ENDLESS = "endless stream"
    FLOOD = "endless line"
    LENGTH = "cut by its own length"
    EMPTY = "empty reply"


AT_ONCE = frozenset(
    {
        Break.REFUSED, Break.HUNG_UP, Break.UNAUTHORISED, Break.FORBIDDEN, Break.NOT_FOUND,
        Break.TOO_MANY, Break.BROKEN, Break.UNAVAILABLE, Break.REDIRECT, Break.WEB_PAGE,
        Break.CHARSET, Break.SLOW, Break.SLOW_HEAD, Break.TRICKLE, Break.EMPTY,
    }
)  # fmt: skip
"""Faults that leave no piece of the reply before them."""

STATUS = {
    Break.UNAUTHORISED: 401,
    Break.FORBIDDEN: 403,
    Break.NOT_FOUND: 404,
    Break.TOO_MANY: 429,
    Break.BROKEN: 500,
    Break.UNAVAILABLE: 503,
    Break.REDIRECT: 302,
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request as the server saw it."""

    path: str
    headers: dict[str, str]  # names in lower case
    body: dict[str, object]

    @property
    def system(self) -> str:
        """The system message."""
        return self._message("system")

    @property
    def prompt(self) -> str:
        """The user's message."""
        return self._message("user")

    def _message(self, role: str) -> str:
        if role == "system" and isinstance(self.body.get("system"), str):
            return str(self.body["system"])  # Anthropic's place for it
        messages = self.body.get("messages")
        assert isinstance(messages, list)
        for message in messages:
            if message["role"] == role:
                content = message["content"]
                return content if isinstance(content, str) else json.dumps(content)
        return ""


@dataclass(frozen=True, kw_only=True)
class Script:
    """One reply."""

    pieces: tuple[str, ...] = ()
    delay: float = 0.0  # seconds before each piece
    fault: Break | None = None
    at: int = 0
    wait: float = 30.0  # seconds that a slow or stalled server would wait; the client goes first
    retry_after: str | None = None

    def broken(self, fault: Break, at: int) -> Script:
        """The same reply with a fault."""
        return replace(self, fault=fault, at=0 if fault in AT_ONCE else at)


Play = Callable[[Asked], Script]
"""Chooses the reply to a request."""


def cut(text: str, dice: random.Random) -> tuple[str, ...]:
    """A text in pieces of one to nine characters, as a model's tokens are cut: anywhere."""
    pieces, start = [], 0
    while start < len(text):
        end = start + dice.randint(1, 9)
        pieces.append(text[start:end])
        start = end
    return tuple(pieces)


def plain(text: str = REPLY, seed: int = 0) -> Script:
    """A whole reply without a fault."""
    return Script(pieces=cut(text, random.Random(seed)))
