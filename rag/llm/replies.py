"""What a piece of a reply says, whichever integration it came through.

llama-index gives the words of each piece the same shape, but whether a reply is whole
stands only in what the server sent, which it hands on as ``raw``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rag.llm.faults import Fault, FaultKind

if TYPE_CHECKING:
    from llama_index.core.llms import ChatResponse

_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_CUT_SHORT = frozenset({"length", "max_tokens", "model_context_window_exceeded"})
_DECLINED = frozenset({"content_filter", "refusal"})
_ENDS = (b"[DONE]", b"message_stop")  # last events of OpenAI's and Anthropic's streams
_ANTHROPIC_REASON = re.compile(rb'"stop_reason"\s*:\s*"(\w+)"')


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """Some words of a reply, maybe none. ``alive``: words came, or thoughts not shown."""

    text: str
    alive: bool
    reason: str | None = None  # why the reply ends here


def piece_of(response: ChatResponse) -> Piece:
    """The new words of a response, fit for a screen."""
    text = response.delta or ""
    if not isinstance(text, str):
        raise Fault(FaultKind.UNREADABLE)
    thought = response.additional_kwargs.get("thinking_delta")
    if thought is None:
        thought = response.message.additional_kwargs.get("thinking_delta")
    return Piece(
        text=_UNFIT.sub("", text), alive=bool(text or thought), reason=_reason(response.raw)
    )


def refuse_unfinished(reason: str | None, tail: bytes) -> None:
    """Raises `Fault` unless a stream that is over was whole; ``tail`` are its last bytes."""
    if reason is None and (found := _ANTHROPIC_REASON.findall(tail)):
        reason = found[-1].decode()
    if reason in _CUT_SHORT:
        raise Fault(FaultKind.LIMIT)
    if reason in _DECLINED:
        raise Fault(FaultKind.DECLINED)
    if reason is None and not any(mark in tail for mark in _ENDS):
        raise Fault(FaultKind.CUT)


def _reason(raw: Any) -> str | None:
    """Why the server ended the reply here: Ollama's ``done_reason``, OpenAI's ``finish_reason``."""
    if isinstance(raw, Mapping):
        return str(raw.get("done_reason") or "stop") if raw.get("done") is True else None
    choices = getattr(raw, "choices", None)
    found = getattr(choices[0], "finish_reason", None) if choices else None
    return str(found) if found else None


class Thoughts:
    """Takes a leading ``<think>…</think>`` out of a reply, however it is cut into pieces.

    Some servers send a model's thoughts as the beginning of its reply.
    """

    _OPEN, _CLOSE = "<think>", "</think>"

    def __init__(self) -> None:
        self._held = ""
        self._state = "before"

    def without(self, text: str) -> str:
        """What of this piece, and of what was held, is reply."""
        if self._state == "after":
            return text
        if self._state == "behind":
            return self._released(text)
        self._held += text
        if self._state == "before":
            begun = self._held.lstrip()
            if len(begun) < len(self._OPEN) and self._OPEN.startswith(begun):
                return ""
            if not begun.startswith(self._OPEN):
                return self._released(self._held)
            self._state = "within"
        end = self._held.find(self._CLOSE)
        if end < 0:
            self._held = self._held[-len(self._CLOSE) :]
            return ""
        self._state = "behind"
        return self._released(self._held[end + len(self._CLOSE) :])

    def rest(self) -> str:
        """What was held when the reply ended."""
        return self._held if self._state == "before" else ""

    def _released(self, text: str) -> str:
        """The reply begins here, without the lines that stand between thoughts and reply."""
        text = text.lstrip() if self._state == "behind" else text
        self._held = ""
        if text:
            self._state = "after"
        return text
