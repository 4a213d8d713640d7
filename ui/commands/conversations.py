"""``dateline conversations``: what is kept of conversations, whoever had them."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rag.errors import DatelineError
from ui.export import KINDS, as_json, citation_states, exported, iso_time
from ui.options import data_dir_option, opened_engine
from ui.terminal import answer_text, json_line, table, visible

if TYPE_CHECKING:
    from rag.engine import Engine
    from rag.types import ConversationInfo, StoredConversation

_PAGE = 200


@click.group()
def conversations() -> None:
    """List, show, export, rename and delete kept conversations of all users and browsers.

    An ID may be shortened to its first letters where these are one conversation's alone.
    """


@conversations.command("list")
@click.option("--search", "query", default="", metavar="WORDS", help="Only those that hold these.")
@click.option("--user", metavar="NAME", help="Only those of this user.")
@click.option("--json", "as_lines", is_flag=True, help="Print one JSON object a line.")
@data_dir_option
def list_conversations(query: str, user: str | None, as_lines: bool) -> None:
    """List conversations, newest first."""
    with opened_engine() as engine:
        rows = list(_all(engine, None if user is None else f"user:{user}", query))
    if as_lines:
        for row in rows:
            click.echo(json_line(_info(row)))
    elif rows:
        cells = [
            (
                row.id,
                _when(row.updated),
                str(row.turns),
                row.owner.partition(":")[2][:20],
                row.title,
            )
            for row in rows
        ]
        heads = ("ID", "LAST TURN", "TURNS", "OWNER", "TITLE")
        click.echo(table(cells, heads, (24, 16, 5, 20)))
    else:
        click.echo("No conversations are kept.", err=True)


@conversations.command()
@click.argument("conversation_id", metavar="ID")
@click.option("--json", "as_object", is_flag=True, help="Print one JSON object.")
@data_dir_option
def show(conversation_id: str, as_object: bool) -> None:
    """Print a conversation with its answers and their sources."""
    with opened_engine() as engine:
        stored = _stored(engine, conversation_id)
        states = citation_states(stored, engine.corpus.article)
    if as_object:
        click.echo(json_line(as_json(stored, states)))
        return
    width = min(shutil.get_terminal_size().columns, 88)
    parts = [visible(stored.info.title)]
    for turn in stored.turns:
        parts.append(f"{turn.n}. {' '.join(visible(turn.answer.question).split())}")
        parts.append(answer_text(turn.answer, width=width))
    old = sum(state != "found" for state in states.values())
    if old:
        parts.append(f"{old} of the quotes stand in articles that changed or are gone since.")
    click.echo("\n\n".join(parts))


@conversations.command()
@click.argument("conversation_id", metavar="ID")
@click.option(
    "--format", "kind", type=click.Choice(KINDS), default="md", show_default=True,
    help="Markdown, a page of its own, or JSON.",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; stdout without."
)
@data_dir_option
def export(conversation_id: str, kind: str, out: Path | None) -> None:
    """Export a conversation with its citations: publisher, title, date, quote and source."""
    with opened_engine() as engine:
        text = exported(_stored(engine, conversation_id), kind, engine.corpus.article)
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise DatelineError(
            f"{out} cannot be written ({error.strerror}): choose another --out."
        ) from error
    click.echo(f"Wrote {out}.", err=True)


@conversations.command()
@click.argument("conversation_id", metavar="ID")
@click.argument("title")
@data_dir_option
def rename(conversation_id: str, title: str) -> None:
    """Give a conversation another title."""
    with opened_engine() as engine:
        kept = engine.talks.rename(None, _stored(engine, conversation_id).info.id, title)
    click.echo(f"It is called {visible(kept or '')!r} now.", err=True)


@conversations.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option("--now", is_flag=True, help="Remove them for good, with all that was deleted before.")
@data_dir_option
def delete(ids: tuple[str, ...], now: bool) -> None:
    """Delete conversations; `restore` brings them back for as long as DATELINE_KEEP__UNDO_HOURS."""
    with opened_engine() as engine:
        for conversation_id in ids:
            engine.talks.delete(None, _stored(engine, conversation_id).info.id)
        if now:
            engine.talks.purge(everything=True)
    click.echo(f"Deleted {len(ids)}{' for good' if now else ''}.", err=True)


@conversations.command()
@click.argument("conversation_id", metavar="ID")
@data_dir_option
def restore(conversation_id: str) -> None:
    """Bring a deleted conversation back; this takes its whole ID."""
    with opened_engine() as engine:
        if not engine.talks.undelete(None, conversation_id):
            raise DatelineError(
                f"No deleted conversation has the id {conversation_id[:40]!r}; it is gone for "
                "good, or was never deleted."
            )
    click.echo("It is back.", err=True)


def _all(engine: Engine, owner: str | None, query: str = "") -> Iterator[ConversationInfo]:
    page = 0
    while True:
        some = engine.talks.page(owner, query, page, _PAGE)
        yield from some.rows
        page += 1
        if page * _PAGE >= some.found:
            return


def _stored(engine: Engine, wanted: str) -> StoredConversation:
    """The conversation of an id, or of the only one that begins so."""
    stored = engine.talks.get(None, wanted)
    if stored is None and wanted:
        fitting = [row.id for row in _all(engine, None) if row.id.startswith(wanted)]
        if len(fitting) > 1:
            raise DatelineError(
                f"{len(fitting)} conversations begin with {wanted[:40]!r}: write more of the id."
            )
        stored = engine.talks.get(None, fitting[0]) if fitting else None
    if stored is None:
        raise DatelineError(
            f"No conversation has the id {wanted[:40]!r}: `dateline conversations list` lists all."
        )
    return stored


def _info(row: ConversationInfo) -> dict[str, object]:
    return {
        "id": row.id,
        "owner": row.owner,
        "title": row.title,
        "created": iso_time(row.created),
        "updated": iso_time(row.updated),
        "turns": row.turns,
    }


def _when(seconds: float) -> str:
    return dt.datetime.fromtimestamp(seconds).astimezone().strftime("%Y-%m-%d %H:%M")
