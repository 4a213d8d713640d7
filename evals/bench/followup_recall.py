"""Does a rewritten follow-up find what a hand-written question finds?

    python -m evals.bench.followup_recall --data-dir DIR [--split dev|test|all]

Follow-ups of the seeds' set whose fact is also asked for by a question without a history (the
same id, ending in ``.1``): evidence_recall@5 of the bare follow-up, of what the engine made of
it after its conversation, and of the hand-written question. Cases whose evidence is an article
and no words of it (a date, a publisher) have no such figure and are told apart. Totals only;
no text is shown.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from evals.case import Case
from evals.cases import load_cases
from evals.systems.engine import EngineSystem

METRIC = "evidence_recall@5"
_SECONDS = 120.0


def main() -> None:
    """Prints the three means."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--split", choices=("dev", "test", "all"), default="all")
    given = parser.parse_args()
    cases = {case.id: case for case in load_cases("seeds", split="all")}
    chosen = [
        (case, standalone)
        for case in cases.values()
        if case.history and case.answerable and given.split in (case.split, "all")
        for standalone in [cases.get(f"{case.id.rsplit('.', 1)[0]}.1")]
        if standalone is not None and not standalone.history
    ]
    system = EngineSystem(data_dir=given.data_dir, articles=(), retrieval="only")
    try:
        asked = {
            "bare follow-up": [replace(case, history=()) for case, _ in chosen],
            "rewritten after its conversation": [case for case, _ in chosen],
            "hand-written question": [
                replace(case, history=(), question=standalone.question)
                for case, standalone in chosen
            ],
        }
        for name, questions in asked.items():
            figures = _figures(system, questions)
            mean = sum(figures) / len(figures) if figures else 0.0
            without = len(questions) - len(figures)
            print(f"{name:<34} n={len(figures)} ({without} without words)  {METRIC} {mean:.3f}")
    finally:
        system.close()


def _figures(system: EngineSystem, questions: list[Case]) -> list[float]:
    """The figure of each case that has one; raises where a question broke."""
    outcomes = list(system.answers(questions, _SECONDS))
    if broken := [one.error for one in outcomes if one.error]:
        raise SystemExit(f"{len(broken)} questions failed, the first with: {broken[0]}")
    return [float(one.figures[METRIC] or 0) for one in outcomes if METRIC in one.figures]


if __name__ == "__main__":
    main()
