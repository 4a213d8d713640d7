"""The evaluation room's words: runs that are told apart, verdicts that say a thing once."""

from __future__ import annotations

from evals.metrics.intervals import Estimate
from evals.rows import row_of
from evals.scoring import score_reply
from tests.evals.fakes import case, silent
from ui.room_evaluation_list import list_html
from ui.room_evaluation_run import verdict_words, why_words
from ui.room_evaluation_runs import RunCard


def test_runs_of_one_minute_are_told_apart_where_two_are_chosen() -> None:
    def card(second: int) -> RunCard:
        created = f"2026-11-22T05:42:{second:02d}+00:00"
        share = Estimate(value=0.889, low=0.8, high=0.9, n=222)
        return RunCard(
            name=f"r{second}", suite="seeds", split="all", created=created, count=309, done=309,
            mode="offline", passed=share, false_answer=None, p95_ms=9.0,
        )  # fmt: skip

    shown = list_html([card(10), card(40)])
    for second in (10, 40):
        assert f"seeds 2026-11-22 05:42:{second}, offline, 309 cases, passed 88.9%" in shown


def test_a_refusal_that_is_wrong_is_told_once() -> None:
    asked, reply = case("a.1"), silent()
    row = row_of(asked, 0, score_reply(asked, reply, lambda _article: None), reply=reply)
    assert row.figure("why") == "refused"
    assert verdict_words(row) == "✕ refused what the articles tell"
    assert why_words(row) == ""
