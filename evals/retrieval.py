"""Figures of retrieval for one case: where its gold places stand in a ranked list of passages.

Places are offsets into canonical text, so they compare without regard to how an article
was cut. A gold quote that the canonical text does not hold can be covered by nothing and
counts as missed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from evals.case import Case
from evals.facts.plain import words
from evals.metrics.retrieval import (
    Place,
    all_evidence,
    evidence_recall,
    mrr,
    ndcg,
    reach,
    relevant,
)

_DEPTH = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Ranking:
    """Ranked passages, and what is needed to find gold places among them."""

    places: Sequence[Place]
    text_of: Callable[[str], str | None]
    passages_of: Callable[[str], Sequence[Place]]
    ids: Mapping[str, str]  # article ids by file name, source or id


def retrieval_figures(case: Case, ranking: Ranking) -> tuple[dict[str, float], tuple[float, ...]]:
    """The figures and the recall at each depth; empty where the case names no words as evidence."""
    groups = [group for group in case.evidence if all(gold.quote for gold in group)]
    if not groups:
        return {}, ()
    places: list[list[Place]] = []
    for group in groups:
        found = [locate(ranking, gold.article, gold.quote) for gold in group]
        places.append([place for place in found if place is not None])
    articles = {place[0] for group in places for place in group}
    everything = [
        passage for article in sorted(articles) for passage in ranking.passages_of(article)
    ]
    ranked, gains = ranking.places, relevant(places, ranking.places)
    figures: dict[str, float] = {
        "evidence_recall@5": evidence_recall(places, ranked, 5),
        "evidence_recall@10": evidence_recall(places, ranked, 10),
        "all_evidence@5": float(all_evidence(places, ranked, 5)),
        "all_evidence@10": float(all_evidence(places, ranked, 10)),
        "mrr@10": mrr(gains, 10),
        "ndcg@10": ndcg(gains, 10, relevant(places, everything)),
        "reach": reach(places, everything),
    }
    depth = range(1, min(_DEPTH, max(1, len(ranked))) + 1)
    return figures, tuple(evidence_recall(places, ranked, k) for k in depth)


def locate(ranking: Ranking, article: str, quote: str) -> Place | None:
    """Where a gold quote stands in the canonical text, word for word; None where it does not."""
    identity = ranking.ids.get(article)
    text = ranking.text_of(identity) if identity else None
    if identity is None or text is None:
        return None
    goal = [word.folded for word in words(quote, articles=True)]
    found = words(text, articles=True)
    folded = [word.folded for word in found]
    for at in range(len(folded) - len(goal) + 1):
        if folded[at : at + len(goal)] == goal:
            return identity, found[at].start, found[at + len(goal) - 1].end
    return None
