"""How long one reply may still be waited for: to its first word, between words, in all.

One `Deadline` belongs to one call of `Writer.write`, further tries included. Everything that
blocks asks it for the seconds left, so a wait ends by itself and no thread has to end it.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from rag.llm.faults import Fault, FaultKind
from rag.settings_llm import LlmSettings


class Deadline:
    """The moments at which waiting ends."""

    def __init__(self, settings: LlmSettings, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._stall = settings.stall_seconds
        now = clock()
        self._whole = now + settings.answer_seconds
        self._next = now + settings.first_token_seconds
        self._begun = False

    def left(self) -> float:
        """Seconds until the nearest end, more than 0. Raises `Fault` where it has passed."""
        left = min(self._whole, self._next) - self._clock()
        if left <= 0:
            raise self.passed()
        return left

    def progress(self) -> None:
        """A word has come, or the last one has been used: the wait for the next begins."""
        self._begun = True
        self._next = self._clock() + self._stall

    def end(self) -> None:
        """Nothing is waited for any more."""
        self._whole = self._next = self._clock()

    def passed(self) -> Fault:
        """What to say of the end that came."""
        if self._whole <= self._next:
            return Fault(FaultKind.LATE if self._begun else FaultKind.SLOW)
        return Fault(FaultKind.STALLED if self._begun else FaultKind.SLOW)
