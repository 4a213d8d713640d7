"""Small made-up articles, passages and candidates for tests of the reading rooms."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rag.types import (
    ArticleInfo,
    Candidate,
    DateOrigin,
    Kind,
    Passage,
    PublishedDate,
    Reading,
    TitleOrigin,
)


def published(iso: str | None) -> PublishedDate:
    """'2013-04-23', '2013-04', '2013' or None."""
    if iso is None:
        return PublishedDate()
    parts = [int(p) for p in iso.split("-")]
    return PublishedDate(
        year=parts[0],
        month=parts[1] if len(parts) > 1 else None,
        day=parts[2] if len(parts) > 2 else None,
        origin=DateOrigin.FIELD,
    )


def info(article_id: str = "a", iso: str | None = "2014-06-25") -> ArticleInfo:
    """An article of the Harbour Post."""
    return ArticleInfo(
        id=article_id,
        source=f"{article_id}.txt",
        title="A made-up story",
        title_origin=TitleOrigin.FIELD,
        publisher="Harbour Post",
        author=None,
        published=published(iso),
    )


def passage(text: str, article_id: str = "a", start: int = 0, kind: Kind = Kind.BODY) -> Passage:
    """A passage whose sentences end at '. '."""
    spans = [(m.start() + start, m.end() + start) for m in re.finditer(r"\S[^.]*\.?", text)]
    return Passage(
        id=f"{article_id}:{start}",
        article_id=article_id,
        kind=kind,
        start=start,
        end=start + len(text),
        text=text,
        header="A made-up story · Harbour Post",
        sentences=tuple(spans),
    )


def candidate(
    text: str, article_id: str = "a", iso: str | None = "2014-06-25", kind: Kind = Kind.BODY
) -> Candidate:
    """A candidate of its own article."""
    return Candidate(
        passage=passage(text, article_id, kind=kind), article=info(article_id, iso), fused=0.03
    )


def reading(found: Candidate, probability: float, short: str | None = None) -> Reading:
    """A reading that points at the first occurrence of ``short``, in its sentence."""
    made = found.passage
    at = made.text.find(short) if short else -1
    start = made.start + at if at >= 0 else None
    end = start + len(short) if start is not None and short else None
    holder = next(
        (s for s in made.sentences if start is not None and s[0] <= start < s[1]),
        made.sentences[0],
    )
    return Reading(
        passage_id=made.id, probability=probability, start=start, end=end, sentence=holder
    )


class Words:
    """Just enough of a corpus to repair spelling against."""

    def __init__(self, counts: Mapping[str, int], similar: Mapping[str, list[str]]) -> None:
        self._counts, self._similar = counts, similar

    def document_frequency(self, words: Sequence[str]) -> Mapping[str, int]:
        """Counts by lower-case word."""
        return {w: self._counts.get(w.lower(), 0) for w in words}

    def similar_words(self, word: str) -> list[str]:
        """What the test says."""
        return self._similar.get(word, [])
