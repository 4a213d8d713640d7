"""'Which Baltic country …?': the region tells of what kind the answer is."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import rag.answer.regions
from rag.answer.demands import demands
from rag.answer.regions import outside, region
from rag.retrieve.time import question_times
from rag.retrieve.words import countries


@pytest.mark.parametrize(
    ("question", "answer", "wrong"),
    [
        ("Which Baltic country signed the pact?", "Lithuania", False),
        ("Which Baltic country signed the pact?", "Portugal", True),
        ("With which Central Asian republic was the line agreed?", "Kazakhstan", False),
        ("What other South American nation sent troops?", "Japan", True),
        ("Which European countries sent planes?", "Germany and Japan", False),
        ("Which Nordic city hosts the games?", "a frozen lake", False),
        ("Which country signed the pact?", "Portugal", False),
        ("Which Baltic Sea port is it?", "Rostock in Germany", False),
        ("Which Gulf Coast state was hit?", "Georgia", False),
        ("Which African American states?", "the United States", False),
        ("Who crossed the Baltic?", "Portugal", False),
    ],
)
def test_an_answer_from_elsewhere_is_none(question: str, answer: str, wrong: bool) -> None:
    assert outside(question, answer) is wrong


def test_the_region_need_not_stand_in_the_article() -> None:
    def named(question: str) -> list[str]:
        wanted = demands(question, question_times(question, 20260101), {}, frozenset())
        return [name for name, _ in wanted.names]

    assert named("Which Balkan state did Ida Berg visit?") == ["Ida Berg"]
    assert named("Who fought in the Balkan war?") == ["Balkan"]
    assert region("Which Balkan war was it?") is None


def test_every_region_knows_its_countries() -> None:
    path = Path(rag.answer.regions.__file__).with_name("regions.toml")
    for name, lands in tomllib.loads(path.read_text(encoding="utf-8")).items():
        assert region(f"Which {name} country won?") is not None, name
        assert len(countries(", ".join(lands))) >= min(3, len(lands)) - 1, name
        assert len(lands) == len(set(lands)), name
