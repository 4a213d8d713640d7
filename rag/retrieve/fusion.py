"""Weighted reciprocal rank fusion of ranked lists over passage ids.

Cormack, Clarke and Büttcher, 'Reciprocal Rank Fusion outperforms Condorcet and individual
Rank Learning Methods', SIGIR 2009: score(d) = sum over lists of w / (k + rank of d).
Scores of different retrievers are never mixed, only their ranks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.types import Hit


@dataclass(frozen=True, kw_only=True, slots=True)
class Fused:
    """One passage after fusion; ranks count from 1."""

    passage_id: str
    score: float
    ranks: Mapping[str, int]
    scores: Mapping[str, float]


def fuse(
    lists: Mapping[str, Sequence[Hit]], weights: Mapping[str, float], k: int = 60
) -> list[Fused]:
    """Fuses ranked lists, best first; equal scores are ordered by passage id.

    A list without a weight counts 1. A passage that a list names twice counts there once,
    at its better rank.
    """
    ranks: dict[str, dict[str, int]] = {}
    scores: dict[str, dict[str, float]] = {}
    for name, hits in lists.items():
        for rank, hit in enumerate(hits, start=1):
            if name not in ranks.setdefault(hit.passage_id, {}):
                ranks[hit.passage_id][name] = rank
                scores.setdefault(hit.passage_id, {})[name] = hit.score
    fused = [
        Fused(
            passage_id=passage_id,
            score=sum(weights.get(name, 1.0) / (k + rank) for name, rank in places.items()),
            ranks=places,
            scores=scores[passage_id],
        )
        for passage_id, places in ranks.items()
    ]
    return sorted(fused, key=lambda f: (-f.score, f.passage_id))
