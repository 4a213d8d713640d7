"""The settings of the language model: which, where, how long it is waited for.

Their variables may be written with one underscore or two: ``DATELINE_LLM_MODEL`` is
``DATELINE_LLM__MODEL``. Whether they fit together is asked when a model is chosen
(`rag.llm.choose`), since none of them matters while answers are offline.
"""

from __future__ import annotations

import os
import re
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import PydanticBaseSettingsSource

Provider = Literal["ollama", "openai", "openai-like", "anthropic"]
_PREFIX = "DATELINE_LLM_"


class LlmSettings(BaseModel):
    """Which language model writes, when `DATELINE_ANSWERER` is `llm`; see models.md.

    Each of these names may be written with one underscore: `DATELINE_LLM_MODEL`.
    """

    # A key may be the value that is wrong, so no error repeats what was given.
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    provider: Provider | None = Field(
        None, description="Whose protocol is spoken; `openai-like` is any compatible server."
    )
    model: str = Field("", max_length=200, description="The model by the provider's name for it.")
    base_url: str = Field(
        "",
        max_length=500,
        description="Address of the server; empty takes the provider's own (Ollama's is "
        "http://127.0.0.1:11434).",
    )
    api_key: SecretStr = Field(
        SecretStr(""), description="The key that the server asks for; shown nowhere."
    )
    window: int = Field(
        8_192,
        ge=2_048,
        le=2_000_000,
        description="Tokens that prompt and reply together may take; no more than the model has.",
    )
    temperature: float = Field(
        0.0, ge=0, le=2, description="How freely the model chooses its words; 0 is the plainest."
    )
    first_token_seconds: float = Field(
        30, gt=0, le=600, description="Longest wait for the first word, further tries included."
    )
    stall_seconds: float = Field(
        15, gt=0, le=600, description="Longest wait from one word to the next."
    )
    answer_seconds: float = Field(
        90, gt=0, le=3_600, description="Longest wait for the whole reply."
    )
    retries: int = Field(
        2, ge=0, le=10, description="Further tries when a request fails before the first word."
    )
    pause_after: int = Field(
        3, ge=1, le=100, description="Failures in a row after which the model is left alone."
    )
    pause_seconds: float = Field(
        30, gt=0, le=3_600, description="How long it is left alone before it is tried again."
    )

    @field_validator("provider", mode="before")
    @classmethod
    def _no_provider(cls, given: object) -> object:
        return None if given == "" else given

    @field_validator("model")
    @classmethod
    def _one_line(cls, given: str) -> str:
        if not given.isprintable():
            raise ValueError("a model's name is one line of printable characters")
        return given.strip()

    @field_validator("base_url")
    @classmethod
    def _plain_address(cls, given: str) -> str:
        url = given.strip().rstrip("/")
        if not url:
            return ""
        wrong = ValueError("an address looks like http://127.0.0.1:8000/v1")
        try:
            parts = urlsplit(url)
            port = parts.port  # raises for what is no number
        except ValueError:
            raise wrong from None
        if parts.scheme not in {"http", "https"} or not parts.hostname or port == 0:
            raise wrong
        if parts.username is not None or parts.query or parts.fragment or not url.isascii():
            raise ValueError("an address holds no name, password or question mark")
        if re.search(r"[\s\\<>\"]", url):
            raise wrong
        return url

    @field_validator("api_key")
    @classmethod
    def _fit_for_a_header(cls, given: SecretStr) -> SecretStr:
        key = given.get_secret_value().strip()
        if not (key.isascii() and key.isprintable()):
            raise ValueError("a key is one line of plain characters")
        return SecretStr(key)


def flat_names() -> dict[str, str]:
    """Each setting -> its variable with one underscore."""
    return {name: _PREFIX + name.upper() for name in LlmSettings.model_fields}


def set_twice() -> list[tuple[str, str]]:
    """Pairs of variables that set the same thing differently."""
    pairs = [(flat, f"DATELINE_LLM__{name.upper()}") for name, flat in flat_names().items()]
    return [
        (flat, nested)
        for flat, nested in pairs
        if os.environ.get(flat) and os.environ.get(nested, os.environ[flat]) != os.environ[flat]
    ]


class FlatNames(PydanticBaseSettingsSource):
    """Reads ``DATELINE_LLM_MODEL`` and its like; an empty one sets nothing."""

    def get_field_value(
        self,
        field: FieldInfo,  # noqa: ARG002 - the base asks for it
        field_name: str,
    ) -> tuple[Any, str, bool]:
        """Nothing is read field by field."""
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        """What these variables set, in the shape of the settings."""
        found = {name: os.environ[v] for name, v in flat_names().items() if os.environ.get(v)}
        return {"llm": found} if found else {}
