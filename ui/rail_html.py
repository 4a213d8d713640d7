"""The conversations in the left column as HTML: grouped by day, each with its menu; pure."""

from __future__ import annotations

import datetime as dt
from itertools import count, groupby

from rag.types import ConversationInfo, ConversationPage
from ui.markup import esc, isolated

PAGE_ROWS = 50
HEAD = (
    '<section class="talks-head" aria-label="Conversations">'
    '<button type="button" class="button wide" data-act="fresh">New conversation</button>'
    '<form id="talks-form" role="search" aria-label="Search conversations">'
    '<label class="unseen" for="talks-query">Search conversations</label>'
    '<input id="talks-query" type="search" placeholder="Search" '
    'autocomplete="off" maxlength="200"></form></section>'
)
KINDS = (("md", "Markdown"), ("html", "HTML"), ("json", "JSON"))
_told = count()


def day_words(day: dt.date, today: dt.date) -> str:
    """``Today``, ``Yesterday``, ``Monday`` within a week, else ``12 November 2026``."""
    days = (today - day).days
    if days <= 0:
        return "Today"
    if days == 1:
        return "Yesterday"
    if days < 7:
        return f"{day:%A}"
    return f"{day.day} {day:%B %Y}"


def talks_html(
    listed: ConversationPage,
    *,
    today: dt.date,
    query: str = "",
    page: int = 0,
    current: str | None = None,
    note: str = "",
) -> str:
    """One page of the list below ``note``, or the words that stand where it would be empty."""
    if not listed.found:
        told = "No conversation holds these words." if query.strip() else "Nothing asked yet."
        return f'{note}<p class="hint">{told}</p>'
    groups = "".join(
        f'<h2>{esc(words)}</h2><ul class="talks">'
        f"{''.join(_row(row, row.id == current) for row in rows)}</ul>"
        for words, rows in groupby(listed.rows, lambda row: day_words(_day(row.updated), today))
    )
    return f"{note}{groups}{_pager(listed.found, page)}"


def _day(seconds: float) -> dt.date:
    return dt.datetime.fromtimestamp(seconds).astimezone().date()


def _row(row: ConversationInfo, current: bool) -> str:
    mark = ' aria-current="true"' if current else ""
    noun = "question" if row.turns == 1 else "questions"
    links = _exports(row.id)
    return (
        f'<li data-id="{esc(row.id)}"><button type="button" class="talk" '
        f'data-talk="{esc(row.id)}"{mark} dir="auto" title="{esc(row.title)}">'
        f'<span class="talk-name">{esc(row.title)}</span>'
        f'<span class="unseen">, {row.turns} {noun}</span></button>'
        f'<details name="talk-more"><summary aria-label="More about {esc(row.title)}">'
        '<span aria-hidden="true">⋯</span></summary><div class="talk-more" popover="manual">'
        f'<label for="title-{esc(row.id)}">Name</label>'
        f'<input id="title-{esc(row.id)}" class="talk-title" maxlength="80" dir="auto" '
        f'autocomplete="off" value="{esc(row.title)}">'
        '<button type="button" class="quiet" data-act="talk-rename">Rename</button>'
        f'<p class="talk-exports"><span>Export</span> {links}</p>'
        '<button type="button" class="quiet" data-act="talk-delete">Delete</button>'
        "</div></details></li>"
    )


def _exports(conversation_id: str) -> str:
    return "".join(
        f'<a href="/conversations/{esc(conversation_id)}.{kind}" download>{label}</a>'
        for kind, label in KINDS
    )


def _pager(found: int, page: int) -> str:
    pages = -(-found // PAGE_ROWS)
    if pages < 2:
        return ""
    page = min(max(page, 0), pages - 1)
    newer = " disabled" if page == 0 else ""
    older = " disabled" if page >= pages - 1 else ""
    return (
        '<nav class="pager" aria-label="Pages of the conversations">'
        f'<button type="button" class="quiet" data-talks="{page - 1}"{newer}>Newer</button>'
        f"<span>{page + 1} of {pages}</span>"
        f'<button type="button" class="quiet" data-talks="{page + 1}"{older}>Older</button></nav>'
    )


def deleted_html(row: ConversationInfo, undo_hours: float) -> str:
    """That a conversation was deleted, for how long it can be had back, and the way back."""
    hours = f"{undo_hours:g} hour{'' if undo_hours == 1 else 's'}"
    return (
        f'<p class="talks-note">Deleted: “{isolated(row.title)}”. Gone for good in {hours}. '
        f'<button type="button" class="quiet" data-act="talk-undelete" data-id="{esc(row.id)}">Undo'
        "</button></p>"
    )


def told_html(text: str, *, failed: bool = False) -> str:
    """A word above the list: what was done, or what could not be."""
    kind = 'class="failed" role="alert"' if failed else 'class="talks-note"'
    return f"<p {kind}>{esc(text)}</p>"


def rated_html(turn: int, text: str, *, failed: bool = False) -> str:
    """What became of a thumb, for the place below its turn."""
    kind = ' class="failed" role="alert"' if failed else ""
    # never twice the same text: a script moves it away, and the same again would not show
    return f'<!-- {next(_told)} --><p data-deliver="rate-{turn}"{kind}>{esc(text)}</p>'


def user_html(name: str) -> str:
    """Who is logged in, and the way out."""
    return (
        f'<p class="talks-user">Signed in as {isolated(name)} '
        '<button type="button" class="quiet" data-act="log-out">Log out</button></p>'
    )
