"""Nouns to rows of the catalogue and back. No SQL stands here, only shapes."""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Sequence
from typing import Any

from rag.types import (
    Article,
    ArticleInfo,
    Comment,
    DateOrigin,
    Kind,
    Passage,
    PublishedDate,
    Span,
    TitleOrigin,
)

INFO_COLUMNS = (
    "a.id, a.source, a.title, a.title_origin, a.publisher, a.author, a.published, a.language, "
    "a.passages, json_array_length(a.comments)"
)
PASSAGE_COLUMNS = (
    "p.id, a.id, p.kind, p.start, p.end, p.header, p.author, p.sentences, "
    "substr(t.text, p.start + 1, p.end - p.start)"
)


def info(row: Sequence[Any]) -> ArticleInfo:
    """From `INFO_COLUMNS`."""
    return ArticleInfo(
        id=row[0],
        source=row[1],
        title=row[2],
        title_origin=TitleOrigin(row[3]),
        publisher=row[4],
        author=row[5],
        published=date_from(json.loads(row[6])),
        language=row[7],
        passages=row[8],
        comments=row[9],
    )


def passage(row: Sequence[Any]) -> Passage:
    """From `PASSAGE_COLUMNS`."""
    return Passage(
        id=row[0],
        article_id=row[1],
        kind=Kind(row[2]),
        start=row[3],
        end=row[4],
        text=row[8],
        header=row[5],
        sentences=unpack_spans(row[7], row[3]),
        author=row[6],
    )


def article_values(key: int, article: Article, passages: int) -> tuple[Any, ...]:
    """One row of ``articles``, in the order of its columns."""
    return (
        key,
        article.id,
        article.source,
        article.title,
        article.title_origin.value,
        article.publisher,
        article.author,
        json.dumps(date_to(article.published), ensure_ascii=False),
        article.published.first,
        article.published.last,
        article.language,
        article.body_start,
        article.body_end,
        json.dumps([_comment_to(comment) for comment in article.comments], ensure_ascii=False),
        content_hash(article),
        text_hash(article),
        passages,
    )


def passage_values(slot: int, key: int, passage: Passage) -> tuple[Any, ...]:
    """One row of ``passages``, in the order of its columns."""
    return (
        slot,
        passage.id,
        key,
        passage.kind.value,
        passage.start,
        passage.end,
        passage.header,
        passage.author,
        pack_spans(passage.sentences, passage.start),
    )


ARTICLE_COLUMNS = (
    "a.id, a.source, a.title, a.title_origin, a.publisher, a.author, a.published, a.language, "
    "a.body_start, a.body_end, a.comments, a.content_hash, t.text"
)


def article(row: Sequence[Any]) -> Article:
    """From `ARTICLE_COLUMNS`."""
    return Article(
        id=row[0],
        source=row[1],
        title=row[2],
        title_origin=TitleOrigin(row[3]),
        publisher=row[4],
        author=row[5],
        published=date_from(json.loads(row[6])),
        language=row[7],
        body_start=row[8],
        body_end=row[9],
        comments=tuple(_comment_from(one) for one in json.loads(row[10])),
        content_hash=row[11],
        text=row[12],
    )


def content_hash(article: Article) -> str:
    """The article's own hash, or one over text and metadata where the reader gave none."""
    if article.content_hash:
        return article.content_hash
    seen = (
        article.text,
        article.title,
        article.publisher,
        article.author,
        date_to(article.published),
        [_comment_to(comment) for comment in article.comments],
        article.body_start,
        article.body_end,
    )
    return _hash(json.dumps(seen, ensure_ascii=False))


def text_hash(article: Article) -> str:
    """Of the body's words alone: two files with equal ones hold the same article."""
    return _hash(" ".join(article.body.split()))


def _hash(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def date_to(date: PublishedDate) -> list[Any]:
    """A date as JSON values."""
    return [
        date.year, date.month, date.day, date.origin.value, date.modified, date.evidence,
        list(date.span) if date.span else None,
    ]  # fmt: skip


def date_from(values: Sequence[Any]) -> PublishedDate:
    """A date from `date_to`'s values."""
    year, month, day, origin, modified, evidence, span = values
    return PublishedDate(
        year=year,
        month=month,
        day=day,
        origin=DateOrigin(origin),
        modified=modified,
        evidence=evidence,
        span=(span[0], span[1]) if span else None,
    )


def _comment_to(comment: Comment) -> list[Any]:
    return [comment.author, date_to(comment.date), comment.start, comment.end]


def _comment_from(values: Sequence[Any]) -> Comment:
    author, date, start, end = values
    return Comment(author=author, date=date_from(date), start=start, end=end)


def pack_spans(spans: Sequence[Span], origin: int) -> bytes:
    """Spans as little-endian numbers, counted from ``origin``."""
    flat = [edge - origin for span in spans for edge in span]
    return struct.pack(f"<{len(flat)}I", *flat)


def unpack_spans(blob: bytes, origin: int) -> tuple[Span, ...]:
    """Spans from `pack_spans`."""
    flat = struct.unpack(f"<{len(blob) // 4}I", blob)
    return tuple(
        (start + origin, end + origin) for start, end in zip(flat[::2], flat[1::2], strict=True)
    )
