"""Our engine as a system: its modes, what it says of itself, and how it fails."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from evals.case import Case, Gold
from evals.cases import load_cases
from evals.cli import group
from evals.quick import main as quick
from evals.systems import RunError
from evals.systems.engine import EngineSystem

CASES = {case.id: case for case in load_cases("seeds")}


@pytest.fixture(scope="module")
def engine(seeds: Path) -> Iterator[EngineSystem]:
    system = EngineSystem(articles=[seeds])
    yield system
    system.close()


def asked(*identities: str) -> list[Case]:
    return [CASES[identity] for identity in identities]


def test_a_case_is_answered_with_figures_of_retrieval(engine: EngineSystem) -> None:
    (outcome,) = engine.answers(asked("deadline.2"), 60)
    assert outcome.error is None
    assert outcome.reply is not None
    assert "July 1" in outcome.reply.text
    (first, *_) = outcome.reply.citations
    text = engine.text_of(first.article)
    assert text is not None
    assert text[first.start : first.end] == first.quote
    assert outcome.figures["evidence_recall@10"] == 1.0
    assert outcome.figures["reach"] == 1.0
    assert outcome.recall_at[-1] == 1.0
    assert engine.text_of("no-such-article") is None


def test_an_unanswerable_case_has_no_figures_of_retrieval(engine: EngineSystem) -> None:
    (outcome,) = engine.answers(asked("no-topic-dev.1"), 60)
    assert outcome.reply is not None
    assert (outcome.figures, outcome.recall_at) == ({}, ())


def test_retrieval_alone_asks_for_no_answer(seeds: Path) -> None:
    system = EngineSystem(articles=[seeds], retrieval="only")
    try:
        plain, follow_up = system.answers(asked("deadline.2", "irbil.3"), 60)
    finally:
        system.close()
    assert plain.reply is None
    assert plain.retrieval_only
    assert plain.figures["all_evidence@10"] == 1.0
    assert follow_up.reply is not None  # to learn what the follow-up means


def test_with_the_passage_given_only_its_article_is_cited(seeds: Path) -> None:
    # The evidence says one article; without the restriction another one answers.
    asked_of = replace(
        CASES["deadline.2"], evidence=((Gold(article="002_6968b23cb49e1c58.txt", quote=""),),)
    )
    system = EngineSystem(articles=[seeds], given=True, retrieval="off")
    try:
        (outcome,) = system.answers([asked_of], 60)
    finally:
        system.close()
    assert outcome.reply is not None
    assert all(cited.of("002_6968b23cb49e1c58.txt") for cited in outcome.reply.citations)


def test_it_says_the_same_of_itself_every_time_and_something_else_of_other_articles(
    engine: EngineSystem, seeds: Path, tmp_path: Path
) -> None:
    first = min(seeds.glob("*.txt"))
    (tmp_path / first.name).write_bytes(first.read_bytes())
    other, same = EngineSystem(articles=[tmp_path]), EngineSystem(articles=[seeds])
    try:
        assert same.describe() == engine.describe()
        assert other.describe()["corpus"] != engine.describe()["corpus"]
        assert set(engine.describe()["models"]) >= {"encoder/model.int8.onnx"}
        needed = load_cases("seeds")
        assert engine.missing(needed) == []
        assert len(other.missing(needed)) == 4
    finally:
        other.close()
        same.close()


def test_a_question_that_is_none_and_one_that_is_late_are_rows(engine: EngineSystem) -> None:
    empty = replace(CASES["deadline.2"], question=" ")
    late, other = engine.answers([empty, CASES["deadline.2"]], 0.0001)
    assert late.reply is None
    assert other.error == "no answer within 0.0001 s"
    time.sleep(0.5)  # the late answer ends in its thread before the engine is closed
    (refused,) = engine.answers([empty], 60)
    assert refused.reply is None
    assert refused.error


def test_articles_that_cannot_be_read_end_the_run_before_it_begins(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    with pytest.raises(RunError, match=r"could not be ingested: .*empty\.txt"):
        EngineSystem(articles=[tmp_path])


def test_cases_whose_articles_are_not_indexed_are_told(tmp_path: Path, seeds: Path) -> None:
    (tmp_path / "one.txt").write_bytes(min(seeds.glob("*.txt")).read_bytes())
    words = ["run", "seeds", "--articles", str(tmp_path / "one.txt"), "--limit", "3"]
    told = CliRunner().invoke(group, [*words, "--out", str(tmp_path / "out")])
    assert told.exit_code == 2
    assert "not indexed" in told.stderr
    more = CliRunner().invoke(group, [*words, "--allow-missing", "--out", str(tmp_path / "out")])
    assert more.exit_code == 0, more.output


def test_the_quick_look_hides_the_test_split(
    seeds: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert quick(["--articles", str(seeds), "--split", "test", "--tag", "absent-detail"]) == 0
    told = capsys.readouterr().out
    assert "false_answer" in told
    hidden = [case for case in CASES.values() if case.split == "test"]
    assert not any(case.question in told for case in hidden)
