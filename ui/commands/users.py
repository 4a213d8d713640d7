"""``dateline users``: who may log in, in a file of names and password hashes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rag.errors import DatelineError, UsageError
from ui.options import current_settings, data_dir_option

if TYPE_CHECKING:
    from rag.users import Users

_FILE = click.option(
    "--file",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="PATH",
    help="The file of users.  [default: what DATELINE_SERVE__USERS names]",
)


@click.group()
def users() -> None:
    """Add, list and remove those who may log in to the page.

    The page asks for a log-in when DATELINE_SERVE__USERS names the file that this writes.
    """


@users.command()
@click.argument("name")
@_FILE
@click.option("--stdin", is_flag=True, help="Read the password from stdin instead of asking.")
@data_dir_option
def add(name: str, path: Path | None, stdin: bool) -> None:
    """Add NAME, or give NAME another password; it is asked for, and only its hash is kept."""
    chosen = _users(path)
    if stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    new = chosen.add(name, password)
    done = "may log in now" if new else "has another password now"
    click.echo(f"{name} {done}; DATELINE_SERVE__USERS={chosen.path} asks for it.", err=True)


@users.command("list")
@_FILE
@data_dir_option
def list_users(path: Path | None) -> None:
    """List the names, one a line."""
    for name in _users(path).names():
        click.echo(name)


@users.command()
@click.argument("name")
@_FILE
@data_dir_option
def remove(name: str, path: Path | None) -> None:
    """Take NAME out; a page that NAME has open is closed at its next request."""
    if not _users(path).remove(name):
        raise DatelineError(f"There is no user {name[:80]!r}: `dateline users list` names all.")
    click.echo(f"{name} may not log in any more.", err=True)


def _users(path: Path | None) -> Users:
    from rag.users import Users

    chosen = path or current_settings().serve.users
    if chosen is None:
        raise UsageError("Name the file of users: --file users.toml, or DATELINE_SERVE__USERS.")
    return Users(chosen)
