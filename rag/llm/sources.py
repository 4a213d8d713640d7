"""Where pieces of a reply come from: a configured provider, or a user's own ``LLM`` object.

A provider's reply is read in the caller's thread, over a connection whose waits end by
themselves. Nothing is known of the insides of a user's own object, so it runs in a thread
that is left to itself once the deadline has passed; that thread ends with the object's own
next word or time-out.
"""

from __future__ import annotations

import contextlib
import contextvars
import queue
import threading
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any, Protocol

from rag.llm.deadline import Deadline
from rag.llm.faults import FaultKind, fault_behind
from rag.llm.providers import address, build, credentials
from rag.llm.replies import Piece, piece_of, refuse_unfinished
from rag.llm.transport import Call
from rag.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.llms import LLM, ChatMessage, ChatResponse


class Source(Protocol):
    """One model, however it is reached."""

    name: str
    window: int

    def pieces(self, system: str, prompt: str, deadline: Deadline) -> Generator[Piece]:
        """The pieces of one reply. Raises `Fault`; closing it ends the request."""
        ...


class ProviderSource:
    """The model that the settings name."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.name = f"{settings.llm.provider} {settings.llm.model}"
        self.window = settings.llm.window

    def rehearse(self) -> None:
        """Does all that a reply takes up to the network, so that the first one is not slow.

        Raises what the integration raises where it does not take the settings.
        """
        deadline = Deadline(self._settings.llm)
        deadline.end()
        with contextlib.closing(Call(address(self._settings.llm), {}, deadline)) as call:
            llm = build(self._settings, call)
            try:
                list(llm.stream_chat(_messages("", "")))
            except Exception as error:  # the end of the deadline, in the integration's wrapping
                if fault_behind(error).kind is not FaultKind.SLOW:
                    raise

    def pieces(self, system: str, prompt: str, deadline: Deadline) -> Generator[Piece]:
        """The pieces of one reply; the connection is closed however it ends."""
        llm = self._settings.llm
        call = Call(address(llm), credentials(llm), deadline)
        reason: str | None = None
        with contextlib.closing(call), _converted():
            responses = build(self._settings, call).stream_chat(_messages(system, prompt))
            with _closed_with(responses):
                for response in responses:
                    piece = piece_of(response)
                    reason = piece.reason or reason
                    yield piece
            refuse_unfinished(reason, call.tail)


class ObjectSource:
    """A user's own llama-index ``LLM``."""

    def __init__(self, llm: LLM, window: int) -> None:
        """``window`` counts where the object does not say how many tokens it takes."""
        self._llm = llm
        self.name = llm.class_name()
        self.window = window
        with contextlib.suppress(Exception):  # some ask their server, which may be down
            told = llm.metadata
            self.name = f"{llm.class_name()} {told.model_name}"
            self.window = told.context_window if told.context_window > 0 else window

    def pieces(self, system: str, prompt: str, deadline: Deadline) -> Generator[Piece]:
        """The pieces of one reply, waited for no longer than the deadline allows."""
        arrived: queue.SimpleQueue[Piece | BaseException | None] = queue.SimpleQueue()
        stopped = threading.Event()
        context = contextvars.copy_context()
        threading.Thread(
            target=context.run,
            args=(self._pump, _messages(system, prompt), arrived, stopped),
            name="dateline-llm",
            daemon=True,
        ).start()
        try:
            while (item := self._next(arrived, deadline)) is not None:
                yield item
        finally:
            stopped.set()

    @staticmethod
    def _next(
        arrived: queue.SimpleQueue[Piece | BaseException | None], deadline: Deadline
    ) -> Piece | None:
        try:
            item = arrived.get(timeout=deadline.left())
        except queue.Empty:
            raise deadline.passed() from None
        if isinstance(item, BaseException):
            raise fault_behind(item) from None
        return item

    def _pump(
        self,
        messages: list[ChatMessage],
        arrived: queue.SimpleQueue[Piece | BaseException | None],
        stopped: threading.Event,
    ) -> None:
        try:
            responses = self._llm.stream_chat(messages)
            with _closed_with(responses):
                for response in responses:
                    if stopped.is_set():
                        return
                    arrived.put(piece_of(response))
            arrived.put(None)
        except Exception as error:  # noqa: BLE001 - carried over to the caller's thread
            arrived.put(error)


@contextlib.contextmanager
def _converted() -> Iterator[None]:
    """Whatever an integration raises becomes a `Fault`, without its words."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - they raise what their libraries raise
        raise fault_behind(error) from None


@contextlib.contextmanager
def _closed_with(responses: Iterator[ChatResponse]) -> Iterator[None]:
    """Closes a stream that can be closed; an integration may return any iterator."""
    try:
        yield
    finally:
        close: Any = getattr(responses, "close", None)
        if close is not None:
            close()


def _messages(system: str, prompt: str) -> list[ChatMessage]:
    from llama_index.core.llms import ChatMessage, MessageRole

    return [
        ChatMessage(role=MessageRole.SYSTEM, content=system),
        ChatMessage(role=MessageRole.USER, content=prompt),
    ]
