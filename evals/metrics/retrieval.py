"""Metrics of retrieval, over spans: (article, start, end), end exclusive.

``evidence_recall``, ``all_evidence`` and ``reach`` follow the need of an answer: each
group of gold places is wanted once, any place of it serves. ``mrr`` and ``ndcg`` are the
usual ones (Voorhees 1999; Järvelin and Kekäläinen 2002, with log2 discount and binary or
graded gains), as trec_eval computes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log2

Place = tuple[str, int, int]
Groups = Sequence[Sequence[Place]]


def covered(gold: Place, spans: Iterable[Place]) -> bool:
    """Whether the union of the spans holds every character of the gold place."""
    article, at, end = gold
    for start, stop in sorted((s, e) for a, s, e in spans if a == article):
        if start > at:
            return False
        at = max(at, stop)
        if at >= end:
            return True
    return False


def evidence_recall(groups: Groups, ranked: Sequence[Place], k: int) -> float:
    """Share of the groups that the union of the top k spans covers; 1 where none is needed."""
    if not groups:
        return 1.0
    top = ranked[:k]
    return sum(any(covered(gold, top) for gold in group) for group in groups) / len(groups)


def all_evidence(groups: Groups, ranked: Sequence[Place], k: int) -> bool:
    """Whether the top k spans cover every group."""
    return evidence_recall(groups, ranked, k) == 1.0


def reach(groups: Groups, passages: Sequence[Place]) -> float:
    """Share of the groups that lie wholly inside some passage: the ceiling of any ranking."""
    if not groups:
        return 1.0
    inside = [any(covered(gold, [p]) for gold in group for p in passages) for group in groups]
    return sum(inside) / len(inside)


def relevant(groups: Groups, ranked: Sequence[Place]) -> list[float]:
    """The gain of each ranked span: 1 where it shares a character with a gold place, else 0."""
    golds = [gold for group in groups for gold in group]
    return [float(any(_touch(span, gold) for gold in golds)) for span in ranked]


def mrr(gains: Sequence[float], k: int) -> float:
    """One over the rank of the first gain above 0 within the top k; 0 where there is none."""
    return next((1 / rank for rank, gain in enumerate(gains[:k], start=1) if gain > 0), 0.0)


def ndcg(gains: Sequence[float], k: int, ideal: Sequence[float] | None = None) -> float:
    """Discounted gain of the top k over that of the best order of ``ideal``; 0 where none gains.

    ``ideal`` are the gains of everything that could be ranked; without it, of what was.
    """
    best = _dcg(sorted(gains if ideal is None else ideal, reverse=True)[:k])
    return _dcg(gains[:k]) / best if best > 0 else 0.0


def _dcg(gains: Sequence[float]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def _touch(one: Place, other: Place) -> bool:
    return one[0] == other[0] and one[1] < other[2] and other[1] < one[2]
