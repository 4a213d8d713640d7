"""Follow-ups held against gold rewrites, and a language model's opinion as mere advice."""

from __future__ import annotations

import json
import shlex
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from llama_index.core.llms import MockLLM

from evals.cli import group
from evals.gate import gate
from evals.judge import judged, load_model
from evals.loaders.canard import load_canard
from evals.rewrites import content_words, measure
from evals.runner import Plan, run_cases
from evals.systems import RunError
from tests.evals.fakes import ScriptedSystem, case, unanswerable

ROWS = [
    {
        "History": ["Frank Zappa", "Disbandment"],
        "QuAC_dialog_id": "d1",
        "Question": "What group disbanded?",
        "Question_no": 1,
        "Rewrite": "What group disbanded?",
    },
    {
        "History": ["Frank Zappa", "Disbandment", "What group disbanded?", "The Mothers"],
        "QuAC_dialog_id": "d1",
        "Question": "When did they disband?",
        "Question_no": 2,
        "Rewrite": "When did the Mothers of Invention disband?",
    },
]


@pytest.fixture
def canard(tmp_path: Path) -> Path:
    path = tmp_path / "canard.json"
    path.write_text(json.dumps(ROWS), encoding="utf-8")
    return path


def test_canard_keeps_earlier_questions_and_leaves_answers_out(canard: Path) -> None:
    first, second = load_canard([canard])
    assert first.history == ("Frank Zappa: Disbandment",)
    assert second.history == ("Frank Zappa: Disbandment", "What group disbanded?")
    assert (second.question, second.gold) == (ROWS[1]["Question"], ROWS[1]["Rewrite"])
    canard.write_text("{}", encoding="utf-8")
    assert load_canard([canard]) == []
    canard.write_text("[{}]", encoding="utf-8")
    with pytest.raises(RunError, match="cannot be read as canard"):
        load_canard([canard])


def test_the_figures_by_hand(canard: Path) -> None:
    rewrites = load_canard([canard])
    bare = measure(rewrites, [item.question for item in rewrites])
    assert bare["kept"].value == 1.0
    assert bare["added_recall"].value == 0.0
    assert bare["word_recall"].value == pytest.approx((1 + 1 / 3) / 2)
    half = measure(rewrites, ["What group of Zappa disbanded?", "When did the Mothers disband?"])
    assert half["kept"].value == 0.0
    assert half["added_recall"].value == 0.5
    assert half["word_recall of the bare question"] == bare["word_recall"]
    assert content_words("When did the Mothers of Invention disband?") == {
        "mothers", "invention", "disband",
    }  # fmt: skip


def test_any_system_can_be_measured(canard: Path) -> None:
    program = Path(__file__).parent / "programs" / "chatbot.py"
    words = ["rewrites", str(canard), "--system", shlex.join([sys.executable, str(program)])]
    result = CliRunner().invoke(group, words)
    assert result.exit_code == 0, result.output
    assert "kept" in result.stdout
    assert "100.0%" in result.stdout


def model() -> MockLLM:
    """What ``--judge`` is pointed at: a model that echoes its prompt."""
    return MockLLM()


def no_model() -> str:
    """What is no model."""
    return "no model"


def test_a_judge_is_advice_and_never_gates(tmp_path: Path) -> None:
    cases = [case("a.1"), unanswerable("no.1")]
    run = run_cases(Plan(suite="made", cases=cases, system=ScriptedSystem()), tmp_path)
    advised = judged(run, load_model(f"{__name__}:model"))
    answer, refusal = advised.rows
    assert answer.judged is not None
    assert set(answer.judged) == {"faithful", "relevant"}
    assert refusal.judged is None
    limits = {"false_answer": 1.0}
    assert gate(advised, run, limits).code == gate(run, run, limits).code == 0
    assert advised.summary == run.summary


@pytest.mark.parametrize("name", ["no_such_module:x", f"{__name__}:absent", f"{__name__}:no_model"])
def test_a_judge_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(RunError, match="--judge"):
        load_model(name)
