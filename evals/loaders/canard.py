"""CANARD: follow-up questions with hand-written standalone ones.

It has no passages, so it makes no cases: what a system understood (``effective_question``
of the contract) is held against the gold rewrite by `evals.rewrites`. The history that a
record carries holds the title, the heading, and questions and answers in turn; our
contract carries questions, so the answers are left out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.loaders.base import identity, read_text
from evals.systems import RunError


@dataclass(frozen=True, kw_only=True, slots=True)
class Rewrite:
    """A question in its conversation, and what it means standing alone."""

    id: str
    dialogue: str
    history: tuple[str, ...]
    question: str
    gold: str


def load_canard(paths: Sequence[Path]) -> list[Rewrite]:
    """Every question of the files that has a rewrite."""
    found = []
    for path in paths:
        try:
            for row in json.loads(read_text(path)):
                title, heading, *turns = row["History"]
                found.append(
                    Rewrite(
                        id=identity("canard", row["QuAC_dialog_id"], str(row["Question_no"])),
                        dialogue=row["QuAC_dialog_id"],
                        history=(f"{title}: {heading}", *turns[::2]),
                        question=row["Question"],
                        gold=row["Rewrite"],
                    )
                )
        except (OSError, KeyError, TypeError, ValueError) as error:
            raise RunError(f"{path} cannot be read as canard: {error!r}") from error
    return [item for item in found if item.gold.strip() and item.question.strip()]
