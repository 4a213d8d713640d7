"""The best span of a window: within a sentence, short, and only where it beats silence."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from rag.models.reader_description import READER, Calibration
from rag.retrieve.reader_pairs import Window
from rag.retrieve.reader_spans import best_span, probability

FRONT = 4
WINDOW = Window(
    passage=0,
    ids=(101, 2040, 102, 102, 11, 12, 13, 14, 15, 16, 102),
    question_end=3,
    text_start=FRONT,
    offsets=((0, 3), (4, 7), (7, 8), (9, 12), (13, 16), (16, 17)),
    sentences=(0, 0, 0, 1, 1, 1),
)


def logits(**high: float) -> np.ndarray:
    """Zero but for the pieces of the text that are named, ``t0`` being the first."""
    out = np.zeros(len(WINDOW.ids), np.float32)
    for name, value in high.items():
        out[0 if name == "cls" else FRONT + int(name[1:])] = value
    return out


def test_the_span_of_highest_worth_is_chosen() -> None:
    found = best_span(WINDOW, logits(t3=5), logits(t4=5), 0.0, READER)
    assert (found.start, found.end, found.sentence) == (9, 16, 1)


def test_a_span_never_crosses_sentences() -> None:
    found = best_span(WINDOW, logits(t1=5, t3=1), logits(t4=5), 0.0, READER)
    assert found.start is not None
    assert found.end is not None
    assert found.end <= 8 or found.start >= 9


def test_a_span_never_runs_backwards_or_beyond_its_length() -> None:
    short = dataclasses.replace(READER, max_answer=1)
    found = best_span(WINDOW, logits(t5=4, t3=3), logits(t3=5), 0.0, short)
    assert (found.start, found.end) == (9, 12)


def test_where_silence_outweighs_every_span_none_is_given() -> None:
    found = best_span(WINDOW, logits(cls=20), logits(cls=20), 0.0, READER)
    assert found.start is None
    assert found.end is None
    assert found.margin < 0


def test_an_empty_text_has_no_answer() -> None:
    empty = dataclasses.replace(WINDOW, offsets=(), sentences=())
    found = best_span(empty, logits(), logits(), 9.0, READER)
    assert found.probability == 0.0
    assert found.start is None


def test_the_logits_of_header_and_question_are_never_chosen() -> None:
    start = logits()
    start[1] = start[2] = start[-1] = 50
    found = best_span(WINDOW, start, start, 0.0, READER)
    assert found.start is not None
    assert found.margin == pytest.approx(0.0)


@pytest.mark.parametrize("logit", [-1e6, -3.0, 0.0, 3.0, 1e6])
def test_probability_stays_within_bounds_and_grows_with_both_logits(logit: float) -> None:
    fitted = Calibration(bias=-0.5, answer=0.7, margin=0.3)
    assert 0.0 <= probability(logit, logit, fitted) <= 1.0
    assert probability(logit + 1, logit, fitted) >= probability(logit, logit, fitted)
    assert probability(logit, logit + 1, fitted) >= probability(logit, logit, fitted)


def test_the_shipped_calibration_trusts_neither_logit_backwards() -> None:
    assert READER.calibration.answer >= 0
    assert READER.calibration.margin >= 0
    assert READER.calibration.answer + READER.calibration.margin > 0
