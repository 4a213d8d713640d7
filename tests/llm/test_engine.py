"""A model behind the whole engine: good replies, every fault, the command line, cold starts."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from rag.engine import Delta, Done, Engine
from rag.settings import load_settings
from rag.types import Filters
from tests.llm.faults import QUESTION, engine_settings, try_fault
from tests.llm.leftovers import nothing_left
from tests.llm.setups import KEY, PROVIDERS
from tests.llm.test_choose import OwnModel
from tests.servers.__main__ import answer as counting_or_quoting
from tests.servers.model import quoting
from tests.servers.script import Break, Script
from tests.servers.server import ScriptedServer
from ui.cli import main

Served = tuple[Engine, ScriptedServer]


@pytest.fixture(scope="module", params=PROVIDERS)
def served(request: pytest.FixtureRequest, seeds_dir: Path) -> Iterator[Served]:
    """An engine whose model is a scripted server."""
    provider = str(request.param)
    with (
        ScriptedServer(PROVIDERS[provider]) as server,
        Engine.open(engine_settings(seeds_dir, provider, server.url)) as engine,
    ):
        server.play = quoting
        engine.ask(QUESTION)
        yield engine, server


def test_a_models_answer_is_streamed_and_cited(served: Served) -> None:
    engine, server = served
    server.play = quoting
    with nothing_left():
        events = list(engine.stream(QUESTION))
    done = events[-1]
    assert isinstance(done, Done)
    assert done.answer.mode == "llm"
    assert "July 1" in done.answer.text
    assert done.answer.citations
    assert sum(isinstance(event, Delta) for event in events) > 1


@pytest.mark.parametrize("fault", Break, ids=lambda fault: fault.name.lower())
def test_every_fault_ends_in_an_answer(served: Served, fault: Break) -> None:
    engine, server = served
    result = try_fault(engine, server, fault, count=1, seed=7)
    assert not result.wrong


def test_a_reader_who_leaves_ends_the_request(served: Served) -> None:
    engine, server = served
    server.play = lambda asked: Script(pieces=quoting(asked).pieces * 20, delay=0.01)
    hung_up = server.hung_up
    with nothing_left():
        events = engine.stream(QUESTION)
        assert any(isinstance(event, Delta) for event in events)
        events.close()  # type: ignore[attr-defined]
    assert server.hung_up == hung_up + 1


def test_where_the_articles_are_silent_the_model_is_not_asked(served: Served) -> None:
    engine, server = served
    server.play = quoting
    before = len(server.asked)
    assert engine.ask("How do I bake bread?").abstained
    assert not engine.ask("Which articles do you have?").abstained  # the catalogue's to answer
    assert len(server.asked) == before


def test_the_doctor_tells_of_the_model(served: Served) -> None:
    engine, server = served
    server.play = counting_or_quoting
    told = engine.check()[-1]
    assert told.ok
    assert told.name == "language model"
    assert (
        f"scripted at 127.0.0.1:{server.port}, a window of 8,192 tokens: first word" in told.message
    )
    server.play = lambda asked: Script(fault=Break.UNAUTHORISED)
    told = engine.check()[-1]
    assert not told.ok
    assert "does not accept the key" in told.message
    assert KEY not in told.message
    server.play = quoting
    engine.ask(QUESTION)


def test_a_users_own_model_through_the_api(seeds_dir: Path) -> None:
    own = OwnModel(["Something that ", "no passage bears out."])
    with Engine.open(load_settings(data_dir=seeds_dir), llm=own) as engine:
        assert "July 1" in engine.ask(QUESTION, filters=Filters()).text


def test_the_command_line(seeds_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with ScriptedServer("ollama") as server:
        server.play = counting_or_quoting
        monkeypatch.setenv("DATELINE_DATA_DIR", str(seeds_dir))
        monkeypatch.setenv("DATELINE_LLM_PROVIDER", "ollama")
        monkeypatch.setenv("DATELINE_LLM_MODEL", "scripted")
        monkeypatch.setenv("DATELINE_LLM_BASE_URL", server.url)
        offline = CliRunner().invoke(main, ["ask", "--json", QUESTION])
        assert not server.asked
        written = CliRunner().invoke(main, ["ask", "--answerer", "llm", "--json", QUESTION])
        assert len(server.asked) == 1
        monkeypatch.setenv("DATELINE_ANSWERER", "llm")
        doctor = CliRunner().invoke(main, ["doctor"])
    assert '"mode": "offline"' in offline.output
    assert '"mode": "llm"' in written.output
    assert "ok     language model: ollama scripted at 127.0.0.1" in doctor.output


def test_an_evaluation_asks_the_model_and_reports_no_key(
    seeds_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ScriptedServer("openai") as server:
        server.play = quoting
        for name, value in {
            "DATA_DIR": str(seeds_dir),
            "ANSWER__READER": "false",
            "LLM_PROVIDER": "openai-like",
            "LLM_MODEL": "scripted",
            "LLM_BASE_URL": server.url,
            "LLM_API_KEY": KEY,
        }.items():
            monkeypatch.setenv(f"DATELINE_{name}", value)
        out = str(tmp_path / "run")
        arguments = ["eval", "run", "seeds", "--split", "dev", "--limit", "3", "--out", out]
        told = CliRunner().invoke(main, [*arguments, "--answerer", "llm"])
    assert told.exit_code == 0, told.output
    assert server.asked
    written = "".join(path.read_text(encoding="utf-8") for path in Path(out).iterdir())
    assert '"answerer": "llm"' in written
    assert KEY not in written + told.output


def test_a_wrong_setting_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    told = CliRunner().invoke(main, ["ask", "--answerer", "llm", QUESTION])
    assert told.exit_code == 2
    assert told.output.count("\n") == 1
    assert "set DATELINE_LLM_PROVIDER" in told.output


def test_offline_nothing_of_it_is_imported(seeds_dir: Path) -> None:
    program = (
        "import sys; from rag.engine import Engine; from rag.settings import load_settings\n"
        f"with Engine.open(load_settings(data_dir={str(seeds_dir)!r})) as engine:\n"
        f"    engine.ask({QUESTION!r})\n"
        "print([m for m in sys.modules if m.split('.')[0] in "
        "{'httpx', 'httpcore', 'tenacity', 'pybreaker', 'openai', 'ollama', 'llama_index'} "
        "or m.startswith('rag.llm')])"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )
    assert told.stdout.strip() == "[]"
