"""A scripted writer, and a task that it can be given, for tests of what becomes of its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from random import Random

from rag.answer.conversation import Conversation
from rag.answer.events import Delta
from rag.answer.judge import Asked, Judged, asked
from rag.answer.select import Piece, Selection
from rag.answer.writing.writing import Task, write
from rag.retrieve.time import question_times
from rag.retrieve.words import keys
from rag.settings import AnswerSettings
from rag.types import Answer, Candidate, Turn
from tests.made import published, reading

_OFFERED = re.compile(r"^<(\w+)> date: .*\n((?:.*\n)*?)</\1>$", re.MULTILINE)
# Given the ids by the text of their passages, the pieces of a reply; an exception among them
# is raised where it stands.
Script = Callable[[dict[str, str]], Iterable[str | Exception]]


@dataclass
class ScriptedWriter:
    """Writes what its script says and remembers what it was asked."""

    script: Script
    window: int = 8_192
    name: str = "scripted"
    asked: list[tuple[str, str]] = field(default_factory=list)
    closed: int = 0

    def write(self, system: str, prompt: str) -> Iterator[str]:
        """The scripted pieces."""
        self.asked.append((system, prompt))
        try:
            for piece in self.script(offered(prompt)):
                if isinstance(piece, Exception):
                    raise piece
                yield piece
        finally:
            self.closed += 1


def offered(prompt: str) -> dict[str, str]:
    """Passage text -> id, in the order of the prompt."""
    return {text.rstrip("\n"): name for name, text in _OFFERED.findall(prompt)}


def says(template: str, size: int | None = None) -> Script:
    """A reply in which ``{0}`` stands for the id of the first passage; cut into pieces."""

    def script(ids: dict[str, str]) -> list[str | Exception]:
        return list(pieces(template.format(*ids.values()), size or 7))

    return script


def pieces(text: str, size: int | Random) -> Iterator[str]:
    """The text in pieces of one size, or of random ones."""
    at = 0
    while at < len(text):
        step = size.randint(1, 12) if isinstance(size, Random) else size
        yield text[at : at + step]
        at += step


def question_of(question: str) -> Asked:
    """The question, read alone."""
    return asked(question, question_times(question, 20200101), {}, frozenset(), False)


def task(
    question: str,
    candidates: Sequence[Candidate],
    short: str | None = None,
    turns: Sequence[Turn] = (),
) -> Task:
    """What the pipeline hands over when the first candidate answers best."""
    wanted = question_of(question)
    judged = [
        Judged(
            candidate=one,
            reading=reading(one, 0.9 - 0.05 * rank, short if rank == 0 else None),
            probability=0.9 - 0.05 * rank,
            confidence=0.9 - 0.05 * rank,
            missing=(),
        )
        for rank, one in enumerate(candidates)
    ]
    first = judged[0].reading
    assert first.sentence is not None
    span = (first.start, first.end) if first.start is not None and first.end is not None else None
    piece = Piece(judged=judged[0], sentence=first.sentence, short=short, short_span=span)
    texts: dict[str, str] = {}
    for one in candidates:
        texts[one.article.id] = texts.get(one.article.id, "") + " " + one.passage.text
    return Task(
        asked=wanted,
        original=question,
        selection=Selection(pieces=(piece,)),
        judged=judged,
        turns=turns,
        newest=published("2019-09-01"),
        today=20200101,
        article_keys=lambda i: frozenset(keys(texts[i])),
    )


@dataclass(frozen=True, kw_only=True)
class Told:
    """The answer with the texts that were streamed before it."""

    answer: Answer
    streamed: tuple[str, ...]


def answer_of(
    writer: ScriptedWriter,
    given: Task,
    conversation: Conversation | None = None,
    **settings: object,
) -> Told:
    """Runs the writing to its end and checks what holds of every answer."""
    steps = write(
        writer,
        given,
        conversation or Conversation(),
        replace_settings(settings),
    )
    streamed: list[str] = []
    while True:
        try:
            step = next(steps)
        except StopIteration as done:
            told = Told(answer=done.value, streamed=tuple(streamed))
            break
        assert isinstance(step, Delta)
        streamed.append(step.text)
    check(told, given)
    return told


def replace_settings(changes: dict[str, object]) -> AnswerSettings:
    """The default settings with changes."""
    return AnswerSettings.model_validate(changes)


def check(told: Told, given: Task) -> None:
    """Every marker resolves, every quote is verbatim, text only grew, doubts are marked."""
    answer = told.answer
    numbers = {c.number for c in answer.citations}
    used = {int(n) for n in re.findall(r"\[(\d+)\]", answer.text)}
    assert used == numbers, (answer.text, numbers)
    passages = {j.candidate.passage.id: j.candidate.passage for j in given.judged}
    for citation in answer.citations:
        passage = passages[citation.passage_id]
        assert citation.article.id == passage.article_id
        inside = passage.text[citation.start - passage.start : citation.end - passage.start]
        assert citation.quote == inside
        assert inside
    for before, after in pairwise((*told.streamed, answer.text)):
        assert after.startswith(before)
    place = 0
    for statement in answer.statements:
        place = answer.text.index(statement.text, place) + len(statement.text)
        shown = answer.text[place:]
        if statement.support.value == "unsupported":
            assert shown.startswith(" [unconfirmed]"), answer.text
            assert statement.why
            assert not statement.numbers
        else:
            assert set(statement.numbers) <= numbers
            assert statement.numbers
    assert answer.abstained == (not answer.statements)


def with_turn(given: Task, question: str, answer: str) -> Task:
    """The task after an earlier exchange."""
    turn = Turn(question=question, effective_question=question, answer=answer)
    return replace(given, turns=(*given.turns, turn))
