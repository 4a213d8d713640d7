"""What one visitor of the chat page has said and been shown; no Gradio, no browser.

`Talk` belongs to one session and holds all that is theirs: the conversation, the filters,
and what each button of each turn opens. `Talk.ask` yields `Frame`s, each the HTML of the
turn so far; the last one carries the sources too. Frames are throttled, because each is
sent over the wire.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

from rag.engine import Conversation, Done, Engine, Stage
from rag.errors import DatelineError
from rag.types import Answer, Filters
from ui import render_answer
from ui.notebook import Notebook
from ui.opened import Opened

SECONDS_BETWEEN_FRAMES = 0.08
_BRIEF = ("understanding", "searching")  # stages so short that they wait for a frame's turn
_KEPT_TURNS = 500
_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """What to show now; ``cards`` is None while the sources panel stays as it is."""

    turn: str
    cards: str | None = None


class Talk:
    """One visitor's conversation. Used by one request at a time."""

    def __init__(
        self,
        engine: Engine,
        *,
        owner: str = "",
        admit: Callable[[], None] = lambda: None,
        today: Callable[[], dt.date] = dt.date.today,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``owner`` is whose the talk is; ``admit`` raises where they ask too much."""
        self._engine = engine
        self._admit = admit
        self._today = today
        self._clock = clock
        self.notebook = Notebook(engine, owner)
        self.filters = Filters()
        self.narrowing = 0  # the serial of the change that made them what they are
        self._serial = 0  # grows with whatever makes an older stream void
        self._asked = self._withdrawn = 0  # the page's own count of its questions
        self.fresh()

    def fresh(self) -> None:
        """Begin a new conversation; the filters stay."""
        self._conversation: Conversation = self._engine.conversation()
        self._turn = 0
        self._serial += 1
        self._question = ""
        self._opened = Opened(self._engine, self._today)
        self.notebook.begin()

    def ask(self, question: str, *, standalone: bool = False, serial: int = 0) -> Generator[Frame]:
        """The turn as it comes about. Errors become a turn that tells them.

        ``standalone`` takes the question as it stands, whatever was said before it. ``serial``
        is the page's count: one that was stopped while it waited in a queue gives no frame.
        """
        if 0 < serial <= self._withdrawn:
            return
        self._asked = serial
        self._turn += 1
        self._serial += 1
        self._question = question
        turn, current = self._turn, self._serial
        yield self._working(turn, question, "understanding", "")
        try:
            self._admit()
            self._conversation.restore(self.notebook.newer())
            yield from self._streamed(turn, question, current, standalone=standalone)
        except DatelineError as error:
            yield self._failed(turn, question, str(error))
        except Exception:  # noqa: BLE001  # the visitor gets a sentence, the log the trace
            _log.exception("a question could not be answered")
            yield self._failed(
                turn, question, "Something went wrong here; the server's log tells what. Ask again."
            )

    def _streamed(
        self, turn: int, question: str, current: int, *, standalone: bool
    ) -> Iterator[Frame]:
        sent = self._clock()
        events = self._engine.stream(
            question,
            conversation=self._conversation,
            filters=self.filters,
            standalone=standalone,
        )
        for event in events:
            if self._serial != current:
                return  # ended meanwhile; what comes later belongs to another turn
            if isinstance(event, Done):
                yield self._done(turn, question, event.answer)
                return
            lasting = isinstance(event, Stage) and event.name not in _BRIEF
            if lasting or self._clock() - sent >= SECONDS_BETWEEN_FRAMES:
                sent = self._clock()
                stage, told = (
                    (event.name, "") if isinstance(event, Stage) else ("writing", event.text)
                )
                yield self._working(turn, question, stage, told)

    def _working(self, turn: int, question: str, stage: str, text: str) -> Frame:
        body = render_answer.working_html(stage, text)
        return Frame(turn=render_answer.turn_html(turn, question, body, state="working"))

    def _failed(self, turn: int, question: str, message: str) -> Frame:
        body = render_answer.failed_html(message)
        return Frame(turn=render_answer.turn_html(turn, question, body, state="failed"))

    def _done(self, turn: int, question: str, answer: Answer) -> Frame:
        self._opened.answers[turn] = answer
        self._opened.forget(turn - _KEPT_TURNS)
        unkept = self.notebook.keep(turn, answer)
        told = self._finished(turn, question, answer, unkept)
        return Frame(turn=told, cards=self.cards(turn))

    def _finished(
        self,
        turn: int,
        question: str,
        answer: Answer,
        unkept: str = "",
        thumb: bool | None = None,
    ) -> str:
        state = "refused" if answer.abstained else "done"
        body = render_answer.answer_html(answer, turn, thumb)
        body += render_answer.error_html(unkept) if unkept else ""
        return render_answer.turn_html(turn, question, body, state=state)

    def recall(self, conversation_id: str) -> str | None:
        """Go on with a conversation that was kept; its turns, or None where there is none."""
        stored = self.notebook.take_up(conversation_id)
        if stored is None:
            return None
        self._serial += 1
        answers = [one.answer for one in stored.turns]
        self._conversation = self._engine.conversation()
        self._conversation.restore(answers)
        self._opened = Opened(self._engine, self._today)
        self._opened.answers.update(enumerate(answers, 1))
        self._turn = len(answers)
        rated = self.notebook.rated()
        turns = (
            self._finished(turn, answer.question, answer, thumb=rated.get(turn))
            for turn, answer in self._opened.answers.items()
        )
        # never twice the same text: a page that was cleared meanwhile would not show it
        return f"<!-- {self._serial} -->{''.join(turns)}"

    def rate(self, turn: int, up: bool | None, reason: str = "") -> bool:
        """Keep a thumb with its reason, or take it back with None; False for no such turn.

        Raises `UsageError` for a reason that is too long.
        """
        answer = self._opened.answers.get(turn)
        if answer is None:
            return False
        if up is None:
            return self.notebook.unrate(turn)
        history = [one.question for n, one in sorted(self._opened.answers.items()) if n < turn]
        self.notebook.rate(turn, answer, up=up, reason=reason, history=history)
        return True

    def stop(self, turn: int, serial: int = 0) -> Frame | None:
        """End a turn; None when it is not the one being written.

        A page that was shown nothing of it yet names no turn but its ``serial``.
        """
        self._withdrawn = max(self._withdrawn, serial)
        if not turn and serial and serial == self._asked:
            turn = self._turn
        if not turn or turn != self._turn or turn in self._opened.answers:
            return None
        self._serial += 1
        body = render_answer.stopped_html()
        return Frame(turn=render_answer.turn_html(turn, self._question, body, state="stopped"))

    def cards(self, turn: int) -> str:
        """The sources of one turn."""
        return self._opened.cards(turn)

    def last_cards(self) -> str:
        """The sources of the newest turn."""
        return self._opened.cards(self._turn)

    def opened(self, key: str) -> tuple[str, str]:
        """The reader at what a button opens, and the cards of its turn."""
        return self._opened.by_key(key)

    def linked(self, token: str) -> str:
        """The reader at the words that a link names."""
        return self._opened.linked(token)

    def read(self, article_id: str) -> str:
        """The reader at the top of an article."""
        return self._opened.read(article_id)

    def why(self, turn: int) -> str:
        """What was considered for the answer of a turn; an error is told in its place."""
        try:
            return self._opened.why(turn, self.filters)
        except DatelineError as error:
            return render_answer.error_html(str(error))
