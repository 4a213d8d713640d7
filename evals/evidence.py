"""Whether the evidence of a dataset stands in its articles, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from evals.case import Case
from evals.facts import judge

_SPACE = re.compile(r"\s+")


def unfounded(cases: Iterable[Case], folder: Path) -> list[str]:
    """One sentence for each quote that its article does not hold; runs of space count as one."""
    texts: dict[str, str | None] = {}
    faults = []
    for case in cases:
        for gold in (gold for group in case.evidence for gold in group):
            if gold.article not in texts:
                texts[gold.article] = _text(folder / gold.article)
            text = texts[gold.article]
            if text is None:
                faults.append(f"{case.id}: there is no article {gold.article!r} in {folder}")
            elif squeezed(gold.quote) not in text:
                faults.append(f"{case.id}: {gold.article} does not hold the words {gold.quote!r}")
    return faults


def unstated(case: Case, text: str) -> list[str]:
    """Facts of a case that a text, such as its own evidence, does not state."""
    return [fact.value for fact in case.facts if not judge(fact, text).ok]


def squeezed(text: str) -> str:
    """Every run of space as one space."""
    return _SPACE.sub(" ", text.replace("\u00a0", " ")).strip()


def _text(path: Path) -> str | None:
    return squeezed(path.read_text(encoding="utf-8")) if path.is_file() else None
