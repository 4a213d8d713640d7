"""What an article is: its text, its metadata, its readers' comments."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class DateOrigin(StrEnum):
    """Where a publication date was read. The editor's word outranks all others."""

    EDITOR = "editor"  # metadata.toml beside the files
    FIELD = "field"  # a field of a .jsonl record
    HTML = "html"  # the markup of the page
    TEXT = "text"  # words of the page itself
    URL = "url"  # the address of the page
    NONE = "none"  # nowhere: the date is unknown


class Kind(StrEnum):
    """Whose words a passage holds: the article's, or a reader's comment below it."""

    BODY = "body"
    COMMENT = "comment"


class TitleOrigin(StrEnum):
    """Where a title was read."""

    EDITOR = "editor"
    FIELD = "field"
    HTML = "html"
    TEXT = "text"
    MADE = "made"  # the text has none: the first words of its first sentence


@dataclass(frozen=True, kw_only=True, slots=True)
class PublishedDate:
    """When an article appeared, as far as its source tells.

    ``modified`` marks a date that the source calls 'last modified' or 'updated' where it
    names no other. ``evidence`` is the wording that the date was read from.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    origin: DateOrigin = DateOrigin.NONE
    modified: bool = False
    evidence: str = ""
    span: tuple[int, int] | None = None  # of the evidence in the canonical text, if it is there

    @property
    def precision(self) -> Precision:
        """How much of the date is known."""
        if self.year is None:
            return Precision.UNKNOWN
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.DAY

    @property
    def iso(self) -> str | None:
        """``2017-11-08``, ``2017-11``, ``2017``, or None when unknown."""
        if self.year is None:
            return None
        parts = [f"{self.year:04d}"]
        if self.month is not None:
            parts.append(f"{self.month:02d}")
            if self.day is not None:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)

    @property
    def first(self) -> int:
        """The earliest day that it can be, as YYYYMMDD; 0 when unknown."""
        if self.year is None:
            return 0
        return self.year * 10000 + (self.month or 1) * 100 + (self.day or 1)

    @property
    def last(self) -> int:
        """The latest day that it can be, as YYYYMMDD (a month ends on its 31st); 0 when unknown."""
        if self.year is None:
            return 0
        return self.year * 10000 + (self.month or 12) * 100 + (self.day or 31)


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """A reader's comment: ``article.text[start:end]`` is its text without the byline."""

    author: str | None
    date: PublishedDate
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleInfo:
    """What is told of an article without its text: enough for a list, a card or a header."""

    id: str
    source: str  # path or URL, as given
    title: str
    title_origin: TitleOrigin
    publisher: str | None
    author: str | None
    published: PublishedDate
    language: str = "en"
    passages: int = 0  # set by the catalogue
    comments: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """One article with its canonical text, which has three parts in this order.

    ``text[:body_start]`` is the front matter, one line each: title, byline and date line,
    as far as the source has them. It is shown and can be cited, but is not cut into
    passages. ``text[body_start:body_end]`` is what the newsroom wrote. The comments lie
    behind it, each with its own offsets. ``content_hash`` covers the text and the metadata
    that a reader sees.
    """

    id: str  # stable: from the path or URL, never from the content
    source: str
    title: str
    title_origin: TitleOrigin
    publisher: str | None
    author: str | None
    published: PublishedDate
    text: str
    body_start: int
    body_end: int
    comments: tuple[Comment, ...] = ()
    language: str = "en"
    content_hash: str = ""

    @property
    def body(self) -> str:
        """What the newsroom wrote: no front matter, no readers' comments."""
        return self.text[self.body_start : self.body_end]

    @property
    def info(self) -> ArticleInfo:
        """The article without its text."""
        return ArticleInfo(
            id=self.id,
            source=self.source,
            title=self.title,
            title_origin=self.title_origin,
            publisher=self.publisher,
            author=self.author,
            published=self.published,
            language=self.language,
            comments=len(self.comments),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Rejected:
    """A file or record that could not become an article, and why, in one sentence."""

    source: str
    reason: str
