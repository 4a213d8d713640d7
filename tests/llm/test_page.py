"""The steps of docs/models.md, as they stand there, against the scripted servers."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.house.source import ROOT
from tests.servers.__main__ import answer
from tests.servers.server import ScriptedServer
from ui.cli import main

PAGE = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")


def block(opening: str) -> list[list[str]]:
    """The lines of the blocks that open so, as a shell splits them."""
    found = re.findall(rf"^```{opening}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert found, opening
    return [shlex.split(line, comments=True) for text in found for line in text.splitlines()]


@pytest.mark.parametrize("protocol", ["ollama", "openai"])
def test_from_nothing_to_an_answer(
    protocol: str, tmp_path: Path, seeds: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(seeds.parent)
    monkeypatch.setenv("DATELINE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("DATELINE_ANSWER__READER", "false")  # a question in milliseconds
    for word, assignment in block(f"sh settings {protocol}"):
        assert word == "export"
        monkeypatch.setenv(*assignment.split("=", 1))
    with ScriptedServer(protocol) as server:
        server.play = answer
        # The page's ports may be taken here; the address is the only thing that is changed.
        monkeypatch.setenv("DATELINE_LLM_BASE_URL", server.url)
        steps = block("sh steps")
        told = [CliRunner().invoke(main, step[1:]) for step in steps[: len(steps) // 2]]
    assert [result.exit_code for result in told] == [0, 0, 0], [r.output for r in told]
    shape = (
        r"ok     language model: \S+ \S+ at 127\.0\.0\.1:\d+, a window of 8,192 tokens: first word"
    )
    assert re.search(shape, told[1].output)
    assert re.search(shape, PAGE), "the page shows the doctor's line as it is"
    assert "July 1" in told[2].output
    assert len(server.asked) == 2  # the doctor's question and the user's


def test_both_roads_have_the_same_steps() -> None:
    steps = block("sh steps")
    assert steps[: len(steps) // 2] == steps[len(steps) // 2 :]
    assert all(step[0] == ".venv/bin/dateline" for step in steps)
