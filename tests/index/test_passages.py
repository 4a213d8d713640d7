"""Passages: exact offsets, nothing lost, never too long, whatever the text."""

from __future__ import annotations

import dataclasses
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.articles import read_articles
from rag.index.encoder import OnnxEncoder
from rag.index.headers import body_header, comment_header
from rag.index.passages import Cutter, embed_text
from rag.index.tokens import count_tokens
from rag.settings import PassageSettings
from rag.types import Article, Comment, DateOrigin, Kind, Passage, PublishedDate, TitleOrigin

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
ENCODER = OnnxEncoder()
CUTTER = Cutter(PassageSettings(), ENCODER.count, ENCODER.max_tokens)

_WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12) | st.sampled_from(
    ["Mr.", "U.S.", "The", "said", "3.5", "“No.”", "a.m.", "\n\n", "\n", "。", "!?", "北京", "ไทย"]
)
_TEXTS = st.lists(_WORDS, max_size=120).map(" ".join) | st.text(max_size=400)


def article(body: str, *, title: str = "A title", comment: str = "") -> Article:
    text = f"{title}\n\n{body}"
    comments: tuple[Comment, ...] = ()
    end = len(text)
    if comment:
        text += "\n\n" + comment
        date = PublishedDate(year=2013, month=4, day=29, origin=DateOrigin.TEXT)
        comments = (Comment(author="Eric", date=date, start=end + 2, end=len(text)),)
    return Article(
        id="a",
        source="a.txt",
        title=title,
        title_origin=TitleOrigin.TEXT,
        publisher="DW",
        author=None,
        published=PublishedDate(year=2015, month=12, day=2, origin=DateOrigin.TEXT),
        text=text,
        body_start=len(title) + 2,
        body_end=end,
        comments=comments,
    )


def holds(one: Article, passages: list[Passage], start: int, end: int) -> None:
    """Disjoint, in order, exact, and nothing but white space between them."""
    place = start
    for passage in passages:
        assert passage.start >= place
        assert one.text[place : passage.start].strip() == ""
        assert passage.text == one.text[passage.start : passage.end]
        assert passage.text == passage.text.strip() != ""
        assert passage.sentences[0][0] == passage.start
        assert passage.sentences[-1][1] == passage.end
        for (_, stop), (begin, _) in pairwise(passage.sentences):
            assert stop <= begin
            assert one.text[stop:begin].strip() == ""
        place = passage.end
    assert one.text[place:end].strip() == ""


@settings(max_examples=150)
@given(_TEXTS, st.text(max_size=60), _TEXTS)
def test_offsets_are_exact_and_nothing_is_lost(body: str, title: str, comment: str) -> None:
    one = article(body, title=title, comment=comment)
    passages = CUTTER.cut([one])[0]
    bodies = [passage for passage in passages if passage.kind is Kind.BODY]
    holds(one, bodies, one.body_start, one.body_end)
    for told in one.comments:
        own = [passage for passage in passages if passage.kind is Kind.COMMENT]
        holds(one, own, told.start, told.end)
    counts = ENCODER.count([embed_text(passage) for passage in passages])
    assert all(count <= ENCODER.max_tokens for count in counts)
    assert len({passage.id for passage in passages}) == len(passages)


@pytest.mark.parametrize(
    "body",
    [
        "word " * 5000,
        "x" * 30_000,
        "北京" * 3000,
        "ไทย" * 2000,
        "!?" * 4000,
        "😀" * 2000,
        "é" * 5000,
        "\u202eمرحبا بالعالم " * 500,
        "a." * 4000,
        "A. " * 3000,
        "1 " * 4000,
        "ﷺ" * 500,
        "\u0301" * 3000,
        "line\n" * 2000,
    ],
    ids=str.__len__,
)
def test_no_text_makes_a_passage_too_long(body: str) -> None:
    one = article(body)
    passages = CUTTER.cut([one])[0]
    holds(one, passages, one.body_start, one.body_end)
    counts = ENCODER.count([embed_text(passage) for passage in passages])
    assert max(counts) <= ENCODER.max_tokens


def test_every_seed_passage_fits_and_is_about_the_size_asked_for() -> None:
    articles = [one for one in read_articles([SEEDS]) if isinstance(one, Article)]
    assert len(articles) == 5
    for one, passages in zip(articles, CUTTER.cut(articles), strict=True):
        bodies = [passage for passage in passages if passage.kind is Kind.BODY]
        holds(one, bodies, one.body_start, one.body_end)
        assert max(ENCODER.count([embed_text(p) for p in passages])) <= ENCODER.max_tokens
        sizes = count_tokens([passage.text for passage in bodies])
        assert max(sizes) <= 1.5 * 110
        assert sum(sizes) / len(sizes) > 55


def test_a_comment_is_cut_alone_and_says_whose_it_is() -> None:
    one = article("Kerry met ministers. " * 20, comment="All hat, no cattle. I doubt it.")
    passages = CUTTER.cut([one])[0]
    last = passages[-1]
    assert last.kind is Kind.COMMENT
    assert last.author == "Eric"
    assert last.text == "All hat, no cattle. I doubt it."
    assert last.header.startswith("Comment by reader Eric, 29 April 2013")
    assert all(p.kind is Kind.BODY and p.end <= one.body_end for p in passages[:-1])


def test_a_header_tells_what_is_known_and_is_bounded() -> None:
    one = article("Text.", title="Talks")
    assert body_header(one, 40) == "Talks · DW · 2 December 2015"
    unknown = dataclasses.replace(one, publisher=None, published=PublishedDate())
    assert body_header(unknown, 40) == "Talks"
    long = dataclasses.replace(one, title="Endless talks go on and on " * 40)
    assert count_tokens([body_header(long, 40)])[0] <= 40
    assert body_header(long, 40).endswith("· DW · 2 December 2015")
    assert body_header(one, 0) == ""


@given(st.text(max_size=300), st.text(max_size=80), st.integers(0, 64))
def test_no_title_or_name_makes_a_header_too_long(title: str, author: str, most: int) -> None:
    one = article("Text.", title=title, comment="Words.")
    told = dataclasses.replace(one.comments[0], author=author)
    for header in (body_header(one, most), comment_header(one, told, most)):
        assert count_tokens([header])[0] <= most
        assert ENCODER.count([header])[0] <= 2 * most + 2


def test_the_same_words_keep_their_id_and_others_do_not() -> None:
    one, same = (CUTTER.cut([article("One thing. " * 30)])[0] for _ in range(2))
    assert [p.id for p in one] == [p.id for p in same]
    other = CUTTER.cut([article("One thing. " * 30, title="Another title")])[0]
    assert not {p.id for p in one} & {p.id for p in other}
