"""What a reader of one file format hands to the assembler: an article without offsets.

A `Draft` knows the pieces (title, byline, date, paragraphs, comments) as strings; only
`assemble` puts them together into canonical text and computes every offset there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rag.articles.dates import FoundDate
from rag.types import DateOrigin, TitleOrigin


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftDate:
    """A publication date with the wording it was read from."""

    year: int
    month: int | None
    day: int | None
    origin: DateOrigin
    evidence: str
    modified: bool = False
    in_text: bool = True  # whether the evidence is a line of the source, fit for the front matter

    @classmethod
    def of(
        cls,
        found: FoundDate,
        evidence: str,
        origin: DateOrigin,
        *,
        modified: bool = False,
        in_text: bool = True,
    ) -> DraftDate:
        """From a date that `dates` found."""
        return cls(
            year=found.year,
            month=found.month,
            day=found.day,
            origin=origin,
            evidence=evidence,
            modified=modified,
            in_text=in_text,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class DraftComment:
    """A reader's comment; ``head`` holds the lines that name its author and date."""

    author: str | None
    date: DraftDate | None
    head: tuple[str, ...]
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """One article as its reader understood it. ``title`` None means that one must be made."""

    body: str
    title: str | None = None
    title_origin: TitleOrigin = TitleOrigin.TEXT
    publisher: str | None = None
    author: str | None = None
    date: DraftDate | None = None
    byline: str | None = None  # the line that names the author, as it stands in the source
    credit: str | None = None  # the line that credits agencies or colleagues
    comments: tuple[DraftComment, ...] = ()
    language: str | None = None

    def with_missing(self, **given: object) -> Draft:
        """A copy in which the fields that are None take the given values."""
        missing = {name: value for name, value in given.items() if getattr(self, name) is None}
        return replace(self, **missing)  # type: ignore[arg-type]
