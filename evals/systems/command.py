"""Any program that speaks the batch contract, as the system under evaluation.

The program is started once for each worker, gets its cases as lines of JSON on stdin
(``{"id", "question", "history"}``) and writes one line of JSON for each on stdout. It is
started again, with what is left, after it hangs or dies. It runs without a shell.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shlex
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import IO, Any

from evals.case import Case
from evals.reply import ReplyError, from_json
from evals.systems.base import Outcome, RunError

_MOST_STARTS_IN_VAIN = 3
_GAVE_UP = f"not asked: the program failed {_MOST_STARTS_IN_VAIN} times in a row"
_STARTUP_SECONDS = 60.0  # loading models is not answering: the first line may take longer


class CommandSystem:
    """A command line that answers batches."""

    def __init__(self, command: str, *, startup: float = _STARTUP_SECONDS) -> None:
        """Raises `RunError` where the command line is empty or its quotes do not close."""
        try:
            self._command = shlex.split(command)
        except ValueError as error:
            raise RunError(f"--system {command!r} cannot be read: {error}") from error
        if not self._command:
            raise RunError("--system is empty; give a command line or an http:// address")
        self._startup = startup

    def describe(self) -> dict[str, Any]:
        """The command line."""
        return {"system": shlex.join(self._command)}

    def answers(self, cases: Sequence[Case], seconds: float) -> Iterator[Outcome]:
        """One outcome a case; a hang or a death costs the case that it happened at."""
        left, in_vain = list(cases), 0
        while left:
            if in_vain == _MOST_STARTS_IN_VAIN:
                for case in left:
                    yield Outcome(case=case, error=_GAVE_UP)
                return
            process = _Process(self._command, left)
            try:
                for outcome in process.outcomes(seconds, max(seconds, self._startup)):
                    left.pop(0)
                    in_vain = in_vain + 1 if outcome.error and process.over else 0
                    yield outcome
            finally:
                process.end()

    def text_of(self, article: str) -> str | None:  # noqa: ARG002 - the contract does not carry texts
        """Unknown: the batch contract does not carry articles."""
        return None

    def close(self) -> None:
        """Nothing is held between batches."""


class _Process:
    """One run of the program over some cases."""

    def __init__(self, command: Sequence[str], cases: Sequence[Case]) -> None:
        self._cases = list(cases)
        self.over = False
        self._noise = ""
        self._stderr: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by end()
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._stderr,
                start_new_session=True,
            )
        except OSError as error:
            self._stderr.close()
            raise RunError(
                f"{command[0]!r} cannot be started: {error.strerror}; "
                "--system wants a program that can be found"
            ) from error
        self._lines: queue.Queue[bytes | None] = queue.Queue()
        self._threads = [
            threading.Thread(target=work, daemon=True) for work in (self._write, self._read)
        ]
        for thread in self._threads:
            thread.start()

    def outcomes(self, seconds: float, first_seconds: float) -> Iterator[Outcome]:
        """Outcomes until the cases are done, or up to the case at which the program failed."""
        began = time.perf_counter()
        at, limit = 0, first_seconds
        while at < len(self._cases):
            row, error = self._next(limit)
            if row is None:
                self.over = True
                yield Outcome(case=self._cases[at], error=error)
                return
            ids = [case.id for case in self._cases]
            named = str(row.get("id")) if row.get("id") is not None else ids[at]
            if named not in ids[at:]:
                yield Outcome(
                    case=self._cases[at],
                    error=f"the reply has the id {named!r}; {ids[at]!r} was due",
                )
                at += 1
                continue
            while ids[at] != named:
                yield Outcome(case=self._cases[at], error="the program left this case out")
                at += 1
            yield _outcome(self._cases[at], row, (time.perf_counter() - began) * 1000)
            at, limit, began = at + 1, seconds, time.perf_counter()

    def end(self) -> None:
        """Ends the program and all that it started."""
        if self._process.poll() is None:
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except ProcessLookupError:  # it ended in this moment, which is what was wanted
                self.over = True
        self._process.wait()
        for thread in self._threads:
            thread.join(timeout=5.0)  # both pipes are dead now, so both threads come to their end
        for pipe in (self._process.stdin, self._process.stdout, self._stderr):
            if pipe is not None and not pipe.closed:
                with contextlib.suppress(BrokenPipeError):  # what was not read is of no use now
                    pipe.close()

    def _next(self, seconds: float) -> tuple[dict[str, Any] | None, str]:
        """The next reply, or why there is none. Lines that are no JSON object are passed over."""
        until = time.monotonic() + seconds
        while True:
            try:
                line = self._lines.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                return None, f"no reply within {seconds:g} s{self._noise}"
            if line is None:
                return None, self._epitaph()
            try:
                row = json.loads(line)
            except ValueError:
                row = None
            if isinstance(row, dict):
                return row, ""
            self._noise = (
                f"; it wrote {line[:80].decode(errors='replace')!r}, which is no JSON object"
            )

    def _epitaph(self) -> str:
        code = self._process.wait()
        self._stderr.seek(0)
        last = self._stderr.read()[-2000:].decode(errors="replace").strip().splitlines()[-1:]
        said = f": {last[0][:300]}" if last else ""
        return f"the program ended with code {code} and left cases unanswered{said}{self._noise}"

    def _write(self) -> None:
        stream = self._process.stdin
        assert stream is not None
        try:
            for case in self._cases:
                line = {"id": case.id, "question": case.question, "history": list(case.history)}
                stream.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
                stream.flush()
            stream.close()
        except (BrokenPipeError, OSError):
            # The program stopped reading; what it still owes is told by the reading side.
            return

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        for line in stream:
            if line.strip():
                self._lines.put(line)
        self._lines.put(None)


def _outcome(case: Case, row: dict[str, Any], wall: float) -> Outcome:
    try:
        reply = from_json(row)
    except (ReplyError, TypeError, ValueError) as error:
        return Outcome(case=case, error=f"the reply breaks the contract: {error}")
    return Outcome(case=case, reply=replace(reply, ms=reply.ms or {"total": wall}))
