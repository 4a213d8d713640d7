"""The writer: deadlines, further tries, a circuit breaker and a longest reply, over any source.

A request is tried again (tenacity; exponential back-off with jitter) only before its first
word, and only where another try may go better. After several failures in a row the model is
left alone for a while (pybreaker), so that the next question is answered without waiting.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Generator, Iterator
from functools import partial

from pybreaker import CircuitBreaker, CircuitBreakerError
from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception,
    stop_after_attempt,
    stop_before_delay,
    wait_random_exponential,
)

from rag.llm.deadline import Deadline
from rag.llm.faults import Fault, FaultKind
from rag.llm.replies import Thoughts
from rag.llm.sources import Source
from rag.settings import Settings

_CHARS_A_TOKEN = 10  # more than any language needs: a reply that goes on beyond has no end
_backoff = wait_random_exponential(multiplier=0.25, max=8)


class ModelWriter:
    """A `rag.protocols.Writer` over a source. Safe from several threads."""

    def __init__(
        self,
        source: Source,
        settings: Settings,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.name = source.name
        self.window = source.window
        self._source = source
        self._llm = settings.llm
        self._most_chars = settings.answer.reply_tokens * _CHARS_A_TOKEN
        self._clock = clock
        self._sleep = sleep
        self._breaker = CircuitBreaker(
            fail_max=self._llm.pause_after,
            reset_timeout=self._llm.pause_seconds,
            # A caller that has read enough closes the stream, which is no failure.
            exclude=[lambda error: not isinstance(error, Fault) or error.alive],
            throw_new_error_on_trip=False,
        )

    def write(self, system: str, prompt: str) -> Iterator[str]:
        """Pieces of the reply as they come. Raises `WriterError` alone."""
        try:
            reply = self._breaker.call(self._reply, system, prompt)
        except CircuitBreakerError:
            raise Fault(FaultKind.PAUSED) from None
        with contextlib.closing(reply):
            yield from reply

    def _reply(self, system: str, prompt: str) -> Generator[str]:
        deadline = Deadline(self._llm, self._clock)
        begin = partial(self._begun, system, prompt, deadline)
        tries = Retrying(
            retry=retry_if_exception(lambda error: isinstance(error, Fault) and error.passing),
            wait=_wait,
            stop=stop_after_attempt(self._llm.retries + 1) | stop_before_delay(deadline.left()),
            sleep=self._sleep,
            reraise=True,
        )
        first, rest = tries(begin)
        with contextlib.closing(rest):
            yield first
            deadline.progress()  # what the caller did meanwhile is no fault of the model's
            for text in rest:
                yield text
                deadline.progress()

    def _begun(self, system: str, prompt: str, deadline: Deadline) -> tuple[str, Generator[str]]:
        """The first words, and the rest of the reply."""
        words = self._words(system, prompt, deadline)
        return next(words), words

    def _words(self, system: str, prompt: str, deadline: Deadline) -> Generator[str]:
        thoughts, length = Thoughts(), 0
        with contextlib.closing(self._source.pieces(system, prompt, deadline)) as pieces:
            for piece in pieces:
                deadline.left()  # a flood of empty pieces never waits, and ends here
                if piece.alive:
                    deadline.progress()
                text = thoughts.without(piece.text)
                length += len(text)
                if length > self._most_chars:
                    raise Fault(FaultKind.TOO_MUCH)
                if text:
                    yield text
        rest = thoughts.rest()
        if not length and not rest.strip():
            raise Fault(FaultKind.EMPTY)
        if rest:
            yield rest


def _wait(state: RetryCallState) -> float:
    """Longer after each failure, and as long as the server asks for."""
    error = state.outcome.exception() if state.outcome is not None else None
    asked = error.after if isinstance(error, Fault) and error.after is not None else 0.0
    return max(asked, _backoff(state))
