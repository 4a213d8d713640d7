"""Who somebody is stands beside the name, before it or behind it."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieve.described import DescribingReader, asked_person, description
from rag.types import Passage, Reading
from tests.made import candidate, passage, reading


@pytest.mark.parametrize(
    ("sentence", "name", "told"),
    [
        ("They met EU foreign policy chief Ida Berg.", "Berg", "EU foreign policy chief"),
        (
            "He saw Ida Berg, Special Envoy for the League, in Porto.",
            "Ida Berg",
            "Special Envoy for the League",
        ),
        ("Peruvian President Ana Ruiz spoke.", "ruiz", "Peruvian President"),
        ("Per Dahl, 45, a farmer from Austin, said so.", "Per Dahl", "a farmer from Austin"),
        ("Ida Berg said so.", "Ida Berg", None),
        ("Ida Berg, who was not there, spoke.", "Ida Berg", None),
        ("The president saw the port; Berg did not.", "Berg", None),
        ("They saw a berg near the coach.", "Berg", None),
        ("President Per Berg met Ida Berg.", "Ida Berg", None),
        (
            "Architect Per Berg spoke; Ida Berg did not. Berg, a farmer, left.",
            "Ida Berg",
            "a farmer",
        ),
        ("He met Berg, Prado and the president.", "Berg", None),
        ("Ida Berg, according to the prosecutor, fled.", "Ida Berg", None),
        ("Berg, the police officer said, fled.", "Berg", None),
        ("Ida Berg, not the mayor, fled.", "Ida Berg", None),
        ("Ida Berg, who was accused by her husband, fled.", "Ida Berg", None),
    ],
)
def test_what_stands_beside_a_name(sentence: str, name: str, told: str | None) -> None:
    span = description(sentence, name, sentence)
    assert (sentence[slice(*span)] if span else None) == told


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Who is Ida Berg?", "Ida Berg"),
        ("What is Berg's job?", "Berg"),
        ("who's per dahl", "per dahl"),
        ("ida berg job title", "ida berg"),
        ("What position does Ida Berg hold?", "Ida Berg"),
        ("Who is president of Peru?", None),
        ("Who is Berg meeting in Porto?", None),
        ("Who is winning?", None),
        ("Who is the mayor?", None),
        ("who was killed", None),
        ("What is Peru's position?", None),
        ("washington post", None),
        ("box office", None),
    ],
)
def test_who_is_asked_about(question: str, name: str | None) -> None:
    assert asked_person(question) == name


class Unsure:
    """Never sure of anything."""

    name = "unsure"

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        return [reading(candidate(p.text), 0.1) for p in passages]


def test_only_such_questions_are_touched() -> None:
    text = "The day was dry. League envoy Ida Berg said so."
    reader = DescribingReader(Unsure())
    [told] = reader.read("Who is Ida Berg?", [passage(text, start=100)])
    assert told.probability > 0.8
    assert told.start is not None
    assert told.end is not None
    assert text[told.start - 100 : told.end - 100] == "League envoy"
    [other] = reader.read("Where is Ida Berg?", [passage(text, start=100)])
    assert other.probability == 0.1


PIECES = st.sampled_from(
    "Ida Berg President envoy coach , . the a of and who is for Porto 's said EU-led A-A-A".split()
)


@given(
    st.lists(PIECES, min_size=3, max_size=40).map(" ".join), st.sampled_from(["Berg", "Ida Berg"])
)
def test_a_description_lies_in_its_sentence_beside_the_name(sentence: str, name: str) -> None:
    span = description(sentence, name, sentence)
    if span is not None:
        assert 0 <= span[0] < span[1] <= len(sentence)
        assert name not in sentence[slice(*span)]


@pytest.mark.parametrize("piece", ["A-", "Berg, ", "a ", "President ", "Berg, the "])
def test_no_sentence_takes_long(piece: str) -> None:
    began = time.perf_counter()
    description(piece * 2000 + " president Berg", "Berg", "")
    assert time.perf_counter() - began < 2
