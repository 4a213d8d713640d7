"""docs/evaluation.md: its commands exist with their options, its examples run."""

from __future__ import annotations

import json
import re
import shlex
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from evals.cases import load_cases
from evals.cli import group
from evals.report.wording import METRICS, PLAIN

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "evaluation.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


COMMANDS = [
    line.removeprefix("$ ")
    for block in blocks("console")
    for line in block.splitlines()
    if line.startswith("$ ")
]
INLINE = re.findall(r"`(dateline eval [^`]*)`", PAGE)


@pytest.mark.parametrize("line", [*COMMANDS, *INLINE])
def test_every_command_and_option_exists(line: str) -> None:
    words = shlex.split(line)
    assert words[:2] == ["dateline", "eval"]
    if len(words) == 2:
        return
    command = group.commands[words[2]]
    known = {name for parameter in command.params for name in parameter.opts}
    assert {word for word in words[3:] if word.startswith("--")} <= known


def test_every_metric_is_told() -> None:
    for name in (*METRICS, *PLAIN):
        stem = name.split("@")[0]
        assert stem in PAGE or name in ("flip_rate", "tokens"), name


def test_the_check_prints_what_the_page_says(seeds: Path) -> None:
    told = next(b for b in blocks("console") if "eval check" in b).splitlines()[1]
    result = CliRunner().invoke(group, ["check", "seeds", "--articles", str(seeds)])
    assert result.stdout.strip() == told


def test_the_case_of_the_page_is_one(tmp_path: Path, seeds: Path) -> None:
    row = json.loads(blocks("json")[0])
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    (case,) = load_cases(path)
    assert case.critical
    checked = CliRunner().invoke(group, ["check", str(path), "--articles", str(seeds)])
    assert checked.exit_code == 0, checked.output


def test_the_bad_chatbot_of_the_page_can_be_measured(tmp_path: Path) -> None:
    program = tmp_path / "chatbot.py"
    program.write_text(blocks("python")[0], encoding="utf-8")
    words = [
        "run",
        "seeds",
        "--system",
        shlex.join([sys.executable, str(program)]),
        "--limit",
        "60",
        "--json",
    ]
    result = CliRunner().invoke(group, [*words, "--out", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    metrics = json.loads(result.stdout)["metrics"]
    assert metrics["false_answer"]["value"] == 1.0
    assert metrics["passed"]["value"] < 0.1
    assert (tmp_path / "out" / "report.html").stat().st_size > 10_000


def test_the_tests_of_the_page_are_tests() -> None:
    conftest, tests = blocks("python")[1:3]
    compile(conftest, "conftest.py", "exec")
    assert "def test_the_deadline(ask)" in tests
    names = re.search(r"from evals.pytest_plugin import (.*)", tests)
    assert names is not None
    plugin = __import__("evals.pytest_plugin", fromlist=["x"])
    assert all(hasattr(plugin, name.strip()) for name in names.group(1).split(","))
