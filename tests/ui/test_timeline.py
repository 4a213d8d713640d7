"""Articles counted by time and publisher, and the picture that is made of the counts."""

from __future__ import annotations

import dataclasses
import re
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.types import ArticleInfo, DateRange, Filters
from tests.made import info
from ui.filters import filters_from
from ui.render_timeline import WIDTHS, labels, timeline_html
from ui.shelf import allowed
from ui.timeline import MOST_BINS, MOST_ROWS, timeline_of


def _infos(*dates: str | None, publisher: str | None = "Harbour Post") -> list[ArticleInfo]:
    return [
        dataclasses.replace(info(f"a{place}", date), publisher=publisher)
        for place, date in enumerate(dates)
    ]


@pytest.mark.parametrize(
    ("dates", "unit", "bins", "first"),
    [
        (("2014-06-24", "2014-06-25", "2014-07-02"), "day", 9, "2014-06-24"),
        (("2014-06-24", "2014-08"), "month", 3, "2014-06"),
        (("2013-11-02", "2014-01-31"), "month", 3, "2013-11"),
        (("2013-11-02", "2017-11-08"), "month", 60, "2013-01"),
        (("2013-11-02", "2019-11-08"), "year", 7, "2013"),
        (("2010", "2014-06", "2019-01-02"), "year", 10, "2010"),
        (("1815", "2014"), "10 years", 21, "1810"),
        (("0012", "2014"), "100 years", 21, "0001"),
    ],
)
def test_the_unit_fits_the_span(dates: tuple[str, ...], unit: str, bins: int, first: str) -> None:
    made = timeline_of(_infos(*dates))
    if unit == "day":
        assert made.totals == [1, 1, 0, 0, 0, 0, 0, 0, 1]
    assert (made.unit, len(made.bins), made.bins[0].first) == (unit, bins, first)
    assert sum(made.totals) == len(dates)


def test_a_date_coarser_than_the_unit_stands_at_its_middle_and_is_told() -> None:
    made = timeline_of(_infos("2014-01-05", "2014", "2014-12-05"))
    assert made.unit == "month"
    assert made.coarse == 1
    assert [one.first for one, n in zip(made.bins, made.totals, strict=True) if n] == [
        "2014-01",
        "2014-07",
        "2014-12",
    ]
    assert "dated less exactly" in timeline_html(made)


def test_publishers_beyond_the_most_frequent_stand_together() -> None:
    infos = [
        dataclasses.replace(info(f"a{n}-{k}", "2014-06"), publisher=f"Paper {n}")
        for n in range(MOST_ROWS + 3)
        for k in range(20 - n)
    ]
    made = timeline_of(infos)
    assert [row.name for row in made.rows][-1] == "3 other publishers"
    assert made.rows[0].publisher == "Paper 0"
    assert sum(row.total for row in made.rows) == len(infos)


def test_undated_articles_and_unknown_publishers_are_counted() -> None:
    made = timeline_of([*_infos("2014", None), *_infos(None, publisher=None)])
    assert made.undated == 2
    shown = timeline_html(made)
    assert "2 without a date" in shown
    assert "date unknown" in shown
    assert timeline_html(timeline_of([])) == ""
    assert timeline_html(timeline_of(_infos(None))) == ""
    assert timeline_of(_infos("2014", publisher=None)).rows[0].name == "publisher unknown"


def test_an_unknown_publisher_is_no_other_publisher() -> None:
    infos = [
        *(info(f"a{n}", "2014-06") for n in range(MOST_ROWS + 1)),
        *_infos("2014-06", publisher=None),
    ]
    named = [dataclasses.replace(one, publisher=f"P{n}") for n, one in enumerate(infos[:-1])]
    made = timeline_of([*named, infos[-1]])
    assert [row.name for row in made.rows][-2:] == ["1 other publisher", "publisher unknown"]
    assert "publisher unknown</bdi> <span>1</span>" in timeline_html(made)


def test_a_publisher_of_markup_stays_text() -> None:
    shown = timeline_html(timeline_of(_infos("2014", publisher="\"><img src=x onerror='x()'>")))
    assert "<img" not in shown
    assert "&lt;img" in shown


_DATES = st.one_of(
    st.none(),
    st.dates().map(lambda day: day.isoformat()),
    st.dates().map(lambda day: day.isoformat()[:7]),
    st.dates().map(lambda day: day.isoformat()[:4]),
)


@given(st.lists(st.tuples(_DATES, st.sampled_from(["A", "B", None])), max_size=40))
def test_every_article_is_counted_once_and_its_bar_finds_it(
    given_: list[tuple[str | None, str | None]],
) -> None:
    infos = [
        dataclasses.replace(info(f"a{n}", date), publisher=name)
        for n, (date, name) in enumerate(given_)
    ]
    made = timeline_of(infos)
    assert sum(made.totals) + made.undated == len(infos)
    assert len(made.bins) <= MOST_BINS
    for one, count in zip(made.bins, made.totals, strict=True):
        if count:  # what a click on the bar types into the filters lets them all through
            filters = filters_from(first=one.first, last=one.last)
            assert len(allowed(infos, filters)) >= count


def test_what_the_filters_let_through() -> None:
    infos = [*_infos("2013-05", "2014-06-25", None), *_infos("2014-07-01", publisher="DW")]
    dates = DateRange(first=20130515, last=20140630)
    assert [i.published.iso for i in allowed(infos, Filters(dates=dates))] == [
        "2013-05",
        "2014-06-25",
    ]
    assert len(allowed(infos, Filters(publishers=("DW",)))) == 1
    assert len(allowed(infos, Filters(articles=("a1",)))) == 1
    assert len(allowed(infos, Filters(comments=False))) == 4


def test_places_across_stay_on_the_picture() -> None:
    shown = timeline_html(timeline_of(_infos("2010", "2014", "2019")))
    places = [float(x) for x in re.findall(r'(?:x|cx)="([\d.]+)%"', shown)]
    assert places
    assert all(0 <= place <= 100 for place in places)


def test_a_label_begins_where_its_year_does() -> None:
    made = timeline_of(_infos("2013-11-02", "2014-12-31", "2017-11-08"))
    told = dict(labels(made, 800))
    assert [told[at] for at in range(0, 60, 12)] == ["2013", "2014", "2015", "2016", "2017"]
    shown = timeline_html(made)
    for text, x in (("2013", "0.000"), ("2015", "40.000")):
        assert re.search(rf'x2="{x}%" y1="0" y2="20"/><text x="{x}%" dx="4" y="20">{text}<', shown)


def test_every_year_of_thirteen_is_named_where_there_is_room() -> None:
    made = timeline_of(_infos("2013-11-02", "2025-11-08"))
    assert [text for _, text in labels(made, 600)] == [str(year) for year in range(2013, 2026)]
    assert [text for _, text in labels(made, 300)] == [str(y) for y in range(2014, 2026, 2)]


@given(st.lists(_DATES.filter(bool), min_size=1, max_size=6), st.sampled_from(WIDTHS))
def test_labels_never_overlap_and_one_is_there(dates: list[str | None], width: int) -> None:
    made = timeline_of(_infos(*dates))
    plot, told = width - 34, labels(made, width - 34)
    assert told
    ends = [plot * place / len(made.bins) + 4 + 7 * len(text) for place, text in told]
    begins = [plot * place / len(made.bins) for place, _ in told]
    assert all(end < begin for end, begin in zip(ends, begins[1:], strict=False))
    assert ends[-1] <= width


def test_the_style_has_the_widths_that_labels_are_made_for() -> None:
    style = (resources.files("ui") / "assets" / "articles.css").read_text(encoding="utf-8")
    assert re.findall(r"\.at-(\d+)", style) == [str(width) for width in WIDTHS]
