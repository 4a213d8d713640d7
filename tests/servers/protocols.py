"""How three kinds of server write a reply on the wire: OpenAI's, Ollama's, Anthropic's."""

from __future__ import annotations

import json
from typing import Any, Protocol

MODEL = "scripted"


class Wire(Protocol):
    """One protocol."""

    path: str  # of the request for a reply
    content_type: str
    base: str  # what a client's address ends in

    def begin(self) -> bytes:
        """What comes before the first words."""
        ...

    def piece(self, text: Any) -> bytes:
        """Some words."""
        ...

    def end(self, reason: str) -> bytes:
        """What says that the reply is over; ``reason`` is stop or length."""
        ...

    def error(self, told: str) -> bytes:
        """A failure in the middle of a stream."""
        ...

    def ping(self) -> bytes:
        """A sign of life without words."""
        ...

    def listing(self) -> dict[str, dict[str, Any]]:
        """Other paths and what they answer."""
        ...


class OpenAI:
    """Server-sent events of ``/v1/chat/completions``."""

    path = "/v1/chat/completions"
    content_type = "text/event-stream; charset=utf-8"
    base = "/v1"

    def begin(self) -> bytes:
        return self._event({"role": "assistant", "content": ""}, None)

    def piece(self, text: Any) -> bytes:
        return self._event({"content": text}, None)

    def end(self, reason: str) -> bytes:
        return self._event({}, reason) + b"data: [DONE]\n\n"

    def error(self, told: str) -> bytes:
        return self._line({"error": {"message": told, "type": "server_error", "code": 500}})

    def ping(self) -> bytes:
        return b": still here\n\n"

    def listing(self) -> dict[str, dict[str, Any]]:
        return {"/v1/models": {"object": "list", "data": [{"id": MODEL, "object": "model"}]}}

    def _event(self, delta: dict[str, Any], reason: str | None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}
        return self._line(
            {
                "id": "chatcmpl-1",
                "object": "chat.completion.chunk",
                "created": 1,
                "model": MODEL,
                "choices": [choice],
            }
        )

    @staticmethod
    def _line(data: dict[str, Any]) -> bytes:
        return b"data: " + json.dumps(data, ensure_ascii=False).encode() + b"\n\n"


class Ollama:
    """Lines of JSON of ``/api/chat``."""

    path = "/api/chat"
    content_type = "application/x-ndjson"
    base = ""

    def begin(self) -> bytes:
        return b""

    def piece(self, text: Any) -> bytes:
        return self._line({"message": {"role": "assistant", "content": text}, "done": False})

    def end(self, reason: str) -> bytes:
        return self._line(
            {
                "message": {"role": "assistant", "content": ""},
                "done": True,
                "done_reason": reason,
                "eval_count": 9,
                "prompt_eval_count": 9,
            }
        )

    def error(self, told: str) -> bytes:
        return json.dumps({"error": told}).encode() + b"\n"

    def ping(self) -> bytes:
        return self.piece("")

    def listing(self) -> dict[str, dict[str, Any]]:
        return {
            "/api/tags": {"models": [{"name": MODEL, "model": MODEL}]},
            "/api/show": {"model_info": {"llama.context_length": 131072}, "details": {}},
        }

    @staticmethod
    def _line(data: dict[str, Any]) -> bytes:
        whole = {"model": MODEL, "created_at": "2026-01-01T00:00:00Z", **data}
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class Anthropic:
    """Server-sent events of ``/v1/messages``."""

    path = "/v1/messages"
    content_type = "text/event-stream; charset=utf-8"
    base = ""

    def begin(self) -> bytes:
        message: dict[str, Any] = {
            "id": "msg_1", "type": "message", "role": "assistant", "model": MODEL, "content": [],
            "stop_reason": None, "stop_sequence": None,
            "usage": {"input_tokens": 9, "output_tokens": 1},
        }  # fmt: skip
        block = {"type": "text", "text": ""}
        return self._event("message_start", message=message) + self._event(
            "content_block_start", index=0, content_block=block
        )

    def piece(self, text: Any) -> bytes:
        delta = {"type": "text_delta", "text": text}
        return self._event("content_block_delta", index=0, delta=delta)

    def end(self, reason: str) -> bytes:
        told = {"stop": "end_turn", "length": "max_tokens"}[reason]
        delta = {"stop_reason": told, "stop_sequence": None}
        return (
            self._event("content_block_stop", index=0)
            + self._event("message_delta", delta=delta, usage={"output_tokens": 9})
            + self._event("message_stop")
        )

    def error(self, told: str) -> bytes:
        return self._event("error", error={"type": "overloaded_error", "message": told})

    def ping(self) -> bytes:
        return self._event("ping")

    def listing(self) -> dict[str, dict[str, Any]]:
        return {}

    @staticmethod
    def _event(kind: str, **data: Any) -> bytes:
        line = json.dumps({"type": kind, **data}, ensure_ascii=False)
        return f"event: {kind}\ndata: {line}\n\n".encode()


WIRES: dict[str, Wire] = {"openai": OpenAI(), "ollama": Ollama(), "anthropic": Anthropic()}
