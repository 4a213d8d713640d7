"""Questions that ask for several things: how they are cut, and what is never cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.parts import parts
from rag.answer.parts_types import MOST

TODAY = 20261122

PERIODS = [
    (
        "How did the league's role in Peru change between 2014 and 2017?",
        [
            "What was the league's role in Peru in 2014?",
            "What was the league's role in Peru in 2017?",
        ],
        [20140101, 20170101],
    ),
    (
        "Compare Weller's view of Peru in 2013 with 2015",
        ["What was Weller's view of Peru in 2013?", "What was Weller's view of Peru in 2015?"],
        [20130101, 20150101],
    ),
    (
        "Compare Weller's plans for Peru in 2013 with Prado's in 2015.",
        ["What were Weller's plans for Peru in 2013?", "What were Prado's plans for Peru in 2015?"],
        [20130101, 20150101],
    ),
    (
        "How did the violence in Lima in June 2013 differ from that in May 2014?",
        [
            "What was the violence in Lima in June 2013?",
            "What was the violence in Lima in May 2014?",
        ],
        [20130601, 20140501],
    ),
    (
        "What changed in Lima between 2014 and 2017?",
        ["What happened in Lima in 2014?", "What happened in Lima in 2017?"],
        [20140101, 20170101],
    ),
    (
        "Did the number of clubs change between the April 2013 and May 2015 meetings?",
        [
            "What was the number of clubs in April 2013?",
            "What was the number of clubs in May 2015?",
        ],
        [20130401, 20150501],
    ),
    (
        "league secretary general 2013 and 2017",
        ["League secretary general in 2013?", "League secretary general in 2017?"],
        [20130101, 20170101],
    ),
    (
        "Who led the league in 2013 and in 2014?",
        ["Who led the league in 2013?", "Who led the league in 2014?"],
        [20130101, 20140101],
    ),
    (
        "How has the fleet changed from 2013 to 2017?",
        ["What happened with the fleet in 2013?", "What happened with the fleet in 2017?"],
        [20130101, 20170101],
    ),
]


@pytest.mark.parametrize(("question", "meant", "first"), PERIODS, ids=[q for q, _, _ in PERIODS])
def test_periods_carry_their_days(question: str, meant: list[str], first: list[int]) -> None:
    found = parts(question, TODAY)
    assert [part.question for part in found] == meant
    assert [part.period.first for part in found if part.period] == first
    assert all(part.lead.startswith("In ") for part in found)


def test_who_came_later_is_asked_of_the_time_after() -> None:
    found = parts("Who led the league in 2013 and who later?", TODAY)
    assert [p.question for p in found] == ["Who led the league in 2013?", "Who led the league?"]
    assert found[1].lead == "Later"
    assert found[1].period is not None
    assert found[1].period.first == 20140101


@pytest.mark.parametrize(
    "question",
    [
        "Who led the league until 2013 and who later?",
        "Who was president before 2013 and who later?",
        "Who led the league in 2013 and who is next?",
        "Who led the league on 31 December 9999 and who later?",
    ],
)
def test_what_is_no_time_after_is_not_asked_later(question: str) -> None:
    assert all(part.lead != "Later" for part in parts(question, TODAY))


def test_what_changed_may_be_asked_more_widely_of_each_time() -> None:
    found = parts("How did the fortunes of Weller change between 2013 and 2017?", TODAY)
    assert [p.otherwise for p in found] == [
        "What happened with Weller in 2013?",
        "What happened with Weller in 2017?",
    ]
    measured = parts("How did Peru's inflation change between 2013 and 2017?", TODAY)
    assert [p.otherwise for p in measured] == ["", ""]


def test_who_was_somewhere_is_no_time() -> None:
    found = parts("Who was arrested and who was on Flight 370?", TODAY)
    assert [p.question for p in found] == ["Who was arrested?", "Who was on Flight 370?"]


def test_a_topic_is_said_of_every_part() -> None:
    found = parts("Ties with Peru: when and where did the ambassador resign?", TODAY)
    assert [p.question for p in found] == [
        "Ties with Peru: when did the ambassador resign?",
        "Ties with Peru: where did the ambassador resign?",
    ]
    commanded = parts("Tell me two things: who came to Lima, and what did they decide?", TODAY)
    assert not any("Tell me" in part.question for part in commanded)


SIDES = [
    ("How do Weller's and Prado's views on Peru differ?", "What are {} views on Peru?"),
    ("How does Weller's view of Peru differ from Prado's?", "What is {} view of Peru?"),
    ("Compare Weller's plan for Peru with Prado's.", "What is {} plan for Peru?"),
]


@pytest.mark.parametrize(("question", "meant"), SIDES, ids=[q for q, _ in SIDES])
def test_sides_are_asked_one_by_one(question: str, meant: str) -> None:
    found = parts(question, TODAY)
    assert [part.question for part in found] == [meant.format("Weller's"), meant.format("Prado's")]
    assert [part.lead for part in found] == ["Weller", "Prado"]


def test_what_two_said_is_asked_of_each() -> None:
    for question in (
        "Compare what Weller and Prado said about Peru.",
        "How do Weller and Prado differ on Peru?",
    ):
        assert [part.question for part in parts(question, TODAY)] == [
            "What did Weller say about Peru?",
            "What did Prado say about Peru?",
        ]


WHOLE = [
    "Who led the league between 2013 and 2017?",
    "Fleet: who led it in 2013?",
    "Who compared the port with the fleet?",
    "What's the unemployment rate compared with the previous year?",
    "The toll was higher compared with the year before?",
    "Earthquakes after 2013 and 2017",
    "Tell me cup winners 2010 and 2014",
    "Who led the league and who later?",
    "the league 2013 and 2017 in Lima, please",
    "ship losses 2013 and 2014",
    "How many people died in 2012 and 2014?",
    "Which mall was given awards in 1995 and 1996?",
    "How has the number of ships changed over time?",
    "How did the fleet change since 2013?",
    "Who is the man who founded the league and who is buried in Porto?",
    "Which country borders France and which has a king?",
    "What did Weller say about who came and who paid?",
    "Did Weller say who came and who paid?",
    "Who said that the summit was a success and that the talks go on?",
    "What is the difference between a virus and a worm?",
    "How do cats and dogs differ in what they eat?",
    "Who and who were able to get away?",
    "Where is the town where the treaty was signed and where the king is buried?",
    "Who is the minister whose house burned and who was dismissed?",
    "The league merged with what port and what network in 1954?",
    "According to Weller, what is the fleet for and why not?",
    "Besides the treaty, what else did Weller sign in Lima and Quito?",
    "What songs are on the album “When and where did it end”?",
    "Is it safe? I read that it was closed.",
    "Where did Weller and Prado meet?",
    "What did Weller do when the fleet came and the port closed?",
    "who wrote why and how",
    "",
    "?",
]


@pytest.mark.parametrize("question", WHOLE)
def test_a_question_for_one_thing_stays_whole(question: str) -> None:
    assert parts(question, TODAY) == ()


@given(st.text(max_size=200))
def test_any_text_is_cut_into_few_parts_or_none(text: str) -> None:
    found = parts(text, TODAY)
    assert len(found) == 0 or 2 <= len(found) <= MOST
    assert all(part.question.endswith("?") and part.lead for part in found)


_WORDS = (
    "who what when where why how did was Weller he they it in 2013 2014 and , ? between change"
).split()


@given(st.lists(st.sampled_from(_WORDS), max_size=25))
def test_any_order_of_question_words_is_cut_into_few_parts_or_none(words: list[str]) -> None:
    found = parts(" ".join(words), TODAY)
    assert len(found) == 0 or 2 <= len(found) <= MOST
