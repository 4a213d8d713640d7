"""Runs cases through a system: in parallel, resumable, one row a case whatever happens.

    run = run_cases(Plan(suite="seeds", cases=cases, system=system), folder)

A system's error, a timeout or a broken reply becomes a failed row; the run goes on.
"""

from __future__ import annotations

import platform
import queue
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from evals.case import Case
from evals.cases import digest
from evals.facts.triples import wrong_triples
from evals.journal import Journal
from evals.rows import Row, row_of
from evals.runfile import Run, finished
from evals.scoring import score_failure, score_reply, score_retrieval
from evals.systems import Outcome, RunError, System

SCHEMA = 1
Progress = Callable[[Row], None]
_Item = Row | BaseException | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What to run, and how."""

    suite: str
    cases: Sequence[Case]
    system: System
    split: str = "all"
    repeats: int = 1
    workers: int = 1
    seconds: float = 30.0
    command: str = ""


def run_cases(
    plan: Plan, folder: Path, *, resume: bool = False, progress: Progress | None = None
) -> Run:
    """Runs what is not done yet and returns the whole run. Raises `RunError` before it asks."""
    wrong = list(wrong_triples())
    if wrong:
        raise RunError("the fact matcher fails its own examination, so nothing is run: " + wrong[0])
    if not plan.cases:
        raise RunError(f"there is no case to run in {plan.suite!r} with split {plan.split!r}")
    with Journal(folder, _config(plan), resume=resume) as journal:
        for row in journal.rows.values():
            _tell(progress, row)
        for repeat in range(plan.repeats):
            left = [case for case in plan.cases if (case.id, repeat) not in journal.rows]
            _run_once(plan, left, repeat, journal, progress)
        return finished(journal.config, journal.rows, plan.cases)


def _config(plan: Plan) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "suite": plan.suite,
        "split": plan.split,
        "cases": digest(plan.cases),
        "count": len(plan.cases),
        "repeats": plan.repeats,
        "seconds": plan.seconds,
        "system": plan.system.describe(),
        "workers": plan.workers,
        "command": plan.command,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "environment": {
            "python": sys.version.split()[0],
            "platform": platform.platform(),
            "numpy": version("numpy"),
        },
    }


def _run_once(
    plan: Plan, cases: Sequence[Case], repeat: int, journal: Journal, progress: Progress | None
) -> None:
    """One repeat of the cases that are left, shared out over the workers."""
    rows: queue.Queue[_Item] = queue.Queue()
    stop = threading.Event()
    shares = [share for at in range(plan.workers) if (share := cases[at :: plan.workers])]
    for share in shares:
        threading.Thread(target=_work, args=(plan, share, repeat, rows, stop), daemon=True).start()
    ended = 0
    try:
        while ended < len(shares):
            item = rows.get()
            if item is None:
                ended += 1
            elif isinstance(item, BaseException):
                raise item
            else:
                journal.add(item)
                _tell(progress, item)
    finally:
        stop.set()


def _work(
    plan: Plan,
    cases: Sequence[Case],
    repeat: int,
    rows: queue.Queue[_Item],
    stop: threading.Event,
) -> None:
    try:
        for outcome in plan.system.answers(cases, plan.seconds):
            rows.put(_scored(outcome, repeat, plan.system))
            if stop.is_set():
                break
    except BaseException as error:  # noqa: BLE001 - raised again in the thread that runs the run
        rows.put(error)
    rows.put(None)


def _scored(outcome: Outcome, repeat: int, system: System) -> Row:
    case = outcome.case
    if outcome.error is not None:
        return row_of(case, repeat, score_failure(case, outcome.error), error=outcome.error)
    if outcome.reply is None or outcome.retrieval_only:
        score = score_retrieval(case, outcome.figures)
    else:
        score = score_reply(case, outcome.reply, system.text_of)
    return row_of(
        case,
        repeat,
        score,
        reply=outcome.reply,
        extra=outcome.figures,
        recall_at=outcome.recall_at,
    )


def _tell(progress: Progress | None, row: Row) -> None:
    if progress is not None:
        progress(row)
