"""The door: who may come in, how that is remembered, and how often it may be tried.

`Door` joins the users' file, the signed cookies and the limits; `ui.login_gate` asks it for
every request, `ui.login_route` shows the page. Where no file of users is set, there is no
door and nothing of this runs.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from itsdangerous import BadData, URLSafeTimedSerializer

from rag.engine import Engine
from rag.errors import SettingsError
from rag.settings import Settings
from rag.users import Users
from ui.login_limits import Limits

COOKIE = "dateline_login"
SECRET = "login.secret"  # noqa: S105  # the name of the file that holds one


def private_secret(folder: Path) -> str:
    """The data directory's own secret, made at first use, readable by its owner alone."""
    path = folder / SECRET
    try:
        with suppress(FileExistsError):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(48))
        path.chmod(0o600)
        found = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"The secret for log-ins {path} cannot be made or read ({error}): "
            "check the data directory's permissions."
        ) from error
    if len(found) < 32:
        raise SettingsError(f"The secret for log-ins {path} is damaged: remove it and start again.")
    return found


class Door:
    """One server's log-ins."""

    def __init__(self, users: Users, engine: Engine, settings: Settings) -> None:
        self.users = users
        self.limits = Limits(settings.serve)
        self.seconds = int(settings.serve.login_hours * 3600)
        self._ended = engine.ended_logins
        self._signer = URLSafeTimedSerializer(
            private_secret(settings.data_dir), salt="dateline login"
        )

    def enter(self, name: str, password: str, address: str) -> str | None:
        """The cookie of a new log-in, or None where the password is wrong.

        Raises `LimitError` where it was tried too often.
        """
        self.limits.log_in(name, address)
        if not self.users.verify(name, password):
            return None
        self.limits.logged_in(name, address)
        told = {"u": name, "s": self.users.stamp(name), "i": secrets.token_urlsafe(12)}
        return str(self._signer.dumps(told))

    def user(self, cookie: str) -> str | None:
        """Whose cookie this is, if it is still good."""
        told = self._told(cookie)
        return None if told is None else told["u"]

    def leave(self, cookie: str) -> None:
        """End a log-in: its cookie is good for nothing from now on."""
        told = self._told(cookie)
        if told is not None:
            self._ended.end(told["i"], self.seconds)

    def _told(self, cookie: str) -> Mapping[str, str] | None:
        if not cookie or len(cookie) > 1000:
            return None
        try:
            told: Mapping[str, str] = self._signer.loads(cookie, max_age=self.seconds)
        except BadData:
            return None
        # another password, or no such user any more, ends what began before
        stamp = self.users.stamp(told["u"])
        if stamp is None or not secrets.compare_digest(stamp, told["s"]):
            return None
        return None if self._ended.ended(told["i"]) else told


def door_for(engine: Engine, settings: Settings) -> Door | None:
    """The door that the settings ask for, or None.

    Raises `SettingsError` where the file of users cannot be used or names nobody.
    """
    path = settings.serve.users
    if path is None:
        return None
    users = Users(path)
    if not users.names():
        raise SettingsError(f"Nobody may log in: {path} names no user. `dateline users add NAME`.")
    return Door(users, engine, settings)
