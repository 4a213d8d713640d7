"""The nouns of Dateline: what an article, a passage, a citation and an answer are.

Every room speaks in these. They are frozen and keyword-only, import nothing of ours and
hold no behaviour beyond what follows from their own fields.

One rule stands behind all of them: **offsets point into the canonical text**. For every
passage, citation and comment ``article.text[start:end]`` is exactly the text meant, in
Unicode code points, end exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    span: tuple[int, int] | None = None  # where the evidence stands in the canonical text, if it does

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
        """The latest day that it can be, as YYYYMMDD (31 stands for a month's end); 0 when unknown."""
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


Span = tuple[int, int]
"""Start and end offsets into an article's canonical text, end exclusive."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A run of whole sentences of one article: the unit that is embedded and retrieved.

    ``header`` (title, publisher, date) is embedded with the text and never quoted.
    ``sentences`` are absolute spans, in order, that cover the passage.
    """

    id: str
    article_id: str
    kind: Kind
    start: int
    end: int
    text: str
    header: str
    sentences: tuple[Span, ...]
    author: str | None = None  # of a comment


@dataclass(frozen=True, kw_only=True, slots=True)
class DateRange:
    """A range of publication days that a user asked for, as YYYYMMDD, both ends included.

    An explicit range filters; a date inside a question never does.
    """

    first: int = 0
    last: int = 99991231


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """What the user restricted the search to. Empty means everything."""

    dates: DateRange | None = None
    publishers: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    comments: bool = True  # False leaves readers' comments out


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """One passage found by one retriever. The score is that retriever's own, higher is nearer."""

    passage_id: str
    score: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A passage after fusion, with the ranks (from 1) and raw scores that brought it here."""

    passage: Passage
    article: ArticleInfo
    fused: float
    ranks: Mapping[str, int] = field(default_factory=dict)
    scores: Mapping[str, float] = field(default_factory=dict)
    copies: tuple[str, ...] = ()  # passage ids of near-copies that were collapsed into it


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What a reader made of one passage for one question.

    ``probability`` that this passage answers the question lies in [0, 1]. ``start`` and
    ``end`` bound the short answer in the canonical text, or are None where a span is not
    the answer (why, how, yes or no) or none was found.
    """

    passage_id: str
    probability: float
    start: int | None = None
    end: int | None = None
    sentence: Span | None = None  # the sentence that carries the answer


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """A numbered pointer from an answer to verbatim words of an article.

    Invariant: ``quote == article.text[start:end]``. ``number`` is stable in a conversation.
    """

    number: int
    article: ArticleInfo
    passage_id: str
    kind: Kind
    start: int
    end: int
    quote: str
    comment_author: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """One earlier exchange, as far as a follow-up needs it."""

    question: str
    effective_question: str
    answer: str = ""  # without markers
    short: str | None = None
    articles: tuple[str, ...] = ()  # ids of the cited articles, in order of first citation


@dataclass(frozen=True, kw_only=True, slots=True)
class Understood:
    """A question made to stand alone. ``added`` are the words taken from the conversation."""

    question: str
    changed: bool = False
    added: tuple[str, ...] = ()


class Support(StrEnum):
    """How a statement's citation was checked."""

    QUOTED = "quoted"  # the statement's words stand in the cited passage
    CATALOGUE = "catalogue"  # it tells what the catalogue records of the cited article
    MATCHED = "matched"  # the citation was found for it afterwards
    UNSUPPORTED = "unsupported"  # its values are not in the passages


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One sentence of an answer with the numbers of the citations that it rests on."""

    text: str
    numbers: tuple[int, ...]
    support: Support


class NoteKind(StrEnum):
    """What a note is about."""

    CONFLICT = "conflict"
    AGE = "age"
    DATE = "date"
    COMMENT = "comment"
    FALLBACK = "fallback"
    REWRITTEN = "rewritten"
    SPELLING = "spelling"
    MISSING = "missing"  # what the question asks about and no article holds


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """Something that a reader of an answer should know, in one sentence."""

    kind: NoteKind
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Timings:
    """Milliseconds spent."""

    total: float = 0.0
    retrieve: float = 0.0
    read: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """A cited answer, or a structured refusal.

    ``text`` carries its markers, ``[1]``, in place. When ``abstained`` is true there are
    no statements and no citations, and ``nearest`` holds the closest passages, which are
    shown as such and never as an answer.
    """

    question: str
    effective_question: str
    text: str
    short: str | None
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    abstained: bool
    confidence: float
    mode: str  # offline | llm | catalogue
    notes: tuple[Note, ...] = ()
    nearest: tuple[Citation, ...] = ()
    timings: Timings = Timings()
