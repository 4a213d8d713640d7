"""The writer over real servers: whole replies, every fault, nothing left behind."""

from __future__ import annotations

import logging
import random
import time

import pytest

from rag.errors import WriterError
from rag.llm import transport
from rag.llm.faults import Fault, FaultKind
from rag.llm.writer import ModelWriter
from tests.llm.leftovers import nothing_left
from tests.llm.setups import KEY, PROVIDERS, SHORT, writer_for
from tests.servers.script import AT_ONCE, REPLY, Break, Script, plain
from tests.servers.server import CERTIFICATE, SECRET, ScriptedServer

_WHAT = {
    Break.REFUSED: {FaultKind.REFUSED},
    Break.HUNG_UP: {FaultKind.HUNG_UP},
    Break.UNAUTHORISED: {FaultKind.KEY},
    Break.FORBIDDEN: {FaultKind.FORBIDDEN},
    Break.NOT_FOUND: {FaultKind.NOT_FOUND},
    Break.TOO_MANY: {FaultKind.BUSY},
    Break.BROKEN: {FaultKind.BROKEN},
    Break.UNAVAILABLE: {FaultKind.BUSY},
    Break.REDIRECT: {FaultKind.MOVED},
    Break.WEB_PAGE: {FaultKind.NOT_A_MODEL},
    Break.CHARSET: {FaultKind.UNREADABLE},
    Break.SLOW: {FaultKind.SLOW},
    Break.SLOW_HEAD: {FaultKind.SLOW},
    Break.TRICKLE: {FaultKind.SLOW},
    Break.STALL: {FaultKind.STALLED, FaultKind.SLOW},
    Break.PINGS: {FaultKind.STALLED, FaultKind.SLOW},
    Break.CUT: {FaultKind.CUT},
    Break.RESET: {FaultKind.CUT},
    Break.EARLY: {FaultKind.CUT},
    Break.GARBAGE_BYTES: {FaultKind.UNREADABLE},
    Break.GARBAGE_JSON: {FaultKind.UNREADABLE},
    Break.WRONG_SHAPE: {FaultKind.UNREADABLE},
    Break.ENCODING: {FaultKind.UNREADABLE},
    Break.ERROR_EVENT: {FaultKind.OTHER},
    Break.ENDLESS: {FaultKind.TOO_MUCH},
    Break.FLOOD: {FaultKind.TOO_MUCH, FaultKind.UNREADABLE, FaultKind.STALLED, FaultKind.SLOW},
    Break.LENGTH: {FaultKind.LIMIT},
    Break.EMPTY: {FaultKind.EMPTY},
}


_BY_THE_CLOCK = frozenset(
    {Break.SLOW, Break.SLOW_HEAD, Break.TRICKLE, Break.STALL, Break.PINGS, Break.FLOOD}
)
_LONG = {"first_token_seconds": 20, "stall_seconds": 20, "answer_seconds": 20}


def read(writer: ModelWriter) -> tuple[str, Fault | None]:
    """What came, and what went wrong."""
    text = ""
    try:
        for piece in writer.write("Be brief.", "When?"):
            text += piece
    except Fault as fault:
        return text, fault
    return text, None


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_reply_comes_whole_and_in_pieces(provider: str) -> None:
    with nothing_left(), ScriptedServer(PROVIDERS[provider]) as server:
        writer = writer_for(server, provider)
        pieces = list(writer.write("Be brief.", "When?"))
    assert "".join(pieces) == REPLY
    assert len(pieces) > 10
    (asked,) = server.asked
    assert (asked.system, asked.prompt) == ("Be brief.", "When?")
    assert asked.body["model"] == "scripted"
    assert asked.body["stream"] is True


def test_what_is_asked_of_each_server() -> None:
    with ScriptedServer("openai") as server:
        list(writer_for(server, "openai-like").write("s", "p"))
    assert server.asked[0].body["max_tokens"] == 120
    assert server.asked[0].body["temperature"] == 0.0
    with ScriptedServer("ollama") as server:
        list(writer_for(server, "ollama", window=4096).write("s", "p"))
    options = server.asked[0].body["options"]
    assert isinstance(options, dict)
    assert (options["num_ctx"], options["num_predict"]) == (4096, 120)


@pytest.mark.parametrize("fault", Break, ids=lambda fault: fault.name.lower())
@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_fault_is_told_in_time(provider: str, fault: Break) -> None:
    dice = random.Random(f"{provider} {fault}")
    # Faults that do not end by the clock are not raced against it: a busy machine is no defect.
    waits = SHORT if fault in _BY_THE_CLOCK else _LONG
    allowed = waits["first_token_seconds"] if fault in AT_ONCE else waits["answer_seconds"]
    with nothing_left(), ScriptedServer(PROVIDERS[provider]) as server:
        writer = writer_for(server, provider, **waits)
        if fault is Break.REFUSED:
            server.switch_off()
        for _ in range(2):
            whole = plain(seed=dice.randint(0, 99))
            script = whole.broken(fault, dice.randint(0, len(whole.pieces) - 1))
            server.play = lambda asked, script=script: script  # type: ignore[misc]
            began = time.monotonic()
            text, found = read(writer)
            assert time.monotonic() - began < allowed + 1
            assert found is not None
            assert found.kind in _WHAT[fault]
            assert text.startswith("".join(script.pieces[: script.at])) or script.at == 0
            assert KEY not in str(found)
            assert SECRET not in str(found)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_closing_ends_the_request(provider: str) -> None:
    slow = Script(pieces=plain().pieces, delay=0.02)
    with nothing_left(), ScriptedServer(PROVIDERS[provider]) as server:
        server.play = lambda asked: slow
        reply = writer_for(server, provider, answer_seconds=60).write("s", "p")
        assert next(reply)
        reply.close()  # type: ignore[attr-defined]
    assert server.hung_up == 1


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_failed_request_is_tried_again(provider: str) -> None:
    with ScriptedServer(PROVIDERS[provider]) as server:
        server.play = lambda asked: plain().broken(
            Break.UNAVAILABLE, 0
        ) if len(server.asked) < 3 else plain()  # fmt: skip
        writer = writer_for(server, provider, retries=2, first_token_seconds=20, answer_seconds=20)
        text, fault = read(writer)
    assert (text, fault) == (REPLY, None)
    assert len(server.asked) == 3


def test_after_the_first_word_nothing_is_tried_again() -> None:
    with ScriptedServer("openai") as server:
        server.play = lambda asked: plain().broken(Break.CUT, 5)
        text, fault = read(writer_for(server, "openai-like", retries=3))
    assert text == "".join(plain().pieces[:5])
    assert fault is not None
    assert len(server.asked) == 1


@pytest.mark.parametrize("fault", [Break.UNAUTHORISED, Break.NOT_FOUND, Break.REDIRECT])
def test_what_another_try_cannot_mend_is_not_tried_again(fault: Break) -> None:
    with ScriptedServer("openai") as server:
        server.play = lambda asked: plain().broken(fault, 0)
        read(writer_for(server, "openai-like", retries=3))
    assert len(server.asked) == 1


def test_retry_after_is_heeded_and_never_waited_for_too_long() -> None:
    slept: list[float] = []
    with ScriptedServer("openai") as server:
        writer = writer_for(
            server, "openai-like", retries=2, first_token_seconds=5, answer_seconds=20
        )
        writer._sleep = slept.append
        busy = plain().broken(Break.TOO_MANY, 0)
        server.play = lambda asked: Script(fault=busy.fault, retry_after="2")
        read(writer)
        assert len(slept) == 2
        assert all(2 <= seconds < 5 for seconds in slept)
        server.play = lambda asked: Script(fault=busy.fault, retry_after="3600")
        _, fault = read(writer)
    assert len(slept) == 2
    assert fault is not None
    assert fault.after == 3600


def test_a_dead_model_is_left_alone_and_tried_again_later() -> None:
    with ScriptedServer("openai") as server:
        server.play = lambda asked: plain().broken(Break.BROKEN, 0)
        writer = writer_for(
            server, "openai-like", retries=0, pause_after=2, pause_seconds=0.2,
            first_token_seconds=20, answer_seconds=20,
        )  # fmt: skip
        kinds = [fault.kind for _, fault in (read(writer) for _ in range(4)) if fault]
        assert kinds == [FaultKind.BROKEN, FaultKind.BROKEN, FaultKind.PAUSED, FaultKind.PAUSED]
        assert len(server.asked) == 2
        server.play = lambda asked: plain()
        end = time.monotonic() + 10
        while (answer := read(writer))[1] is not None and time.monotonic() < end:
            assert answer[1].kind is FaultKind.PAUSED
        assert answer == (REPLY, None)


def test_closing_early_and_long_replies_are_no_failures_of_the_model() -> None:
    with ScriptedServer("openai") as server:
        writer = writer_for(server, "openai-like", pause_after=1)
        for _ in range(2):
            reply = writer.write("s", "p")
            next(reply)
            reply.close()  # type: ignore[attr-defined]
        server.play = lambda asked: plain().broken(Break.ENDLESS, 3)
        assert [read(writer)[1].kind for _ in range(2)] == [FaultKind.TOO_MUCH] * 2  # type: ignore[union-attr]


def test_a_slow_caller_is_no_slow_model() -> None:
    now = [0.0]
    with ScriptedServer("openai") as server:
        writer = writer_for(server, "openai-like", answer_seconds=600)
        writer._clock = lambda: now[0]
        text = ""
        for piece in writer.write("s", "p"):
            text += piece
            now[0] += 5  # longer than stall_seconds
    assert text == REPLY


def test_thoughts_are_no_reply() -> None:
    thinking = "<think>July 1? No: [9] says June.</think>\n\n" + REPLY
    with ScriptedServer("ollama") as server:
        server.play = lambda asked: plain(thinking, seed=3)
        assert read(writer_for(server, "ollama")) == (REPLY, None)
        server.play = lambda asked: plain("<think>it never ends", seed=3)
        text, fault = read(writer_for(server, "ollama"))
    assert text == ""
    assert fault is not None
    assert fault.kind is FaultKind.EMPTY


def test_the_key_goes_to_the_server_and_nowhere_else(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with ScriptedServer("openai") as server:
        writer = writer_for(server, "openai-like")
        assert read(writer)[1] is None
        server.play = lambda asked: plain().broken(Break.UNAUTHORISED, 0)
        assert read(writer)[1] is not None
    assert server.asked[0].headers["authorization"] == f"Bearer {KEY}"
    assert KEY not in caplog.text
    assert KEY not in repr(vars(writer)) + repr(vars(writer._source)) + repr(writer._llm)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_keys_of_other_programs_are_not_sent(
    provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-another-program")
    monkeypatch.setenv("OLLAMA_API_KEY", "sk-of-another-program")
    with ScriptedServer(PROVIDERS[provider]) as server:
        assert read(writer_for(server, provider, api_key=""))[1] is None
    assert "authorization" not in server.asked[0].headers
    assert "sk-of-another-program" not in repr(server.asked)


def test_an_unknown_host_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    with nothing_left(), ScriptedServer("openai") as server:
        writer = writer_for(server, "openai-like", base_url="http://models.example.org/v1")
        with pytest.raises(WriterError, match="cannot be found"):
            list(writer.write("s", "p"))


def test_a_certificate_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    waits = {"first_token_seconds": 20, "answer_seconds": 20}  # certificates are read once
    transport._trusted.cache_clear()
    with nothing_left(), ScriptedServer("openai", tls=True) as server:
        _, fault = read(writer_for(server, "openai-like", retries=0, **waits))
    assert fault is not None
    assert fault.kind is FaultKind.UNTRUSTED
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    transport._trusted.cache_clear()
    with nothing_left(), ScriptedServer("openai", tls=True) as server:
        assert read(writer_for(server, "openai-like", **waits)) == (REPLY, None)
    transport._trusted.cache_clear()


def test_the_environments_proxy_is_used_for_other_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    with nothing_left(), ScriptedServer("openai") as proxy:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.port}")
        url = "http://models.example.org/v1"
        _, fault = read(writer_for(proxy, "openai-like", base_url=url, retries=0))
    assert fault is not None  # the proxy is asked for the whole address, which it has not
    assert fault.kind is FaultKind.NOT_FOUND
