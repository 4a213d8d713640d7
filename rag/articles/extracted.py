"""Reads a text that a machine extracted before, as the records of a dump hold it."""

from __future__ import annotations

from collections.abc import Sequence

from rag.articles.bylines import author_in, publication_date
from rag.articles.clean import repair, worded
from rag.articles.closing import closing
from rag.articles.comments import find_comments
from rag.articles.draft import Draft
from rag.articles.furniture import Furniture, kind_of
from rag.articles.normalise import normalise
from rag.articles.opening import opening
from rag.articles.page import join_story
from rag.articles.publisher import by_dateline


def read_extracted(text: str, title: str | None) -> Draft:
    """A text that a machine extracted before: cleaned by wording alone, comments set apart."""
    lines = [repair(line) for line in normalise(text).split("\n")]
    area = find_comments(lines)
    outside = lines[: area.start] if area is not None else lines
    keep = worded(outside)
    if title:
        at = next((i for i, line in enumerate(outside) if line and keep[i]), None)
        if at is not None and outside[at].casefold() == title.casefold():
            keep[at] = False
    kept = _kept(keep)
    first, last = (kept[0], kept[-1]) if kept else (len(outside), len(outside))
    head, tail = range(first), range(last + 1, len(outside))
    dated = publication_date(outside, head=head, tail=tail, body_start=first, title=None)
    byline, author = _signed([outside[i] for i in (*head, *tail)])
    if author is None:
        byline, author = _in_story(outside, keep)
    return Draft(
        body=join_story(outside, keep),
        publisher=by_dateline(outside[min(_kept(keep))]) if any(keep) else None,
        author=author,
        byline=byline,
        date=dated[1] if dated is not None else None,
        credit=next((outside[i] for i in tail if kind_of(outside[i]) is Furniture.CREDIT), None),
        comments=area.comments if area is not None else (),
    )


def _kept(keep: Sequence[bool]) -> list[int]:
    return [index for index, wanted in enumerate(keep) if wanted]


def _signed(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """The first byline among lines outside the story, with its author."""
    found = ((line, author_in(line)) for line in lines if line)
    return next((pair for pair in found if pair[1]), (None, None))


def _in_story(lines: Sequence[str], keep: list[bool]) -> tuple[str | None, str | None]:
    """Byline and author as the story's own first or last lines tell; the first are taken off it."""
    rows = _kept(keep)
    opened = opening(lines, rows)
    if opened is None:
        return None, closing(lines)
    for row in opened.lines:
        keep[row] = False
    writer = closing(lines) if opened.agency else None
    return opened.byline, writer or opened.author
