"""Turns that are about the answer before: are you sure, shorter, in more detail."""

from __future__ import annotations

import dataclasses
import re

import pytest

from rag.answer.acts import Act, act_of
from rag.answer.again import longer, shorter, supported
from rag.answer.conversation import Conversation
from rag.answer.judge import Judged
from rag.types import Answer, Citation, Kind, Statement, Support
from tests.made import candidate, info, passage, reading

WORDINGS = [
    (
        Act.SURE,
        [
            "are you sure?",
            "Are you sure about that",
            "really?",
            "and is that true?",
            "source?",
            "How do you know that?",
            "says who?",
            "Can you verify this?",
            "where does it say that?",
            "i don't believe it",
            "what is your evidence?",
        ],
    ),
    (
        Act.SHORTER,
        [
            "shorter please",
            "Shorter!",
            "please make it shorter",
            "tl;dr",
            "in one sentence",
            "can you say that more briefly?",
            "too long",
        ],
    ),
    (
        Act.LONGER,
        [
            "in more detail",
            "more details please",
            "can you elaborate?",
            "a longer answer",
            "Could you explain it in more detail?",
            "give me more context",
        ],
    ),
]


@pytest.mark.parametrize(
    ("act", "text"), [(act, text) for act, texts in WORDINGS for text in texts]
)
def test_what_is_an_act(act: Act, text: str) -> None:
    assert act_of(text) is act


@pytest.mark.parametrize(
    "text",
    [
        "Are you sure that Weller left Porto?",
        "Is that true of Peru?",
        "Who is the source of the leak?",
        "What is the evidence against Weller?",
        "Was the summit shorter than planned?",
        "in more detail, who attended the summit?",
        "How long was the meeting?",
        "Is it true that Prado resigned?",
        "why?",
        "",
    ],
)
def test_what_is_a_question_of_its_own(text: str) -> None:
    assert act_of(text) is None


TEXT = "Rain fell in Porto. Prado led the league in May. Weller left in June. Snow came late."
START = TEXT.index("Prado")
END = TEXT.index(" Weller")


def before(short: str | None = "Prado", article: str = "a") -> Answer:
    quote = TEXT[START:END]
    cited = Citation(
        number=1, article=info(article), passage_id=f"{article}:0", kind=Kind.BODY,
        start=START, end=END, quote=quote,
    )  # fmt: skip
    return Answer(
        question="Who led it?", effective_question="Who led the league?", short=short,
        text=f"Prado. “{quote}” [1]", citations=(cited,), abstained=False, confidence=0.9,
        statements=(Statement(text=f"“{quote}”", numbers=(1,), support=Support.QUOTED),),
        mode="llm",
    )  # fmt: skip


def judged(text: str, short: str, article: str, probability: float = 0.8) -> Judged:
    found = candidate(text, article)
    return Judged(
        candidate=found,
        reading=reading(found, probability, short),
        probability=probability,
        confidence=probability,
        missing=(),
    )


def talk() -> Conversation:
    conversation = Conversation()
    assert conversation.number("a", START, END) == 1
    return conversation


def test_only_what_is_an_answer_and_lacks_nothing_is_told_of_another_article() -> None:
    sure = judged("Prado led the league in 2014.", "Prado", "b")
    for other in (
        dataclasses.replace(sure, confidence=0.2),
        dataclasses.replace(sure, missing=("Lima",)),
    ):
        assert len(supported(before(), "are you sure?", [other], talk(), 0.5).citations) == 1
    assert len(supported(before(), "are you sure?", [sure], talk(), 0.5).citations) == 2


def test_sure_names_sentence_article_and_date_and_never_says_yes() -> None:
    answer = supported(before(), "are you sure?", [], talk(), 0.5)
    assert (
        "“A made-up story” (Harbour Post, 25 June 2014): “Prado led the league in May.” [1]"
        in answer.text
    )
    assert "No other article" in answer.text
    assert not re.search(r"\b(?:yes|sure|certain|confirmed)\b", answer.text, re.IGNORECASE)
    assert answer.effective_question == "Who led the league?"
    assert answer.short is None


@pytest.mark.parametrize(
    ("text", "short", "verdict"),
    [
        ("The league was led by Prado.", "Prado", "Another article says the same."),
        ("The league was led by Ines Mora.", "Ines Mora", "Another article says otherwise."),
    ],
)
def test_sure_tells_what_another_article_says(text: str, short: str, verdict: str) -> None:
    answer = supported(before(), "sure?", [judged(text, short, "b")], talk(), 0.5)
    assert f"{verdict} “A made-up story” (Harbour Post, 25 June 2014): “{text}” [2]" in answer.text
    assert [c.number for c in answer.citations] == [1, 2]
    assert "No other article" not in answer.text


def test_sure_counts_neither_the_same_article_nor_weak_evidence() -> None:
    same = judged("The league was led by Prado.", "Prado", "a")
    weak = judged("The league was led by Prado.", "Prado", "b", 0.2)
    answer = supported(before(), "sure?", [same, weak], talk(), 0.5)
    assert "No other article" in answer.text
    assert [c.number for c in answer.citations] == [1]


def test_shorter_is_the_short_answer_with_its_citation() -> None:
    assert shorter(before(), "shorter").text == "Prado. [1]"
    whole = shorter(before(short=None), "shorter")
    assert whole.text == "“Prado led the league in May.” [1]"


def test_longer_shows_the_sentences_around_verbatim() -> None:
    answer = longer(before(), "in more detail", lambda _: [passage(TEXT)], talk())
    cited = answer.citations[0]
    assert cited.quote == TEXT[cited.start : cited.end] == TEXT
    assert f"“{TEXT}” [2]" in answer.text
    assert answer.mode == "offline"


def test_longer_says_so_where_there_is_no_more() -> None:
    answer = longer(before(), "in more detail", lambda _: [], talk())
    assert answer.citations[0].quote == TEXT[START:END]
    assert answer.notes[-1].text == "The cited passages hold no more than was quoted."
