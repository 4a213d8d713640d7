"""The matcher's own examination: (fact, answer, verdict) triples that it must all get right.

Run before every evaluation; a matcher that fails one of them may not judge anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evals.facts.fact import Fact, FactType
from evals.facts.judge import judge

TRIPLES = Path(__file__).parent.parent / "datasets" / "matcher_triples.jsonl"


@dataclass(frozen=True, kw_only=True, slots=True)
class Triple:
    """An answer, the fact that it is judged against, and the right verdict."""

    line: int
    fact: Fact
    answer: str
    ok: bool
    on: date | None


def load_triples(path: Path = TRIPLES) -> list[Triple]:
    """All triples of a file."""
    with path.open(encoding="utf-8") as lines:
        return [_triple(number, line) for number, line in enumerate(lines, start=1)]


def wrong_triples(triples: list[Triple] | None = None) -> Iterator[str]:
    """One sentence for each triple that the matcher gets wrong; none where all is well."""
    for triple in load_triples() if triples is None else triples:
        verdict = judge(triple.fact, triple.answer, on=triple.on)
        if verdict.ok != triple.ok:
            yield (
                f"line {triple.line}: {triple.fact.type} {triple.fact.value!r} against "
                f"{triple.answer!r} must be {triple.ok} and is {verdict.ok} ({verdict.reason})"
            )


def _triple(number: int, line: str) -> Triple:
    row = json.loads(line)
    given = row["fact"]
    fact = Fact(
        type=FactType(given["type"]),
        value=given["value"],
        aliases=tuple(given.get("aliases", ())),
        forbidden=tuple(given.get("forbidden", ())),
    )
    on = date.fromisoformat(row["on"]) if "on" in row else None
    return Triple(line=number, fact=fact, answer=row["answer"], ok=row["ok"], on=on)
