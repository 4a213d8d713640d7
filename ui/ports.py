"""A port to listen on, and the name of the process that holds one.

The socket is bound here and handed to the server, so that no other process can take the
port between the look and the listening. Who holds a port is read from /proc; where there
is none (macOS, Windows) the answer is that it is not known.
"""

from __future__ import annotations

import contextlib
import errno
import socket
from dataclasses import dataclass
from pathlib import Path

from rag.errors import DatelineError, UsageError

_LISTENING = "0A"
_TRIES = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Holder:
    """The process that listens on a port."""

    pid: int
    name: str


def listen(host: str, port: int, *, fixed: bool) -> socket.socket:
    """A socket that listens on the port, or on a near one unless the port is ``fixed``.

    Raises `UsageError` for an address that is not this machine's, and `DatelineError` that
    names the holder when a fixed port is taken.
    """
    for tried in [port] if fixed or port == 0 else [*range(port, min(port + _TRIES, 65536)), 0]:
        try:
            return _bound(host, tried)
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise UsageError(
                    f"Cannot listen on {host!r}: {error.strerror or error}; --host takes an "
                    "address of this machine, such as 127.0.0.1."
                ) from error
            if fixed:
                raise _taken(port, error) from error
    raise DatelineError(f"No port is free on {host}: end a program that listens there.")


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    made = socket.socket(family, kind, protocol)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(128)
    except OSError:
        made.close()
        raise
    return made


def _taken(port: int, error: OSError) -> DatelineError:
    if error.errno == errno.EACCES:
        return DatelineError(
            f"Port {port} needs rights that this user lacks: choose one from 1024 up with --port."
        )
    holder = holder_of(port)
    by = f"process {holder.pid} ({holder.name})" if holder else "another process"
    return DatelineError(
        f"Port {port} is held by {by}: end it, or choose another port with --port."
    )


def holder_of(port: int, proc: Path = Path("/proc")) -> Holder | None:
    """The process that listens on a port, where this system lets us see it."""
    inodes = {f"socket:[{inode}]" for inode in _listening_inodes(port, proc)}
    if not inodes:
        return None
    for folder in proc.iterdir():
        # Processes end while we look, and those of other users are closed to us.
        with contextlib.suppress(OSError):
            if folder.name.isdigit() and _holds(folder, inodes):
                name = (folder / "comm").read_text(encoding="utf-8", errors="replace").strip()
                return Holder(pid=int(folder.name), name=name)
    return None


def _holds(folder: Path, inodes: set[str]) -> bool:
    for link in (folder / "fd").iterdir():
        with contextlib.suppress(OSError):
            if str(link.readlink()) in inodes:
                return True
    return False


def _listening_inodes(port: int, proc: Path) -> list[str]:
    found = []
    for table in ("net/tcp", "net/tcp6"):
        with contextlib.suppress(OSError):
            for line in (proc / table).read_text(encoding="ascii").splitlines()[1:]:
                fields = line.split()
                local, state, inode = fields[1], fields[3], fields[9]
                if state == _LISTENING and int(local.rpartition(":")[2], 16) == port:
                    found.append(inode)
    return found
