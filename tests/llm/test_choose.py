"""From settings to a writer: names, wrong combinations, keys, a user's own object."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from llama_index.core.llms import (
    ChatMessage,
    ChatResponse,
    CompletionResponse,
    CustomLLM,
    LLMMetadata,
    MockLLM,
)
from pydantic import PrivateAttr

from rag.errors import SettingsError, WriterError
from rag.llm.choose import choose_writer
from rag.llm.faults import Fault, FaultKind
from rag.settings import load_settings
from tests.llm.leftovers import nothing_left
from tests.llm.setups import KEY, SHORT, settings_for


def test_both_spellings_of_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_ANSWERER", "llm")
    monkeypatch.setenv("DATELINE_LLM_PROVIDER", "ollama")
    monkeypatch.setenv("DATELINE_LLM__MODEL", "llama3.2")
    monkeypatch.setenv("DATELINE_LLM_WINDOW", "4096")
    monkeypatch.setenv("DATELINE_LLM_BASE_URL", "")  # as a compose file leaves it
    settings = load_settings()
    assert settings.answerer == "llm"
    assert (settings.llm.provider, settings.llm.model) == ("ollama", "llama3.2")
    assert (settings.llm.window, settings.llm.base_url) == (4096, "")
    assert load_settings(answerer="offline").answerer == "offline"


def test_two_spellings_that_differ_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_LLM_API_KEY", KEY)
    monkeypatch.setenv("DATELINE_LLM__API_KEY", KEY + "9")
    with pytest.raises(SettingsError, match="DATELINE_LLM__API_KEY differ") as caught:
        load_settings()
    assert KEY not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATELINE_LLM_API_KYE", KEY),
        ("DATELINE_LLM__API_KYE", KEY),
        ("DATELINE_LLM_API_KEY", KEY + "\x01"),
        ("DATELINE_LLM_API_KEY", KEY + "é"),
        ("DATELINE_LLM", KEY),
        ("DATELINE_LLM", f'["{KEY}"]'),
        ("DATELINE_LLM_PROVIDER", KEY),
        ("DATELINE_LLM_BASE_URL", f"http://user:{KEY}@models.example.org"),
        ("DATELINE_LLM_BASE_URL", f"http://models.example.org/?key={KEY}"),
        ("DATELINE_LLM_BASE_URL", KEY),
        ("DATELINE_LLM_BASE_URL", f"ftp://models.example.org/{KEY}"),
        ("DATELINE_LLM_WINDOW", KEY),
    ],
)
def test_no_error_of_the_settings_repeats_what_may_be_a_key(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=r"docs/settings\.md") as caught:
        load_settings()
    error: BaseException | None = caught.value
    while error is not None:
        assert KEY not in str(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def test_a_key_is_shown_nowhere() -> None:
    settings = settings_for("openai-like", "http://127.0.0.1:9/v1")
    shown = f"{settings!r} {settings.model_dump(mode='json')} {settings.model_dump_json()}"
    assert KEY not in shown
    assert settings.llm.api_key.get_secret_value() == KEY


@pytest.mark.parametrize(
    ("llm", "mending"),
    [
        ({}, "set DATELINE_LLM_PROVIDER to ollama, openai, openai-like or anthropic"),
        ({"provider": "ollama"}, "set DATELINE_LLM_MODEL"),
        ({"provider": "openai-like", "model": "m"}, "set DATELINE_LLM_BASE_URL, like http"),
        ({"provider": "openai", "model": "gpt-4o"}, "set DATELINE_LLM_API_KEY"),
        (
            {"provider": "openai", "model": "gpt-none", "api_key": "k"},
            "DATELINE_LLM_PROVIDER to openai-like",
        ),
        ({"provider": "ollama", "model": "m", "window": 2048}, "DATELINE_LLM_WINDOW is 2048"),
    ],
)
def test_wrong_combinations_say_how_to_mend_them(llm: dict[str, Any], mending: str) -> None:
    settings = load_settings(answerer="llm", llm=llm, answer={"reply_tokens": 2000})
    with pytest.raises(SettingsError, match=mending) as caught:
        choose_writer(settings)
    assert "\n" not in str(caught.value)


def test_a_missing_library_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "llama_index.llms.ollama", None)
    with pytest.raises(SettingsError, match=r"pip install '\.\[ollama\]'"):
        choose_writer(load_settings(llm={"provider": "ollama", "model": "m"}))


class OwnModel(CustomLLM):
    """A user's own model: words, then whatever it is told to do."""

    _words: list[str] = PrivateAttr()
    _then: Any = PrivateAttr(default=None)

    def __init__(self, words: list[str], then: Any = None) -> None:
        super().__init__()
        self._words, self._then = words, then

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(context_window=5000, model_name="own")

    def complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponse:
        return CompletionResponse(text="".join(self._words))

    def stream_complete(self, prompt: str, formatted: bool = False, **_: Any) -> Any:
        raise NotImplementedError

    def stream_chat(self, messages: Any, **_: Any) -> Iterator[ChatResponse]:  # type: ignore[override]
        for word in self._words:
            yield ChatResponse(message=ChatMessage(content=word), delta=word)
        if self._then is not None:
            self._then()


def test_a_users_own_object_writes() -> None:
    with nothing_left():
        writer = choose_writer(load_settings(), OwnModel(["It was ", "July 1."]))
        assert list(writer.write("s", "p")) == ["It was ", "July 1."]
    assert (writer.name, writer.window) == ("custom_llm own", 5000)


def test_llama_indexs_own_stand_in_writes() -> None:
    told = "".join(choose_writer(load_settings(), MockLLM(max_tokens=4)).write("s", "p"))
    assert told


def test_a_users_own_object_that_hangs_is_not_waited_for() -> None:
    released = threading.Event()
    settings = load_settings(llm=SHORT)
    with nothing_left():
        began = time.monotonic()
        with pytest.raises(Fault) as caught:
            list(choose_writer(settings, OwnModel(["It "], released.wait)).write("s", "p"))
        assert time.monotonic() - began < SHORT["stall_seconds"] + 1
        assert caught.value.kind is FaultKind.STALLED
        released.set()


def test_a_users_own_object_that_raises_is_told_without_its_words() -> None:
    def fail() -> None:
        raise RuntimeError(f"no such key: {KEY}")

    with nothing_left(), pytest.raises(WriterError) as caught:
        list(choose_writer(load_settings(), OwnModel(["It "], fail)).write("s", "p"))
    assert KEY not in str(caught.value)


def test_what_is_no_model_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"is a str; it must be a llama_index\.core\.llms\.LLM"):
        choose_writer(load_settings(), "gpt")  # type: ignore[arg-type]


def test_no_variable_of_the_test_run_is_left() -> None:
    assert not [name for name in os.environ if name.startswith("DATELINE_LLM")]
