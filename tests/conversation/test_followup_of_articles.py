"""Follow-ups that speak of articles: 'this article', 'the other one', 'what does it say?'."""

from __future__ import annotations

import pytest

from rag.answer.followup import understand
from rag.answer.followup_articles import within
from rag.types import ArticleInfo, PublishedDate, TitleOrigin
from tests.conversation.turns import turn


def info(article_id: str, title: str) -> ArticleInfo:
    return ArticleInfo(
        id=article_id,
        source=f"{article_id}.txt",
        title=title,
        title_origin=TitleOrigin.TEXT,
        publisher=None,
        author=None,
        published=PublishedDate(),
    )


FERRY, OSLO = info("ferry", "Ferry runs aground"), info("oslo", "Ministers meet in Oslo")
CITED = turn("What happened to the ferry?", "It ran aground.", None, "ferry", "oslo")


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("When was it published?", 'When was the article "Ferry runs aground" published?'),
        ("Who wrote this article?", 'Who wrote the article "Ferry runs aground"?'),
        ("What does the other article say?", 'What does the article "Ministers meet in Oslo" say?'),
        ("And the second one?", None),
        ("What does the first article say?", 'What does the article "Ferry runs aground" say?'),
    ],
)
def test_articles_are_referred_to(asked: str, meant: str | None) -> None:
    everything = [info("else", "Something else"), OSLO, FERRY]  # all there are, in any order
    understood = understand(asked, [CITED], everything)
    assert understood.changed
    if meant is None:
        assert "Ministers meet in Oslo" in understood.question
    else:
        assert understood.question == meant


def test_an_article_that_was_listed_can_say_something() -> None:
    listed = turn("What is there from 2017?", "1 article is from 2017.", None, "oslo")
    asked = understand("What does it say about wheat?", [listed], [FERRY, OSLO])
    assert asked.question == 'What does the article "Ministers meet in Oslo" say about wheat?'


def test_songs_are_released_articles_are_published() -> None:
    assert "article" not in understand("When was it released?", [CITED], [FERRY, OSLO]).question


def test_an_article_that_is_named_is_looked_into() -> None:
    infos = [info("a", "Storm over Porto"), info("b", 'The "new" harbour')]
    asked = 'What else does the article "Storm over Porto" say about boats?'
    assert within(asked, infos) == ("What else does the article say about boats?", ("a",))
    assert within("What does the article \"The 'new' harbour\" say?", infos)[1] == ("b",)
    for other in ("What does the article say?", 'What is "Storm over Porto"?', 'the article "X"?'):
        assert within(other, infos) == (other, ())


def test_what_else_it_says_is_asked_of_the_article() -> None:
    before = turn("Did Weller meet Prado?", "Weller met Prado.", None, "a")
    understood = understand("What else does it say about boats?", [before], [info("a", "Storm")])
    assert understood.question == 'What else does the article "Storm" say about boats?'
