"""Metrics: by hand where a hand can check them, and against other people's implementations.

``data/reference.json`` holds random input with the output of trec_eval (through
pytrec_eval), scipy's exact binomial test, and statsmodels' Wilson interval and Holm
correction, so that those need not be installed here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.metrics.answers import em, f1, fact_recall, normalised
from evals.metrics.citations import (
    cite_valid,
    markers,
    sentences,
    typed_values,
    uncited,
    value_support,
)
from evals.metrics.overlap import longest_run, overlaps
from evals.metrics.retrieval import (
    all_evidence,
    covered,
    evidence_recall,
    mrr,
    ndcg,
    reach,
    relevant,
)

REFERENCE: dict[str, Any] = json.loads(
    (Path(__file__).parent / "data" / "reference.json").read_text(encoding="utf-8")
)


# Retrieval -------------------------------------------------------------------------------


@pytest.mark.parametrize("case", REFERENCE["ranking"])
def test_ranking_metrics_are_those_of_trec_eval(case: dict[str, Any]) -> None:
    gains, ideal = case["gains"], case["ideal"]
    assert ndcg(gains, 5, ideal) == pytest.approx(case["ndcg@5"], abs=1e-9)
    assert ndcg(gains, 10, ideal) == pytest.approx(case["ndcg@10"], abs=1e-9)
    assert mrr(gains, 10) == pytest.approx(case["mrr@10"], abs=1e-9)


def test_a_gold_place_is_covered_by_one_span_or_by_several_that_meet() -> None:
    assert covered(("a", 10, 20), [("a", 10, 20)])
    assert covered(("a", 10, 20), [("a", 15, 30), ("a", 0, 15)])
    assert not covered(("a", 10, 20), [("a", 0, 14), ("a", 15, 30)])
    assert not covered(("a", 10, 20), [("a", 11, 30)])
    assert not covered(("a", 10, 20), [("a", 0, 19)])
    assert not covered(("a", 10, 20), [("b", 0, 30)])
    assert not covered(("a", 10, 20), [])


def test_evidence_recall_counts_groups_and_any_place_of_a_group_serves() -> None:
    groups = [[("a", 0, 5), ("b", 0, 5)], [("c", 0, 5)]]
    ranked = [("x", 0, 9), ("b", 0, 9), ("c", 0, 9)]
    assert evidence_recall(groups, ranked, 1) == 0.0
    assert evidence_recall(groups, ranked, 2) == 0.5
    assert evidence_recall(groups, ranked, 3) == 1.0
    assert not all_evidence(groups, ranked, 2)
    assert all_evidence(groups, ranked, 3)
    assert evidence_recall([], ranked, 1) == 1.0
    assert evidence_recall([[]], ranked, 3) == 0.0


def test_reach_wants_a_group_inside_one_passage() -> None:
    groups = [[("a", 10, 20)], [("b", 0, 5)]]
    assert reach(groups, [("a", 0, 15), ("a", 15, 30), ("b", 0, 5)]) == 0.5
    assert reach(groups, [("a", 0, 30), ("b", 0, 5)]) == 1.0
    assert reach([], []) == 1.0


def test_relevant_spans_touch_a_gold_place() -> None:
    spans = [("a", 0, 10), ("a", 10, 12), ("a", 20, 30), ("b", 10, 20)]
    assert relevant([[("a", 10, 20)]], spans) == [0.0, 1.0, 0.0, 0.0]
    more = [("a", 5, 11), ("a", 19, 25), ("a", 15, 30), ("a", 0, 30), ("a", 12, 14), ("a", 9, 10)]
    assert relevant([[("a", 10, 20)]], more) == [1.0, 1.0, 1.0, 1.0, 1.0, 0.0]


def test_ranking_metrics_of_nothing_are_nothing() -> None:
    assert mrr([], 10) == 0.0
    assert ndcg([], 10) == 0.0
    assert ndcg([0.0, 0.0], 10) == 0.0
    assert mrr([0, 0, 1], 2) == 0.0
    assert mrr([0, 1, 1], 2) == 0.5
    assert ndcg([0, 1], 2) == pytest.approx(1 / 1.5849625007211562)


# Answers ---------------------------------------------------------------------------------


def squad_reference(said: str, gold: str) -> tuple[float, float]:
    """Written anew from the description in the SQuAD papers, as an independent opinion."""
    import string

    def tokens(text: str) -> list[str]:
        kept = "".join(char for char in text.lower() if char not in set(string.punctuation))
        return [word for word in kept.split() if word not in ("a", "an", "the")]

    one, other = tokens(said), tokens(gold)
    same = 0
    rest = list(other)
    for token in one:
        if token in rest:
            rest.remove(token)
            same += 1
    if not one or not other:
        return float(one == other), float(one == other)
    precision, recall = same / len(one), same / len(other)
    both = precision + recall
    return float(one == other), 2 * precision * recall / both if both else 0.0


words = st.lists(
    st.sampled_from(["The", "a", "U.S.", "July", "1,", "1075", "Kerry's", "-", "an", "(IS)", "is"]),
    max_size=8,
).map(" ".join)


@given(words, words)
def test_em_and_f1_are_those_of_squad(said: str, gold: str) -> None:
    exact, overlap = squad_reference(said, gold)
    assert em(said, [gold]) == exact
    assert f1(said, [gold]) == pytest.approx(overlap)


def test_em_and_f1_take_the_best_gold_and_silence_where_none_is() -> None:
    assert em("July 1", ["June 23", "the July 1."]) == 1.0
    assert f1("on July 1", ["June 23", "July 1"]) == pytest.approx(0.8)
    assert em("", []) == 1.0
    assert f1("something", []) == 0.0
    assert em("something", []) == 0.0
    assert normalised("The  U.S. an' a") == "us"


def test_fact_recall_weighs_facts() -> None:
    assert fact_recall([(True, 1.0), (False, 3.0)]) == 0.25
    assert fact_recall([(True, 1.0), (True, 1.0)]) == 1.0
    assert fact_recall([]) == 1.0


# Citations -------------------------------------------------------------------------------


def test_markers_are_read_in_order() -> None:
    assert markers("July 1 [1]. More [2,3]; a year [2014] and [x].") == [1, 2, 3]
    assert cite_valid("One [1]. Two [4].", [1, 2, 3]) == 0.5
    assert cite_valid("One [1].", [1]) == 1.0
    assert cite_valid("None.", [1]) is None
    assert cite_valid("Zero [0].", [1]) == 0.0


def test_sentences_keep_the_markers_behind_them() -> None:
    text = "July 1. “He told Kerry.” [1] “They met.” [2]\nKerry spoke [3]. Again."
    assert sentences(text) == [
        "July 1.",
        "“He told Kerry.” [1]",
        "“They met.” [2]",
        "Kerry spoke [3].",
        "Again.",
    ]
    whole = "Alivia writes: “Thank you. It was great.” [1]"
    assert sentences(
        f"{whole} Mr. Kerry of the U.S. State Department, John F. Kerry, came [2]."
    ) == [
        whole,
        "Mr. Kerry of the U.S. State Department, John F. Kerry, came [2].",
    ]


def test_a_short_answer_before_its_evidence_is_not_uncited() -> None:
    assert uncited("By July 1. “He would meet it by July 1.” [1]") == 0.0
    assert uncited("Kerry met him there. “He would meet it by July 1.” [1]") == 0.5
    assert uncited("“He would meet it.” [1] He said so himself.") == 0.5
    lead = "Stoltenberg (April 2018); Rasmussen (April 2013)."
    cited = "In April 2018: “Stoltenberg said so.” [1] In April 2013: “Rasmussen said so.” [2]"
    assert uncited(f"{lead} {cited}") == 0.0
    assert uncited(f"{lead} In April 2018: “Stoltenberg said so.” [1]") == 0.5
    assert uncited("") is None


def test_values_must_stand_in_what_their_sentence_cites() -> None:
    quotes = [(1, "he told Kerry on June 23 that 1,075 people"), (2, "nothing of the kind")]
    assert value_support("On June 23 he told Kerry of 1,075 people [1].", quotes) == (3, 3)
    assert value_support("On June 23 he told Kerry of 1,075 people [2].", quotes) == (0, 3)
    assert value_support("On June 24 he told Lavrov of 1,700 people [1].", quotes) == (0, 3)
    assert value_support("On June 24 he told Lavrov.", quotes) == (0, 0)
    assert value_support("It was so [1].", quotes) == (0, 0)


@pytest.mark.parametrize(
    ("cited", "gold", "hit"),
    [
        (
            "On June 23 he told Kerry he would meet a July 1 deadline.",
            "he would meet a July 1",
            True,
        ),
        ("July 1", "he would meet a July 1 deadline", True),
        ("a deadline of another kind", "he would meet a July 1 deadline", False),
        ("he would meet someone else entirely", "he would meet a July 1 deadline", False),
        ("he would meet a July day", "he would meet a July 1 deadline", True),
        ("“He’d meet — a July 1 deadline”", "meet a July 1 deadline", True),
        ("deadline", "he would meet a July 1 deadline", False),
        ("Kerry", "Kerry", True),
        ("", "Kerry", False),
    ],
)
def test_a_citation_hits_where_it_shows_the_gold_words(cited: str, gold: str, hit: bool) -> None:
    assert overlaps(cited, gold) is hit


def test_runs_are_counted_in_whole_words() -> None:
    assert longest_run("a b c d".split(), "x b c y".split()) == 2
    assert longest_run([], ["a"]) == 0
    assert longest_run(["a", "b", "a", "b", "a"], ["b", "a", "b"]) == 3
    assert overlaps("one two three four five", "zero one two three four five six")
    assert overlaps("q one two three four five q", "z one two three four five z")
    assert not overlaps("q one two three four q q", "z one two three four z z")
    assert overlaps("one two", "one two three")
    assert not overlaps("one x", "one two three")


def test_the_years_after_a_name_and_the_days_before_it_are_values() -> None:
    found = [
        wording for wording, _ in typed_values("By May 3, 2017 Anna met 40% of Oslo in 1999 [1].")
    ]
    assert found == ["May 3, 2017", "40", "1999", "Anna", "Oslo"]
    quotes = [(1, "on 3 May 2017 Anna saw 40 per cent of Oslo")]
    assert value_support("By May 3, 2017 Anna met 40% of Oslo [1].", quotes) == (4, 4)
    assert value_support("By May 3, 2017 Anna met 40 of Oslo [1].", quotes) == (3, 4)


def test_two_words_are_no_sentence_to_cite() -> None:
    assert uncited("Yes indeed. “He would meet it by July 1.” [1]") == 0.0
    assert uncited("Yes indeed so. “He would meet it by July 1.” [1]") == 0.5
