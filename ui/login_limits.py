"""How often one may try to log in and ask, by name and by address; in memory.

A name is tried by one address a few times in a quarter of an hour, an address tries several
names a few times as often, and a name is tried from everywhere no more than ten times as
often, so that a stranger cannot lock a user out with a handful of wrong passwords.
"""

from __future__ import annotations

import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from rag.errors import LimitError
from rag.settings import ServeSettings

_QUARTER = 15  # minutes


class Limits:
    """The limits of one server."""

    def __init__(self, settings: ServeSettings) -> None:
        self._window = MovingWindowRateLimiter(MemoryStorage())
        tries = settings.login_tries
        self._tries = RateLimitItemPerMinute(tries, _QUARTER, "try")
        self._tries_here = RateLimitItemPerMinute(tries * 5, _QUARTER, "tries here")
        self._tries_name = RateLimitItemPerMinute(tries * 10, _QUARTER, "tries of a name")
        self._user = RateLimitItemPerMinute(settings.questions_per_minute, 1, "user")
        self._address = RateLimitItemPerMinute(settings.questions_per_minute_address, 1, "address")

    def log_in(self, name: str, address: str) -> None:
        """Count a try to log in; raises `LimitError` for one too many."""
        name = name[:64]
        for item, keys in (
            (self._tries, (name, address)),
            (self._tries_here, (address,)),
            (self._tries_name, (name,)),
        ):
            self._hit(item, keys, "Too many tries to sign in")

    def logged_in(self, name: str, address: str) -> None:
        """Forget the tries of whoever came in."""
        self._window.clear(self._tries, name[:64], address)

    def question(self, user: str, address: str) -> None:
        """Count a question; raises `LimitError` for one too many."""
        told = "Too many questions: {} a minute are answered"
        self._hit(self._user, (user,), told.format(self._user.amount))
        self._hit(self._address, (address,), told.format(self._address.amount))

    def _hit(self, item: RateLimitItem, keys: tuple[str, ...], told: str) -> None:
        if self._window.hit(item, *keys):
            return
        reset = self._window.get_window_stats(item, *keys).reset_time
        seconds = max(1, round(reset - time.time()))
        wait = f"{seconds} seconds" if seconds < 120 else f"{-(-seconds // 60)} minutes"
        raise LimitError(f"{told}. Try again in {wait}.")
