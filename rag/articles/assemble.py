"""Puts a `Draft` together as an `Article`: canonical text, offsets, id and hash.

Canonical text is, in this order and each after a blank line: the front matter (headline,
byline, credits, date line, one line each, only what the source has), the story, and the
comments, each under the lines that name its author and date. Ids come from the address of
an article, else from its path below the folder that was read, so that a data folder can
move without its articles becoming new ones; they never come from the content.
"""

from __future__ import annotations

import hashlib
import json
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from rag.articles.draft import Draft, DraftComment, DraftDate
from rag.articles.language import language_of
from rag.articles.normalise import normalise, one_line
from rag.articles.titles import make_title
from rag.errors import ArticleError
from rag.settings import ReadSettings
from rag.types import Article, Comment, PublishedDate, TitleOrigin

_SLUG = re.compile(r"[^a-z0-9]+")
_TRACKING = re.compile(r"^(?:utm_|fbclid|gclid|ref$|ref_|cmpid|smid|ocid|mc_)")
_MAX_TITLE = 300
_MAX_NAME = 200


def assemble(draft: Draft, *, key: str, source: str, settings: ReadSettings) -> Article:
    """The article of a draft. ``key`` identifies it for ever; ``source`` is shown to users.

    Raises `ArticleError` where the text is empty, too short or too long.
    """
    body = normalise(draft.body)
    _check_size(body, draft, settings)
    front, date_at = _front(draft)
    text = "\n".join(front)
    body_start = len(text) + 2 if front else 0
    text = text + "\n\n" + body if front else body
    body_end = len(text)
    comments: list[Comment] = []
    for comment in draft.comments:
        text, placed = _append(text, comment)
        comments.append(placed)
    made = draft.title is None
    title = one_line(make_title(body) if draft.title is None else draft.title)[:_MAX_TITLE]
    article = Article(
        id=article_id(key),
        source=source,
        title=title,
        title_origin=TitleOrigin.MADE if made else draft.title_origin,
        publisher=_name(draft.publisher),
        author=_name(draft.author),
        published=_published(draft.date, text, date_at, body_start, body_end),
        text=text,
        body_start=body_start,
        body_end=body_end,
        comments=tuple(comments),
        language=draft.language or language_of(body),
    )
    return with_hash(article)


def article_id(key: str) -> str:
    """A readable, stable id: the last words of the key and twelve hex digits of its hash."""
    last = re.split(r"[/\\]", key.rstrip("/"))[-1]
    stem = re.sub(r"\.(?:txt|md|html?|pdf|jsonl|gz|markdown)\b", "", last.lower())
    slug = _SLUG.sub("-", stem).strip("-")[:40].strip("-")
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{slug}-{digest}" if slug else digest


def url_key(url: str) -> str:
    """An address without what does not change the article: scheme, 'www.', fragment, tracking."""
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").lower().removeprefix("www.")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = urlencode(
        [
            (k, v)
            for k, v in parse_qsl(parts.query, keep_blank_values=True)
            if not _TRACKING.match(k)
        ]
    )
    return f"{host}{port}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")


def with_hash(article: Article) -> Article:
    """The article with its content hash, over its text and all that a reader is shown."""
    import dataclasses

    published = article.published
    seen = [
        article.text,
        article.body_start,
        article.body_end,
        article.title,
        article.title_origin,
        article.publisher,
        article.author,
        published.iso,
        published.origin,
        published.modified,
        published.evidence,
        article.language,
        [[c.author, c.date.iso, c.start, c.end] for c in article.comments],
    ]
    digest = hashlib.sha256(json.dumps(seen, ensure_ascii=True).encode("ascii")).hexdigest()
    return dataclasses.replace(article, content_hash=digest)


def _check_size(body: str, draft: Draft, settings: ReadSettings) -> None:
    size = len(body) + sum(len(comment.text) for comment in draft.comments)
    if not body:
        raise ArticleError(
            "No article text was found; an article needs at least one paragraph of prose; "
            "check that the file holds the story and not only menus or pictures."
        )
    if len(body) < settings.min_article_chars:
        raise ArticleError(
            f"The text has {len(body)} characters; at least {settings.min_article_chars} are "
            "needed for an "
            "article; give the whole text, or lower read.min_article_chars."
        )
    if size > settings.max_article_chars:
        raise ArticleError(
            f"The text has {size:,} characters; at most {settings.max_article_chars:,} are "
            "allowed for one "
            "article; split it, or raise read.max_article_chars."
        )


def _front(draft: Draft) -> tuple[list[str], int | None]:
    """The front matter's lines, and which of them holds the date's evidence."""
    lines: list[str] = []
    wanted = [
        draft.title if draft.title_origin is not TitleOrigin.EDITOR else None,
        draft.byline,
        draft.credit,
        draft.date.evidence if draft.date is not None and draft.date.in_text else None,
    ]
    date_at = None
    for place, raw in enumerate(wanted):
        line = one_line(raw) if raw else ""
        if place == 3 and line:
            inside = next((at for at, other in enumerate(lines) if line in other), None)
            if inside is not None:
                date_at = inside
                continue
            if line in draft.body[:400]:
                continue  # a dateline: the evidence stands in the story itself
            date_at = len(lines)
        if line and line not in lines:
            lines.append(line)
    return lines, date_at


def _published(
    date: DraftDate | None, text: str, date_at: int | None, body_start: int, body_end: int
) -> PublishedDate:
    if date is None:
        return PublishedDate()
    evidence = one_line(date.evidence)
    span = None
    if date.in_text and evidence:
        at = -1
        if date_at is not None:
            lines = text[:body_start].split("\n")
            offset = sum(len(line) + 1 for line in lines[:date_at])
            at = text.find(evidence, offset, body_start)
        else:
            at = text.find(evidence, body_start, body_end)
        span = (at, at + len(evidence)) if at >= 0 else None
    return PublishedDate(
        year=date.year,
        month=date.month,
        day=date.day,
        origin=date.origin,
        modified=date.modified,
        evidence=evidence,
        span=span,
    )


def _append(text: str, comment: DraftComment) -> tuple[str, Comment]:
    """The text with one comment behind it, and that comment's offsets."""
    head = "\n".join(line for line in map(one_line, comment.head) if line)
    words = normalise(comment.text)
    head_start = len(text) + 2
    start = head_start + (len(head) + 1 if head else 0)
    text = text + "\n\n" + (head + "\n" if head else "") + words
    date = PublishedDate()
    if comment.date is not None:
        evidence = one_line(comment.date.evidence)
        at = text.find(evidence, head_start, start) if evidence else -1
        date = PublishedDate(
            year=comment.date.year,
            month=comment.date.month,
            day=comment.date.day,
            origin=comment.date.origin,
            evidence=evidence,
            span=(at, at + len(evidence)) if at >= 0 else None,
        )
    return text, Comment(author=_name(comment.author), date=date, start=start, end=len(text))


def _name(name: str | None) -> str | None:
    return (one_line(name)[:_MAX_NAME] or None) if name else None
