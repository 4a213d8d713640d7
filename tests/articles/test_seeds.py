"""What the five seed files must give from their text alone, and with the editor's word."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import pytest

from rag.articles import read_articles
from rag.types import Article, DateOrigin, TitleOrigin

SEEDS = Path(__file__).parents[2] / "seeds"

# title (None: made), publisher, date, modified, comment authors
TABLE = {
    "000": ("Kerry In Brussels For NATO Talks On Iraq, Ukraine", "RFE/RL", None, False, []),
    "001": (
        "NATO supports 'constructed' dialogue to end Erbil-Baghdad crisis",
        "Baghdad Post",
        "2017-11-08",
        True,
        [],
    ),
    "002": (
        "Secretary Kerry Attends NATO Foreign Ministers Meeting in Brussels",
        "U.S. Department of State (DipNote)",
        "2013-04-23",
        False,
        ["Alivia", "Michael G.", "Eric", "Ashim C."],
    ),
    "003": (None, "Sputnik", None, False, []),
    "004": (
        "Kerry: NATO is not a threat to Russia, should bolster cooperation against 'IS'",
        "DW",
        "2015-12-02",
        False,
        [],
    ),
}
NEVER = {
    "000": [
        "Accessibility",
        "(centre-right)",
        "16x9",
        "journalists report",
        "undesirable",
        "click here",
    ],
    "001": ["Local News", "Last Modified", "Baghdadpost"],
    "002": ["writes:", "Siefkin", "Latest Stories", "What We Got Right", "2013"],
    "003": [
        "READ MORE",
        "Listen Live",
        "short URL",
        "2021",
        "outlawed",
        "VIDEO",
        "Discussion",
        "Jumbo",
    ],
    "004": ["Inhalt", "Metanavigation", "DW", "link:", "#", "recommends", "es/rc"],
}
FIRST_LAST = {
    "000": ("U.S. Secretary of State John Kerry is in Brussels", "advise Iraqi security forces."),
    "001": ("The North Atlantic Treaty Organization (NATO)", "claimed by both sides."),
    "002": ("This morning, Secretary of State John Kerry", "for more from his visit."),
    "003": ("BRUSSELS (Sputnik) - Earlier in the day,", "professionalism of Iraqi forces."),
    "004": ("Top US diplomat John Kerry has said", "to join the bloc since 2009."),
}


@pytest.fixture(scope="module")
def from_text(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Article]:
    """The seeds without metadata.toml."""
    folder = tmp_path_factory.mktemp("bare") / "seeds"
    folder.mkdir()
    for path in SEEDS.glob("*.txt"):
        shutil.copy(path, folder)
    return {
        item.source.rsplit("/", 1)[1][:3]: item
        for item in read_articles([folder])
        if isinstance(item, Article)
    }


@pytest.fixture(scope="module")
def with_editor() -> dict[str, Article]:
    found = list(read_articles([SEEDS]))
    assert all(isinstance(item, Article) for item in found), found
    return {item.source.rsplit("/", 1)[1][:3]: item for item in found if isinstance(item, Article)}


@pytest.mark.parametrize("number", TABLE)
def test_metadata_from_text_alone(from_text: dict[str, Article], number: str) -> None:
    title, publisher, published, modified, commenters = TABLE[number]
    article = from_text[number]
    if title is None:
        assert article.title_origin is TitleOrigin.MADE
        assert article.body.split(") - ")[1].startswith(article.title.rstrip("…"))
    else:
        assert (article.title, article.title_origin) == (title, TitleOrigin.TEXT)
    assert article.publisher == publisher
    assert article.published.iso == published
    assert article.published.modified is modified
    assert article.published.origin is (DateOrigin.TEXT if published else DateOrigin.NONE)
    assert [comment.author for comment in article.comments] == commenters


@pytest.mark.parametrize("number", TABLE)
def test_body_is_the_story_and_nothing_else(from_text: dict[str, Article], number: str) -> None:
    body = from_text[number].body
    first, last = FIRST_LAST[number]
    assert body.startswith(first)
    assert body.endswith(last)
    for words in NEVER[number]:
        assert words not in body, words


@pytest.mark.parametrize("number", TABLE)
def test_every_line_of_the_body_stands_in_the_file(
    from_text: dict[str, Article], number: str
) -> None:
    raw = next(SEEDS.glob(f"{number}_*.txt")).read_text("utf-8").replace("\xa0", " ")
    raw = re.sub(r"link:\d+:([^#]+)#", r"\1", raw)
    squeezed = " ".join(raw.split())
    for line in from_text[number].body.split("\n"):
        assert line in squeezed


def test_no_sentence_of_a_story_is_lost(from_text: dict[str, Article]) -> None:
    counts = {
        number: len([p for p in article.body.split("\n") if p])
        for number, article in from_text.items()
    }
    assert counts == {"000": 20, "001": 10, "002": 7, "003": 15, "004": 10}


def test_evidence_of_dates_is_where_the_span_says(from_text: dict[str, Article]) -> None:
    said = {}
    for number, article in from_text.items():
        if article.published.span is not None:
            start, end = article.published.span
            said[number] = article.text[start:end]
            assert said[number] == article.published.evidence
            assert end <= article.body_start
    assert said == {
        "001": "Last Modified: Wednesday، 08 November 2017 01:51 PM",
        "002": "April 23, 2013",
        "004": "News | DW | 02.12.2015",
    }


def test_comments_have_author_date_and_text(from_text: dict[str, Article]) -> None:
    article = from_text["002"]
    assert article.author == "David Siefkin"
    assert [comment.date.iso for comment in article.comments] == [
        "2013-04-24",
        "2013-04-24",
        "2013-04-29",
        "2013-04-30",
    ]
    texts = [article.text[comment.start : comment.end] for comment in article.comments]
    assert texts[1] == "Kerry's rhetoric: All hat, no cattle."
    assert texts[2].startswith("Well if NATO")
    assert texts[2].endswith("to everyone in the region.")
    assert texts[3].endswith("if China is allowed a free hand.")
    assert all(comment.start >= article.body_end for comment in article.comments)


def test_the_editors_word_outranks_and_is_named(with_editor: dict[str, Article]) -> None:
    for number, day in (("000", "2014-06-25"), ("003", "2018-04-27")):
        published = with_editor[number].published
        assert (published.iso, published.origin, published.span) == (day, DateOrigin.EDITOR, None)
    assert with_editor["001"].published.origin is DateOrigin.TEXT


def test_files_are_what_the_readme_says() -> None:
    readme = (SEEDS / "README.md").read_text("utf-8")
    for path in SEEDS.glob("*.txt"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() in readme, path.name


def test_ids_do_not_depend_on_where_the_folder_lies(
    from_text: dict[str, Article], with_editor: dict[str, Article]
) -> None:
    assert {n: a.id for n, a in from_text.items()} == {n: a.id for n, a in with_editor.items()}
