"""Precision and recall of telling questions about articles from questions about the world.

The questions of ``data/about_*.txt`` were written before the rules. Every second one is `dev`,
which the rules were made on; the others are `test`, and only counted.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.answer.about import about
from rag.answer.about_ask import classify
from tests.conversation.corpus import SmallCorpus, make

DATA = Path(__file__).with_name("data")
PUBLISHERS = ("Harbour Post", "DW", "BBC News", "The Guardian", "Sputnik")
# Kinds that say the same of a question: a count over a time, a list of publishers.
SAME = {"from": {"undated"}, "list": {"publishers"}, "count": {"from"}}


def positives(half: int) -> list[tuple[str, str]]:
    lines = (DATA / "about_positive.txt").read_text("utf-8").splitlines()
    rows = [tuple(line.split("\t")) for line in lines if not line.startswith("#")]
    return [(row[0], row[1]) for row in rows[half::2]]


def negatives(half: int) -> list[str]:
    lines = (DATA / "about_negative.txt").read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")][half::2]


@pytest.fixture(scope="module")
def world() -> SmallCorpus:
    """Articles of the known publishers that mention a little of everything asked."""
    body = "Kerry met Lavrov in Brussels. The senator posted a message on Facebook. NATO spoke."
    return SmallCorpus(
        [
            make(
                f"a{i}",
                f"News of the day {i}",
                body,
                publisher=p,
                comments=[("Eric", "Ohio", "No.")],
            )
            for i, p in enumerate(PUBLISHERS)
        ]
    )


@pytest.mark.parametrize("half", [0, 1], ids=["dev", "test"])
def test_recall(half: int) -> None:
    found = [(kind, classify(question, PUBLISHERS)) for kind, question in positives(half)]
    assert len(found) >= 40
    recall = sum(request is not None for _, request in found) / len(found)
    right = sum(
        r is not None and (r.ask.value == k or r.ask.value in SAME.get(k, ())) for k, r in found
    )
    assert recall >= 0.95
    assert right / len(found) >= 0.93


@pytest.mark.parametrize("half", [0, 1], ids=["dev", "test"])
def test_precision(half: int, world: SmallCorpus) -> None:
    questions = negatives(half)
    assert len(questions) >= 60
    wrong = [q for q in questions if about(q, world) is not None]
    assert len(wrong) <= 1, wrong


def test_no_question_stands_on_both_sides() -> None:
    told = {q for half in (0, 1) for _, q in positives(half)}
    world = [q for half in (0, 1) for q in negatives(half)]
    assert not told & set(world)
    assert len(world) == len(set(world))
