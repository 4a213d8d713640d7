"""Who leads what is read off the office, whatever the institution."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rag.retrieve.offices import Office, asked_office, asks_holder, leader
from rag.retrieve.roles import RoleReader
from rag.retrieve.words import key
from rag.types import Passage, Reading
from tests.made import candidate, passage, reading


@pytest.mark.parametrize(
    ("sentence", "thing", "name"),
    [
        ("Acme chief executive Ida Berg said so.", "acme", "Ida Berg"),
        ("The Harbour Union (HU) President Per Dahl resigned.", "hu", "Per Dahl"),
        ("Opec Secretary-General Rasmussen told them.", "opec", "Rasmussen"),
        ("It was opened by the mayor of Porto Ana Ruiz yesterday.", "porto", "Ana Ruiz"),
        ("Kenya's president, Ann Otieno, left.", "kenya", "Ann Otieno"),
    ],
)
def test_the_person_after_the_office(sentence: str, thing: str, name: str) -> None:
    span = leader(sentence, Office(led=frozenset({key(thing)}), titles=None))
    assert span is not None
    assert sentence[span[0] : span[1]] == name


@pytest.mark.parametrize(
    "sentence",
    [
        "Acme was sold to the president of Porto, Ana Ruiz.",
        "Acme has no chief executive.",
        "A chief executive spoke about Acme.",
    ],
)
def test_somebody_elses_office_is_not_it(sentence: str) -> None:
    assert leader(sentence, Office(led=frozenset({key("acme")}), titles=None)) is None


class Unsure:
    """Never sure of anything."""

    name = "unsure"

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        return [reading(candidate(p.text), 0.1) for p in passages]


def test_only_questions_about_leaders_are_touched() -> None:
    text = "The day was dry. Acme chief executive Ida Berg said so."
    reader = RoleReader(Unsure())
    [told] = reader.read("Who runs Acme?", [passage(text, start=100)])
    assert told.probability == 0.9
    assert told.start is not None
    assert told.end is not None
    assert text[told.start - 100 : told.end - 100] == "Ida Berg"
    for other in ("When did Acme open?", "Who bought Acme?"):
        assert reader.read(other, [passage(text)])[0].probability == 0.1


class Promising(Unsure):
    """Promises a little more than it will say."""

    def at_most(self, question: str, passages: Sequence[Passage]) -> list[float]:
        return [0.2] * len(passages)


def test_what_it_promises_holds() -> None:
    passages = [passage("Acme chief executive Ida Berg said so.")]
    for question, most in (("Who runs Acme?", 1.0), ("Who bought Acme?", 0.2)):
        reader = RoleReader(Promising())
        assert reader.at_most(question, passages) == [most]
        assert reader.read(question, passages)[0].probability <= most
    assert RoleReader(Unsure()).at_most("Who bought Acme?", passages) == [1.0]


@pytest.mark.parametrize(
    ("question", "led", "title"),
    [
        ("Who runs Acme?", "Acme", None),
        ("Who was Acme's chairman in 2013?", "Acme", "chairman"),
        ("Who is the latest foreign minister of Peru?", "Peru", "foreign minister"),
        ("Who was Peru's chief diplomat by late 2017?", "Peru", "foreign minister"),
        ("acme boss", "acme", None),
    ],
)
def test_the_office_that_is_asked_for(question: str, led: str, title: str | None) -> None:
    office = asked_office(question)
    assert office is not None
    assert office.led == frozenset({key(led)})
    assert (office.titles is None) is (title is None)
    assert title is None or title in (office.titles or ())


@pytest.mark.parametrize(
    "sentence",
    [
        "Top US diplomat Ann Otieno left.",
        "The new US State Secretary Ann Otieno left.",
        "U.S. Secretary of State Ann Otieno left.",
    ],
)
def test_one_office_has_several_names(sentence: str) -> None:
    office = asked_office("Who is America's top diplomat?")
    assert office is not None
    span = leader(sentence, office)
    assert span is not None
    assert sentence[slice(*span)] == "Ann Otieno"


@pytest.mark.parametrize(
    "question", ["Who met Acme's chairman?", "When did the chairman leave?", "Who is the chairman?"]
)
def test_other_questions_ask_for_no_office(question: str) -> None:
    assert asked_office(question) is None


class Pointing:
    """Sure of one short answer in the first sentence."""

    name = "pointing"

    def __init__(self, short: str | None) -> None:
        self._short = short

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        return [reading(candidate(p.text), 0.8, self._short) for p in passages]


@pytest.mark.parametrize(
    ("text", "short", "left"),
    [
        ("Flemish President Masud Prado came to Iraq.", "Masud Prado", True),
        ("The Iraqi premier Masud Prado came.", "Masud Prado", True),
        ("EU policy chief Ana Ruiz spoke of Iraq.", "Ana Ruiz", True),
        ("Masud Prado came to Iraq.", "Masud Prado", False),
        ("Former President Masud Prado came to Iraq.", "Masud Prado", False),
        ("Mayor Masud Prado became Iraq's president.", "Masud Prado", False),
        ("On Monday President Masud Prado spoke of Iraq.", "Masud Prado", False),
        ("Socialist President Masud Prado is unpopular in Iraq.", "Masud Prado", False),
    ],
)
def test_the_holder_of_another_office_is_not_asked_for(text: str, short: str, left: bool) -> None:
    [told] = RoleReader(Pointing(short)).read("Who was president of Iraq?", [passage(text)])
    assert (told.probability < 0.5) is left


def test_a_chief_may_be_the_secretary_general() -> None:
    text = "Opec chief Ida Berg spoke."
    [told] = RoleReader(Pointing("Ida Berg")).read(
        "Who is the secretary general of Opec?", [passage(text)]
    )
    assert told.probability == 0.8


def test_spokespersons_are_one_office() -> None:
    text = "Acme spokeswoman Ida Berg said so."
    [told] = RoleReader(Unsure()).read("Who was the spokesperson of Acme?", [passage(text)])
    assert told.start is not None
    assert text[told.start : told.end] == "Ida Berg"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They praised President [Ida] Berg's plan for the Kenyan army.", "[Ida] Berg"),
        ("They praised President Ida Berg's plan for the Kenyan and the Peruvian army.", None),
        ("They praised Governor Ida Berg's plan for the Kenyan army.", None),
        ("The bank's president Ida Berg praised the Kenyan army.", None),
        ("They met former President Ida Berg of the Kenyan army.", None),
    ],
)
def test_an_office_without_its_country_in_a_sentence_about_that_country(
    text: str, name: str | None
) -> None:
    [told] = RoleReader(Pointing(None)).read("Who was president of Kenya?", [passage(text)])
    found = None if told.start is None else text[told.start : told.end]
    assert (found, told.probability) == (name, 0.8)


@pytest.mark.parametrize(
    ("question", "holder"),
    [
        ("Who is the new president of Peru?", True),
        ("who was opec's secretary general in 2013", True),
        ("What is the name of its mayor?", True),
        ("Who held the post of foreign minister?", True),
        ("Who is visiting the president of Peru?", False),
        ("Who was hurt by the president?", False),
        ("Who leads Opec?", False),
    ],
)
def test_who_holds_an_office(question: str, holder: bool) -> None:
    assert asks_holder(question) is holder


def test_the_very_title_is_better_than_one_that_stands_for_it() -> None:
    text = "Top Acme diplomat Per Dahl left. Acme foreign minister Ida Berg came."
    office = asked_office("Who is the foreign minister of Acme?")
    assert office is not None
    first, second = leader(text, office), leader(text, office, exact=True)
    assert [text[slice(*span)] for span in (first, second) if span] == ["Per Dahl", "Ida Berg"]
