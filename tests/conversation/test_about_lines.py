"""Which words of an article are cited for who wrote and who published it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.answer.about_tell import line_span
from rag.types import Article
from tests.conversation.corpus import make

LONG = "The harbour was closed and stayed closed for weeks, which cost the port dear. " * 8


def _cited(article: Article, words: str) -> str:
    span = line_span(article, words, signed=True)
    return article.text[span.start : span.end]


def _story(text: str) -> Article:
    made = make("a", "Harbour closes", text)
    return replace(made, text=text, body_start=0, body_end=len(text))


def test_a_line_of_the_front_matter_is_cited_whole() -> None:
    article = make("a", "Harbour closes", LONG, author="Ida Berg")
    text = f"Harbour closes\nBy Ida Berg, Harbour Post\n\n{LONG}"
    article = replace(article, text=text, body_start=len(text) - len(LONG), body_end=len(text))
    assert _cited(article, "Ida Berg") == "By Ida Berg, Harbour Post"


def test_a_dateline_is_cited_with_its_sentence() -> None:
    story = _story(f"LIMA (Harbour Wire) - The port is shut, the mayor said. {LONG}")
    assert (
        _cited(story, "Harbour Wire") == "LIMA (Harbour Wire) - The port is shut, the mayor said."
    )


def test_a_name_is_not_found_within_a_word_and_stops_are_not_those_of_initials() -> None:
    text = f"COLEMAN RESIGNS AT THE PORT\nBy Cole\n\n{LONG}"
    made = make("a", "Coleman resigns", LONG)
    article = replace(made, text=text, body_start=len(text) - len(LONG), body_end=len(text))
    assert _cited(article, "Cole") == "By Cole"
    sentence = "LIMA (AP) - Mr. Weller paid $3.5 million for the port of St. Malo."
    assert _cited(_story(f"{sentence} {LONG}"), "AP") == sentence


@pytest.mark.parametrize("last", ["Follow Ida Berg on Twitter: @idaberg", "— Ida Berg"])
def test_a_writer_named_at_the_end_is_cited_there(last: str) -> None:
    story = _story(f"{LONG}\n\nIda Berg, a nurse, is waiting. {LONG}\n\n{last}")
    assert _cited(story, "Ida Berg") == last


def test_a_mention_within_the_story_is_not_where_it_is_told() -> None:
    story = _story(f"{LONG}The Harbour Wire reported it. {LONG}{LONG}")
    assert "Harbour Wire" not in _cited(story, "Harbour Wire")
