"""What ``dateline doctor`` says of the language model: which, where, whether, how fast.

The model is asked for a few words, so this costs as much as a short reply. The key is never
part of what is said.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from rag.errors import WriterError
from rag.llm.providers import address
from rag.protocols import Writer
from rag.settings_llm import LlmSettings

_SYSTEM = "You are being tested. Do exactly what is asked and nothing else."
_PROMPT = "Count from one to twenty in words."


@dataclass(frozen=True, kw_only=True, slots=True)
class Examination:
    """Whether the model writes, in one sentence."""

    ok: bool
    message: str


def examine(writer: Writer, settings: LlmSettings) -> Examination:
    """Asks the model for a line, and times it."""
    which = f"{writer.name}{_place(settings)}, a window of {writer.window:,} tokens"
    began = time.perf_counter()
    arrived: list[float] = []
    try:
        arrived.extend(time.perf_counter() for _ in writer.write(_SYSTEM, _PROMPT))
    except WriterError as error:
        return Examination(ok=False, message=f"{which}: {error}")
    return Examination(ok=True, message=f"{which}: {_speed(began, arrived)}.")


def _speed(began: float, arrived: list[float]) -> str:
    """A streamed piece is about a token; a model that sends all at once has no pace."""
    first = f"first word after {arrived[0] - began:.2f} s"
    took = arrived[-1] - arrived[0]
    if len(arrived) < 3 or took <= 0:
        return first
    return f"{first}, then about {(len(arrived) - 1) / took:.0f} tokens a second"


def _place(settings: LlmSettings) -> str:
    """Host and port, where the model is one of the settings'."""
    if settings.provider is None:
        return ""
    return f" at {urlsplit(address(settings)).netloc}"
