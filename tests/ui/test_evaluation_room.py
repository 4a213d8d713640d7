"""The evaluation room without a browser: the shelf of runs, the bench, and what is shown."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest

from evals.case import CaseError
from evals.compare import compare
from rag.errors import UsageError
from rag.settings import load_settings
from rag.types import Answer, Candidate
from tests.ui.fake_engine import FakeEngine, as_engine, make_article
from ui.room_evaluation import failure_html
from ui.room_evaluation_bench import Bench, BenchState, Wish
from ui.room_evaluation_case import case_html, place_of, row_of
from ui.room_evaluation_list import duration, list_html, now_html, start_html
from ui.room_evaluation_run import comparison_html, run_html
from ui.room_evaluation_runs import RunShelf

HOSTILE = "<img src=x onerror=window.ran=1>"


class AskedEngine(FakeEngine):
    """The fake with what an evaluation needs, and a gate that a test can hold shut."""

    def __init__(self) -> None:
        super().__init__([make_article()])
        self.settings = load_settings()
        self.open = threading.Event()
        self.open.set()
        self.asked = threading.Semaphore(0)

    def ask(self, question: str, **given: Any) -> Answer:
        self.asked.release()
        assert self.open.wait(30)
        return super().ask(question, **given)

    def candidates(self, question: str, filters: object = None) -> tuple[Candidate, ...]:
        return ()


def case(number: int, question: str, value: str = "3 May", **more: object) -> dict[str, object]:
    quote = "The harbour reopened on 3 May."
    return {
        "id": f"case{number}.1",
        "question": question,
        "facts": [{"type": "text", "value": value}],
        "evidence": [[{"article": "harbour.txt", "quote": quote}]],
        **more,
    }


def write_suite(path: Path, *cases: dict[str, object]) -> Path:
    path.write_text("\n".join(json.dumps(one) for one in cases), encoding="utf-8")
    return path


@pytest.fixture
def engine() -> AskedEngine:
    return AskedEngine()


@pytest.fixture
def shelf(tmp_path: Path) -> RunShelf:
    """A shelf with one brought suite of four cases: two right, one wrong, one to refuse."""
    shelf = RunShelf([tmp_path / "evals"])
    suite = write_suite(
        tmp_path / "mine.jsonl",
        case(1, "When was the harbour reopened?"),
        case(2, f"When was the harbour reopened {HOSTILE}?", "4 June"),
        case(3, "On which day was the harbour reopened?"),
        {"id": "none.1", "question": "Who won?", "answerable": False, "facts": []},
    )
    assert shelf.bring(suite, 10**6) == "mine"
    return shelf


def ran(engine: AskedEngine, shelf: RunShelf, wish: Wish | None = None) -> BenchState:
    bench = Bench(as_engine(engine), shelf)
    bench.start(wish or Wish(suite="mine"))
    bench.wait(30)
    return bench.state()


def test_a_run_from_the_page_is_scored_kept_and_listed(
    engine: AskedEngine, shelf: RunShelf
) -> None:
    state = ran(engine, shelf)
    assert (state.phase, state.done, state.total) == ("done", 4, 4), state.message
    assert (state.passed, state.answerable, state.false_answers) == (2, 3, 0)
    (card,) = shelf.cards()
    assert (card.suite, card.done, card.count, card.mode) == ("mine", 4, 4, "offline")
    assert card.passed is not None
    assert card.passed.value == pytest.approx(2 / 3)
    assert card.passed.low < card.passed.value < card.passed.high
    assert len(shelf.run(card.name).rows) == 4


def test_one_run_at_a_time_and_it_stops_and_goes_on_where_it_was(
    engine: AskedEngine, shelf: RunShelf
) -> None:
    bench = Bench(as_engine(engine), shelf)
    engine.open.clear()
    bench.start(Wish(suite="mine"))
    assert engine.asked.acquire(timeout=30)
    with pytest.raises(UsageError, match="A run is under way"):
        bench.start(Wish(suite="mine"))
    bench.stop()
    assert bench.state().phase == "stopping"
    engine.open.set()
    bench.wait(30)
    stopped = bench.state()
    assert (stopped.phase, stopped.done) == ("stopped", 1)
    (card,) = shelf.cards()
    assert (card.done, card.count, card.finished) == (1, 4, False)
    bench.go_on(card.name)
    bench.wait(30)
    assert bench.state().phase == "done"
    assert bench.state().done == 4
    asked = [question for question, _ in engine.seen]
    assert asked.count("When was the harbour reopened?") == 1  # what was done is not done again
    assert shelf.cards()[0].finished


def test_a_sample_is_thinned_out_evenly(engine: AskedEngine, shelf: RunShelf) -> None:
    state = ran(engine, shelf, Wish(suite="mine", most=2))
    assert (state.done, state.total) == (2, 2)


def test_closing_ends_a_run_before_the_engine_goes(engine: AskedEngine, shelf: RunShelf) -> None:
    bench = Bench(as_engine(engine), shelf)
    engine.open.clear()
    bench.start(Wish(suite="mine"))
    assert engine.asked.acquire(timeout=30)
    threading.Timer(0.05, engine.open.set).start()
    bench.close(30)
    assert bench.state().phase == "stopped"
    rows = (shelf.resumable(shelf.cards()[0].name)[0] / "rows.jsonl").read_text(encoding="utf-8")
    assert [json.loads(line)["error"] for line in rows.splitlines()] == [None]


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        (Wish(suite="no-such"), "no suite of that name"),
        (Wish(suite="../../etc/passwd"), "no suite of that name"),
        (Wish(suite="mine", split="both"), "'all', 'dev' or 'test'"),
        (Wish(suite="mine", split="dev"), "holds no case"),
    ],
)
def test_what_cannot_be_run_is_told_in_a_sentence(
    engine: AskedEngine, shelf: RunShelf, wish: Wish, told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        Bench(as_engine(engine), shelf).start(wish)


def test_articles_that_are_not_indexed_are_named(
    engine: AskedEngine, shelf: RunShelf, tmp_path: Path
) -> None:
    evidence = [[{"article": "elsewhere.txt", "quote": ""}]]
    shelf.bring(write_suite(tmp_path / "far.jsonl", case(1, "Who?", evidence=evidence)), 10**6)
    state = ran(engine, shelf, Wish(suite="far"))
    assert state.phase == "failed"
    assert "not indexed: elsewhere.txt." in state.message
    assert 'role="alert"' in now_html(state)


def test_an_engine_that_breaks_makes_failed_rows_and_a_run_that_is_not_valid(
    engine: AskedEngine, shelf: RunShelf, tmp_path: Path
) -> None:
    shelf.bring(write_suite(tmp_path / "bad.jsonl", case(1, "break")), 10**6)
    state = ran(engine, shelf, Wish(suite="bad"))
    assert (state.phase, state.failed) == ("done", 1)
    assert "1 rows failed" in shelf.cards()[0].invalid[0]


def test_a_suite_that_is_none_is_refused_by_line(shelf: RunShelf, tmp_path: Path) -> None:
    bad = write_suite(tmp_path / "bad.jsonl", {"id": "a.1"}, case(2, "When?", nonsense=1))
    with pytest.raises(CaseError, match="line 1") as caught:
        shelf.bring(bad, 10**6)
    told = failure_html(str(caught.value))
    assert "line 2" in told
    with pytest.raises(UsageError, match=r"\.jsonl"):
        shelf.bring(write_suite(tmp_path / "bad.txt"), 10**6)
    with pytest.raises(UsageError, match="too large"):
        shelf.bring(bad, 10)
    assert shelf.suites() == ["seeds", "mine"]


def test_a_suite_never_takes_the_name_of_the_shipped_one_nor_leaves_its_folder(
    shelf: RunShelf, tmp_path: Path
) -> None:
    assert shelf.bring(write_suite(tmp_path / "seeds.jsonl", case(1, "When?")), 10**6) == "my-seeds"
    odd = write_suite(tmp_path / "..%2f a<b>.jsonl", case(1, "When?"))
    assert shelf.bring(odd, 10**6) == "2f-a-b"


def test_damaged_folders_are_passed_over(shelf: RunShelf, tmp_path: Path) -> None:
    for number, text in enumerate(("", "[]", '{"suite": 1}', '{"count": "x", "repeats": 1}')):
        folder = tmp_path / "evals" / f"run{number}"
        folder.mkdir()
        (folder / "config.json").write_text(text, encoding="utf-8")
        (folder / "report.json").write_text(text, encoding="utf-8")
    assert shelf.cards() == []
    with pytest.raises(UsageError, match="cannot be shown"):
        shelf.run("run0")
    with pytest.raises(UsageError, match="no run of that name"):
        shelf.run("../evals/run0")


def test_a_run_its_cases_and_a_case_are_shown_and_nothing_of_theirs_is_markup(
    engine: AskedEngine, shelf: RunShelf
) -> None:
    name = ran(engine, shelf).run
    run = shelf.run(name)
    told = run_html(name, run)
    assert "<svg" in told
    assert "66.7%" in told
    assert "✕ answered, wrong" in told
    assert "case2.1" in told
    assert "case1.1" not in told  # failed ones are shown first
    assert "case1.1" in run_html(name, run, "all")
    assert told.index("case2.1") < told.index("<svg")
    beside = case_html([(name, run)], "case2.1")
    assert "The harbour reopened on 3 May." in beside
    assert "4 June" in beside
    assert "harbour.txt" in beside
    for html in (told, beside, list_html(shelf.cards())):
        assert "<img" not in html
    row = row_of(run, "case2.1")
    assert row is not None
    assert place_of(row, "c0") == ("harbour", "The harbour reopened on 3 May.")
    assert place_of(row, "e0.0") == ("harbour.txt", "The harbour reopened on 3 May.")
    for wrong in ("", "c9", "e0.9", "e0", "cx", "c0000000", "c²"):
        assert place_of(row, wrong) is None


def test_two_runs_are_compared_flipped_cases_first(engine: AskedEngine, shelf: RunShelf) -> None:
    old = ran(engine, shelf).run
    article = make_article(body="The harbour reopened on 4 June. The mayor thanked volunteers.")
    engine.corpus.stored["harbour"] = article
    new = ran(engine, shelf).run
    told = comparison_html(old, new, compare(shelf.run(old), shelf.run(new)))
    assert told.index("Flipped cases") < told.index("Figures")
    assert "2 cases flipped to wrong" in told
    assert told.index("<code>passed</code>") < told.index("<code>answer_ok</code>")
    for metric in shelf.run(new).summary.metrics.values():
        assert f"{100 * metric.value:.1f}%" in run_html(new, shelf.run(new))
    assert "66.7% (n 3)" in told  # passed, before: of the answerable cases, as the run has it
    assert "66.7%</b>" in run_html(old, shelf.run(old))
    assert "P, corrected" in told
    assert "✕ to wrong" in told
    assert old in case_html([(old, shelf.run(old)), (new, shelf.run(new))], "case1.1")


def test_the_shipped_suite_is_closed_where_its_articles_are_not() -> None:
    assert 'value="seeds" disabled' in start_html(["seeds", "mine"], lacking=True, busy=False)
    assert "disabled" not in start_html(["seeds", "mine"], lacking=False, busy=False)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.2, "1 second"), (40, "40 seconds"), (180, "3 minutes"), (7200, "2 hours")],
)
def test_how_long_it_takes_is_told_as_fine_as_one_needs(seconds: float, told: str) -> None:
    assert duration(seconds) == told


def test_an_engine_that_is_given_stays_open(engine: AskedEngine, shelf: RunShelf) -> None:
    ran(engine, shelf)
    assert not engine.closed
