"""Answers with a language model: asks it, checks its reply, and decides which answer stands.

- Nothing in the reply is borne out: the offline answer takes its place, told in a note; a
  reply that says the passages do not answer becomes a refusal.
- Something is borne out: the reply stands, with its unconfirmed sentences marked or withheld.
- The model fails on the way: what was checked stays as it was shown. Where it does not rest
  on the words that the offline answer quotes, these follow behind it. Half a sentence is
  dropped.

So a text that was streamed is never taken back: the answer begins with it.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace

from rag.answer.compose import refused, remarks, written
from rag.answer.conversation import Conversation
from rag.answer.events import Delta
from rag.answer.judge import Asked, Judged
from rag.answer.select import Selection
from rag.answer.writing.checking import Checker
from rag.answer.writing.prompt import Prompt, Request, fill
from rag.answer.writing.reply import MARK, Reply
from rag.errors import WriterError
from rag.protocols import Writer
from rag.retrieve.words import keys
from rag.settings import AnswerSettings
from rag.types import Answer, Citation, Note, NoteKind, PublishedDate, Support, Turn

MODE = "llm"


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """What is known when the writing begins."""

    asked: Asked
    original: str
    selection: Selection
    judged: Sequence[Judged]
    turns: Sequence[Turn]
    newest: PublishedDate | None
    today: int
    article_keys: Callable[[str], frozenset[str]]


def write(
    writer: Writer, task: Task, conversation: Conversation, settings: AnswerSettings
) -> Generator[Delta, None, Answer]:
    """Yields the text as it grows and returns the answer. Raises nothing of the writer's."""
    try:
        prompt = fill(_request(task, settings), writer.window, settings.reply_tokens)
    except WriterError as error:
        return _offline(task, conversation, str(error))
    checker = Checker(prompt.sources, task.asked.question, task.article_keys)
    reply = Reply(prompt, checker, conversation, strict=settings.strict)
    problem = yield from _listen(writer, prompt, reply)
    return _settled(task, reply, conversation, problem)


def _request(task: Task, settings: AnswerSettings) -> Request:
    return Request(
        question=task.asked.question,
        judged=_ranked(task),
        turns=task.turns,
        today=task.today,
        language=settings.language,
    )


def _ranked(task: Task) -> list[Judged]:
    """What the offline answer would quote first, then the rest as it was judged."""
    chosen = [piece.judged for piece in task.selection.pieces]
    ids = {one.candidate.passage.id for one in chosen}
    return [*chosen, *(j for j in task.judged if j.candidate.passage.id not in ids)]


def _listen(writer: Writer, prompt: Prompt, reply: Reply) -> Generator[Delta, None, str | None]:
    """Reads the reply to its end; what went wrong, in one sentence, or None."""
    problem: str | None = None
    pieces = writer.write(prompt.system, prompt.user)
    try:
        for piece in pieces:
            if reply.feed(piece):
                yield Delta(text=reply.text)
            if reply.stopped is not None:
                problem = f"The language model was stopped: {reply.stopped}."
                break
    except WriterError as error:
        problem = str(error)
    finally:
        # A stream that is not read to its end would keep its connection.
        close = getattr(pieces, "close", None)
        if close is not None:
            close()
    if reply.close() if problem is None else reply.break_off():
        yield Delta(text=reply.text)
    if problem is None and reply.stopped is not None:
        problem = f"The language model was stopped: {reply.stopped}."
    return problem


def _settled(task: Task, reply: Reply, conversation: Conversation, problem: str | None) -> Answer:
    if reply.supported:
        return _kept(task, reply, conversation, problem)
    if reply.silent and problem is None:
        return replace(refused(task.asked, task.original, task.judged), mode=MODE)
    if problem is None:
        said = reply.statements or reply.withheld
        problem = (
            "Nothing that the language model wrote is borne out by the passages."
            if said
            else "The language model wrote nothing that can be used."
        )
    return _offline(task, conversation, problem)


def _offline(task: Task, conversation: Conversation, problem: str) -> Answer:
    answer = written(task.asked, task.original, task.selection, conversation, task.newest)
    note = Note(kind=NoteKind.FALLBACK, text=f"{problem} This is the offline answer.")
    return replace(answer, notes=(note, *answer.notes))


def _kept(task: Task, reply: Reply, conversation: Conversation, problem: str | None) -> Answer:
    """The reply as far as it stands, with what the offline answer quotes where it broke off."""
    text, statements = reply.text, list(reply.statements)
    citations = dict(reply.citations)
    notes: list[Note] = []
    if problem is not None:
        added = ""
        if not _rests_on_evidence(task, reply):
            # Numbers are drawn only for what is shown.
            answer = written(task.asked, task.original, task.selection, conversation, task.newest)
            text += "\n\n" + answer.text
            statements += answer.statements
            citations |= {c.number: c for c in answer.citations}
            added = ", and the offline answer follows"
        notes.append(
            Note(kind=NoteKind.FALLBACK, text=f"{problem} What was checked before stays{added}.")
        )
    notes += _doubts(reply)
    shown: tuple[Citation, ...] = tuple(citations.values())
    return Answer(
        question=task.original,
        effective_question=task.asked.question,
        text=text,
        short=_short(task, reply),
        statements=tuple(statements),
        citations=shown,
        abstained=False,
        confidence=task.selection.confidence,
        mode=MODE,
        notes=(*notes, *remarks(task.selection, shown, task.newest)),
    )


def _rests_on_evidence(task: Task, reply: Reply) -> bool:
    """Whether the reply says the offline short answer, or cites the words offline quotes."""
    first = task.selection.pieces[0]
    if _short(task, reply) is not None:
        return True
    article = first.judged.candidate.article.id
    return any(
        c.article.id == article and c.start < first.sentence[1] and first.sentence[0] < c.end
        for c in reply.citations.values()
    )


def _short(task: Task, reply: Reply) -> str | None:
    """The offline short answer, where what stands of the reply says it too."""
    short = task.selection.pieces[0].short
    said = " ".join(s.text for s in reply.statements if s.support is not Support.UNSUPPORTED)
    return short if short and keys(short) <= keys(said) else None


def _doubts(reply: Reply) -> list[Note]:
    """What a reader should know of sentences that are not borne out."""
    notes = []
    marked = sum(s.support is Support.UNSUPPORTED for s in reply.statements)
    if marked:
        told = "One sentence is" if marked == 1 else f"{marked} sentences are"
        text = f"{told} marked {MARK}: the passages do not bear out what it says."
        notes.append(
            Note(
                kind=NoteKind.UNCONFIRMED,
                text=text if marked == 1 else text.replace("it says", "they say"),
            )
        )
    if reply.withheld:
        told = "One sentence was" if reply.withheld == 1 else f"{reply.withheld} sentences were"
        notes.append(
            Note(
                kind=NoteKind.UNCONFIRMED,
                text=f"{told} withheld: the passages do not bear out what was said.",
            )
        )
    if reply.silent:
        notes.append(
            Note(
                kind=NoteKind.MISSING,
                text="The language model adds that the passages do not tell all that was asked.",
            )
        )
    return notes
