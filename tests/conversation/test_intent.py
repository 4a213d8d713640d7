"""The learned reading of questions about articles: what it tells, and what it leaves alone."""

from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.bench.intent_fit import LINES, PUBLISHERS, WORLD, lines
from rag.answer.about_types import Ask
from rag.answer.about_words import mask
from rag.answer.intent import ASKS, BIAS, WEIGHTS, grams, intent


def read(question: str) -> tuple[Ask, float]:
    found = intent(mask(question, PUBLISHERS).text)
    return found.ask, found.probability


@pytest.mark.parametrize(
    ("question", "ask"),
    [
        ("That story about the harbour fire, who wrote it?", Ask.AUTHOR),
        ("author of the article on glacier tourism", Ask.AUTHOR),
        ("I need the name of the reporter behind the tunnel piece", Ask.AUTHOR),
        ("whose byline is on the CNN piece about bees", Ask.AUTHOR),
        ("The explainer on rent control, when did it come out?", Ask.PUBLISHED),
        ("find me the publication date of the story about the lost parrot", Ask.PUBLISHED),
        ("publish date of the article about the cable car", Ask.PUBLISHED),
        ("Which outlet carried the article on the marathon cheat?", Ask.PUBLISHER),
        ("which paper ran the feature on lighthouse keepers", Ask.PUBLISHER),
        ("what's the headline of the article about the ferry strike", Ask.TITLE),
    ],
)
def test_what_people_ask_of_an_article(question: str, ask: Ask) -> None:
    told, probability = read(question)
    assert told is ask
    assert probability > 0.5


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote the symphony that was played at the opening?",
        "When does the third season come out?",
        "Who signed the treaty on behalf of Peru?",
        "When was the bridge opened to traffic?",
        "Where was the shipwreck found?",
        "How many people were hurt when the stand collapsed?",
        "find me the date of the landslide",
        "name of the man who swam the channel",
        "Did the minister publish his tax return?",
        "parrot stolen from zoo police reward",
    ],
)
def test_the_world_is_left_alone(question: str) -> None:
    assert read(question)[1] < 0.5


def test_the_table_is_of_the_questions_that_the_code_knows() -> None:
    table = WEIGHTS.read_text(encoding="utf-8")
    assert table.splitlines()[0].split("\t")[1:] == [ask.value for ask in ASKS]
    assert f"\n{BIAS}\t" in table
    assert LINES.exists()


def test_the_lines_are_of_every_kind() -> None:
    written = [line for line in lines() if line[2] != "reader"]
    assert len(written) > 2000
    assert {line[1] for line in written} == {WORLD, *(ask.value for ask in ASKS)}


@given(st.text(max_size=300))
def test_any_text_has_a_reading(text: str) -> None:
    assert 0.0 <= intent(text).probability <= 1.0
    assert {"^", "$"} <= grams(text)


def test_a_publisher_is_one_word_whatever_its_name() -> None:
    assert grams("who wrote for ⟦p0⟧") == grams("Who wrote for ⟦p3⟧")


def test_the_table_tells_nearly_all_that_it_was_made_from() -> None:
    """Not how good it is, which docs/experiments.md tells, but that table and code agree."""
    with gzip.open(LINES, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file][::5]
    read_so = [(row["ask"], *read(row["q"])) for row in rows]
    told = [ask == found.value and p >= 0.5 for ask, found, p in read_so if ask != WORLD]
    taken = [p >= 0.5 for ask, _, p in read_so if ask == WORLD]
    assert sum(told) / len(told) > 0.85
    assert sum(taken) / len(taken) < 0.08
