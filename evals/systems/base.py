"""What a system under evaluation promises the runner."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from evals.case import Case
from evals.reply import Reply

T = TypeVar("T")


class RunError(Exception):
    """A run cannot be made, or a case could not be answered; the text says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of one case: a reply, or the reason why there is none."""

    case: Case
    reply: Reply | None = None
    error: str | None = None
    figures: Mapping[str, bool | float | int | str | None] = field(default_factory=dict)
    recall_at: tuple[float, ...] = ()
    retrieval_only: bool = False  # nothing but retrieval was asked for


class System(Protocol):
    """Something that answers cases. ``answers`` may run in several threads at once."""

    def describe(self) -> dict[str, Any]:
        """What identifies it in a report: plain JSON values, the same for the same system."""
        ...

    def answers(self, cases: Sequence[Case], seconds: float) -> Iterator[Outcome]:
        """One outcome a case, in order; ``seconds`` is the limit for one case."""
        ...

    def text_of(self, article: str) -> str | None:
        """The canonical text of an article by id, where it can be known."""
        ...

    def close(self) -> None:
        """Lets go of everything."""
        ...


def within(seconds: float, call: Callable[[], T]) -> T:
    """The call's result; `RunError` where it takes too long, else the call's own error.

    A call that is too slow goes on in a daemon thread, for Python cannot end it.
    """
    done: queue.Queue[tuple[T | None, BaseException | None]] = queue.Queue(maxsize=1)

    def work() -> None:
        try:
            done.put((call(), None))
        except BaseException as error:  # noqa: BLE001 - carried over to the caller's thread
            done.put((None, error))

    threading.Thread(target=work, daemon=True).start()
    try:
        result, error = done.get(timeout=seconds)
    except queue.Empty:
        raise RunError(f"no answer within {seconds:g} s") from None
    if error is not None:
        raise error
    return result  # type: ignore[return-value]
