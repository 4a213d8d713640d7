"""Sentences in a writer's own words, right and wrong, against the passages they were made from."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from rag.types import Support
from tests.writing.stories import candidates
from tests.writing.test_checking import checker

CASES = tomllib.loads((Path(__file__).parent / "data" / "paraphrases.toml").read_text("utf-8"))


def judged(kind: str, *, cites: bool) -> dict[str, bool]:
    """Sentence -> whether it was found wrong."""
    out = {}
    for case in CASES["case"]:
        (own,) = [c for c in candidates() if case["from"] in c.passage.text]
        beside = [c for c in candidates() if c.article.id == own.article.id and c is not own]
        found = checker(own, *beside[:3])
        for text in case[kind]:
            verdict = found.check(text, ["x1"] if cites else [])
            out[text] = verdict.support is Support.UNSUPPORTED
    return out


def test_right_ones_are_left_alone() -> None:
    marked = [text for text, wrong in judged("right", cites=True).items() if wrong]
    assert len(judged("right", cites=True)) >= 40
    # 'Injured' and 'injuries' are other stems: the one sentence whose words are all others.
    assert marked == ["12 people were slightly injured."]


def test_wrong_ones_are_found() -> None:
    missed = [text for text, wrong in judged("wrong", cites=True).items() if not wrong]
    assert len(judged("wrong", cites=True)) >= 40
    assert missed == []


@pytest.mark.parametrize(("kind", "least"), [("right", 0.75), ("wrong", 0.0)])
def test_without_a_marker(kind: str, least: float) -> None:
    """A floor for what nobody cited: most right ones find their passage, no wrong one does."""
    found = judged(kind, cites=False)
    matched = [text for text, wrong in found.items() if not wrong]
    if kind == "wrong":
        assert matched == []
    assert len(matched) >= least * len(found)
