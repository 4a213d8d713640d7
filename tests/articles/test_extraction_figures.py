"""The floors of the extraction figures, where the benchmark's pages are at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from evals.bench.extraction import measure_pages
from evals.bench.extraction_pages import load_pages, overlap, visible_text

DATA = Path(os.environ.get("DATELINE_BENCH_DATA", "nowhere")) / "extraction"


def test_overlap_by_hand() -> None:
    assert overlap("a b c d", "b c d e f") == (3 / 4, 3 / 5)
    assert overlap("a a", "a") == (1 / 2, 1.0)
    assert overlap("", "a") == overlap("a", "") == (0.0, 0.0)


def test_what_a_page_shows() -> None:
    page = "<head><title>T</title><style>x</style></head><body><nav>Home <a>News</a></nav>"
    assert visible_text(page + "<p>One <b>two</b><br>three<script>no</script></body>").split() == [
        "T",
        "Home",
        "News",
        "One",
        "two",
        "three",
    ]


@pytest.mark.slow
@pytest.mark.skipif(not DATA.is_dir(), reason="DATELINE_BENCH_DATA names no folder with extraction")
def test_unseen_pages_stay_above_the_floors() -> None:
    figures = measure_pages([page for page in load_pages(DATA) if page.split == "test"])
    assert figures["html.shingle.f1"] >= 0.95
    assert figures["clean.token.recall"] >= 0.94
    assert figures["clean.token.precision"] >= 0.80
    assert figures["dates.known"] == sum(
        figures[f"dates.{outcome}"] for outcome in ("same", "next_day", "missing")
    )
