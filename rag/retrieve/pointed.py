"""Readers that know one kind of question better than the reader they wrap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from rag.types import Passage, Reading, Span


def pointed(
    reading: Reading, passage: Passage, find: Callable[[str], Span | None], sure: float
) -> Reading | None:
    """The reading, made at least so sure of the first sentence in which something is found.

    ``find`` gives offsets into the sentence that it is shown. None where no sentence has it.
    """
    for start, end in passage.sentences:
        span = find(passage.text[start - passage.start : end - passage.start])
        if span is not None:
            return replace(
                reading,
                probability=max(reading.probability, sure),
                trained=None if reading.trained is None else max(reading.trained, sure),
                start=start + span[0],
                end=start + span[1],
                sentence=(start, end),
            )
    return None


def doubted(reading: Reading, left: float) -> Reading:
    """The reading with this share of its probability.

    Of the trained reader's own the square of it is left: it needs less to count as an answer
    (`rag.answer.confidence`) than all readers together do.
    """
    own = None if reading.trained is None else reading.trained * left**2
    return replace(reading, probability=reading.probability * left, trained=own)
