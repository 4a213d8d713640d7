"""What must hold for any text at all."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.articles.assemble import article_id, assemble, url_key
from rag.articles.clean import repair
from rag.articles.dates import find_dates, parse_date
from rag.articles.dump import draft_of
from rag.articles.extracted import read_extracted
from rag.articles.markdown import without_marks
from rag.articles.normalise import FORBIDDEN, normalise, one_line
from rag.articles.page import read_page, unwrapped
from rag.errors import ArticleError
from rag.settings import ReadSettings
from rag.types import Article, Precision

ANY = st.text(st.characters(codec=None), max_size=400)
NASTY = st.text(
    st.sampled_from(
        "a B e\u0301\u212b\xa0\u200b\u200d\u200c\u200e\u202e\u2066\ufeff\xad"
        "\r\n\t\v\f\x85\u2028\x00\x1b\ud800"
        "\u0645\u06cc\u0646\u093f\U0001f468\U0001f469\ufe0f\u3000.,:;|•-#[]<>"
    ),
    max_size=80,
)
LINES = st.sampled_from(
    [
        "",
        "Home",
        "Share",
        "READ MORE: Another story",
        "13:15 GMT27 July 2021",
        "Listen Live",
        "By Jane Doe",
        "Posted by Ann Lee",
        "April 23, 2013",
        "Related",
        "Latest Stories",
        "Comments",
        "Eric in New Mexico writes:",
        "Bob • 3 days ago",
        "Reply",
        "NATO, Russia, Iraq",
        "Council Votes To Rebuild The Old Bridge",
        "Council Votes To Rebuild The Old Bridge | News | DW | 02.12.2015",
        "With reporting by Reuters and AP",
        "The council voted on Monday to rebuild the old bridge over the river, the mayor said.",
        "Residents have waited for years, and the county will pay half of what the bridge costs.",
        "KABUL (Reuters) - The minister said on Friday that talks would go on for another week.",
        "Last Modified: Wednesday, 08 November 2017 01:51 PM",
        "© 2020 Example. All rights reserved.",
        "RFE/RL journalists report the news in 27 languages.",
        "*Daesh — a terrorist group, outlawed in Russia",
        "We saw link:18887509:how parliament debated# the plan, which many expected to fail.",
    ]
)
PAGES = st.lists(LINES, max_size=40).map("\n".join)
LOOSE = ReadSettings(min_article_chars=1)


@given(st.one_of(ANY, NASTY))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.one_of(ANY, NASTY))
def test_canonical_text_holds_nothing_forbidden(text: str) -> None:
    once = normalise(text)
    assert FORBIDDEN.search(once) is None
    assert "\n\n\n" not in once
    assert all(line == line.strip() for line in once.split("\n"))
    once.encode("utf-8")


@given(st.text(st.characters(categories=["L", "N", "P"], max_codepoint=0x2FF), max_size=60))
def test_letters_figures_and_quotes_stay(text: str) -> None:
    import unicodedata

    assert normalise(text) == unicodedata.normalize("NFC", text)


def test_joiners_stay_where_they_shape_words() -> None:
    assert normalise("می‌خواهم") == "می‌خواهم"
    assert normalise("\U0001f468\u200d\U0001f469") == "\U0001f468\u200d\U0001f469"
    assert (
        normalise("wo\u200drd, wo\u200brd, wo\xadrd, \u202edrow\u202c") == "word, word, word, drow"
    )


@given(st.one_of(ANY, NASTY, PAGES))
def test_reading_a_page_never_raises_and_invents_nothing(text: str) -> None:
    source = " ".join(
        " ".join(unwrapped([repair(line) for line in normalise(text).split("\n")])).split()
    )
    for draft in (read_page(text), read_extracted(text, None)):
        for line in draft.body.split("\n"):
            assert line in source
        for comment in draft.comments:
            for line in comment.text.split("\n"):
                assert line in source


@given(PAGES)
def test_cleaning_keeps_the_order_of_lines(text: str) -> None:
    lines = [repair(line) for line in normalise(text).split("\n")]
    at = 0
    for line in read_page(text).body.split("\n"):
        if line:
            at = lines.index(line, at) + 1


@given(PAGES)
def test_cleaning_a_clean_story_changes_nothing(text: str) -> None:
    body = read_page(text).body
    prose = [line for line in body.split("\n") if line.endswith(".")]
    again = read_page("\n\n".join(prose)).body
    assert [line for line in again.split("\n") if line] == prose or not prose


def check_offsets(article: Article) -> None:
    assert 0 <= article.body_start <= article.body_end <= len(article.text)
    assert article.body == article.body.strip("\n")
    assert normalise(article.text) == article.text
    at = article.body_end
    for comment in article.comments:
        assert at < comment.start < comment.end <= len(article.text)
        assert article.text[comment.start : comment.end].strip("\n")
        at = comment.end
    for date in (article.published, *(comment.date for comment in article.comments)):
        if date.span is not None:
            assert article.text[slice(*date.span)] == date.evidence


@given(st.one_of(PAGES, ANY))
def test_offsets_of_every_article_hold(text: str) -> None:
    for draft in (
        read_page(text),
        draft_of({"text": text, "title": "Bridge", "published": "2022/07/02"}),
    ):
        try:
            article = assemble(draft, key="folder/a.txt", source="a.txt", settings=LOOSE)
        except ArticleError:
            continue
        check_offsets(article)


@given(st.lists(LINES.filter(lambda line: "2021" not in line), max_size=40).map("\n".join))
def test_no_clock_comment_or_list_gives_the_publication_date(text: str) -> None:
    date = read_page("13:15 GMT27 July 2021\nListen Live\n" + text).date
    if date is not None:
        assert (date.year, date.month, date.day) in {(2013, 4, 23), (2017, 11, 8), (2015, 12, 2)}


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_a_written_date_is_read_back(day: dt.date) -> None:
    wordings = [
        f"{day:%Y-%m-%d}",
        f"{day:%Y/%m/%d}",
        f"{day:%d.%m.%Y}",
        f"{day.day} {day:%B} {day.year}",
        f"{day:%B} {day.day}, {day.year}",
        f"{day:%b}. {day.day}, {day.year}",
        f"{day:%A}, {day.day} {day:%b} {day.year} 01:51 PM",
        f"{day:%A} {day:%m/%d/%Y}" if day.day > 12 else f"{day:%Y-%m-%dT%H:%M:%SZ}",
    ]
    for wording in wordings:
        found = parse_date(wording)
        assert found is not None, wording
        assert (found.year, found.month, found.day) == (day.year, day.month, day.day), wording


@given(ANY)
def test_dates_found_lie_in_the_line_and_exist(line: str) -> None:
    for found in find_dates(line):
        assert str(found.year) in line[found.start : found.end]
        dt.date(found.year, found.month or 1, found.day or 1)


@pytest.mark.parametrize(
    ("wording", "precision"),
    [
        ("03/04/2015", Precision.YEAR),
        ("May 2015", Precision.MONTH),
        ("June 24", None),
        ("30.02.2015", None),
        ("2015", None),
    ],
)
def test_what_is_not_certain_stays_open(wording: str, precision: Precision | None) -> None:
    found = find_dates(wording)
    if precision is None:
        assert not found
    else:
        assert (found[0].month is None) == (precision is Precision.YEAR)
        assert found[0].day is None


@given(ANY, ANY)
def test_ids_are_stable_and_safe(one: str, two: str) -> None:
    assert article_id(one) == article_id(one)
    assert (article_id(one) == article_id(two)) == (one == two)
    assert article_id(one).replace("-", "").isalnum()


@given(ANY)
def test_small_helpers_never_raise(text: str) -> None:
    assert "\n" not in one_line(text)
    without_marks(normalise(text))
    try:
        key = url_key("https://example.org/" + text)
    except ValueError:
        return  # what is no address is refused by a `ValueError`, which readers convert
    assert key.startswith("example.org")
