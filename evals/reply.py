"""What a system replied to one case, whichever system it was.

Read from the JSON of the batch contract or from our own engine's `Answer`. A reply that
breaks the contract becomes a `ReplyError`, which the runner records as a failed row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from rag.types import Answer


class ReplyError(ValueError):
    """A reply that does not keep the contract, and how."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cited:
    """A citation of a reply, as the system gave it."""

    number: int
    article: str
    source: str
    quote: str
    start: int | None = None
    end: int | None = None
    kind: str = "body"
    published: str | None = None
    told: str = ""  # title, publisher and author as the reply gives them

    def of(self, name: str) -> bool:
        """Whether it cites the article of this file name or id."""
        return name in (self.article, self.source, file_name(self.source), file_name(self.article))


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """One answer, or one silence."""

    text: str
    short: str | None = None
    abstained: bool = False
    confidence: float | None = None
    citations: tuple[Cited, ...] = ()
    effective_question: str = ""
    notes: tuple[str, ...] = ()
    ms: Mapping[str, float] = field(default_factory=dict)
    tokens: int | None = None


def file_name(source: str) -> str:
    """The last part of a path or address."""
    return PurePosixPath(source.replace("\\", "/")).name


def from_answer(answer: Answer) -> Reply:
    """Our engine's answer as a reply."""
    return Reply(
        text=answer.text,
        short=answer.short,
        abstained=answer.abstained,
        confidence=answer.confidence,
        citations=tuple(
            Cited(
                number=c.number,
                article=c.article.id,
                source=c.article.source,
                quote=c.quote,
                start=c.start,
                end=c.end,
                kind=str(c.kind),
                published=c.article.published.iso,
                told=_joined(
                    c.article.title, c.article.publisher, c.article.author, c.comment_author
                ),
            )
            for c in answer.citations
        ),
        effective_question=answer.effective_question,
        notes=tuple(note.text for note in answer.notes),
        ms={
            "total": answer.timings.total,
            "retrieve": answer.timings.retrieve,
            "read": answer.timings.read,
        },
    )


def from_json(row: object) -> Reply:
    """A line of the batch contract as a reply; raises `ReplyError` where it breaks the contract."""
    if not isinstance(row, Mapping):
        raise ReplyError(f"a reply is a JSON object, not {type(row).__name__}")
    if row.get("error"):
        raise ReplyError(f"the system reported: {row['error']}")
    text, abstained = row.get("answer"), row.get("abstained", False)
    if text is not None and not isinstance(text, str):
        raise ReplyError(f"'answer' is {type(text).__name__}; it is text")
    if not isinstance(abstained, bool):
        raise ReplyError(f"'abstained' is {abstained!r}; it is true or false")
    if not text and not abstained:
        raise ReplyError("'answer' is missing or empty and 'abstained' is not true")
    citations = row.get("citations") or []
    if not isinstance(citations, list):
        raise ReplyError("'citations' is not a list")
    short = row.get("short")
    return Reply(
        text=text or "",
        short=short if isinstance(short, str) and short else None,
        abstained=abstained,
        confidence=_number(row.get("confidence")),
        citations=tuple(_cited(item, at) for at, item in enumerate(citations, start=1)),
        effective_question=str(row.get("effective_question") or row.get("question") or ""),
        notes=tuple(_note(item) for item in row.get("notes") or ()),
        ms={
            str(k): float(v) for k, v in (row.get("ms") or {}).items() if isinstance(v, int | float)
        },
        tokens=row["tokens"] if isinstance(row.get("tokens"), int) else None,
    )


def _cited(item: object, at: int) -> Cited:
    if not isinstance(item, Mapping):
        raise ReplyError(f"citation {at} is not an object")
    start, end = item.get("start"), item.get("end")
    return Cited(
        number=item["n"] if isinstance(item.get("n"), int) else at,
        article=str(item.get("article") or ""),
        source=str(item.get("source") or ""),
        quote=str(item.get("quote") or ""),
        start=start if isinstance(start, int) else None,
        end=end if isinstance(end, int) else None,
        kind=str(item.get("kind") or "body"),
        published=str(item["published"]) if item.get("published") else None,
        told=_joined(*(item.get(key) for key in ("title", "publisher", "author"))),
    )


def _joined(*parts: object) -> str:
    return " . ".join(str(part) for part in parts if part)


def _note(item: object) -> str:
    return str(item.get("text", "")) if isinstance(item, Mapping) else str(item)


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
