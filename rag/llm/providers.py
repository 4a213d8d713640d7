"""The integrations by name: llama-index's ``LLM`` for each provider, with our HTTP under it.

Each is an extra that is imported when it is asked for. Their own retries and time-outs are
off, since `rag.llm.writer` has those, and none is handed the key: `rag.llm.transport` puts
that into the request.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import TYPE_CHECKING, Any

from rag.errors import SettingsError
from rag.llm.transport import Call, client_for, transport_for
from rag.settings import Settings
from rag.settings_llm import LlmSettings, Provider

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

ADDRESSES: Mapping[Provider, str] = {
    "ollama": "http://127.0.0.1:11434",
    "openai": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com",
}
"""Where a provider is when no address is set; an `openai-like` server may be anywhere."""

_MODULES: Mapping[Provider, str] = {
    "ollama": "llama_index.llms.ollama",
    "openai": "llama_index.llms.openai",
    "openai-like": "llama_index.llms.openai_like",
    "anthropic": "llama_index.llms.anthropic",
}
_NO_KEY = "unused"  # the clients ask for one; the transport leaves it out


def address(settings: LlmSettings) -> str:
    """The server's address, the provider's own where none is set."""
    assert settings.provider is not None
    return settings.base_url or ADDRESSES.get(settings.provider, "")


def credentials(settings: LlmSettings) -> dict[str, str]:
    """The headers that carry the key, none where there is no key."""
    key = settings.api_key.get_secret_value()
    if not key:
        return {}
    if settings.provider == "anthropic":
        return {"x-api-key": key}
    return {"Authorization": f"Bearer {key}"}


def integration(provider: Provider) -> ModuleType:
    """The provider's llama-index module. Raises `SettingsError` where it is not installed."""
    try:
        return importlib.import_module(_MODULES[provider])
    except ImportError as error:
        raise SettingsError(
            f"DATELINE_LLM_PROVIDER is {provider}, whose library is not installed "
            f"({error.name or 'a part of it'} is missing): make setup EXTRAS={provider}, "
            f"or pip install '.[{provider}]'."
        ) from error


def build(settings: Settings, call: Call) -> LLM:
    """The provider's ``LLM`` for one reply, sending through a call."""
    assert settings.llm.provider is not None
    made: LLM = _MAKERS[settings.llm.provider](settings, call)
    return made


def _ollama(settings: Settings, call: Call) -> Any:
    import ollama

    llm = settings.llm
    client = ollama.Client(
        host=address(llm),
        transport=transport_for(call),
        follow_redirects=False,
        trust_env=False,
    )
    return integration("ollama").Ollama(
        model=llm.model,
        base_url=address(llm),
        client=client,
        temperature=llm.temperature,
        context_window=llm.window,  # else it asks the server, and takes all that the model has
        request_timeout=llm.answer_seconds,
        additional_kwargs={"num_predict": settings.answer.reply_tokens},
    )


def _openai(settings: Settings, call: Call) -> Any:
    return integration("openai").OpenAI(**_openai_arguments(settings, call))


def _openai_like(settings: Settings, call: Call) -> Any:
    return integration("openai-like").OpenAILike(
        **_openai_arguments(settings, call),
        context_window=settings.llm.window,
        is_chat_model=True,
    )


def _openai_arguments(settings: Settings, call: Call) -> dict[str, Any]:
    llm = settings.llm
    return {
        "model": llm.model,
        "api_base": address(llm),
        "api_key": _NO_KEY,
        "temperature": llm.temperature,
        "max_tokens": settings.answer.reply_tokens,
        "max_retries": 0,
        "timeout": llm.answer_seconds,
        "http_client": client_for(call),
    }


def _anthropic(settings: Settings, call: Call) -> Any:
    anthropic = importlib.import_module("anthropic")
    llm = settings.llm
    # Some versions of its SDK stand on httpx and some on httpx2; theirs says which.
    library = anthropic.DefaultHttpxClient.__mro__[1].__module__.partition(".")[0]
    made = _anthropic_pattern(
        llm.model, address(llm), min(llm.temperature, 1.0), settings.answer.reply_tokens
    ).model_copy()
    made._client = anthropic.Anthropic(  # noqa: SLF001 - the integration takes no client of ours
        api_key=_NO_KEY,
        base_url=address(llm),
        max_retries=0,
        http_client=client_for(call, importlib.import_module(library)),
    )
    return made


@functools.lru_cache(maxsize=4)
def _anthropic_pattern(model: str, base_url: str, temperature: float, max_tokens: int) -> Any:
    """Made once: it builds two clients of its own, which takes a tenth of a second."""
    return integration("anthropic").Anthropic(
        model=model,
        base_url=base_url,
        api_key=_NO_KEY,
        temperature=temperature,
        max_tokens=max_tokens,
        max_retries=0,
    )


_MAKERS: Mapping[Provider, Callable[[Settings, Call], Any]] = {
    "ollama": _ollama,
    "openai": _openai,
    "openai-like": _openai_like,
    "anthropic": _anthropic,
}
