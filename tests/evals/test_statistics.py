"""Silence, intervals and tests of differences, by hand and against statsmodels and scipy."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.metrics.abstention import (
    Outcome,
    aurc,
    calibration_error,
    flip_rate,
    phi,
    risk_coverage,
)
from evals.metrics.intervals import (
    bootstrap_means,
    cluster_sums,
    clustered_mean,
    clusters_of,
    percentile,
    wilson,
)
from evals.metrics.paired import holm, mcnemar, paired_difference, smallest_visible

REFERENCE: dict[str, Any] = json.loads(
    (Path(__file__).parent / "data" / "reference.json").read_text(encoding="utf-8")
)


# Silence ---------------------------------------------------------------------------------


def test_phi_pays_right_and_charges_wrong() -> None:
    right, silent, wrong = Outcome.RIGHT, Outcome.SILENT, Outcome.WRONG
    assert phi([right, right, silent, wrong]) == 0.25
    assert phi([]) is None


def test_the_risk_coverage_curve_by_hand() -> None:
    confidence, right = [0.9, 0.8, 0.7, 0.6], [True, False, True, False]
    assert risk_coverage(confidence, right) == [(0.25, 0.0), (0.5, 0.5), (0.75, 1 / 3), (1.0, 0.5)]
    assert aurc(confidence, right) == pytest.approx((0 + 1 / 2 + 1 / 3 + 1 / 2) / 4)
    assert aurc([], []) is None
    assert risk_coverage([], []) == []


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40), st.randoms())
def test_aurc_is_bounded_and_blind_to_the_order_of_equals(
    pairs: list[tuple[float, bool]], random_: random.Random
) -> None:
    shuffled = pairs[:]
    random_.shuffle(shuffled)
    one = aurc([c for c, _ in pairs], [ok for _, ok in pairs])
    other = aurc([c for c, _ in shuffled], [ok for _, ok in shuffled])
    assert one is not None
    assert 0 <= one <= 1
    assert one == pytest.approx(other)


def test_calibration_error_by_hand() -> None:
    assert calibration_error([0.95, 0.95], [True, False]) == pytest.approx(0.45)
    assert calibration_error([1.0, 0.0], [True, False]) == 0.0
    assert calibration_error([0.05, 0.95], [False, True]) == pytest.approx(0.05)
    assert calibration_error([], []) is None


def test_flip_rate_counts_cases_whose_repeats_disagree() -> None:
    assert flip_rate([[True, True], [True, False], [False, False]]) == pytest.approx(1 / 3)
    assert flip_rate([[True], [False]]) is None


# Intervals and tests ----------------------------------------------------------------------


@pytest.mark.parametrize(("k", "n", "low", "high"), REFERENCE["wilson"])
def test_wilson_is_that_of_statsmodels(k: int, n: int, low: float, high: float) -> None:
    estimate = wilson(k, n)
    assert estimate is not None
    assert (estimate.low, estimate.high) == pytest.approx((low, high), abs=1e-9)
    assert estimate.value == k / n


def test_intervals_of_nothing_are_none() -> None:
    assert wilson(0, 0) is None
    assert clustered_mean([], []) is None
    assert paired_difference([], [], []) is None
    assert percentile([], 0.5) is None
    assert percentile([1.0, 2.0, 3.0], 0.5) == 2.0


def test_a_clustered_interval_is_wider_where_whole_articles_fail() -> None:
    values = [1.0] * 20 + [0.0] * 20
    apart = clustered_mean(values, [str(at) for at in range(40)])
    together = clustered_mean(values, [str(at // 10) for at in range(40)])
    assert apart is not None
    assert together is not None
    assert apart.value == together.value == 0.5
    assert together.high - together.low > 1.5 * (apart.high - apart.low)
    assert (apart.low, apart.high) == pytest.approx((0.35, 0.65), abs=0.03)


@pytest.mark.parametrize(("b", "c", "p"), REFERENCE["mcnemar"])
def test_mcnemar_is_the_exact_binomial_test_of_scipy(b: int, c: int, p: float) -> None:
    assert mcnemar(b, c) == pytest.approx(p, abs=1e-9)


@pytest.mark.parametrize(("p", "adjusted"), REFERENCE["holm"])
def test_holm_is_that_of_statsmodels(p: list[float], adjusted: list[float]) -> None:
    found = holm({str(at): value for at, value in enumerate(p)})
    assert [found[str(at)] for at in range(len(p))] == pytest.approx(adjusted, abs=1e-9)


def test_a_paired_difference_sees_a_real_one_and_no_other() -> None:
    names = [str(at) for at in range(60)]
    old = [1.0] * 50 + [0.0] * 10
    worse = paired_difference(old, [1.0] * 30 + [0.0] * 30, names)
    same = paired_difference(old, old, names)
    swapped = paired_difference(old, [0.0, *old[1:59], 1.0], names)
    assert worse is not None
    assert worse.value == pytest.approx(-1 / 3)
    assert worse.high < 0
    assert worse.p < 0.01
    six = paired_difference(old, [0.0] * 6 + old[6:], names)
    one = paired_difference(old, [0.0, *old[1:]], names)
    together = paired_difference(old, [0.0] * 6 + old[6:], ["a"] * 6 + names[6:])
    assert six is not None
    assert one is not None
    assert together is not None
    assert six.p == pytest.approx(2 / 2**6) == mcnemar(6, 0)
    assert one.p == together.p == 1.0
    assert same is not None
    assert (same.value, same.p) == (0.0, 1.0)
    assert swapped is not None
    assert swapped.value == 0.0
    assert swapped.p > 0.5


def test_what_a_suite_can_see_shrinks_with_its_size() -> None:
    assert mcnemar(0, 0) == 1.0
    assert smallest_visible(5) is None
    assert smallest_visible(50) == pytest.approx(6 / 50)
    assert smallest_visible(300) == pytest.approx(6 / 300)


def test_calibration_bins_are_tenths_closed_below() -> None:
    assert calibration_error([0.085, 0.095], [False, True]) == pytest.approx(0.41)
    assert calibration_error([0.1, 0.05], [True, False]) == pytest.approx(0.475)
    assert calibration_error([1.0, 0.95], [True, False]) == pytest.approx(0.475)
    assert calibration_error([0.3, 0.6], [True, True], bins=2) == pytest.approx(0.55)


def test_few_articles_are_not_drawn_but_their_questions() -> None:
    few, many = [str(at % 19) for at in range(40)], [str(at % 20) for at in range(40)]
    groups = [f"g{at}" for at in range(40)]
    assert clusters_of(few, groups) == groups
    assert clusters_of(many, groups) == many


def test_sums_and_sizes_of_clusters() -> None:
    sums, sizes = cluster_sums([1.0, 2.0, 4.0], ["b", "a", "b"])
    assert (sums.tolist(), sizes.tolist()) == ([2.0, 5.0], [1.0, 2.0])


def test_an_interval_lies_around_its_value_and_is_the_same_every_time() -> None:
    values, names = [0.0, 1.0, 1.0, 0.5, 1.0, 0.0, 1.0], list("abcdefg")
    first, second = clustered_mean(values, names), clustered_mean(values, names)
    assert first == second
    assert first is not None
    assert first.value == pytest.approx(4.5 / 7)
    assert first.low < first.value < first.high
    assert (first.low, first.high) == pytest.approx((0.357, 0.929), abs=0.08)
    assert percentile([0.0, 10.0], 0.95) == pytest.approx(9.5)


def test_many_clusters_are_flipped_at_random_and_few_exactly() -> None:
    names = [str(at) for at in range(40)]
    old = [0.0] * 40
    thirteen = paired_difference(old, [1.0] * 13 + [0.0] * 27, names)
    twelve = paired_difference(old, [1.0] * 12 + [0.0] * 28, names)
    mixed = paired_difference(old, [1.0] * 8 + [-1.0] * 6 + [0.0] * 26, names)
    assert thirteen is not None
    assert twelve is not None
    assert mixed is not None
    assert twelve.p == pytest.approx(2 / 2**12)
    assert 1 / 10_001 <= thirteen.p < 0.002
    assert mixed.p == pytest.approx(mcnemar(8, 6), abs=0.02)
    assert thirteen.low > 0
    assert mixed.low < 0 < mixed.high


def test_wilson_never_leaves_the_unit_interval() -> None:
    for n in range(1, 60):
        for hits in (0, n):
            estimate = wilson(hits, n)
            assert estimate is not None
            assert -1e-12 <= estimate.low <= estimate.value <= estimate.high <= 1 + 1e-12
            assert (estimate.low if hits == 0 else 1 - estimate.high) == pytest.approx(0)


def test_the_interval_of_a_mean_is_that_of_95_per_cent() -> None:
    values = [float(at % 2) for at in range(400)]
    estimate = clustered_mean(values, [str(at) for at in range(400)])
    assert estimate is not None
    # Half the width in standard errors: 1.96 for 95%, 1.81 for 93%, 2.17 for 97%.
    spread = (estimate.high - estimate.low) / 2 / (0.5 / 20)
    assert spread == pytest.approx(1.96, abs=0.05)


def test_the_interval_of_a_difference_holds_the_middle_95_percent() -> None:
    gaps = [float(place % 7) - 2 for place in range(60)]
    names = [f"c{place}" for place in range(60)]
    found = paired_difference([0.0] * 60, gaps, names)
    assert found is not None
    means = bootstrap_means(gaps, names)
    assert (found.low, found.high) == tuple(np.percentile(means, [2.5, 97.5]))
    assert found.low < found.value < found.high


def test_a_difference_that_chance_always_reaches_has_the_p_value_one() -> None:
    names = [f"c{place}" for place in range(30)]
    gaps = [1.0, -1.0] * 15  # more clusters than are tried in full
    found = paired_difference([0.0] * 30, gaps, names)
    assert found is not None
    assert found.p == 1.0


def test_every_cluster_is_drawn() -> None:
    for only in range(4):
        values = [float(place == only) for place in range(4)]
        assert bootstrap_means(values, list("abcd")).max() > 0
