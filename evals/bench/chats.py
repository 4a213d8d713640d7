"""Many chats at once through the page's own protocol: errors, times, crossings, memory.

    python -m evals.bench.chats --users 40 --questions 2000 [--way page|api]

starts a server over the seeds on loopback and lets each user hold conversations of their
own, again and again, all at the same time. First one user after the other holds each
conversation once: whatever the crowd is told later must be word for word what was told
then, with the user's own question above it, and each user's list of conversations must be
their own. Answers are offline. Exit code 1 where anything is wrong. Questions are those of
the dev split of the shipped suite.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evals.bench.chats_page import PageError, Told, Visitor
from evals.bench.latency import percentile
from evals.cases import load_cases

TURNS = 5  # questions of one conversation
_ADDRESS = re.compile(r"Dateline is at (http://\S+)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Server:
    """A server of this run."""

    address: str
    pid: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """What a crowd did. ``memory`` is the server's resident bytes by questions asked."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    crossings: list[str] = field(default_factory=list)
    memory: dict[int, int] = field(default_factory=dict)

    @property
    def wrong(self) -> bool:
        """Whether anything went wrong."""
        return bool(self.errors or self.crossings)


@contextlib.contextmanager
def server(articles: Path) -> Iterator[Server]:
    """``dateline chat`` over the articles, in a process and a data directory of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="dateline-chats-") as folder,
        serving("--data-dir", f"{folder}/data", "--seed-from", str(articles)) as running,
    ):
        yield running


@contextlib.contextmanager
def serving(*options: str) -> Iterator[Server]:
    """``dateline chat`` with these options, on a port of its own."""
    command = [sys.executable, "-m", "ui", "chat", "--port", "0", "--no-browser", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    try:
        assert process.stdout is not None  # it was asked for
        found = next((f for line in process.stdout if (f := _ADDRESS.search(line))), None)
        if found is None:
            raise PageError("the server did not start; what it says stands above")
        yield Server(address=found[1], pid=process.pid)
    finally:
        process.terminate()
        process.wait(30)
        assert process.stdout is not None
        process.stdout.close()


def conversations(users: int) -> list[list[str]]:
    """A conversation for each user, no two of them the same."""
    questions = [case.question for case in load_cases("seeds", split="dev") if not case.history]
    return [
        [questions[(user * 3 + turn * 7) % len(questions)] for turn in range(TURNS)]
        for user in range(users)
    ]


def resident(pid: int) -> int:
    """Resident bytes of a process, as Linux tells them; 0 elsewhere."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) * 1024 if found else 0


def processor_seconds(pid: int) -> float:
    """Processor time that a process has used, as Linux tells it; 0 elsewhere."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def hold(visitor: Visitor, questions: Sequence[str]) -> Iterator[Told]:
    """One conversation from its beginning."""
    visitor.fresh()
    for question in questions:
        yield visitor.ask(question)


def alone(address: str, talks: Sequence[Sequence[str]]) -> list[list[str]]:
    """What each conversation is told when nobody else asks."""
    told = []
    for questions in talks:
        visitor = Visitor(address)
        visitor.arrive()
        told.append([turn.text for turn in hold(visitor, questions)])
    return told


class Crowd:
    """All users at once."""

    def __init__(
        self, at: Server, talks: Sequence[Sequence[str]], expected: Sequence[Sequence[str]]
    ) -> None:
        self._at = at
        self._talks = talks
        self._expected = expected
        self._lock = threading.Lock()
        self._asked = 0
        self.figures = Figures()

    def run(self, questions: int, marks: Sequence[int]) -> Figures:
        """Ask about so many questions; the memory is looked at after each of the ``marks``."""
        rounds = -(-questions // (len(self._talks) * TURNS))
        threads = [
            threading.Thread(target=self._user, args=(user, rounds, marks))
            for user in range(len(self._talks))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return self.figures

    def _user(self, user: int, rounds: int, marks: Sequence[int]) -> None:
        visitor = Visitor(self._at.address)
        try:
            visitor.arrive()
            for _ in range(rounds):
                self._round(user, visitor, marks)
            self._listed(user, rounds, visitor.conversations())
        except (PageError, OSError, ValueError, KeyError) as error:
            with self._lock:
                self.figures.errors.append(f"user {user}: {type(error).__name__}: {error}")

    def _round(self, user: int, visitor: Visitor, marks: Sequence[int]) -> None:
        asked = self._talks[user]
        for turn, told in enumerate(hold(visitor, asked)):
            with self._lock:
                self._asked += 1
                self.figures.seconds.append(told.seconds)
                if self._asked in marks:
                    self.figures.memory[self._asked] = resident(self._at.pid)
                if (told.question, told.text) != (
                    " ".join(asked[turn].split()),
                    self._expected[user][turn],
                ):
                    self.figures.crossings.append(
                        f"user {user}, turn {turn + 1}: asked {asked[turn]!r}, was shown "
                        f"{told.question!r}: {told.text[:160]!r} instead of "
                        f"{self._expected[user][turn][:160]!r}"
                    )

    def _listed(self, user: int, rounds: int, names: Sequence[str]) -> None:
        first = " ".join(self._talks[user][0].split())
        strange = [name for name in names if not first.startswith(name.rstrip("…")[:40])]
        with self._lock:
            if strange:
                self.figures.crossings.append(f"user {user} sees {strange[0]!r} in their list")
            if not names:
                self.figures.errors.append(f"user {user}: {rounds} conversations, none listed")


def over_the_api(at: Server, talks: Sequence[Sequence[str]], questions: int) -> Figures:
    """The same crowd through ``POST /api/ask``, each question with its conversation's history."""
    figures, lock = Figures(), threading.Lock()
    rounds = -(-questions // (len(talks) * TURNS))
    expected = [[_api(at.address, talk, turn)[0] for turn in range(TURNS)] for talk in talks]

    def user(number: int) -> None:
        for _ in range(rounds):
            for turn in range(TURNS):
                try:
                    text, seconds = _api(at.address, talks[number], turn)
                except (OSError, ValueError, KeyError) as error:
                    with lock:
                        figures.errors.append(f"user {number}: {error}")
                    continue
                with lock:
                    figures.seconds.append(seconds)
                    if text != expected[number][turn]:
                        figures.crossings.append(f"user {number}, turn {turn + 1}: {text[:160]!r}")

    threads = [threading.Thread(target=user, args=(number,)) for number in range(len(talks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return figures


def _api(address: str, talk: Sequence[str], turn: int) -> tuple[str, float]:
    asked = {
        "id": talk[turn][:20],
        "question": talk[turn],
        "history": list(talk[max(0, turn - 1) : turn]),
    }
    request = urllib.request.Request(  # noqa: S310  # the address is the server's own
        f"{address}api/ask",
        data=json.dumps(asked).encode(),
        headers={"Content-Type": "application/json"},
    )
    began = time.perf_counter()
    with urllib.request.urlopen(request, timeout=120) as reply:  # noqa: S310
        answer = json.load(reply)
    if answer["id"] != asked["id"]:
        raise ValueError(f"the answer is for {answer['id']!r}, not {asked['id']!r}")
    return str(answer["answer"]), time.perf_counter() - began


def printed(figures: Figures, users: int, seconds: float) -> None:
    """The figures as lines."""
    asked = figures.seconds
    print(f"{users} users at once, {len(asked)} questions in {seconds:.0f} s")
    if asked:
        p50, p95 = percentile(asked, 0.5), percentile(asked, 0.95)
        print(f"p50 {p50:.2f} s  p95 {p95:.2f} s  max {max(asked):.2f} s")
    print(f"errors {len(figures.errors)}  crossings {len(figures.crossings)}")
    for line in [*figures.errors[:5], *figures.crossings[:5]]:
        print(f"  {line}")
    for count, size in sorted(figures.memory.items()):
        print(f"memory after {count} questions: {size / 1e6:.0f} MB")
    if len(figures.memory) > 1:
        first, last = min(figures.memory), max(figures.memory)
        growth = figures.memory[last] / figures.memory[first] - 1
        print(f"growth from {first} to {last}: {100 * growth:+.1f}%")


def main() -> None:
    """Start the server, hold the conversations alone, then all at once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=40)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--way", choices=["page", "api"], default="page")
    parser.add_argument("--articles", type=Path, default=Path("seeds"))
    given = parser.parse_args()
    talks = conversations(given.users)
    with server(given.articles) as at:
        began = time.perf_counter()
        if given.way == "api":
            figures = over_the_api(at, talks, given.questions)
        else:
            expected = alone(at.address, talks)
            print(f"alone: {time.perf_counter() - began:.0f} s", flush=True)
            began, used = time.perf_counter(), processor_seconds(at.pid)
            marks = [200, 1000, given.questions]
            figures = Crowd(at, talks, expected).run(given.questions, marks)
            used = processor_seconds(at.pid) - used
            print(f"processor time {1000 * used / max(1, len(figures.seconds)):.0f} ms a question")
        printed(figures, given.users, time.perf_counter() - began)
    sys.exit(1 if figures.wrong else 0)


if __name__ == "__main__":
    main()
