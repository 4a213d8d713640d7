"""500 made-up replies: what is wrong is found, what is right is left alone."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from evals.bench.replies import Fault, Made, drawn, names_of, score
from tests.writing.desk import ScriptedWriter, answer_of, pieces, task
from tests.writing.stories import candidates

REPLIES = 500
DETECTED = 0.98
MARKED = 0.03


@pytest.fixture(scope="module")
def figures() -> dict[Fault, Counter[bool]]:
    """Of each fault, how many sentences were found wrong."""
    dice = Random(20_261_122)
    everything = list(candidates())
    counts: dict[Fault, Counter[bool]] = {fault: Counter() for fault in Fault}
    for _ in range(REPLIES):
        offered = dice.sample(everything, 6)
        ids = {c.article.id for c in offered}
        names = [n for c in everything if c.article.id not in ids for n in names_of(c.passage.text)]
        said = drawn(dice, [c.passage for c in offered], names)

        def script(by_text: dict[str, str], said: list[Made] = said) -> list[str | Exception]:
            text = " ".join(f"{one.text} [{by_text[one.cites.text]}]" for one in said)
            return list(pieces(text, dice))

        told = answer_of(ScriptedWriter(script), task("What happened?", offered))
        stands = told.answer.statements if told.answer.mode == "llm" else ()
        for one, wrong in score(said, stands):
            counts[one.fault][wrong] += 1
    return counts


@pytest.mark.parametrize("fault", [f for f in Fault if not f.right])
def test_what_is_wrong_is_found(figures: dict[Fault, Counter[bool]], fault: Fault) -> None:
    counts = figures[fault]
    assert counts.total() >= 60
    assert counts[True] >= DETECTED * counts.total(), counts


def test_what_is_right_is_left_alone(figures: dict[Fault, Counter[bool]]) -> None:
    counts = figures[Fault.NONE] + figures[Fault.TOLD]
    assert counts.total() >= 400
    assert counts[True] <= MARKED * counts.total(), figures
