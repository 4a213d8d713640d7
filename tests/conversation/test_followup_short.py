"""Short follow-ups: fragments, plurals, things and doers, and questions that name nothing."""

from __future__ import annotations

import pytest

from rag.answer.followup import understand
from rag.types import Turn
from tests.conversation.turns import turn


@pytest.mark.parametrize(
    ("before", "asked", "meant"),
    [
        (
            turn("What treaty did Weller sign in Lima?", "Weller signed a treaty with Peru."),
            "With which country?",
            "With which country did Weller sign the treaty in Lima?",
        ),
        (
            turn("Who did Prado sue?", "Acme.", "Acme"),
            "Against whom?",
            "Against whom did Prado sue?",
        ),
        (
            turn("What did Weller and Ana Prado discuss in Porto?"),
            "What did they say about Peru?",
            "What did Weller and Ana Prado say about Peru?",
        ),
        (
            turn("What did the Opec oil ministers discuss in Vienna?"),
            "What did they ask of Libya?",
            "What did the Opec oil ministers ask of Libya?",
        ),
        (
            turn(
                "Which envoy did Ana Prado meet?", "Tom Weller. “Prado met Weller.”", "Tom Weller"
            ),
            "What did they say about the port?",
            "What did Ana Prado and Tom Weller say about the port?",
        ),
        (
            turn("Which country did Opec invite in 2015?", "Gabon.", "Gabon"),
            "What does Russia think of it?",
            "What does Russia think of Gabon?",
        ),
        (
            turn("Which port did Weller claim to have seen in June?", "Lima.", "Lima"),
            "Why?",
            "Why did Weller claim to have seen the port in June?",
        ),
    ],
)
def test_several_and_objects(before: Turn, asked: str, meant: str) -> None:
    assert understand(asked, [before]).question == meant


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        (turn("When will Kenya hold elections?", "In May.", "In May"), "Will they be fair?"),
        (turn("When did Kenya send troops to Chad?", "In May.", "In May"), "When will they leave?"),
        (
            turn("Who did Weller fire?", "Tom Prado.", "Tom Prado"),
            "Did Ana Berg take her dog with her?",
        ),
        (turn("Who signed the Treaty of Lima?"), "Has Exxon denied the rumours about it?"),
    ],
)
def test_a_verb_with_its_object_is_no_subject(before: Turn, asked: str) -> None:
    assert understand(asked, [before]).question == asked


@pytest.mark.parametrize(
    ("before", "asked", "meant"),
    [
        (turn("Who signed the treaty?"), "When did it end?", "When did the treaty end?"),
        (
            turn("Who had the first reported bird strike?"),
            "In what year was it?",
            "In what year was the first reported bird strike?",
        ),
        (
            turn("How many people died in the Nepal earthquake?", "41.", "41"),
            "How strong was it?",
            "How strong was the Nepal earthquake?",
        ),
        (
            turn("How many people died in the Nepal earthquake?", "41.", "41"),
            "When did it happen?",
            "When was it that people died in the Nepal earthquake?",
        ),
        (
            turn("Where did the train derail?", "In Lima, Ohio.", "Lima, Ohio"),
            "What was it carrying?",
            "What was the train carrying?",
        ),
        (
            turn("Who did Tom Weller fire?", "Per Dahl.", "Per Dahl"),
            "Why did he fire him?",
            "Why did Tom Weller fire Per Dahl?",
        ),
        (
            turn("Whom did Weller meet?", "Per Dahl. “Weller met Dahl.”", "Per Dahl"),
            "What did he tell him about Peru?",
            "What did Weller tell Per Dahl about Peru?",
        ),
        (
            turn("Did Weller meet Ana Prado in Lima?"),
            "What did the two of them talk about?",
            "What did Weller and Ana Prado talk about?",
        ),
        (
            turn("Who was elected in Brazil?", "Lula da Silva.", "Lula da Silva"),
            "Who did he beat?",
            "Who did Lula da Silva beat?",
        ),
        (
            turn("What does the Clean Air Act do?"),
            "Who voted against it?",
            "Who voted against the Clean Air Act?",
        ),
    ],
)
def test_things_and_doers(before: Turn, asked: str, meant: str) -> None:
    assert understand(asked, [before]).question == meant


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("How many were injured?", "How many were injured in the Nepal earthquake?"),
        ("What was the magnitude?", "What was the magnitude in the Nepal earthquake?"),
        ("What did the mayor say?", "What did the mayor say about the Nepal earthquake?"),
        ("What is the price of bitcoin?", None),
        ("What is inflation?", None),
        ("How many articles are there?", None),
        ("Who won in 2013?", None),
        ("Who runs Opec?", None),
    ],
)
def test_a_short_question_that_names_nothing_goes_on_with_the_talk(
    asked: str, meant: str | None
) -> None:
    understood = understand(asked, [turn("How many people died in the Nepal earthquake?")])
    assert understood.question == (meant or asked)
    assert understood.loose is (meant is not None)


@pytest.mark.parametrize(
    ("before", "asked", "meant"),
    [
        ("What did ministers ask of the Taliban in 2018?", "and of Iran?",
         "What did ministers ask of Iran in 2018?"),
        ("What did Weller promise Prado?", "by when?", "By when did Weller promise Prado?"),
        ("Is Opec starting a new mission in Chad?", "with how many people?",
         "With how many people is Opec starting a new mission in Chad?"),
        ("What did Weller tell Prado?", "what did he say back?", "what did Prado say back?"),
        ("Is there an upcoming summit?", "when is that summit?", "when is the upcoming summit?"),
    ],
)  # fmt: skip
def test_fragments_and_answers_back(before: str, asked: str, meant: str) -> None:
    assert understand(asked, [turn(before)]).question == meant
