"""From settings to a writer: what is configured must fit together and be installed.

Asked only where a model is wanted: offline, nothing here is imported. Every mistake is one
`SettingsError` that says how to mend it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rag.errors import SettingsError
from rag.llm.providers import integration
from rag.llm.sources import ObjectSource, ProviderSource
from rag.llm.writer import ModelWriter
from rag.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

_LEAST_FOR_PASSAGES = 1_024  # tokens of the window that are left beside the reply


def choose_writer(settings: Settings, llm: LLM | None = None) -> ModelWriter:
    """The writer of the settings' model, or of a llama-index object that is given."""
    _refuse_small_window(settings)
    if llm is not None:
        return ModelWriter(_given(llm, settings), settings)
    _refuse_incomplete(settings)
    provider = settings.llm.provider
    assert provider is not None
    integration(provider)
    source = ProviderSource(settings)
    try:
        source.rehearse()
    except Exception as error:  # whatever the library raises, and its words may hold anything
        raise SettingsError(_refused(settings)) from error
    return ModelWriter(source, settings)


def _given(llm: object, settings: Settings) -> ObjectSource:
    from llama_index.core.llms import LLM

    if not isinstance(llm, LLM):
        raise SettingsError(
            f"The language model that was given is a {type(llm).__name__}; "
            "it must be a llama_index.core.llms.LLM."
        )
    return ObjectSource(llm, settings.llm.window)


def _refuse_incomplete(settings: Settings) -> None:
    llm = settings.llm
    if llm.provider is None:
        raise SettingsError(
            "A language model is asked for and none is named: set DATELINE_LLM_PROVIDER to "
            "ollama, openai, openai-like or anthropic, or DATELINE_ANSWERER to offline."
        )
    if not llm.model:
        raise SettingsError(
            f"DATELINE_LLM_PROVIDER is {llm.provider} and no model is named: "
            "set DATELINE_LLM_MODEL to its name."
        )
    if llm.provider == "openai-like" and not llm.base_url:
        raise SettingsError(
            "DATELINE_LLM_PROVIDER is openai-like, which may be anywhere: "
            "set DATELINE_LLM_BASE_URL, like http://127.0.0.1:8000/v1."
        )
    if llm.provider in {"openai", "anthropic"} and not llm.api_key.get_secret_value():
        raise SettingsError(
            f"DATELINE_LLM_PROVIDER is {llm.provider}, which asks for a key: "
            "set DATELINE_LLM_API_KEY."
        )


def _refuse_small_window(settings: Settings) -> None:
    window, reply = settings.llm.window, settings.answer.reply_tokens
    if window < reply + _LEAST_FOR_PASSAGES:
        raise SettingsError(
            f"DATELINE_LLM_WINDOW is {window}, and a reply may take {reply} of them "
            f"(DATELINE_ANSWER__REPLY_TOKENS): leave at least {_LEAST_FOR_PASSAGES} for passages."
        )


def _refused(settings: Settings) -> str:
    llm = settings.llm
    # The classes for OpenAI and Anthropic serve the models that they know by name.
    if llm.provider == "openai":
        return (
            f"The installed OpenAI library does not serve the model {llm.model!r}: set "
            "DATELINE_LLM_PROVIDER to openai-like and DATELINE_LLM_BASE_URL to "
            "https://api.openai.com/v1, which takes any name."
        )
    if llm.provider == "anthropic":
        return (
            f"The installed Anthropic library does not serve the model {llm.model!r}: check the "
            "name, or pip install --upgrade llama-index-llms-anthropic."
        )
    return (
        f"The installed library for {llm.provider} does not take these settings; "
        "docs/models.md shows ones that it takes."
    )
