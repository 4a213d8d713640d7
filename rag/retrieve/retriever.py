"""A question finds its candidates: dense and lexical lists, fused, copies collapsed, ordered.

``Retriever(corpus, encoder, settings).find(question, filters)`` is the whole of it. An
explicit filter restricts what is searched; a date inside the question only nudges, for an
article of 2015 may well tell of the 1990s. It reads no answers out of passages.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rag.protocols import Corpus, Encoder, Vectors
from rag.retrieve.copies import collapse
from rag.retrieve.fusion import Fused, fuse
from rag.retrieve.time import question_times
from rag.retrieve.words import tokens
from rag.settings import RetrieveSettings
from rag.types import ArticleInfo, Candidate, Filters, Kind, Passage, PublishedDate

_READERS = re.compile(
    r"\b(?:readers?|comments?|commenters?|commentators?|commented|users?)\b",
    re.IGNORECASE,
)
# A nudge of five ranks at the top of the list: enough to break near-ties, not to bury a
# passage that both retrievers put first.
_NUDGE = 1.08


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """Candidates for one question, best first, and the milliseconds that finding them took."""

    candidates: tuple[Candidate, ...]
    ms: float
    readers: bool = False  # the question is about what readers wrote


def asks_readers(question: str) -> bool:
    """Whether a question is about what readers wrote below the articles."""
    return bool(_READERS.search(question))


def names_a_reader(question: str, passages: Sequence[Passage]) -> bool:
    """Whether a question names the author of a comment, whom no article speaks of."""
    asked = {t.key for t in tokens(question)}
    authors = [
        {t.key for t in tokens(p.author) if len(t.text) > 2}
        for p in passages
        if p.kind is Kind.COMMENT and p.author
    ]
    named = [author for author in authors if author and author <= asked]
    if not named:
        return False
    told = {t.key for p in passages if p.kind is Kind.BODY for t in tokens(p.text)}
    return any(not author & told for author in named)


def question_vector(encoder: Encoder, question: str) -> Vectors:
    """The question as one unit vector of shape (dim,).

    One that is longer than the encoder's window is cut into pieces that fit, and their
    vectors are averaged: no part of it is left out.
    """
    pieces = [question]
    while max(encoder.count(pieces)) > encoder.max_tokens:
        pieces = [half for piece in pieces for half in _halves(piece)]
    mean = encoder.encode(pieces).mean(axis=0)
    norm = float(np.linalg.norm(mean))
    return np.asarray(mean / norm if norm else mean, dtype=np.float32)


def _halves(text: str) -> list[str]:
    middle = len(text) // 2
    at = text.find(" ", middle)
    at = at if at >= 0 else middle
    return [half for half in (text[:at], text[at:]) if half.strip()]


class Retriever:
    """Finds candidate passages. Safe to use from several threads."""

    def __init__(self, corpus: Corpus, encoder: Encoder, settings: RetrieveSettings) -> None:
        self._corpus = corpus
        self._encoder = encoder
        self._settings = settings
        self._infos: tuple[int, dict[str, ArticleInfo]] = (-1, {})
        self._newest: PublishedDate | None = None
        self._lock = threading.Lock()

    def find(self, question: str, filters: Filters | None = None, today: int = 0) -> Found:
        """The best candidates for a question; ``today`` (YYYYMMDD) anchors 'last year'."""
        began = time.perf_counter()
        filters = filters or Filters()
        settings = self._settings
        vector = question_vector(self._encoder, question)
        fused = fuse(
            {
                "dense": self._corpus.dense(vector, settings.pool, filters),
                "lexical": self._corpus.lexical(question, settings.pool, filters),
            },
            {"dense": settings.dense_weight, "lexical": 1.0},
            settings.rrf_k,
        )
        ranked = self._with_passages(fused[: settings.pool])
        readers = asks_readers(question) or names_a_reader(question, [p for _, p, _ in ranked])
        ranked = self._ordered(ranked, question, today, readers)
        return Found(
            candidates=tuple(self._collapsed(ranked)[: settings.candidates]),
            readers=readers,
            ms=(time.perf_counter() - began) * 1000,
        )

    def infos(self) -> dict[str, ArticleInfo]:
        """All ready articles by id, read again only when the corpus has changed."""
        generation = self._corpus.generation()
        with self._lock:
            if self._infos[0] != generation:
                self._infos = (generation, {a.id: a for a in self._corpus.articles()})
                dated = (a.published for a in self._infos[1].values() if a.published.first)
                self._newest = max(dated, key=lambda d: d.last, default=None)
            return self._infos[1]

    def newest(self) -> PublishedDate | None:
        """The newest publication date of the corpus; None where no article has one."""
        self.infos()
        return self._newest

    def _with_passages(self, fused: list[Fused]) -> list[tuple[Fused, Passage, ArticleInfo]]:
        passages = self._corpus.passages([f.passage_id for f in fused])
        infos = self.infos()
        out = []
        for item in fused:
            passage = passages.get(item.passage_id)
            info = infos.get(passage.article_id) if passage else None
            # A hit may point at an article that was removed a moment ago.
            if passage is not None and info is not None:
                out.append((item, passage, info))
        return out

    def _ordered(
        self,
        ranked: list[tuple[Fused, Passage, ArticleInfo]],
        question: str,
        today: int,
        readers: bool,
    ) -> list[tuple[Fused, Passage, ArticleInfo]]:
        """Articles before comments, unless readers are asked for; asked-for dates a little up."""
        wanted = question_times(question, today).asked

        def place(entry: tuple[Fused, Passage, ArticleInfo]) -> tuple[bool, float, str]:
            item, passage, info = entry
            day = info.published
            near = any(day.first and day.first <= r.last and day.last >= r.first for r in wanted)
            is_comment = passage.kind is Kind.COMMENT
            return (
                is_comment != readers if readers else is_comment,
                -item.score * (_NUDGE if near else 1.0),
                item.passage_id,
            )

        return sorted(ranked, key=place)

    def _collapsed(self, ranked: list[tuple[Fused, Passage, ArticleInfo]]) -> list[Candidate]:
        # Twice the candidates leaves room for copies without comparing the whole pool.
        window = ranked[: self._settings.candidates * 2]
        by_id = {passage.id: (item, info) for item, passage, info in window}
        out = []
        for passage, copies in collapse([passage for _, passage, _ in window]):
            item, info = by_id[passage.id]
            out.append(
                Candidate(
                    passage=passage,
                    article=info,
                    fused=item.score,
                    ranks=item.ranks,
                    scores=item.scores,
                    copies=copies,
                )
            )
        return out
