"""Runs: one row a case whatever happens, resumable, refused where they would mislead."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evals.case import Case
from evals.reply import Reply
from evals.rows import Row
from evals.runfile import Run, as_report
from evals.runner import Plan, run_cases
from evals.systems import RunError
from tests.evals.fakes import ScriptedSystem, best, case, right, slow, unanswerable, wrong

CASES = [case("a.1"), case("b.1", critical=True), case("c.1", split="test"), unanswerable("no.1")]


def plan(
    system: ScriptedSystem | None = None, cases: list[Case] | None = None, **more: Any
) -> Plan:
    return Plan(suite="made", cases=cases or CASES, system=system or ScriptedSystem(), **more)


def verdicts(run: Run) -> dict[str, bool]:
    return {row.id: bool(row.figure("passed")) for row in run.rows}


def without_times(run: Run) -> object:
    report = as_report(run)
    del report["latency"]
    for row in report["rows"]:
        row["ms"] = {}
    report["config"].pop("created")
    return json.loads(json.dumps(report))


def test_a_perfect_system_passes_everything(tmp_path: Path) -> None:
    told: list[Row] = []
    run = run_cases(plan(), tmp_path / "run", progress=told.append)
    assert verdicts(run) == dict.fromkeys(("a.1", "b.1", "c.1", "no.1"), True)
    assert run.invalid == ()
    assert [row.id for row in told] == ["a.1", "b.1", "c.1", "no.1"]
    metrics = run.summary.metrics
    assert metrics["answer_ok"].value == metrics["cite_valid"].value == 1.0
    assert metrics["value_support"].value == metrics["offsets_ok"].value == 1.0
    assert metrics["false_answer"].value == metrics["false_refusal"].value == 0.0
    assert metrics["answer_ok"].n == 3


def test_errors_and_timeouts_become_rows_and_make_the_run_invalid(tmp_path: Path) -> None:
    def reply(asked: Case) -> Reply:
        if asked.id == "a.1":
            raise ValueError("broken")
        return slow(asked) if asked.id == "no.1" else right()

    run = run_cases(
        Plan(suite="made", cases=CASES, system=ScriptedSystem(reply=reply), seconds=0.2), tmp_path
    )
    errors = {row.id: row.error for row in run.rows if row.error}
    assert errors == {"a.1": "ValueError: broken", "no.1": "no answer within 0.2 s"}
    assert verdicts(run) == {"a.1": False, "b.1": True, "c.1": True, "no.1": False}
    assert run.invalid == ("2 rows failed, the first: a.1: ValueError: broken",)
    assert run.summary.metrics["false_answer"].value == 1.0
    assert run.summary.metrics["false_refusal"].value == pytest.approx(1 / 3)


def test_a_run_is_the_same_with_one_worker_and_with_many(tmp_path: Path) -> None:
    cases = [case(f"q{at}.1") for at in range(40)]
    one = run_cases(plan(cases=cases), tmp_path / "one")
    many = run_cases(plan(cases=cases, workers=7), tmp_path / "many")
    assert [row.id for row in many.rows] == [row.id for row in one.rows]
    left, right_ = without_times(one), without_times(many)
    assert isinstance(left, dict)
    assert isinstance(right_, dict)
    left["config"].pop("workers")
    right_["config"].pop("workers")
    assert left == right_


def test_repeats_tell_how_much_flips(tmp_path: Path) -> None:
    asked: dict[str, int] = {}

    def moody(one: Case) -> Reply:
        asked[one.id] = asked.get(one.id, 0) + 1
        return wrong() if one.id == "a.1" and asked[one.id] == 2 else best(one)

    run = run_cases(plan(ScriptedSystem(reply=moody), repeats=3), tmp_path)
    assert len(run.rows) == 12
    assert run.summary.plain["flip_rate"] == 0.25
    assert run.summary.metrics["answer_ok"].n == 3


def test_a_run_that_was_cut_short_is_finished_and_equals_an_unbroken_one(tmp_path: Path) -> None:
    whole = run_cases(plan(), tmp_path / "whole")
    run_cases(plan(), tmp_path / "cut")
    rows = tmp_path / "cut" / "rows.jsonl"
    lines = rows.read_bytes().splitlines(keepends=True)
    rows.write_bytes(b"".join(lines[:2]) + lines[2][:40])  # killed while writing the third
    system = ScriptedSystem()
    run = run_cases(plan(system), tmp_path / "cut", resume=True)
    assert system.asked == ["c.1", "no.1"]
    assert without_times(run) == without_times(whole)


def test_a_folder_with_a_run_is_not_written_over(tmp_path: Path) -> None:
    run_cases(plan(), tmp_path)
    with pytest.raises(RunError, match="add --resume"):
        run_cases(plan(), tmp_path)


def test_a_run_is_not_taken_up_with_other_cases_or_another_system(tmp_path: Path) -> None:
    run_cases(plan(), tmp_path)
    with pytest.raises(RunError, match="differs in cases, count"):
        run_cases(plan(cases=CASES[:2]), tmp_path, resume=True)
    with pytest.raises(RunError, match="differs in system"):
        run_cases(plan(ScriptedSystem(name="other")), tmp_path, resume=True)


def test_nothing_is_run_without_cases_or_with_a_matcher_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(RunError, match="no case to run"):
        run_cases(replace(plan(), cases=[]), tmp_path)
    monkeypatch.setattr("evals.runner.wrong_triples", lambda: iter(["line 3: July 1 is July 10"]))
    with pytest.raises(RunError, match="line 3"):
        run_cases(plan(), tmp_path)


def test_a_system_that_cannot_run_at_all_ends_the_run(tmp_path: Path) -> None:
    class Broken(ScriptedSystem):
        def answers(self, cases: object, seconds: float) -> object:  # type: ignore[override]
            raise RunError("no such program")

    with pytest.raises(RunError, match="no such program"):
        run_cases(plan(Broken(), workers=2), tmp_path)
