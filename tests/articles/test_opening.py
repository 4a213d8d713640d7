"""Bylines that a story carries itself: in its first lines, or in its last."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.articles.closing import closing
from rag.articles.extracted import read_extracted
from rag.articles.opening import opening

STORY = (
    "The harbour of Porto will stay closed until the end of the year, the mayor said on Monday, "
    "after divers found a second crack below the water line of the eastern wall."
)
MORE = "Forty ships wait outside; their owners have asked the port for money."


@pytest.mark.parametrize(
    ("head", "author", "byline"),
    [
        (["Ida Berg", "USA TODAY"], "Ida Berg", "Ida Berg, USA TODAY"),
        (["Ida Berg and Tom Roe", "Special to The Harbour News"], "Ida Berg and Tom Roe", None),
        (["IDA BERG", "AP"], "Ida Berg", "IDA BERG, AP"),
        (["Ida Berg", "iberg@harbour.example"], "Ida Berg", None),
        (["Ida Berg", "Opinion columnist"], "Ida Berg", None),
        (["Ida Berg", "The Porto Gazette-Journal"], "Ida Berg", None),
        (["Ida Berg, Harbour Times"], "Ida Berg", "Ida Berg, Harbour Times"),
        (["By Ida Berg"], "Ida Berg", "By Ida Berg"),
        (["The Associated Press"], "The Associated Press", "The Associated Press"),
    ],
)  # fmt: skip
def test_writers_before_the_story(head: list[str], author: str, byline: str | None) -> None:
    lines = "\n\n".join([*head, STORY, MORE]).split("\n")
    found = opening(lines, range(len(lines)))
    assert found is not None
    assert found.author == author
    assert byline is None or found.byline == byline
    assert [lines[row] for row in found.lines] == head


@pytest.mark.parametrize(
    "head",
    [
        ["Eastern Harbour", "What is known"],
        ["Porto City Council", "USA TODAY"],
        ["USA TODAY Sports", "USA TODAY"],
        ["Ida Berg"],
        ["Ida Berg", "She is the mayor."],
        ["What the Mayor Said", "Harbour News"],
        [
            "South Korea",
            "SEOUL (Reuters) - The port of Busan was closed on Monday, the mayor said there.",
        ],
        ["Ida Berg", "The mayor has replaced her chief of staff"],
        ["Purple Rain", "Morning Star", "Raspberry Beret"],
        ["Ida Berg", "Senate Majority Leader"],
        ["Ida Berg, Independent", "Tom Roe, Independent"],
        ["Real Porto", "For 90 minutes they held on"],
        ["By The Numbers"],
        ["By Land, Sea And Air"],
        ["Written by Candlelight"],
        [],
    ],
)
def test_headings_are_no_writers(head: list[str]) -> None:
    lines = [*head, STORY, MORE]
    assert opening(lines, range(len(lines))) is None


def test_a_story_of_two_lines_has_no_opening() -> None:
    assert opening(["Ida Berg", "USA TODAY"], range(2)) is None


@pytest.mark.parametrize(
    ("last", "author"),
    [
        ("Follow Ida Berg on Twitter: @idaberg", "Ida Berg"),
        ("Follow USA TODAY reporter Ida Berg on Twitter: @idaberg", "Ida Berg"),
        ("Follow USA TODAY's Ida Berg (@idaberg) on Twitter and Instagram.", "Ida Berg"),
        ("Follow AP Hockey Writer Ida Berg on Twitter: @idaberg", "Ida Berg"),
        ("Tom Roe contributed. Follow Ida Berg on Twitter: @idaberg.", "Ida Berg"),
        ("Reach the reporter Ida May Berg at iberg@harbour.example.", "Ida May Berg"),
        ("Tickets cost ten dollars. Contact Ida Berg at iberg@zoo.example for details.", None),
        ("Follow Tom Roe and Ida Berg on Twitter.", None),
        ("Follow World Cup on Twitter", None),
        ("Contact Detective Sam Hall at shall@police.example.", None),
        ("Follow Ida Berg on Twitter: @idaberg. Follow Tom Roe on Twitter: @roe", None),
        ("Follow Harbour News on Twitter: @harbour", None),
        ("She will follow Ida Berg on the throne.", None),
        ("Ida Berg covers the harbour for the Harbour News. Reach her at i@b.example", "Ida Berg"),
        ("Ida Berg is a breaking news reporter on USA TODAY's NOW team.", "Ida Berg"),
        ("Ida Berg is the Harbour News's schools reporter.", "Ida Berg"),
        ("Ida Berg writes about food. Follow her on Twitter @idaberg", "Ida Berg"),
        ("Ida Berg covers schools and Tom Roe covers the harbour.", None),
        ("Ida Berg is a food writer. Tom Roe is a reporter for the News.", None),
        ("Ida Berg is a nurse at the hospital.", None),
        ("Harbour News is an editor of maps.", None),
        ("The fee covers the ferry.", None),
        ("Follow columnist Ida Berg on Twitter @idaberg\n\nMore from Ida Berg:", "Ida Berg"),
        ("Contact the office at office@harbour.example.", None),
    ],
)
def test_whom_readers_may_write_to(last: str, author: str | None) -> None:
    assert closing([STORY, MORE, *last.split("\n")]) == author


def test_whom_the_story_tells_of_did_not_write_it() -> None:
    lines = ["Ida Berg won the race on Monday.", STORY, MORE, MORE, MORE, "It was late."]
    assert closing([*lines, "Follow Ida Berg on Twitter: @idaberg"]) is None
    assert closing([STORY, "Berg won.", "Follow Ida Berg on Twitter: @idaberg"]) is None
    assert closing([STORY, "The mayor sued Berg.", "Ida Berg is a reporter for the News."]) is None


def test_what_a_story_told_of_its_writer_stands_in_front_of_it() -> None:
    draft = read_extracted(f"Ida Berg\n\nUSA TODAY\n\n{STORY}\n\n{MORE}", None)
    assert (draft.author, draft.byline) == ("Ida Berg", "Ida Berg, USA TODAY")
    assert draft.body.startswith("The harbour")
    agency = read_extracted(
        f"Associated Press\n\n{STORY}\n\n{MORE}\n\nFollow Ida Berg on Twitter: @idaberg", None
    )
    assert agency.author == "Ida Berg"


def test_the_dash_behind_an_agency_is_none_of_its_name() -> None:
    draft = read_extracted(f"Reuters —\n\n{STORY}\n\n{MORE}", None)
    assert (draft.author, draft.byline) == ("Reuters", "Reuters —")


def test_a_record_that_names_its_authors_is_believed(tmp_path: Path) -> None:
    from rag.articles.dump import draft_of

    record = {"text": f"Ida Berg\n\nUSA TODAY\n\n{STORY}\n\n{MORE}", "authors": "Tom Roe"}
    assert draft_of(json.loads(json.dumps(record))).author == "Tom Roe"
