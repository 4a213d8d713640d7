"""Two runs compared, and the gate's three exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from evals.case import Case
from evals.compare import compare
from evals.gate import INVALID, PASSED, STOPPED, gate
from evals.reply import Reply
from evals.report.wording import METRICS, NAMES, PLAIN, verdict_words
from evals.runfile import Run, as_baseline, as_report, load_limits, load_run
from evals.runner import Plan, run_cases
from evals.summary import MEANS, RATES, RETRIEVAL
from evals.systems import RunError
from tests.evals.fakes import ScriptedSystem, best, case, right, silent, unanswerable, wrong

CASES = [
    *(case(f"q{at:02d}.1", critical=at == 0) for at in range(40)),
    *(unanswerable(f"no{at:02d}.1") for at in range(60)),
]


@pytest.fixture(scope="module")
def run_with(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Callable[[Case], Reply]], Run]:
    def make(reply: Callable[[Case], Reply]) -> Run:
        folder = tmp_path_factory.mktemp("run")
        return run_cases(
            Plan(suite="made", cases=CASES, system=ScriptedSystem(reply=reply)), folder
        )

    return make


Make = Callable[[Callable[[Case], Reply]], Run]


def failing(*identities: str, reply: Callable[[], Reply] = wrong) -> Callable[[Case], Reply]:
    return lambda asked: reply() if asked.id in identities else best(asked)


def first(count: int) -> list[str]:
    return [f"q{at:02d}.1" for at in range(1, count + 1)]


def test_a_run_equals_itself(run_with: Make) -> None:
    run = run_with(best)
    comparison = compare(run, run)
    assert comparison.flips == ()
    assert not any(m.worse for m in comparison.metrics)
    assert all(m.p == 1.0 for m in comparison.metrics)
    assert gate(run, run).code == PASSED


def test_a_comparison_has_the_figures_of_the_reports(run_with: Make) -> None:
    old, new = run_with(failing("q07.1")), run_with(failing("q03.1", "no04.1", reply=silent))
    comparison = compare(old, new)
    assert [m.name for m in comparison.metrics][:3] == ["passed", "answer_ok", "fact_recall"]
    for metric in comparison.metrics:
        assert metric.old == old.summary.metrics[metric.name]
        assert metric.new == new.summary.metrics[metric.name]
    by_name = {m.name: m for m in comparison.metrics}
    assert by_name["answer_ok"].new.n == by_name["answer_ok"].difference.n == 40
    assert "value_support" in by_name


def test_passed_is_told_and_does_not_gate(run_with: Make) -> None:
    comparison = compare(run_with(best), run_with(failing(*first(14))))
    told = {m.name: m for m in comparison.metrics}
    assert told["passed"].p < 0.05
    assert not told["passed"].worse
    assert told["answer_ok"].worse


def test_the_verdict_is_a_sentence(run_with: Make) -> None:
    good = run_with(best)
    same = verdict_words(gate(good, good), "the baseline b.json")
    assert same == (
        "Gate passed against the baseline b.json: no metric got worse; "
        "0 cases flipped to wrong, 0 to right."
    )
    one = verdict_words(gate(run_with(failing("q05.1")), good), "the earlier run a")
    assert "no metric got worse by more than 2.5 points (" in one
    assert one.endswith("; 1 case flipped to wrong, 0 to right.")
    bad = verdict_words(gate(run_with(failing("q00.1")), good), "the earlier run a")
    assert bad.startswith("Gate failed against the earlier run a: the critical case q00.1")
    broken = replace(good, invalid=("1 rows failed",))
    assert verdict_words(gate(broken, good)) == "Gate not decided: the run: 1 rows failed."
    assert verdict_words(gate(good)) == "Gate passed: every limit holds."


def test_every_figure_has_a_plain_name_and_a_meaning() -> None:
    assert set(NAMES) == {*METRICS, *PLAIN}
    assert set(METRICS) == {*RATES, *MEANS, *RETRIEVAL, "value_support"}


def test_every_flip_is_listed_those_to_wrong_and_critical_first(run_with: Make) -> None:
    old, new = run_with(failing("q07.1")), run_with(failing("q03.1", "q00.1"))
    flips = compare(old, new).flips
    assert [(f.id, f.to_wrong, f.critical) for f in flips] == [
        ("q00.1", True, True),
        ("q03.1", True, False),
        ("q07.1", False, False),
    ]
    assert "'July 1'" in flips[0].why


def test_a_critical_flip_stops_the_run_and_one_ordinary_flip_does_not(run_with: Make) -> None:
    good = run_with(best)
    stopped = gate(run_with(failing("q00.1")), good)
    assert stopped.code == STOPPED
    assert any("critical case q00.1" in reason for reason in stopped.reasons)
    assert gate(run_with(failing("q05.1")), good).code == PASSED


def test_a_significant_regression_stops_the_run_and_an_improvement_does_not(run_with: Make) -> None:
    good, bad = run_with(best), run_with(failing(*first(14)))
    stopped = gate(bad, good)
    assert stopped.code == STOPPED
    assert any(
        reason.startswith("answer_ok fell from 100.0% to 65.0%") for reason in stopped.reasons
    )
    assert gate(good, bad).code == PASSED


def test_answering_what_the_articles_do_not_tell_stops_the_run(run_with: Make) -> None:
    good = run_with(best)
    loose = run_with(failing(*[f"no{at:02d}.1" for at in range(12)], reply=right))
    stopped = gate(loose, good)
    assert stopped.code == STOPPED
    assert any("false_answer has the upper bound" in reason for reason in stopped.reasons)
    assert any("false_answer rose" in reason for reason in stopped.reasons)
    assert gate(loose, None, {"false_answer": 0.9}).code == PASSED


def test_a_marker_that_resolves_to_nothing_stops_the_run(run_with: Make) -> None:
    def forged(asked: Case) -> Reply:
        if asked.id != "q05.1":
            return best(asked)
        reply = right(number=1)
        return Reply(text=reply.text + " Indeed [7].", citations=reply.citations, confidence=0.9)

    stopped = gate(run_with(forged))
    assert stopped.code == STOPPED
    assert any(reason.startswith("cite_valid is 0.9") for reason in stopped.reasons)


def test_values_that_no_citation_supports_stop_the_run(run_with: Make) -> None:
    def inventing(asked: Case) -> Reply:
        reply = best(asked)
        if not asked.answerable:
            return reply
        text = f"On July 1 Merkel paid 77 euros [1]. {reply.text}"
        return Reply(text=text, citations=reply.citations, confidence=0.9)

    stopped = gate(run_with(inventing))
    assert any("value_support has the lower bound" in reason for reason in stopped.reasons)


def test_silence_everywhere_is_a_regression(run_with: Make) -> None:
    stopped = gate(run_with(lambda _: silent()), run_with(best))
    assert stopped.code == STOPPED
    assert {reason.split()[0] for reason in stopped.reasons} >= {"answer_ok", "false_refusal"}


def test_a_failed_row_makes_the_run_invalid(run_with: Make) -> None:
    def breaking(asked: Case) -> Reply:
        if asked.id == "q05.1":
            raise ValueError("broken")
        return best(asked)

    verdict = gate(run_with(breaking), run_with(best))
    assert verdict.code == INVALID
    assert "1 rows failed" in verdict.reasons[0]


def test_a_missing_or_doubled_row_makes_the_run_invalid(run_with: Make, tmp_path: Path) -> None:
    run = run_with(best)
    report = json.loads(json.dumps(as_report(run)))
    short = tmp_path / "short.json"
    short.write_text(json.dumps({**report, "rows": report["rows"][1:]}), encoding="utf-8")
    assert gate(load_run(short), run).reasons == ("the run: 1 of 100 rows are missing",)
    assert gate(load_run(short), run).code == INVALID
    assert gate(run, load_run(short)).code == INVALID
    twice = tmp_path / "twice.json"
    rows = [report["rows"][1], *report["rows"][1:]]
    twice.write_text(json.dumps({**report, "rows": rows}), encoding="utf-8")
    assert gate(load_run(twice), run).code == INVALID


def test_runs_over_other_cases_are_not_compared(run_with: Make, tmp_path: Path) -> None:
    run = run_with(best)
    other = run_cases(Plan(suite="made", cases=CASES[:9], system=ScriptedSystem()), tmp_path)
    with pytest.raises(RunError, match="not over the same cases"):
        compare(run, other)
    assert gate(other, run).code == INVALID


def test_a_baseline_gates_as_its_run_does_and_holds_no_text(run_with: Make, tmp_path: Path) -> None:
    run = run_with(failing(*first(3)))
    path = tmp_path / "baseline.json"
    path.write_text(json.dumps(as_baseline(run, {"false_answer": 0.2})), encoding="utf-8")
    baseline = load_run(path)
    assert baseline.invalid == ()
    assert compare(baseline, run).flips == ()
    assert load_limits(path) == {"false_answer": 0.2}
    assert baseline.summary.metrics == run.summary.metrics
    worse = run_with(failing(*first(20)))
    assert gate(worse, baseline).reasons == gate(worse, run).reasons
    text = path.read_text(encoding="utf-8")
    assert "deadline" not in text
    assert "Kerry" not in text


def test_what_is_no_run_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    for text, words in [
        ("{", "no JSON"),
        ("[]", "neither"),
        ('{"kind": "dateline-run"}', "not a run"),
    ]:
        path.write_text(text, encoding="utf-8")
        with pytest.raises(RunError, match=words):
            load_run(path)
    with pytest.raises(RunError, match="cannot be read"):
        load_run(tmp_path / "absent.json")


def test_an_unknown_limit_is_refused(run_with: Make) -> None:
    with pytest.raises(RunError, match="there is no limit speed"):
        gate(run_with(best), None, {"speed": 1.0})
