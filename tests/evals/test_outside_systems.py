"""Other people's chatbots: programs over the batch contract and HTTP endpoints, good and bad."""

from __future__ import annotations

import json
import shlex
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from evals.systems import Outcome, RunError
from evals.systems.command import CommandSystem
from evals.systems.http import HttpSystem
from tests.evals.fakes import case, unanswerable

PROGRAM = Path(__file__).parent / "programs" / "chatbot.py"
CASES = [case("a.1"), case("b.1"), case("c.1"), unanswerable("no.1")]


def command(way: str) -> str:
    return shlex.join([sys.executable, str(PROGRAM), way])


def outcomes(way: str, seconds: float = 10.0) -> list[Outcome]:
    return list(CommandSystem(command(way), startup=20.0).answers(CASES, seconds))


def told(way: str, seconds: float = 10.0) -> dict[str, str]:
    return {
        o.case.id: o.error or ("silent" if o.reply and o.reply.abstained else "answered")
        for o in outcomes(way, seconds)
    }


GOOD = {"a.1": "answered", "b.1": "answered", "c.1": "answered", "no.1": "silent"}


def test_a_good_program_is_asked_everything_in_order() -> None:
    assert told("good") == GOOD
    assert [o.case.id for o in outcomes("good")] == [c.id for c in CASES]
    assert all(o.reply is not None and o.reply.ms["total"] > 0 for o in outcomes("good"))


def test_lines_that_are_no_json_are_passed_over() -> None:
    assert told("noise") == GOOD


def test_a_hang_costs_its_own_case_and_the_program_is_started_again() -> None:
    assert told("hang", 1.0) == GOOD | {"b.1": "no reply within 1 s"}


def test_a_crash_costs_its_own_case() -> None:
    assert told("crash") == GOOD | {
        "b.1": "the program ended with code 9 and left cases unanswered"
    }


def test_a_case_left_out_is_told_as_such() -> None:
    assert told("skip") == GOOD | {"b.1": "the program left this case out"}


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ("lie", "the reply has the id 'someone-else'; 'b.1' was due"),
        ("text", "the reply breaks the contract: 'answer' is int; it is text"),
        ("error", "the reply breaks the contract: the system reported: cannot answer this"),
    ],
)
def test_a_broken_reply_costs_its_own_case(way: str, words: str) -> None:
    assert told(way) == GOOD | {"b.1": words}


def test_a_program_that_never_answers_is_given_up() -> None:
    errors = told("dead")
    assert "no model here" in errors["a.1"]
    assert errors["no.1"].startswith("not asked: the program failed 3 times")


def test_a_program_that_does_not_exist_is_told_before_the_run() -> None:
    with pytest.raises(RunError, match="cannot be started"):
        list(CommandSystem("no-such-program-anywhere").answers(CASES, 1.0))
    with pytest.raises(RunError, match="is empty"):
        CommandSystem("  ")
    with pytest.raises(RunError, match="cannot be read"):
        CommandSystem("'unclosed")


class _Chatbot(BaseHTTPRequestHandler):
    """Answers July 1, or as the question's group says."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        status, body = 200, json.dumps({"id": asked["id"], "answer": "July 1."}).encode()
        if asked["id"] == "b.1":
            status = 503
        if asked["id"] == "c.1":
            body = b"<html>"
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Says nothing."""


@contextmanager
def served() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Chatbot)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/ask?key=secret"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_an_http_endpoint_is_asked_and_its_faults_are_rows() -> None:
    with served() as address:
        system = HttpSystem(address)
        found = {o.case.id: o for o in system.answers(CASES[:3], 5.0)}
    assert found["a.1"].reply is not None
    assert found["a.1"].reply.text == "July 1."
    assert found["b.1"].error == "HTTP status 503"
    assert "JSONDecodeError" in str(found["c.1"].error)
    assert "secret" not in str(system.describe())


def test_an_endpoint_that_is_not_there_is_a_row() -> None:
    with served() as address:
        pass
    (found,) = HttpSystem(address).answers(CASES[:1], 2.0)
    assert "Connection refused" in str(found.error)
