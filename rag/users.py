"""Who may log in: a file of names and hashes of passwords, never of passwords.

The file is TOML, one ``name = "$argon2id$…"`` a line, made by ``dateline users add``. It is
read again whenever it changes, so that whoever is removed is out at once. Checking takes
the same time whether a name exists or not. How log-ins are remembered is not known here.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import threading
import tomllib
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from rag.errors import SettingsError, UsageError

LEAST_CHARS, MOST_CHARS = 8, 1024
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
_HEAD = "# Who may log in, made by `dateline users add`: name = hash of the password.\n"


class Users:
    """The users of one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._hasher = PasswordHasher()
        self._lock = threading.Lock()
        self._read: tuple[tuple[int, int], dict[str, str]] | None = None
        self._nobody = self._hasher.hash(os.urandom(16).hex())

    def names(self) -> list[str]:
        """All names, in order."""
        return sorted(self._hashes())

    def verify(self, name: str, password: str) -> bool:
        """Whether this is the user's password."""
        known = self._hashes().get(name)
        try:
            self._hasher.verify(known or self._nobody, password[:MOST_CHARS])
        except (VerificationError, InvalidHashError, UnicodeEncodeError):
            return False
        return known is not None and len(password) <= MOST_CHARS

    def stamp(self, name: str) -> str | None:
        """A mark that changes with the user's password; None where there is no such user."""
        known = self._hashes().get(name)
        return None if known is None else hashlib.sha256(known.encode()).hexdigest()[:16]

    def add(self, name: str, password: str) -> bool:
        """Add a user, or give one another password; whether the name is new.

        Raises `UsageError` for a name or password that is not allowed.
        """
        if not _NAME.fullmatch(name):
            raise UsageError(
                f"{name[:80]!r} cannot be a user's name: up to 64 letters without accents, "
                "digits and . _ @ -, the first a letter or digit."
            )
        if not LEAST_CHARS <= len(password) <= MOST_CHARS:
            raise UsageError(
                f"The password has {len(password):,} characters; "
                f"{LEAST_CHARS} to {MOST_CHARS:,} are allowed."
            )
        try:
            made = self._hasher.hash(password)
        except UnicodeEncodeError as error:
            raise UsageError("The password is no text: type it again.") from error
        hashes = self._hashes() if self.path.exists() else {}
        new = name not in hashes
        self._write(hashes | {name: made})
        return new

    def remove(self, name: str) -> bool:
        """Take a user out; False where there is none."""
        hashes = dict(self._hashes())
        found = hashes.pop(name, None) is not None
        if found:
            self._write(hashes)
        return found

    def _hashes(self) -> dict[str, str]:
        with self._lock:
            try:
                found = self.path.stat()
                mark = (found.st_mtime_ns, found.st_size)
                if self._read is None or self._read[0] != mark:
                    self._read = (mark, _parsed(self.path))
            except OSError as error:
                raise SettingsError(
                    f"The file of users {self.path} cannot be read ({error.strerror}): "
                    "`dateline users add NAME` makes it; DATELINE_SERVE__USERS names it."
                ) from error
            return self._read[1]

    def _write(self, hashes: dict[str, str]) -> None:
        lines = [f'"{name}" = "{made}"\n' for name, made in sorted(hashes.items())]
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # a private file that takes the place of the old one in a single step
            handle, scratch = tempfile.mkstemp(dir=self.path.parent, prefix=".users-")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(_HEAD + "".join(lines))
            Path(scratch).replace(self.path)
        except OSError as error:
            raise UsageError(
                f"The file of users {self.path} cannot be written ({error.strerror}): "
                "choose another place with --file."
            ) from error
        self._read = None


def _parsed(path: Path) -> dict[str, str]:
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"The file of users {path} is no TOML ({error}): "
            "`dateline users add NAME` writes it as it should be."
        ) from error
    for name, made in found.items():
        if not isinstance(made, str) or not made.startswith("$argon2"):
            raise SettingsError(
                f"The user {name[:80]!r} in {path} has no argon2 hash: "
                "`dateline users add NAME` makes one from a password."
            )
    return found
