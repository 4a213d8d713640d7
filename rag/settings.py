"""Settings: nested, described, checked; unknown keys are refused.

Read from the environment (``DATELINE_DATA_DIR``, ``DATELINE_RETRIEVE__CANDIDATES=40``) or
given in code. ``load_settings()`` converts every mistake into one `SettingsError`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from pydantic_settings import SettingsError as _SourceError

from rag.errors import SettingsError
from rag.settings_llm import FlatNames, LlmSettings, flat_names, set_twice


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ReadSettings(_Section):
    """What is accepted as an article."""

    max_file_bytes: int = Field(
        64 * 2**20,
        gt=0,
        description="Largest single file that is read, in bytes; dumps (.jsonl, .jsonl.gz) are "
        "streamed and not bound by it.",
    )
    max_article_chars: int = Field(
        2_000_000, gt=0, description="Longest article, in characters of canonical text."
    )
    min_article_chars: int = Field(
        40, ge=1, description="Shortest text that still counts as an article, in characters."
    )


class PassageSettings(_Section):
    """How an article is cut."""

    target_tokens: int = Field(
        110,
        ge=32,
        le=200,
        description="Sentences are gathered until a passage holds about this many tiktoken "
        "(cl100k_base) tokens.",
    )
    header_tokens: int = Field(
        40,
        ge=0,
        le=64,
        description="Most tokens that the header (title, publisher, date) may take.",
    )


class RetrieveSettings(_Section):
    """How evidence is found."""

    candidates: int = Field(
        20, ge=1, le=200, description="Passages that go on from fusion to the reader."
    )
    pool: int = Field(
        60, ge=1, le=500, description="Passages that each retriever brings to fusion."
    )
    rrf_k: int = Field(60, ge=1, description="The constant of reciprocal rank fusion.")
    dense_weight: float = Field(
        0.5, ge=0, description="Weight of the dense list in fusion; the lexical list has weight 1."
    )
    max_question_chars: int = Field(2_000, ge=16, description="Longest question, in characters.")


class AnswerSettings(_Section):
    """When and how an answer is given."""

    reader: bool = Field(
        True,
        description="Read the candidates with the trained reader; off matches their sentences.",
    )
    remembered: int = Field(
        8192,
        ge=0,
        le=1_000_000,
        description="Readings kept in memory, so that a passage is not read twice for one "
        "question; 0 keeps none.",
    )
    threshold: float = Field(
        0.4,
        ge=0,
        le=1,
        description="Confidence below which the articles are said not to answer; 65% of it for a "
        "part of a question beside a part that is answered, and for a question of change.",
    )
    max_sentences: int = Field(
        3, ge=1, le=10, description="Most evidence sentences quoted in one answer."
    )
    language: str = Field(
        "",
        max_length=40,
        pattern=r"^(?:[^\W\d_][\w ()-]*)?$",
        description="Language that a language model answers in, by name ('German'); empty "
        "takes the question's.",
    )
    strict: bool = Field(
        False,
        description="Withhold a language model's unconfirmed sentences; off marks them.",
    )
    reply_tokens: int = Field(
        700,
        ge=64,
        le=8_000,
        description="Most tokens of a language model's reply; what goes beyond is cut off.",
    )


class ServeSettings(_Section):
    """Where the page is served."""

    host: str = Field(
        "127.0.0.1", description="Address to listen on; loopback unless you say otherwise."
    )
    port: int = Field(7860, ge=0, le=65535, description="Port to listen on; 0 picks a free one.")
    max_upload_bytes: int = Field(20 * 2**20, gt=0, description="Largest uploaded file, in bytes.")
    users: Path | None = Field(
        None,
        description="File of users who may log in, made by `dateline users add`; without it "
        "nobody is asked to.",
    )
    login_hours: float = Field(12, gt=0, description="Hours after which a log-in ends.")
    login_tries: int = Field(
        10,
        ge=1,
        description="Tries to log in that one address has for one name in a quarter of an hour.",
    )
    questions_per_minute: int = Field(
        30, ge=1, description="Questions that one user may ask in a minute, where users log in."
    )
    questions_per_minute_address: int = Field(
        120, ge=1, description="Questions from one address in a minute, where users log in."
    )
    runs: Path | None = Field(
        None,
        description="Another folder of evaluation runs that the page shows, beside those in the "
        "data directory.",
    )


class KeepSettings(_Section):
    """What is kept of conversations, and for how long."""

    max_turns: int = Field(
        500, ge=1, le=5000, description="Most turns of one conversation; more ask for a new one."
    )
    max_conversations: int = Field(
        2_000, ge=1, description="Most conversations that one user or browser may keep."
    )
    max_turn_bytes: int = Field(
        2**20, ge=2**12, description="Largest answer that is kept, in bytes with its citations."
    )
    undo_hours: float = Field(
        24, ge=0, description="Hours after which a deleted conversation is gone for good."
    )
    max_reason_chars: int = Field(
        2_000, ge=1, description="Longest reason that can be given with a thumb, in characters."
    )


class Settings(BaseSettings):
    """All settings of one Dateline."""

    model_config = SettingsConfigDict(
        env_prefix="DATELINE_", env_nested_delimiter="__", extra="forbid", frozen=True
    )

    data_dir: Path = Field(
        Path(".dateline"), description="The one directory that holds the catalogue and the indexes."
    )
    answerer: Literal["offline", "llm"] = Field(
        "offline",
        description="Who writes the answers: the articles' own sentences, or a language model "
        "whose every sentence is checked against them.",
    )
    read: ReadSettings = ReadSettings()
    passage: PassageSettings = PassageSettings()
    retrieve: RetrieveSettings = RetrieveSettings()
    answer: AnswerSettings = AnswerSettings()
    llm: LlmSettings = LlmSettings()
    keep: KeepSettings = KeepSettings()
    serve: ServeSettings = ServeSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - pydantic-settings calls it
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What is given in code, then the environment, in either spelling of a model's names."""
        return init_settings, env_settings, FlatNames(settings_cls)


# Read by the tests and benchmarks; no settings of the product.
_OTHER_VARIABLES = frozenset({"DATELINE_BENCH_DATA", "DATELINE_CHROMIUM"})


def _unknown_variables() -> list[str]:
    """Names in the environment that begin like ours and set nothing."""
    known = {f"DATELINE_{name.upper()}" for name in Settings.model_fields}
    known.update(flat_names().values())
    return sorted(
        name
        for name in os.environ
        if name.startswith("DATELINE_")
        and name.split("__")[0] not in known
        and name not in _OTHER_VARIABLES
    )


def load_settings(**given: object) -> Settings:
    """Settings from the environment, overruled by what is given.

    Raises `SettingsError` that names the setting, the value and what is allowed.
    """
    unknown = _unknown_variables()
    if unknown:
        raise SettingsError(
            f"The environment sets {unknown[0]}, which is no setting; "
            "docs/settings.md lists every setting: unset it or mend its name."
        )
    for flat, nested in set_twice():
        raise SettingsError(f"{flat} and {nested} differ and mean the same: unset one of them.")
    try:
        chosen: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
        return Settings(**chosen)
    except _SourceError as error:
        raise SettingsError(
            f"The environment holds a setting that cannot be read: {error}; "
            "docs/settings.md lists every setting with what it allows."
        ) from None
    except ValidationError as error:
        raise _told(error) from None  # its text repeats what was given, which may be a key


def _told(error: ValidationError) -> SettingsError:
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"])
    told = first["msg"][0].lower() + first["msg"][1:]
    value = "not as it must be" if first["loc"][:1] == ("llm",) else repr(first.get("input"))
    return SettingsError(
        f"Setting {name!r} is {value}: {told}; "
        "docs/settings.md lists every setting with what it allows."
    )
