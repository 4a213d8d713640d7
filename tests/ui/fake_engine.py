"""A small engine for tests of the surfaces: real nouns, no index, no model.

It answers with the first sentence that shares two longer words with the question, refuses
otherwise, and hands out citation numbers through a real `Conversation`, so that what the
surfaces show can be checked by hand.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self, cast

from rag.answer.conversation import Conversation
from rag.answer.events import Delta, Done, Event, Stage
from rag.errors import QuestionError
from rag.index.report import Check, IngestProgress, IngestReport, IngestRow, RowStatus
from rag.settings import load_settings
from rag.types import (
    Answer,
    Article,
    Candidate,
    Citation,
    Considered,
    Filters,
    Kind,
    Note,
    NoteKind,
    Statement,
    Support,
    Timings,
)
from tests.ui.fake_corpus import FakeCorpus, make_article
from tests.ui.kept import stores

if TYPE_CHECKING:
    from rag.engine import Engine

__all__ = ["FakeCorpus", "FakeEngine", "as_engine", "make_article"]
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")


class FakeEngine:
    """What `rag.engine.Engine` promises to the surfaces."""

    def __init__(self, articles: Iterable[Article] = ()) -> None:
        self.corpus = FakeCorpus(list(articles))
        self.closed = False
        self.settings = load_settings()
        self.talks, self.feedback, self.ended_logins = stores()
        self.seen: list[tuple[str, Filters | None]] = []
        self.ingested: list[str] = []
        self.checks = [Check(name="catalogue", ok=True, message="2 articles")]

    def conversation(self, history: Sequence[str] = ()) -> Conversation:
        conversation = Conversation()
        for question in history:
            self.ask(question, conversation=conversation)
        return conversation

    def ask(
        self,
        question: str,
        *,
        conversation: Conversation | None = None,
        filters: Filters | None = None,
        standalone: bool = False,
    ) -> Answer:
        if not question.strip():
            raise QuestionError("The question is empty: type one.")
        if question == "break":
            raise RuntimeError("a defect")
        self.seen.append((question, filters))
        conversation = Conversation() if conversation is None else conversation
        answer = self._answer(question, conversation, filters)
        if standalone:
            answer = dataclasses.replace(answer, effective_question=question)
        conversation.add(answer)
        return answer

    def _answer(self, question: str, conversation: Conversation, filters: Filters | None) -> Answer:
        words = {word for word in re.findall(r"\w+", question.lower()) if len(word) > 3}
        allowed = {info.id for info in self.corpus.articles(filters)}
        for article in self.corpus.stored.values():
            if article.id not in allowed:
                continue
            for found in _SENTENCE.finditer(article.text, article.body_start):
                shared = words & set(re.findall(r"\w+", found[0].lower()))
                if len(shared) >= 2:
                    return self._cited(question, conversation, article, found)
        return Answer(
            question=question,
            effective_question=question,
            text="The articles do not say.",
            short=None,
            statements=(),
            citations=(),
            abstained=True,
            confidence=0.1,
            mode="offline",
            nearest=tuple(
                self._citation(Conversation(), article, article.body_start, article.body_end)
                for article in list(self.corpus.stored.values())[:1]
            ),
        )

    def _cited(
        self, question: str, conversation: Conversation, article: Article, found: re.Match[str]
    ) -> Answer:
        quote = found[0].strip()
        start = article.text.index(quote, found.start())
        citation = self._citation(conversation, article, start, start + len(quote))
        asked = question.lower().startswith("and ")
        return Answer(
            question=question,
            effective_question=f"{question} (the harbour)" if asked else question,
            text=f"{quote} [{citation.number}]",
            short=" ".join(quote.split()[-2:]).strip("."),
            statements=(Statement(text=quote, numbers=(citation.number,), support=Support.QUOTED),),
            citations=(citation,),
            abstained=False,
            confidence=0.9,
            mode="offline",
            notes=(Note(kind=NoteKind.AGE, text="This is two years older than the newest."),),
            timings=Timings(total=3, retrieve=1, read=1),
        )

    def _citation(
        self, conversation: Conversation, article: Article, start: int, end: int
    ) -> Citation:
        spoken = next((c for c in article.comments if c.start <= start < c.end), None)
        return Citation(
            number=conversation.number(article.id, start, end),
            article=article.info,
            passage_id=f"{article.id}-0",
            kind=Kind.COMMENT if spoken else Kind.BODY,
            start=start,
            end=end,
            quote=article.text[start:end],
            comment_author=spoken.author if spoken else None,
        )

    def stream(
        self,
        question: str,
        *,
        conversation: Conversation | None = None,
        filters: Filters | None = None,
        standalone: bool = False,
    ) -> Iterator[Event]:
        yield Stage(name="understanding")
        yield Stage(name="searching")
        answer = self.ask(
            question, conversation=conversation, filters=filters, standalone=standalone
        )
        for end in range(8, len(answer.text) + 8, 8):
            yield Delta(text=answer.text[:end])
        yield Done(answer=answer)

    def considered(self, question: str, filters: Filters | None = None) -> tuple[Considered, ...]:
        """Every passage: those that share a word with the question were read."""
        words = set(re.findall(r"\w+", question.lower()))
        found = []
        for info in self.corpus.articles(filters):
            for passage in self.corpus.article_passages(info.id):
                shared = words & set(re.findall(r"\w+", passage.text.lower()))
                found.append(
                    Considered(
                        candidate=Candidate(passage=passage, article=info, fused=0.5),
                        probability=0.9 if shared else None,
                    )
                )
        return tuple(found)

    def ingest(
        self,
        paths: Iterable[str | Path],
        *,
        progress: Callable[[IngestProgress], None] | None = None,
        cancel: object = None,
    ) -> IngestReport:
        rows = []
        for path in map(str, paths):
            self.ingested.append(path)
            if path.endswith(".bin"):
                rows.append(
                    IngestRow(
                        source=path,
                        article_id=None,
                        status=RowStatus.FAILED,
                        message="it is not text.",
                    )
                )
                continue
            article = make_article(Path(path).stem, title=Path(path).stem, source=path)
            self.corpus.stored[article.id] = article
            rows.append(IngestRow(source=path, article_id=article.id, status=RowStatus.ADDED))
            if progress:
                progress(IngestProgress(done=len(rows), total=None, passages=len(rows), failed=0))
        return IngestReport(rows=tuple(rows), seconds=0.5, passages=len(rows))

    def remove(self, article_ids: Sequence[str]) -> None:
        for article_id in article_ids:
            self.corpus.stored.pop(article_id, None)

    def reindex(self, progress: Callable[[IngestProgress], None] | None = None) -> None:
        if progress:
            progress(IngestProgress(done=1, total=1, passages=1, failed=0))

    def check(self, repair: bool = False) -> list[Check]:
        if not repair:
            return self.checks
        return [
            Check(name=c.name, ok=True, message=c.message, repaired=not c.ok) for c in self.checks
        ]

    def starters(self, n: int = 3) -> list[str]:
        return ["When was the harbour reopened?", "Who thanked the volunteers?"][:n]

    def close(self) -> None:
        self.closed = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def as_engine(fake: FakeEngine) -> Engine:
    """The fake, for a caller that asks for the real class."""
    return cast("Engine", fake)
