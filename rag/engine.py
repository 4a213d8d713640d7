"""The one place where concrete parts are chosen: `Engine` opens, ingests, asks and streams.

    with Engine.open() as engine:
        engine.ingest(["seeds"])
        print(engine.ask("When will al-Maliki form a new government?").text)

The command line, the page, the API and the evaluation all call this. It holds no rule of
its own about reading, retrieving or writing; those are in the rooms that it joins.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rag.answer.conversation import Conversation
from rag.answer.events import Delta, Done, Event, Stage
from rag.answer.pipeline import Pipeline
from rag.protocols import Corpus, Writer
from rag.settings import Settings, load_settings
from rag.types import Answer, Candidate, Considered, Filters

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

    from rag.index import Index
    from rag.index.logins import EndedLogins
    from rag.index.ratings import Ratings
    from rag.index.report import Check, IngestProgress, IngestReport
    from rag.index.talks import Talks

__all__ = ["Conversation", "Delta", "Done", "Engine", "Event", "Stage"]


def _today() -> int:
    now = date.today()
    return now.year * 10000 + now.month * 100 + now.day


class Engine:
    """Everything behind one data directory. Asking is safe from several threads."""

    def __init__(
        self, index: Index, pipeline: Pipeline, settings: Settings, writer: Writer | None = None
    ) -> None:
        """Use `Engine.open`; this takes the parts that it would choose."""
        self._index = index
        self._pipeline = pipeline
        self._writer = writer
        self.settings = settings

    @classmethod
    def open(
        cls,
        settings: Settings | None = None,
        today: Callable[[], int] = _today,
        llm: LLM | None = None,
    ) -> Engine:
        """Opens the data directory that the settings name, and makes it where there is none.

        ``llm``, any llama-index model, writes the answers in place of the one of the settings.
        """
        from rag.index import Index
        from rag.index.encoder import OnnxEncoder
        from rag.models.description import ENCODER
        from rag.retrieve.choose import choose_reader
        from rag.retrieve.ordinary import ordinary_words

        settings = settings or load_settings()
        writer = _writer(settings, llm)  # first: a wrong setting is told before anything is made
        encoder = OnnxEncoder()
        index = Index.open(settings, encoder)
        pipeline = Pipeline(
            corpus=index,
            encoder=encoder,
            reader=choose_reader(settings, index, encoder),
            settings=settings,
            today=today,
            ordinary=ordinary_words(ENCODER.tokenizer.location),
            writer=writer,
        )
        return cls(index, pipeline, settings, writer)

    @property
    def corpus(self) -> Corpus:
        """What can be searched, read-only."""
        return self._index

    @property
    def talks(self) -> Talks:
        """The conversations that are kept, each its owner's."""
        return self._index.talks

    @property
    def feedback(self) -> Ratings:
        """What readers thought of answers."""
        return self._index.ratings

    @property
    def ended_logins(self) -> EndedLogins:
        """Log-ins that were ended before their time."""
        return self._index.ended_logins

    def conversation(self, history: Sequence[str] = ()) -> Conversation:
        """A new conversation; earlier questions are answered again, so that it knows them."""
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
        """One cited answer or refusal. Raises `QuestionError` for what is no question.

        A ``standalone`` question is taken as it is, not as a follow-up of the conversation.
        """
        for event in self.stream(
            question, conversation=conversation, filters=filters, standalone=standalone
        ):
            if isinstance(event, Done):
                return event.answer
        raise AssertionError("a stream ends with Done")

    def stream(
        self,
        question: str,
        *,
        conversation: Conversation | None = None,
        filters: Filters | None = None,
        standalone: bool = False,
    ) -> Iterator[Event]:
        """The same answer as it comes about; `Done` is the last event."""
        conversation = conversation if conversation is not None else Conversation()
        began = time.perf_counter()
        answer: Answer | None = None
        streamed = ""
        for step in self._pipeline.run(question, conversation, filters or Filters(), standalone):
            if isinstance(step, Answer):
                answer = step
                continue
            if isinstance(step, Delta):
                streamed = step.text
            yield step
        assert answer is not None
        for text in _growing(answer.text, streamed):
            yield Delta(text=text)
        total = (time.perf_counter() - began) * 1000
        answer = replace(answer, timings=replace(answer.timings, total=total))
        conversation.add(answer)
        yield Done(answer=answer)

    def candidates(self, question: str, filters: Filters | None = None) -> tuple[Candidate, ...]:
        """What retrieval brings before anything is read, best first."""
        return self._pipeline.find(question, filters or Filters()).candidates

    def considered(self, question: str, filters: Filters | None = None) -> tuple[Considered, ...]:
        """What is weighed for a standalone question: every candidate, and how it was judged."""
        return self._pipeline.considered(question, filters or Filters())

    def ingest(
        self,
        paths: Iterable[str | Path],
        *,
        progress: Callable[[IngestProgress], None] | None = None,
        cancel: Callable[[], bool] | None = None,
    ) -> IngestReport:
        """Reads files, folders, dumps and URLs and makes them searchable."""
        from rag.articles import read_articles

        return self._index.ingest(
            read_articles(paths, self.settings.read), progress=progress, cancel=cancel
        )

    def remove(self, article_ids: Sequence[str]) -> IngestReport:
        """Takes articles out of everything."""
        return self._index.remove(article_ids)

    def reindex(self, progress: Callable[[IngestProgress], None] | None = None) -> None:
        """Builds vectors and terms anew from the catalogue and swaps them in."""
        self._index.reindex(progress=progress)

    def check(self, repair: bool = False) -> list[Check]:
        """What `dateline doctor` finds, and mends when asked to; a model is asked for a line."""
        checks = self._index.check(repair=repair)
        if self._writer is None:
            return checks
        from rag.index.report import Check
        from rag.llm.examine import examine

        found = examine(self._writer, self.settings.llm)
        return [*checks, Check(name="language model", ok=found.ok, message=found.message)]

    def starters(self, n: int = 3) -> list[str]:
        """Questions that the corpus answers, drawn from its newest articles."""
        return self._pipeline.starters(n)

    def close(self) -> None:
        """Lets go of the data directory."""
        self._index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _writer(settings: Settings, llm: LLM | None) -> Writer | None:
    """The language model that writes, if one does; offline nothing of it is imported."""
    if llm is None and settings.answerer == "offline":
        return None
    from rag.llm.choose import choose_writer

    return choose_writer(settings, llm)


def _growing(text: str, streamed: str = "") -> Iterator[str]:
    """The text word by word, whole markers at a time, from where it was streamed already."""
    if text == streamed or not text.startswith(streamed):
        return  # nothing is left to grow; whatever was streamed, `Done` is what counts
    for end in range(len(streamed) + 1, len(text)):
        if text[end] == " ":
            yield text[:end]
    yield text
