"""What is searched and found: passages, filters, hits, candidates, readings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from rag.types.article import ArticleInfo, Kind

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


def _iso(day: int) -> str:
    return f"{day // 10000:04d}-{day // 100 % 100:02d}-{day % 100:02d}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """What the user restricted the search to. Empty means everything."""

    dates: DateRange | None = None
    publishers: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    comments: bool = True  # False leaves readers' comments out

    def words(self) -> list[str]:
        """What they say, a phrase each: ``since 2014-06-25``; articles by their number."""
        words = []
        if self.dates is not None:
            first, last = _iso(self.dates.first), _iso(self.dates.last)
            if self.dates.first and self.dates.last < DateRange().last:
                words.append(f"{first} to {last}" if first != last else first)
            else:
                words.append(f"since {first}" if self.dates.first else f"until {last}")
        words.extend(self.publishers)
        if self.articles:
            n = len(self.articles)
            words.append(f"{n} chosen articles" if n > 1 else "one chosen article")
        if not self.comments:
            words.append("without readers' comments")
        return words


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
    the answer (why, how, yes or no) or none was found. ``trained`` is the trained reader's own
    probability where ``probability`` is that of several readers together, and None elsewhere.
    """

    passage_id: str
    probability: float
    start: int | None = None
    end: int | None = None
    sentence: Span | None = None  # the sentence that carries the answer
    trained: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Considered:
    """One candidate that was weighed for a question.

    ``probability`` is what the readers and the question's demands leave of it, ``confidence`` how
    probable it is that an answer from it is right, and ``order`` puts candidates in order, the
    highest first; all are None where it was not read because an earlier one was sure enough.
    ``missing`` are the question's demands that it does not meet.
    """

    candidate: Candidate
    probability: float | None = None
    confidence: float | None = None
    order: float | None = None
    missing: tuple[str, ...] = ()
    sentence: Span | None = None  # the sentence that comes nearest to an answer
