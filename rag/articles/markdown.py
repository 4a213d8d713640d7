"""Markdown becomes plain text: its marks go, its words stay, its front matter is read."""

from __future__ import annotations

import re

from rag.articles.dates import parse_date
from rag.articles.draft import Draft, DraftDate
from rag.articles.normalise import normalise, one_line
from rag.articles.page import read_page
from rag.types import DateOrigin, TitleOrigin

_FRONT = re.compile(r"\A---\n(.{0,20000}?)\n(?:---|\.\.\.)(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(
    r"^(title|author|authors|date|published|publisher|source|language|lang):\s*(.+)$", re.IGNORECASE
)
_EDITS = (
    (re.compile(r"!\[([^\]\n]{0,300})\]\([^)\n]{0,2000}\)"), ""),
    (re.compile(r"\[([^\]\n]{1,500})\]\([^)\n]{0,2000}\)"), r"\1"),
    (re.compile(r"\[([^\]\n]{1,500})\]\[[^\]\n]{0,200}\]"), r"\1"),
    (re.compile(r"^\[[^\]\n]{1,200}\]:\s*\S+.*$", re.MULTILINE), ""),
    (re.compile(r"<(https?://[^>\s]{1,2000})>"), r"\1"),
    (re.compile(r"^#{1,6}[ \t]+(.*?)[ \t]*#*$", re.MULTILINE), r"\1"),
    (re.compile(r"^(?:=+|-{3,}|\*{3,}|_{3,})$", re.MULTILINE), ""),
    (re.compile(r"^(?:> ?)+", re.MULTILINE), ""),
    (re.compile(r"(\*\*|__)(?=\S)([^\n]{1,2000}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,2000}?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]{1,2000}?)(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"`([^`\n]{1,500})`"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>-])"), r"\1"),
)
_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)


def read_markdown(text: str) -> Draft:
    """The article in a Markdown file; what its front matter says goes before what is read."""
    text = normalise(text)
    fields: dict[str, str] = {}
    front = _FRONT.match(text)
    if front is not None:
        for line in front[1].split("\n"):
            field = _FIELD.match(line)
            if field is not None:
                fields[field[1].lower()] = one_line(field[2].strip().strip("\"'[]"))
        text = text[front.end() :]
    heading = _HEADING.search(text)
    plain = without_marks(text)
    draft = read_page(plain)
    title = fields.get("title") or (without_marks(heading[1]) if heading is not None else None)
    date = _date(fields.get("date") or fields.get("published"))
    body = draft.body
    if title and body.startswith(title + "\n"):
        body = body[len(title) :].lstrip("\n")
    return Draft(
        body=body,
        title=title or draft.title,
        title_origin=TitleOrigin.FIELD if "title" in fields else TitleOrigin.TEXT,
        publisher=fields.get("publisher") or fields.get("source") or draft.publisher,
        author=fields.get("author") or fields.get("authors") or draft.author,
        byline=fields.get("author") or fields.get("authors") or draft.byline,
        date=date or draft.date,
        credit=draft.credit,
        comments=draft.comments,
        language=fields.get("language") or fields.get("lang"),
    )


def without_marks(text: str) -> str:
    """Markdown text without its marks."""
    for pattern, replacement in _EDITS:
        text = pattern.sub(replacement, text)
    return text


def _date(wording: str | None) -> DraftDate | None:
    found = parse_date(wording) if wording else None
    return DraftDate.of(found, wording or "", DateOrigin.FIELD) if found is not None else None
