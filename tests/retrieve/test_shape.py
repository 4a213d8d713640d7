"""A sentence that lacks the kind of answer asked for is no answer, whatever words it shares."""

from __future__ import annotations

import pytest

from rag.retrieve.expect import Expect, expect
from rag.retrieve.shape import lacks, misfits, person_like
from rag.retrieve.words import akin, countries, key, keys


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many bridges were built?", "The province has built bridges since 2014."),
        ("How many of the 40 trains ran late?", "Of the 40 trains some ran late."),
        ("When did the strike end?", "The strike was over pay."),
        ("Who opened the bridge?", "The bridge was opened by the Foreign Minister of Norway."),
        ("Who met Ruiz?", "Ruiz met several reporters."),
        ("Which country did Ana Ruiz visit?", "Ana Ruiz visited Porto with her husband."),
        ("Which country lies beside Peru?", "Peru is a country of three landscapes."),
    ],
)
def test_nothing_of_the_kind(question: str, sentence: str) -> None:
    assert lacks(question, expect(question), sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("How many bridges were built?", "The province has built seven bridges since 2014."),
        ("How many of the 40 trains ran late?", "Of the 40 trains 12 ran late."),
        ("When did the strike end?", "The strike ended on Friday."),
        ("Who opened the bridge?", "It was opened by Foreign Minister Olena Kovalenko."),
        ("Which country did Ana Ruiz visit?", "Ana Ruiz met Portuguese officials."),
        ("Why did the bridge close?", "The bridge closed."),
        ("What did Ruiz open?", "Ruiz opened it."),
    ],
)
def test_something_of_the_kind(question: str, sentence: str) -> None:
    assert not lacks(question, expect(question), sentence)


@pytest.mark.parametrize(
    ("question", "span", "wrong"),
    [
        ("Which city did she visit?", "Portugal", True),
        ("Which city did she visit?", "Porto", False),
        ("In which town was it signed?", "in Iraq", True),
        ("Which city did she visit?", "Singapore", False),
        ("Which city did she visit?", "Kuwait", False),
        ("Which country did she visit?", "Porto", True),
        ("Which country did she visit?", "Portugal", False),
        ("How many came?", "the guests", True),
        ("How many came?", "about 1,200 guests", False),
    ],
)
def test_a_short_answer_of_another_kind(question: str, span: str, wrong: bool) -> None:
    assert misfits(question, expect(question), span) is wrong


def test_offices_days_and_countries_are_no_persons() -> None:
    assert not person_like("On Monday the Greek Foreign Minister and the Security Council met.")
    assert person_like("On Monday the Greek Foreign Minister Nikos Kotzias met the Council.")
    assert expect("What is the name of the commander of the garrison?") is Expect.PERSON


def test_countries_are_found_by_noun_and_adjective_and_long_name() -> None:
    assert countries("Saudi Arabia and the Turks; turkeys do not count as Kenya") >= {
        "Riyadh",
        "Ankara",
        "Nairobi",
    }
    assert countries("the mayor of Porto") == set()


def test_seats_are_akin_to_their_countries_and_to_no_others() -> None:
    assert akin(keys("Ankara")) & keys("Turkey")
    assert not akin(keys("Ankara")) & keys("Greece and Athens")


@pytest.mark.parametrize(
    ("question", "told", "enough"),
    [
        ("How much of the valley is under water?", "Most of the valley is under water.", True),
        ("What share of the members left?", "The majority of the members left.", True),
        ("How much of the valley is under water?", "The valley lies under water.", False),
        ("How many people drowned?", "Most of the people drowned.", False),
    ],
)
def test_a_part_of_a_whole_is_told_in_words_too(question: str, told: str, enough: bool) -> None:
    assert lacks(question, Expect.NUMBER, told) is not enough
    assert misfits(question, Expect.NUMBER, told.split(" of ", maxsplit=1)[0]) is not enough


def test_a_house_stands_for_those_who_govern_from_it() -> None:
    assert akin(key(word) for word in ("White", "House")) >= {key("Obama"), key("Washington")}
    assert key("Obama") not in akin([key("House")])
