"""Thumbs become cases that can be run, or drafts that no run accepts before they are complete."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from evals.case import CaseError
from evals.cases import load_cases
from evals.cli import group
from evals.commands import feedback as command
from evals.facts import FactType
from evals.feedback import cases_from
from rag.engine import Engine
from rag.types import Answer, Rating
from tests.ui.fake_engine import FakeEngine, make_article

ASKED = "When was the harbour reopened?"


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine([make_article()])


def rating(
    answer: Answer, number: int = 1, *, up: bool = True, history: tuple[str, ...] = ()
) -> Rating:
    return Rating(
        id=number, owner="", at=0.0, up=up, reason="wrong day", history=history, answer=answer
    )


def test_a_thumb_up_is_a_case_with_its_evidence(engine: FakeEngine) -> None:
    found = cases_from([rating(engine.ask(ASKED), history=("What reopened?",))])
    (case,) = found.cases
    assert found.drafts == ()
    assert (case.question, case.history, case.answerable) == (ASKED, ("What reopened?",), True)
    assert [(fact.type, fact.value) for fact in case.facts] == [(FactType.DATE, "3 May")]
    ((gold,),) = case.evidence
    assert (gold.article, gold.quote) == ("harbour.txt", "The harbour reopened on 3 May.")
    assert case.tags == ("feedback", "up")


def test_a_right_refusal_is_an_unanswerable_case(engine: FakeEngine) -> None:
    (case,) = cases_from([rating(engine.ask("What colour is the mountain?"))]).cases
    assert not case.answerable
    assert not case.evidence
    assert not case.facts


def test_a_thumb_down_waits_for_a_person(engine: FakeEngine) -> None:
    found = cases_from([rating(engine.ask(ASKED), up=False)])
    assert found.cases == ()
    (draft,) = found.drafts
    assert draft["review"]["reason"] == "wrong day"
    assert draft["review"]["short"] == "3 May"
    assert draft["review"]["cited"][0]["article"] == "harbour.txt"
    assert draft["evidence"] == draft["facts"] == []


def test_the_last_thought_counts_and_nothing_to_check_is_a_draft(engine: FakeEngine) -> None:
    answer = engine.ask(ASKED)
    bare = replace(answer, question="Other?", short=None, citations=(), statements=())
    found = cases_from([rating(answer, 1), rating(answer, 2, up=False), rating(bare, 3)])
    assert found.cases == ()
    assert [draft["id"] for draft in found.drafts] == ["feedback-2.1", "feedback-3.1"]
    apart = cases_from([rating(answer, 1), rating(answer, 2, up=False, history=("Before?",))])
    assert len(apart.cases) == len(apart.drafts) == 1


def test_the_command_adds_each_once_and_a_run_takes_only_the_complete(
    engine: FakeEngine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(Engine, "open", classmethod(lambda cls, settings=None: engine))
    out = tmp_path / "cases.jsonl"

    def run() -> tuple[int, str]:
        done = CliRunner().invoke(group, ["import-feedback", "--out", str(out)])
        return done.exit_code, done.output

    assert run() == (2, run()[1])
    assert "no (more) feedback" in run()[1]
    engine.feedback.add("", engine.ask(ASKED), up=True)
    engine.feedback.add("", engine.ask("What colour is the sea?"), up=False, reason="it is there")
    code, told = run()
    assert code == 0
    assert "1 cases added" in told
    assert "1 to be completed" in told
    assert run()[0] == 2
    assert [case.question for case in load_cases(out)] == [ASKED]
    drafts = out.with_suffix(".review.jsonl")
    assert json.loads(drafts.read_text())["review"]["reason"] == "it is there"
    with pytest.raises(CaseError, match="no 'review'"):
        load_cases(drafts)
    out.write_text("no json\n")
    assert command._known(tmp_path / "absent") == set()
    assert "is no file of cases" in run()[1]
