"""The one evaluation that a server runs at a time, in a thread of its own.

    bench = Bench(engine, shelf)
    bench.start(Wish(suite="seeds", most=40))      # UsageError while another runs
    bench.state()                                  # how far it is, from any thread

It asks one question at a time, as one more visitor would, so that chats go on beside it.
Its state belongs to the server: a page that is loaded again finds it. What was done when it
was stopped, or when the server ended, is on disk and can be gone on with.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from evals.case import Case, CaseError
from evals.cases import SPLITS, chosen
from evals.metrics.intervals import Estimate, wilson
from evals.report import write_reports
from evals.rows import Row
from evals.runner import Plan, run_cases
from evals.systems import RunError
from evals.systems.engine import EngineSystem
from rag.engine import Engine
from rag.errors import DatelineError, UsageError
from ui.room_evaluation_runs import RunShelf

SECONDS_A_CASE = 120.0
_MOST_NAMED = 3
_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What a visitor asked to be run. ``most`` thins the cases out evenly; 0 is all of them."""

    suite: str
    split: str = "all"
    most: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class BenchState:
    """How far the evaluation is. ``phase`` is idle, running, stopping, done, stopped or failed."""

    phase: str = "idle"
    run: str = ""  # the folder's name
    wish: Wish | None = None
    total: int = 0
    done: int = 0
    answerable: int = 0
    passed: int = 0
    unanswerable: int = 0
    false_answers: int = 0
    failed: int = 0
    seconds_left: float | None = None
    message: str = ""

    @property
    def busy(self) -> bool:
        """Whether a run is under way."""
        return self.phase in ("running", "stopping")

    @property
    def passed_share(self) -> Estimate | None:
        """The share passed so far, with its interval."""
        return wilson(self.passed, self.answerable)

    @property
    def false_share(self) -> Estimate | None:
        """The share of false answers so far, with its interval."""
        return wilson(self.false_answers, self.unanswerable)


class _Stopped(Exception):  # noqa: N818  # not an error: the way out of a run
    """The run was asked to end."""


class Bench:
    """See the module's docstring. Safe to use from several threads."""

    def __init__(
        self, engine: Engine, shelf: RunShelf, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._engine = engine
        self._shelf = shelf
        self._clock = clock
        self._lock = threading.Lock()
        self._end = threading.Event()
        self._state = BenchState()
        self._thread: threading.Thread | None = None
        self._began = 0.0
        self._before = 0  # rows that an earlier part of the run had done

    def state(self) -> BenchState:
        """How far it is."""
        with self._lock:
            return self._state

    def start(self, wish: Wish) -> None:
        """Begin a run. Raises `UsageError` or `CaseError` for what cannot be run."""
        if wish.split not in ("all", *SPLITS):
            raise UsageError(f"The cases are 'all', 'dev' or 'test', not {wish.split!r}.")
        cases = chosen(
            self._shelf.cases(wish.suite, wish.split), None, wish.most if wish.most > 0 else None
        )
        if not cases:
            raise UsageError(f"{wish.suite} holds no case of the side {wish.split!r}.")
        self._launch(wish, cases, self._shelf.fresh(wish.suite), resume=False)

    def go_on(self, name: str) -> None:
        """Finish a run that was cut short, over the same cases."""
        folder, config = self._shelf.resumable(name)
        wish = Wish(
            suite=str(config["suite"]), split=str(config["split"]), most=int(config["count"])
        )
        cases = chosen(self._shelf.cases(wish.suite, wish.split), None, wish.most)
        self._launch(wish, cases, folder, resume=True)

    def stop(self) -> None:
        """Ask the run to end after the question that it is at."""
        with self._lock:
            if self._state.busy:
                self._state = replace(self._state, phase="stopping")
                self._end.set()

    def close(self, seconds: float = 10.0) -> None:
        """End the run and wait for it, because the engine is about to be closed."""
        self.stop()
        self.wait(seconds)

    def wait(self, seconds: float) -> None:
        """Until the run has ended, or the time is up."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _launch(self, wish: Wish, cases: list[Case], folder: Path, *, resume: bool) -> None:
        with self._lock:
            if self._state.busy:
                raise UsageError("A run is under way: wait until it is done, or stop it.")
            self._end.clear()
            self._began, self._before = self._clock(), 0
            self._state = BenchState(phase="running", run=folder.name, wish=wish, total=len(cases))
        self._thread = threading.Thread(
            target=self._work, args=(wish, cases, folder, resume), name="evaluation", daemon=True
        )
        self._thread.start()

    def _work(self, wish: Wish, cases: list[Case], folder: Path, resume: bool) -> None:
        try:
            self._run(wish, cases, folder, resume)
        except _Stopped:
            self._ended("stopped", "Stopped; what was done is kept.")
        except (CaseError, RunError, DatelineError) as error:
            self._ended("failed", str(error))
        except Exception:  # noqa: BLE001  # the visitor gets a sentence, the log the trace
            _log.exception("an evaluation broke off")
            self._ended(
                "failed", "The run broke off; the server's log tells why. Go on with it, or report."
            )
        else:
            self._ended("done", "")

    def _run(self, wish: Wish, cases: list[Case], folder: Path, resume: bool) -> None:
        system = EngineSystem(engine=self._engine)
        missing = system.missing(cases)
        if missing:
            named = ", ".join(missing[:_MOST_NAMED])
            more = f" and {len(missing) - _MOST_NAMED} more" if len(missing) > _MOST_NAMED else ""
            raise RunError(f"The cases rest on articles that are not indexed: {named}{more}.")
        plan = Plan(
            suite=wish.suite,
            cases=cases,
            system=system,
            split=wish.split,
            seconds=SECONDS_A_CASE,
            command="started from the page",
        )
        self._before = self._shelf.done_of(folder) if resume else 0
        run = run_cases(plan, folder, resume=resume, progress=self._told)
        write_reports(run, folder)

    def _told(self, row: Row) -> None:
        with self._lock:
            state = self._state
            done = state.done + 1
            self._state = replace(
                state,
                done=done,
                answerable=state.answerable + row.answerable,
                passed=state.passed + (row.answerable and bool(row.figure("passed"))),
                unanswerable=state.unanswerable + (not row.answerable),
                false_answers=state.false_answers + bool(row.figure("false_answer")),
                failed=state.failed + (row.error is not None),
                seconds_left=self._left(done, state.total),
            )
        if self._end.is_set():
            raise _Stopped

    def _left(self, done: int, total: int) -> float | None:
        """Seconds left at the pace of this part of the run; None before it has one."""
        now = done - self._before
        if now <= 0:
            return None
        return (self._clock() - self._began) / now * (total - done)

    def _ended(self, phase: str, message: str) -> None:
        with self._lock:
            self._state = replace(self._state, phase=phase, message=message, seconds_left=None)
