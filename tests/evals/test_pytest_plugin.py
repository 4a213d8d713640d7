"""The pytest plugin, run as a user runs it: a test session of its own."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from evals.pytest_plugin import assert_cites, assert_fact, assert_refused
from tests.evals.fakes import right, silent, wrong

PROGRAM = Path(__file__).parent / "programs" / "chatbot.py"
ROOT = Path(__file__).resolve().parents[2]
TESTS = """
from evals.pytest_plugin import assert_cites, assert_fact, assert_refused

def test_right(ask):
    assert_fact(ask("When?", history=["Where?"]), "date", "July 1")

def test_wrong(ask):
    assert_fact(ask("When?"), "date", "July 10")

def test_not_cited(ask):
    assert_cites(ask("When?"), "a.txt")
"""


def session(folder: Path, *options: str, tests: str = TESTS) -> subprocess.CompletedProcess[str]:
    (folder / "conftest.py").write_text('pytest_plugins = ["evals.pytest_plugin"]\n')
    (folder / "test_answers.py").write_text(tests)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir=.", *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_a_session_tells_what_was_answered_where_a_test_fails(tmp_path: Path) -> None:
    done = session(tmp_path, "--dateline-system", shlex.join([sys.executable, str(PROGRAM)]))
    assert "2 failed, 1 passed" in done.stdout
    assert "'July 10': not stated" in done.stdout
    assert "a.txt is not cited" in done.stdout
    assert "answer: July 1." in done.stdout


def test_the_options_may_stand_in_the_configuration(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text(
        f"[pytest]\ndateline_system = {shlex.join([sys.executable, str(PROGRAM)])} dead\n"
        "dateline_timeout = 20\n"
    )
    done = session(tmp_path)
    assert "3 failed" in done.stdout
    assert "no model here" in done.stdout


def test_our_engine_is_asked_over_the_articles_of_the_session(tmp_path: Path, seeds: Path) -> None:
    (tmp_path / "articles").symlink_to(seeds)
    tests = """
from evals.pytest_plugin import assert_cites, assert_fact

def test_the_deadline(ask):
    reply = ask("What is the deadline for a new Iraqi government?")
    assert_fact(reply, "date", "July 1")
    assert_cites(reply, "000_d20460457c908205.txt", "a July 1 deadline")
"""
    done = session(tmp_path, "--dateline-articles", "articles", tests=tests)
    assert "1 passed" in done.stdout, done.stdout


def test_assertions_fail_for_what_is_not_so() -> None:
    assert_fact(right(), "date", "July 1", forbidden=["July 10"])
    assert_cites(right(), "a.txt", "meet a July 1 deadline")
    assert_cites(right(), "a")
    assert_refused(silent())
    with pytest.raises(AssertionError, match="not stated"):
        assert_fact(wrong(), "date", "July 1")
    with pytest.raises(AssertionError, match="refused, where"):
        assert_fact(silent(), "date", "July 1")
    with pytest.raises(AssertionError, match="not at 'nothing of the kind'"):
        assert_cites(right(), "a.txt", "nothing of the kind")
    with pytest.raises(AssertionError, match=r"b\.txt is not cited"):
        assert_cites(right(), "b.txt")
    with pytest.raises(AssertionError, match="should refuse"):
        assert_refused(right())
    with pytest.raises(ValueError, match="not one number"):
        assert_fact(right(), "number", "many")
