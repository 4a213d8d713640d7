"""``dateline eval`` as a user types it: exit codes, stdout apart from stderr, kill and resume."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from evals.cases import as_row
from evals.cli import group
from tests.evals.fakes import case, unanswerable

PROGRAM = Path(__file__).parent / "programs" / "chatbot.py"
CASES = [
    *(case(f"a{at:02d}.1", evidence=()) for at in range(12)),
    *(case(f"b.{at}", evidence=()) for at in range(3)),
    unanswerable("no.1"),
]


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    path = tmp_path / "made.jsonl"
    path.write_text("".join(json.dumps(as_row(c)) + "\n" for c in CASES), encoding="utf-8")
    return path


def chatbot(way: str) -> str:
    return shlex.join([sys.executable, str(PROGRAM), way])


def call(*words: object) -> Result:
    return CliRunner().invoke(group, [str(word) for word in words])


def run(suite: Path, way: str, out: Path, *more: object) -> Result:
    return call("run", suite, "--system", chatbot(way), "--out", out, *more)


def test_a_run_prints_figures_writes_reports_and_exits_0(suite: Path, tmp_path: Path) -> None:
    result = run(suite, "good", tmp_path / "out", "--json")
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)
    assert told["metrics"]["answer_ok"]["value"] == 1.0
    assert told["config"]["suite"] == "made"
    assert "rows" not in told
    assert "answer_ok" in result.stderr
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["config.json", "report.html", "report.json", "report.md", "rows.jsonl"]


def test_a_run_with_failed_rows_exits_2(suite: Path, tmp_path: Path) -> None:
    result = run(suite, "error", tmp_path / "out")
    assert result.exit_code == 2
    assert "3 rows failed" in result.stderr


def test_a_gate_lets_through_stops_and_refuses(suite: Path, tmp_path: Path) -> None:
    good, bad, broken = (tmp_path / name for name in ("good", "bad", "broken"))
    assert run(suite, "good", good).exit_code == 0
    assert run(suite, "text", broken).exit_code == 2
    baseline = tmp_path / "baseline.json"
    made = call("baseline", good, "--out", baseline, "--limit", "false_answer=1")
    assert made.exit_code == 0, made.stderr
    assert call("gate", good, "--baseline", baseline).exit_code == 0
    assert call("gate", good).exit_code == 1  # one unanswerable case proves nothing
    assert call("gate", broken, "--baseline", baseline).exit_code == 2
    assert call("baseline", broken, "--out", tmp_path / "no.json").exit_code == 2

    report = json.loads((good / "report.json").read_text(encoding="utf-8"))
    for row in report["rows"][:9]:
        row["figures"]["passed"] = row["figures"]["answer_ok"] = False
    bad.mkdir()
    (bad / "report.json").write_text(json.dumps(report), encoding="utf-8")
    stopped = call("gate", bad, "--baseline", baseline)
    assert stopped.exit_code == 1
    assert "flipped to wrong: a00.1" in stopped.stdout
    assert "answer_ok fell" in stopped.stderr
    assert "Gate failed against the baseline baseline.json: " in stopped.stderr


def test_a_run_is_gated_at_once_where_a_baseline_is_given(suite: Path, tmp_path: Path) -> None:
    run(suite, "good", tmp_path / "good")
    gated = run(suite, "good", tmp_path / "again", "--baseline", tmp_path / "good")
    assert gated.exit_code == 1  # the shipped limits hold: one unanswerable case proves nothing
    assert "false_answer has the upper bound" in gated.stderr
    limit = ("--limit-at", "false_answer=1")
    gated = run(suite, "good", tmp_path / "third", "--baseline", tmp_path / "good", *limit)
    assert gated.exit_code == 0, gated.stderr
    assert gated.stderr.splitlines()[-1] == (
        "Gate passed against the earlier run good: no metric got worse; "
        "0 cases flipped to wrong, 0 to right."
    )
    assert "Against the earlier run good" in (tmp_path / "third" / "report.md").read_text("utf-8")


def test_two_runs_are_compared_as_text_and_as_json(suite: Path, tmp_path: Path) -> None:
    run(suite, "good", tmp_path / "one")
    run(suite, "text", tmp_path / "two")
    text = call("compare", tmp_path / "one", tmp_path / "two")
    assert text.exit_code == 0
    assert "flipped to wrong: b.0" in text.stdout
    told = json.loads(call("compare", tmp_path / "one", tmp_path / "two", "--json").stdout)
    assert [flip["id"] for flip in told["flips"]] == ["b.0", "b.1", "b.2"]


def test_reports_are_made_anew_against_another_run(suite: Path, tmp_path: Path) -> None:
    run(suite, "good", tmp_path / "one")
    run(suite, "text", tmp_path / "two")
    made = call(
        "report", tmp_path / "two", "--against", tmp_path / "one", "--out", tmp_path / "new"
    )
    assert made.exit_code == 0
    assert "Against the earlier run one" in (tmp_path / "new" / "report.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["run", "nothing"], "there is no dataset 'nothing'"),
        (["run", "seeds", "--resume"], "--resume needs --out"),
        (["run", "seeds", "--tag", "no-such-tag", "--system", "x"], "no case to run"),
        (["run", "seeds", "--system", "no-such-program-at-all"], "cannot be started"),
        (["run", "seeds", "--system", "x", "--given"], "brings its own articles"),
        (["run", "seeds", "--baseline", "absent.json"], "cannot be read"),
        (["gate", "absent"], "cannot be read"),
    ],
)
def test_a_mistake_is_one_line_and_exit_2(tmp_path: Path, words: list[str], told: str) -> None:
    if words[0] == "run" and "--resume" not in words:
        words = [*words, "--out", str(tmp_path / "out")]
    result = call(*words)
    assert result.exit_code == 2
    assert told in result.stderr
    assert "Traceback" not in result.output


def test_a_wrong_limit_is_told(suite: Path, tmp_path: Path) -> None:
    run(suite, "good", tmp_path / "out")
    assert "NAME=NUMBER" in call("gate", tmp_path / "out", "--limit", "speed").stderr
    assert "there is no limit" in call("gate", tmp_path / "out", "--limit", "speed=1").stderr


def test_the_shipped_dataset_passes_its_check(seeds: Path) -> None:
    result = call("check", "seeds", "--articles", seeds)
    assert result.exit_code == 0
    assert "0 faults" in result.stdout
    assert call("check", "seeds", "--articles", seeds / "nowhere").exit_code == 1


def test_cases_are_thinned_out_evenly(suite: Path, tmp_path: Path) -> None:
    run(suite, "good", tmp_path / "out", "--limit", "4")
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert [row["id"] for row in report["rows"]] == ["a00.1", "a04.1", "a08.1", "b.0"]


def test_a_killed_run_is_resumed_to_the_report_of_an_unbroken_one(
    suite: Path, tmp_path: Path
) -> None:
    slow = ["--system", chatbot("slow"), "--out"]
    command = [sys.executable, "-m", "evals.cli", "run", str(suite), *slow]
    broken, rows = tmp_path / "broken", tmp_path / "broken" / "rows.jsonl"
    process = subprocess.Popen(
        [*command, str(broken)], stderr=subprocess.DEVNULL, start_new_session=True
    )
    until = time.monotonic() + 60
    while not rows.exists() or rows.read_bytes().count(b"\n") < 13:
        assert time.monotonic() < until, "the run wrote no rows"
        assert process.poll() is None, "the run ended before it could be killed"
        time.sleep(0.005)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert not (broken / "report.json").exists()
    done = rows.read_bytes().count(b"\n")
    assert 13 <= done < len(CASES)
    subprocess.run([*command, str(broken), "--resume"], check=True, stderr=subprocess.DEVNULL)
    subprocess.run([*command, str(tmp_path / "whole")], check=True, stderr=subprocess.DEVNULL)
    assert told(broken) == told(tmp_path / "whole")


def told(folder: Path) -> Any:
    """A report without what time and place make different."""
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    report.pop("latency")
    for key in ("created", "command"):
        report["config"].pop(key)
    for row in report["rows"]:
        row.pop("ms")
    return report
