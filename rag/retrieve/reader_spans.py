"""From logits to the best span of a window and a calibrated probability.

A span starts and ends in one sentence, has at most ``max_answer`` wordpieces, and of two
alike the shorter is taken. Its worth
is compared with that of ``[CLS]``, 'no answer here'; this margin and the answer logit go
through a logistic function that was fitted on held-out questions (`ReaderModel`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.models.reader_description import Calibration, ReaderModel
from rag.retrieve.reader_pairs import Window

Logits = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """The best of one window; offsets are into the passage's text."""

    probability: float
    margin: float  # of the best span over no answer, in logits
    start: int | None
    end: int | None
    sentence: int | None


def best_span(
    window: Window, start: Logits, end: Logits, answer: float, model: ReaderModel
) -> Found:
    """The span of highest worth; no span where 'no answer' outweighs every one."""
    front, count = window.text_start, len(window.offsets)
    if not count:
        return Found(probability=0.0, margin=-math.inf, start=None, end=None, sentence=None)
    first, last, worth = _pick(
        start[front : front + count], end[front : front + count], window.sentences, model
    )
    margin = (worth - float(start[0]) - float(end[0])) / 2
    chosen = margin > model.span_margin
    place = window.sentences[first]
    return Found(
        probability=probability(answer, margin, model.calibration),
        margin=margin,
        start=window.offsets[first][0] if chosen else None,
        end=window.offsets[last][1] if chosen else None,
        sentence=place if place >= 0 else None,
    )


def _pick(
    start: Logits, end: Logits, places: tuple[int, ...], model: ReaderModel
) -> tuple[int, int, float]:
    """First and last piece of the best span within one sentence, and its worth."""
    size = len(start)
    worth = start[:, None] + end[None, :]
    index = np.arange(size)
    apart = index[None, :] - index[:, None]
    where = np.asarray(places)
    allowed = (apart >= 0) & (apart < model.max_answer) & (where[:, None] == where[None, :])
    at = int(np.argmax(np.where(allowed, worth - model.length_cost * apart, -np.inf)))
    return at // size, at % size, float(worth.flat[at])


def probability(answer: float, margin: float, fitted: Calibration) -> float:
    """Logistic in the answer logit and the span's margin over no answer."""
    z = fitted.bias + fitted.answer * answer + fitted.margin * margin
    return float(1 / (1 + math.exp(-max(-40.0, min(40.0, z)))))
