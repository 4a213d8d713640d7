"""A page of plain text, as a scraper left it, becomes a `Draft`.

The lines are normalised and repaired, readers' comments set apart, the story found
(`clean`), and what stands around it is read for headline, byline, date and publisher.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.articles.bylines import author_in, is_date_line, names_only, publication_date
from rag.articles.clean import crowded, is_breadcrumb, judged, repair, worded
from rag.articles.comments import find_comments
from rag.articles.dates import find_dates
from rag.articles.draft import Draft, DraftComment, DraftDate
from rag.articles.features import is_prose
from rag.articles.furniture import Furniture, kind_of
from rag.articles.normalise import normalise
from rag.articles.publisher import by_dateline, by_promise, by_segments, segments
from rag.articles.titles import find_title, first_segment
from rag.types import DateOrigin, TitleOrigin

_SIGNED_WITHIN = 6  # lines of the story among which its byline may stand
_NEAR = 30  # lines around the story in which a crowded page's byline and date are looked for


@dataclass(frozen=True, kw_only=True, slots=True)
class _Page:
    """The lines of a page, its comments, and which lines are the story."""

    lines: list[str]
    comments: tuple[DraftComment, ...]
    keep: list[bool]
    first: int
    last: int
    title: int | None
    crowded: bool
    signed: tuple[int, ...]  # bylines and date lines between a standfirst and the story


def read_page(text: str) -> Draft:
    """The article on a page of plain text. A text without any prose gives an empty body."""
    page = _understand(unwrapped([repair(line) for line in normalise(text).split("\n")]))
    lines = page.lines
    head = _head(page)
    tail = range(page.last + 1, _tail_end(page))
    dated = publication_date(lines, head=head, tail=tail, body_start=page.first, title=page.title)
    byline, author = _byline(page, [*head, *tail])
    return Draft(
        body=join_story(lines, page.keep),
        title=first_segment(lines[page.title]) if page.title is not None else None,
        title_origin=TitleOrigin.TEXT,
        publisher=_publisher(page),
        author=author,
        date=_front_date(dated, lines),
        byline=byline,
        credit=next(
            (lines[i] for i in (*tail, *head) if kind_of(lines[i]) is Furniture.CREDIT), None
        ),
        comments=page.comments,
    )


def _understand(lines: list[str]) -> _Page:
    area = find_comments(lines)
    outside = list(lines)
    if area is not None:
        outside[area.start :] = [""] * (len(lines) - area.start)
    many = crowded(outside)
    if many:
        keep = judged(outside, first_segment(next((line for line in lines if line), "")))
        many = any(keep)
    if not many:
        keep = worded(outside)
    first, last = _bounds(outside, keep)
    story = "\n".join(outside[i] for i in range(first, last + 1) if keep[i])[:3000]
    title = find_title(outside, first if first <= last else 0, story)
    if title is not None:
        for index in range(title + 1):
            keep[index] = False
        _drop_head(outside, keep, title)
    else:
        _drop_head(outside, keep, -1)
    signed = _drop_signatures(outside, keep)
    kept = [index for index, wanted in enumerate(keep) if wanted]
    return _Page(
        lines=outside if area is None else outside[: area.end] + lines[area.end :],
        comments=area.comments if area is not None else (),
        keep=keep,
        first=kept[0] if kept else len(lines),
        last=kept[-1] if kept else len(lines) - 1,
        title=title,
        crowded=many,
        signed=signed,
    )


def _bounds(lines: Sequence[str], keep: Sequence[bool]) -> tuple[int, int]:
    """First and last kept line of prose; what is kept before may be the headline."""
    prose = [index for index, wanted in enumerate(keep) if wanted and is_prose(lines[index])]
    if not prose:
        kept = [index for index, wanted in enumerate(keep) if wanted]
        return (kept[-1], kept[-1]) if kept else (0, -1)
    return prose[0], prose[-1]


def _drop_head(lines: Sequence[str], keep: list[bool], title: int) -> None:
    """Between headline and story: bylines, dates, breadcrumbs and the headline once more."""
    headline = lines[title] if title >= 0 else None
    for index in range(title + 1, len(lines)):
        line = lines[index]
        if not line or not keep[index]:
            continue
        same = headline is not None and line.casefold() in (
            headline.casefold(),
            first_segment(headline).casefold(),
        )
        if is_prose(line) and not same and author_in(line) is None:
            return
        if (
            same
            or is_breadcrumb(line)
            or is_date_line(line)
            or author_in(line) is not None
            or (title >= 0 and (names_only(line) or line.isdigit()))
            or (title < 0 and len(segments(line)) > 1 and by_segments(line))
        ):
            keep[index] = False


def _drop_signatures(lines: Sequence[str], keep: list[bool]) -> tuple[int, ...]:
    """Drop bylines and date lines that stand a little below the first line of the story."""
    kept = [index for index, wanted in enumerate(keep) if wanted][:_SIGNED_WITHIN]
    signed = [
        index
        for index in kept
        if len(lines[index]) < 160
        and (is_date_line(lines[index]) or author_in(lines[index]) is not None)
    ]
    for index in signed:
        keep[index] = False
    return tuple(signed)


def _head(page: _Page) -> list[int]:
    """The lines before and just below the start of the story that are not the story."""
    start = 0
    if page.crowded:
        start = max(0, min(page.first, page.title if page.title is not None else page.first) - 8)
        start = max(start, page.first - 2 * _NEAR)
    prose = (
        i for i in range(page.first, len(page.lines)) if page.keep[i] and is_prose(page.lines[i])
    )
    end = next(prose, page.first)
    return [i for i in range(start, end) if not page.keep[i]] + [i for i in page.signed if i >= end]


def _tail_end(page: _Page) -> int:
    """Where the lines after the story stop being about this article."""
    seen = 0
    for index in range(page.last + 1, len(page.lines)):
        line = page.lines[index]
        if kind_of(line) is Furniture.END and line:
            return index
        seen += bool(line)
        if page.crowded and seen > _NEAR:
            return index
    return len(page.lines)


def _byline(page: _Page, around: Sequence[int]) -> tuple[str | None, str | None]:
    for index in around:
        line = page.lines[index]
        if not line:
            continue
        author = author_in(line)
        if author is not None:
            return line, author
        if page.title is not None and page.title < index <= page.last and names_only(line):
            return line, line
        if line.casefold().strip(" :") in ("by", "author", "posted by") and index + 1 < len(
            page.lines
        ):
            following = next((row for row in page.lines[index + 1 : index + 3] if row), "")
            author = author_in(f"By {following}")
            if author is not None:
                return following, author
    return None, None


def _publisher(page: _Page) -> str | None:
    """Segments of the page title, then the dateline, then what the outlet says of itself."""
    lines = page.lines
    opening = [line for line in lines[: min(12, page.first + 1)] if line and len(line) < 300]
    for place, line in enumerate(opening):
        headline = page.title is not None and line == lines[page.title]
        if len(segments(line)) > 1 and (not place or headline or is_breadcrumb(line)):
            name = by_segments(line)
            if name is not None:
                return name
    opening = [lines[i] for i in range(len(lines)) if page.keep[i]][:4]
    dated = next((name for name in map(by_dateline, opening) if name is not None), None)
    outside = [line for i, line in enumerate(lines) if line and not page.keep[i]]
    story = [line for i, line in enumerate(lines) if line and page.keep[i]]
    return dated or by_promise(outside, story)


def _front_date(dated: tuple[int, DraftDate] | None, lines: Sequence[str]) -> DraftDate | None:
    """The date with a front-matter line of its own where its line is the page title."""
    if dated is None:
        return None
    index, date = dated
    line = date.evidence
    if (
        line == lines[index]
        and len(segments(line)) > 1
        and author_in(line) is None
        and not is_date_line(line)
    ):
        name = first_segment(line)
        rest = line[len(name) :].lstrip(" |–—·•»:>-") if line.startswith(name) else ""
        line = rest if find_dates(rest) and not find_dates(name) else line
    return DraftDate(
        year=date.year,
        month=date.month,
        day=date.day,
        origin=DateOrigin.TEXT,
        evidence=line,
        modified=date.modified,
    )


def join_story(lines: Sequence[str], keep: Sequence[bool]) -> str:
    """The kept lines; where lines were dropped or blank, a blank line stands."""
    parts: list[str] = []
    gap = False
    for line, wanted in zip(lines, keep, strict=True):
        if not wanted:
            gap = True
            continue
        if parts:
            parts.append("\n\n" if gap else "\n")
        parts.append(line)
        gap = False
    return "".join(parts)


def unwrapped(lines: list[str]) -> list[str]:
    """Hard-wrapped paragraphs (lines cut at some 60 to 90 characters) on one line each."""
    blocks = re.split(r"\n\n", "\n".join(lines))
    inner = [line for block in blocks for line in block.split("\n")[:-1]]
    total = sum(bool(line) for line in lines)
    if len(inner) < 4 or len(inner) < 0.5 * total:
        return lines
    wrapped = sum(50 <= len(line) <= 95 and line[-1] not in ".!?:" for line in inner)
    if wrapped < 0.7 * len(inner) or max(map(len, inner)) > 100:
        return lines
    return "\n\n".join(" ".join(block.split("\n")) for block in blocks).split("\n")
