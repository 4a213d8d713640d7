"""From a question to checked prose: when the model is asked, and what is streamed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, cast

import pytest

from rag.answer.conversation import Conversation
from rag.answer.events import Delta, Done, Stage
from rag.answer.pipeline import Pipeline
from rag.answer.wire import answer_as_json
from rag.engine import Engine
from rag.errors import WriterError
from rag.retrieve.choose import choose_reader
from rag.settings import Settings
from rag.types import Answer, Filters, NoteKind
from tests.fakes import FakeEncoder, MemoryCorpus
from tests.writing.desk import Script, ScriptedWriter, says
from tests.writing.stories import articles

ASKED = "How many passengers were on board the ferry Astrid?"
RIGHT = "412 passengers were on board the ferry Astrid [{0}]. An inquiry is led by Per Dahl [{1}]."


@pytest.fixture(scope="module")
def corpus() -> MemoryCorpus:
    return MemoryCorpus(articles(), FakeEncoder())


def open_engine(corpus: MemoryCorpus, writer: ScriptedWriter | None) -> Engine:
    settings = Settings.model_validate({"answer": {"threshold": 0.2, "reader": False}})
    pipeline = Pipeline(
        corpus=corpus,
        encoder=corpus.encoder,
        reader=choose_reader(settings, corpus, corpus.encoder),
        settings=settings,
        today=lambda: 20261122,
        writer=writer,
    )
    return Engine(cast(Any, corpus), pipeline, settings)


def ask(
    corpus: MemoryCorpus, script: Script, question: str = ASKED, talk: Conversation | None = None
) -> tuple[list[str], list[str], Answer, ScriptedWriter]:
    """Stages, texts, the answer, and the writer that was asked."""
    writer = ScriptedWriter(script)
    events = list(open_engine(corpus, writer).stream(question, conversation=talk))
    assert isinstance(events[-1], Done)
    stages = [e.name for e in events if isinstance(e, Stage)]
    texts = [e.text for e in events if isinstance(e, Delta)]
    return stages, texts, events[-1].answer, writer


def test_prose_is_streamed_once(corpus: MemoryCorpus) -> None:
    stages, texts, answer, writer = ask(corpus, says(RIGHT, 4))
    assert stages[-1] == "writing"
    assert answer.mode == "llm"
    assert answer.text.startswith("412 passengers were on board the ferry Astrid. [1]")
    assert texts[-1] == answer.text
    assert len(texts) == len(set(texts))
    assert all(after.startswith(before) for before, after in pairwise(texts))
    # Sentence by sentence, not once more word by word.
    assert len(texts) <= 3
    assert len(writer.asked) == writer.closed == 1
    assert answer_as_json(answer)["mode"] == "llm"


def test_below_the_floor_the_model_is_not_asked(corpus: MemoryCorpus) -> None:
    stages, _, answer, writer = ask(corpus, says(RIGHT), "Who won the Eurovision contest in Oslo?")
    assert answer.abstained
    assert writer.asked == []
    assert "writing" not in stages


def test_the_catalogue_answers_without_the_model(corpus: MemoryCorpus) -> None:
    _, _, answer, writer = ask(corpus, says(RIGHT), "How many articles are there?")
    assert answer.mode == "catalogue"
    assert writer.asked == []


def test_offline_is_told_in_the_same_shape(corpus: MemoryCorpus) -> None:
    _, _, fallen, _ = ask(corpus, lambda _: [WriterError("The language model is away.")])
    offline = open_engine(corpus, None).ask(ASKED)
    assert fallen.text == offline.text
    assert fallen.citations == offline.citations
    assert [n.text for n in fallen.notes if n.kind is NoteKind.FALLBACK] == [
        "The language model is away. This is the offline answer."
    ]


def test_a_reader_who_leaves_stops_the_model(corpus: MemoryCorpus) -> None:
    def script(ids: dict[str, str]) -> Iterator[str]:
        name = next(iter(ids.values()))
        while True:
            yield f"412 passengers were on board the ferry Astrid [{name}]. Then "

    writer = ScriptedWriter(script)
    events = open_engine(corpus, writer).stream(ASKED)
    for event in events:
        if isinstance(event, Delta):
            break
    cast(Any, events).close()
    assert writer.closed == 1


def test_the_model_is_told_what_was_said_before(corpus: MemoryCorpus) -> None:
    talk = Conversation()
    first = ask(corpus, says(RIGHT), talk=talk)[2]
    _, _, answer, writer = ask(corpus, says(RIGHT), talk=talk)
    assert f"Q: {ASKED}" in writer.asked[0][1]
    assert answer.citations[0].number == first.citations[0].number


def test_parts_are_written_one_by_one(corpus: MemoryCorpus) -> None:
    question = "How many passengers were on board the ferry Astrid, and who leads the inquiry?"
    _, texts, answer, writer = ask(corpus, says(RIGHT), question)
    assert len(answer.parts) == 2
    assert writer.asked
    assert answer.mode == "llm"
    assert all(after.startswith(before) for before, after in pairwise(texts))
    assert texts[-1] == answer.text


def test_little_time_is_spent_before_the_model_is_asked(corpus: MemoryCorpus) -> None:
    """Of our own writing, that is: what search and reading take is measured elsewhere."""
    engine = open_engine(corpus, writer := ScriptedWriter(says(RIGHT)))
    spent: list[float] = []
    for _ in range(5):
        before = 0.0
        for step in engine._pipeline.run(ASKED, Conversation(), Filters()):
            if isinstance(step, Stage) and step.name == "writing":
                before = time.process_time()
            elif before and len(writer.asked) > len(spent):
                spent.append(time.process_time() - before)
    assert statistics.median(spent) < 0.15
