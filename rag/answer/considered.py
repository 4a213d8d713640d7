"""What is told of a candidate to those who ask why: read or not, and how it was judged."""

from __future__ import annotations

from rag.answer.judge import Judged
from rag.types import Candidate, Considered


def shown(candidate: Candidate, judged: Judged | None) -> Considered:
    """What is told of a candidate, judged or not."""
    if judged is None:
        return Considered(candidate=candidate)
    return Considered(
        candidate=candidate,
        probability=judged.probability,
        confidence=judged.confidence,
        order=judged.order,
        missing=judged.missing,
        sentence=judged.reading.sentence,
    )
