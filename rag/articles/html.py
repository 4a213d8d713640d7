"""A web page's HTML becomes a `Draft`: trafilatura finds the story, htmldate the date.

Only dates that the markup states (meta tags, JSON-LD, time elements, the address) are
taken, and the original date before a modification; dates in running text are not searched
for, which is how a page's clock becomes an article's date. Comments that the page carries
are kept apart. Both libraries are imported on first use.
"""

from __future__ import annotations

from rag.articles.clean import repair
from rag.articles.comments import find_comments
from rag.articles.dates import find_dates, parse_date
from rag.articles.draft import Draft, DraftComment, DraftDate
from rag.articles.normalise import normalise, one_line
from rag.articles.publisher import by_host, by_name, by_segments
from rag.articles.titles import first_segment
from rag.articles.urls import date_in_url
from rag.articles.visible import visible
from rag.errors import ArticleError
from rag.types import DateOrigin, TitleOrigin

_NOBODY = {
    "admin",
    "administrator",
    "editor",
    "staff",
    "webmaster",
    "guest",
    "user",
    "author",
    "unknown",
}
_MIN_COMMENT_WORDS = 4


def read_html(page: str, url: str | None = None) -> Draft:
    """The article on a page. Raises `ArticleError` where trafilatura finds none."""
    import trafilatura

    try:
        found = trafilatura.bare_extraction(
            visible(page),
            url=url,
            favor_precision=True,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except Exception as error:  # a parser fed with hostile markup may fail in any way
        raise ArticleError(
            f"The HTML could not be parsed ({type(error).__name__}); save the page again or "
            "as plain text."
        ) from error
    if found is None or isinstance(found, dict) or not (found.text or "").strip():
        raise ArticleError(
            "No article was found in the HTML; an article needs a few paragraphs of prose; "
            "save the article's own page, not a front page, or its text as .txt."
        )
    address = url or found.url
    raw_title = one_line(found.title) if found.title else ""
    title = first_segment(raw_title) if raw_title else None
    return Draft(
        body=_paragraphs(found.text or "", title),
        title=title,
        title_origin=TitleOrigin.HTML,
        publisher=_publisher(address, found.sitename, raw_title),
        author=_author(found.author),
        byline=_author(found.author),
        date=_date(found.date, address),
        comments=_comments(found.comments or ""),
        language=found.language[:2].lower() if found.language else None,
    )


def _paragraphs(text: str, title: str | None) -> str:
    """One paragraph a line in trafilatura's text, without the headline; lists stay together."""
    lines = [repair(line) for line in normalise(text).split("\n") if line]
    if len(lines) > 1 and title and lines[0].casefold() == title.casefold():
        del lines[0]
    parts: list[str] = []
    for index, line in enumerate(lines):
        if index:
            listed = line.startswith(("- ", "| ")) and lines[index - 1].startswith(("- ", "| "))
            parts.append("\n" if listed else "\n\n")
        parts.append(line)
    return "".join(parts)


def _publisher(address: str | None, sitename: str | None, title: str) -> str | None:
    host = by_host(address) if address else None
    if host is not None and "." not in host:
        return host
    if sitename:
        named = by_name(sitename) or one_line(sitename).split(" | ")[0]
        if named:
            return named
    return host or by_segments(title)


def _author(author: str | None) -> str | None:
    if not author:
        return None
    names = [one_line(name) for name in author.split(";")]
    names = [name for name in names if name and name.casefold() not in _NOBODY and len(name) <= 80]
    return ", ".join(dict.fromkeys(names)) or None


def _date(wording: str | None, address: str | None) -> DraftDate | None:
    found = parse_date(wording) if wording else None
    if found is None or not wording:
        return date_in_url(address) if address else None
    return DraftDate.of(found, wording, DateOrigin.HTML)


def _comments(text: str) -> tuple[DraftComment, ...]:
    """Comments with author and date where their heads are told apart, else each paragraph one."""
    lines = [line for line in normalise(text).split("\n") if line]
    if not lines:
        return ()
    area = find_comments(
        [
            "The story stands above, and its words are not part of the comments here.",
            "Comments",
            *lines,
        ]
    )
    if area is not None:
        return area.comments
    return tuple(
        DraftComment(author=None, date=None, head=(), text=line)
        for line in lines
        if len(line.split()) >= _MIN_COMMENT_WORDS and not find_dates(line[:40])
    )
