"""The gate on our own engine: it lets a run through, and stops it when retrieval is broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from evals.cases import chosen, load_cases
from evals.gate import INVALID, PASSED, STOPPED, gate
from evals.runfile import Run
from evals.runner import Plan, run_cases
from evals.systems.engine import EngineSystem
from rag.retrieve.retriever import Found, Retriever

# The limits of a whole release do not fit a part of the cases; here the comparison is tried.
LOOSE = {"false_answer": 1.0, "value_support": 0.0}


@pytest.fixture(scope="module")
def engine(seeds: Path) -> Iterator[EngineSystem]:
    system = EngineSystem(articles=[seeds])
    yield system
    system.close()


@pytest.fixture(scope="module")
def good(engine: EngineSystem, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return evaluated(engine, tmp_path_factory.mktemp("good"))


def evaluated(engine: EngineSystem, folder: Path) -> Run:
    cases = chosen(load_cases("seeds", split="dev"), None, 50)
    return run_cases(Plan(suite="seeds", cases=cases, system=engine, seconds=60), folder)


def test_our_engine_keeps_its_promises_on_the_seeds(good: Run) -> None:
    assert good.invalid == ()
    metrics = good.summary.metrics
    assert metrics["cite_valid"].value == 1.0
    assert metrics["offsets_ok"].value == 1.0
    assert metrics["value_support"].value >= 0.95
    assert metrics["reach"].value >= 0.9
    assert gate(good, good, LOOSE).code == PASSED


def nothing(found: Found) -> Found:
    """Retrieval comes back with empty hands."""
    return replace(found, candidates=())


def worst(found: Found) -> Found:
    """Only the last candidates are passed on."""
    return replace(found, candidates=found.candidates[-2:])


def others(found: Found) -> Found:
    """Everything but the article that fits best."""
    first = found.candidates[0].article.id if found.candidates else ""
    return replace(found, candidates=tuple(c for c in found.candidates if c.article.id != first))


@pytest.mark.parametrize("harm", [nothing, worst, others])
def test_a_broken_retriever_is_stopped_and_its_flips_are_named(
    harm: Callable[[Found], Found],
    engine: EngineSystem,
    good: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    find = Retriever.find
    monkeypatch.setattr(Retriever, "find", lambda *args, **kwargs: harm(find(*args, **kwargs)))
    broken = evaluated(engine, tmp_path)
    verdict = gate(broken, good, LOOSE)
    assert verdict.code == STOPPED
    assert any(reason.startswith("answer_ok fell") for reason in verdict.reasons)
    assert any("the critical case deadline." in reason for reason in verdict.reasons)
    assert verdict.comparison is not None
    lost = {flip.id for flip in verdict.comparison.flips if flip.to_wrong}
    right = {row.id for row in good.rows if row.figure("passed")}
    assert lost == right - {row.id for row in broken.rows if row.figure("passed")}


def test_a_run_without_one_of_its_rows_is_not_valid(good: Run) -> None:
    short = replace(good, rows=good.rows[1:], invalid=("1 of 50 rows are missing",))
    assert gate(short, good, LOOSE).code == INVALID
