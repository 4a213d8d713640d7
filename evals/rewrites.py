"""How well a system understands follow-ups, held against hand-written standalone questions.

``word_recall`` is the share of the gold rewrite's content words that the question as
understood holds, ``added_recall`` the same of those that the bare question lacks, ``kept``
the share of questions that stand alone already and are left as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from evals.case import Case
from evals.facts.plain import words
from evals.loaders.canard import Rewrite
from evals.metrics.intervals import Estimate, clustered_mean
from evals.systems import RunError, System

_LIGHT_WORDS = (
    "a an the of in on at to for from by with and or but if as is are was were be been being am "
    "do does did done has have had having will would can could shall should may might must it "
    "its he she they them him her his their this that these those there here i you we me us what "
    "which who whom whose when where why how any some other else about so then than not"
)
_LIGHT = frozenset(_LIGHT_WORDS.split())


def content_words(text: str) -> set[str]:
    """The words of a question that carry its meaning."""
    return {word.folded for word in words(text)} - _LIGHT


def as_cases(rewrites: Iterable[Rewrite]) -> list[Case]:
    """The questions in the form that systems are asked in."""
    return [
        Case(
            id=item.id,
            question=item.question,
            history=item.history,
            answerable=True,
            facts=(),
            evidence=(),
            tags=(),
            split="test",
            critical=False,
        )
        for item in rewrites
    ]


def measure(rewrites: Sequence[Rewrite], understood: Sequence[str]) -> dict[str, Estimate]:
    """The figures, with intervals over dialogues; a metric without a question is left out."""
    rows: dict[str, list[tuple[float, str]]] = {}
    for item, said in zip(rewrites, understood, strict=True):
        gold, asked, ours = (content_words(t) for t in (item.gold, item.question, said))
        added = gold - asked
        if gold:
            share = len(gold & ours) / len(gold)
            rows.setdefault("word_recall", []).append((share, item.dialogue))
            bare = len(gold & asked) / len(gold)
            rows.setdefault("word_recall of the bare question", []).append((bare, item.dialogue))
        if added:
            share = len(added & ours) / len(added)
            rows.setdefault("added_recall", []).append((share, item.dialogue))
        else:
            kept = float(ours == asked)
            rows.setdefault("kept", []).append((kept, item.dialogue))
    estimates = {
        name: clustered_mean([value for value, _ in found], [where for _, where in found])
        for name, found in rows.items()
    }
    return {name: estimate for name, estimate in estimates.items() if estimate is not None}


def understood_by(system: System, rewrites: Sequence[Rewrite], seconds: float) -> list[str]:
    """What the system made of each question. Raises `RunError` where it fails on one."""
    found = []
    for outcome in system.answers(as_cases(rewrites), seconds):
        if outcome.reply is None:
            raise RunError(f"{outcome.case.id}: {outcome.error}")
        found.append(outcome.reply.effective_question or outcome.case.question)
    return found
