"""Writers over scripted servers, with short waits, for the tests of this folder."""

from __future__ import annotations

from typing import Any

from rag.llm.choose import choose_writer
from rag.llm.writer import ModelWriter
from rag.settings import Settings, load_settings
from tests.servers.server import ScriptedServer

KEY = "sk-secret-0123456789"
PROVIDERS = {"openai-like": "openai", "ollama": "ollama"}
"""Provider -> the protocol that its server speaks."""

SHORT: dict[str, float] = {
    "first_token_seconds": 0.4,
    "stall_seconds": 0.3,
    "answer_seconds": 1.0,
    "retries": 1,
    "pause_after": 100,  # most tests ask a broken server again and again
}


def settings_for(provider: str, url: str, **llm: Any) -> Settings:
    """Settings of a model at an address."""
    chosen = {"provider": provider, "model": "scripted", "base_url": url, "api_key": KEY}
    return load_settings(
        answerer="llm", answer={"reply_tokens": 120}, llm={**chosen, **SHORT, **llm}
    )


def writer_for(server: ScriptedServer, provider: str, **llm: Any) -> ModelWriter:
    """A writer whose model is the server."""
    return choose_writer(settings_for(provider, server.url, **llm))
