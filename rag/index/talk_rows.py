"""Conversations to rows of the catalogue and back. No SQL stands here, only shapes."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from typing import Any

from rag.errors import KeepingError, UsageError
from rag.index.plain import from_plain, to_plain
from rag.types import Answer, ConversationInfo, StoredTurn

TITLE_CHARS = 80
MOST_WORDS = 20
_UNREADABLE = "This turn was written by another version of Dateline and cannot be shown."


def answer_text(answer: Answer, most_bytes: int) -> str:
    """The whole answer as JSON; raises `KeepingError` where it is larger than may be kept."""
    text = json.dumps(to_plain(answer), separators=(",", ":"))
    if len(text) > most_bytes:
        raise KeepingError(
            f"The answer takes {len(text):,} bytes with its citations and at most {most_bytes:,} "
            "are kept: it is shown and not remembered. DATELINE_KEEP__MAX_TURN_BYTES sets this."
        )
    return text


def answer_from(text: str, question: str = "") -> Answer:
    """The answer of a row; one that says so where another version wrote what cannot be read."""
    try:
        return from_plain(Answer, json.loads(text))
    except (TypeError, ValueError, KeyError, AttributeError):
        return Answer(
            question=question,
            effective_question=question,
            text=_UNREADABLE,
            short=None,
            statements=(),
            citations=(),
            abstained=True,
            confidence=0.0,
            mode="offline",
        )


def info(row: Sequence[Any]) -> ConversationInfo:
    """From id, owner, title, created, updated, number of turns."""
    return ConversationInfo(
        id=row[0], owner=row[1], title=row[2], created=row[3], updated=row[4], turns=row[5]
    )


def turn(row: Sequence[Any]) -> StoredTurn:
    """From n, at, answer."""
    return StoredTurn(n=row[0], at=row[1], answer=answer_from(row[2]))


def title_from(text: str) -> str:
    """Text as a title: one line of bounded length. Raises `UsageError` where nothing is left."""
    kept = "".join(
        " " if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} else c for c in text[:4000]
    )
    flat = " ".join(kept.split())
    if not flat:
        raise UsageError("A conversation's title cannot be empty: write at least one letter.")
    if len(flat) <= TITLE_CHARS:
        return flat
    cut = flat[: TITLE_CHARS - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[TITLE_CHARS // 2 :] else cut).rstrip() + "…"


def folded(answer: Answer) -> str:
    """What a search through a turn compares: question, answer, and the words cited."""
    told = [answer.question, answer.text, *(one.quote for one in answer.citations)]
    return storable("\n".join(told).casefold())


def words_of(query: str) -> list[str]:
    """The words that a found conversation holds, all of them."""
    return storable(query[:400].casefold()).split()[:MOST_WORDS]


def storable(text: str) -> str:
    """Text that SQLite can hold: halves of surrogate pairs are replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")
