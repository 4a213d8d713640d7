"""A conversation to take away: as JSON, Markdown or a page of its own, with its citations.

Each citation carries publisher, title, date, quote and source, and a word on whether the
quote still stands in the article: ``found``, ``changed`` or ``gone``. Pure but for the
look at the articles, which the caller gives.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from typing import Any

from rag.answer.wire import answer_as_json
from rag.types import Article, Citation, StoredConversation
from ui.export_html import as_html
from ui.export_markdown import as_markdown
from ui.terminal import json_line

KINDS = ("md", "html", "json")
MEDIA = {
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "json": "application/json; charset=utf-8",
}
ArticleOf = Callable[[str], Article | None]


def exported(stored: StoredConversation, kind: str, article_of: ArticleOf) -> str:
    """The conversation as text of one of `KINDS`."""
    states = citation_states(stored, article_of)
    if kind == "md":
        return as_markdown(stored, states)
    if kind == "html":
        return as_html(stored, states)
    return json_line(as_json(stored, states), indent=2) + "\n"


def citation_states(stored: StoredConversation, article_of: ArticleOf) -> dict[Citation, str]:
    """What became of each quote since it was cited."""
    cited = {one for turn in stored.turns for one in (*turn.answer.citations, *turn.answer.nearest)}
    articles = {one.article.id: article_of(one.article.id) for one in cited}
    return {one: _state(one, articles[one.article.id]) for one in cited}


def _state(citation: Citation, article: Article | None) -> str:
    if article is None:
        return "gone"
    same = article.text[citation.start : citation.end] == citation.quote
    return "found" if same else "changed"


def as_json(stored: StoredConversation, states: dict[Citation, str]) -> dict[str, Any]:
    """The conversation as plain JSON values; a turn is an answer as `dateline ask --json`."""
    info = stored.info
    return {
        "id": info.id,
        "title": info.title,
        "created": iso_time(info.created),
        "updated": iso_time(info.updated),
        "turns": [
            {"n": turn.n, "at": iso_time(turn.at)} | _answer(turn.answer, states)
            for turn in stored.turns
        ],
    }


def _answer(answer: Any, states: dict[Citation, str]) -> dict[str, Any]:
    told = answer_as_json(answer)
    del told["id"]
    for key, cited in (("citations", answer.citations), ("nearest", answer.nearest)):
        for row, one in zip(told[key], cited, strict=True):
            row["state"] = states[one]
    return told


def iso_time(seconds: float) -> str:
    """``2026-11-22T01:30:00Z``."""
    return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def file_name(title: str, kind: str) -> str:
    """A name that every file system takes, made from the title."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-").lower()[:60] or "conversation"
    return f"{stem}.{kind}"
