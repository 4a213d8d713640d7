"""Many questions as lines of JSON: one object a line in, one a line out, in order.

In: ``{"id", "question", "history": [earlier questions]}``; other keys are let through
unread, so that a file of evaluation cases can be fed as it is. Out: the answer as
`rag.answer.wire` writes it, or ``{"id", "line", "question", "error"}`` for a line that
cannot be answered. Empty lines are skipped.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, TextIO

from rag.errors import DatelineError
from rag.types import Filters
from ui.terminal import json_line

if TYPE_CHECKING:
    from rag.engine import Engine

MAX_LINE_BYTES = 1 << 20
MAX_HISTORY = 200
_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class BatchLine:
    """One line of input: a question to answer, or why it is none."""

    line: int
    id: str | int | None
    question: str
    history: tuple[str, ...] = ()
    error: str = ""


def read_lines(source: BinaryIO) -> Iterator[BatchLine]:
    """The lines of a batch, each read when it is needed; a bad one carries its ``error``."""
    number = 0
    while raw := source.readline(MAX_LINE_BYTES + 1):
        number += 1
        whole = raw.endswith(b"\n") or len(raw) <= MAX_LINE_BYTES
        while not raw.endswith(b"\n") and len(raw) > MAX_LINE_BYTES:
            raw = source.readline(MAX_LINE_BYTES + 1)  # the rest of a line that is too long
        if not whole:
            yield _bad(number, f"the line is longer than {MAX_LINE_BYTES} bytes")
        elif raw.strip():
            yield parse_line(number, raw)


def _bad(line: int, why: str, found_id: str | int | None = None, question: str = "") -> BatchLine:
    return BatchLine(line=line, id=found_id, question=question, error=f"Line {line}: {why}.")


def parse_line(number: int, raw: bytes) -> BatchLine:
    """One line as a question, or as a row that says what is wrong with it."""
    try:
        row = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _bad(number, "it is not UTF-8 text")
    except json.JSONDecodeError as error:
        return _bad(number, f"it is not JSON ({error.msg})")
    except (ValueError, RecursionError):
        return _bad(number, "its JSON is nested too deeply or holds too long a number")
    return _checked(number, row)


def _checked(number: int, row: object) -> BatchLine:
    if not isinstance(row, dict):
        return _bad(number, 'it is not an object like {"id": "1", "question": "Who?"}')
    found_id = row.get("id")
    if isinstance(found_id, bool) or not isinstance(found_id, str | int | None):
        return _bad(number, '"id" must be a string or a whole number')
    question = row.get("question")
    if not isinstance(question, str):
        return _bad(number, '"question" must be a string', found_id)
    history = row.get("history") or []
    if not isinstance(history, list) or not all(isinstance(item, str) for item in history):
        return _bad(number, '"history" must be a list of earlier questions', found_id, question)
    if len(history) > MAX_HISTORY:
        why = f'"history" holds more than {MAX_HISTORY} questions'
        return _bad(number, why, found_id, question)
    return BatchLine(line=number, id=found_id, question=question, history=tuple(history))


def answer_lines(engine: Engine, source: BinaryIO, out: TextIO, filters: Filters) -> bool:
    """Answer every line and flush each answer as it is done; False when a line failed."""
    fine = True
    for line in read_lines(source):
        row = _answered(engine, line, filters)
        fine = fine and "error" not in row
        out.write(json_line(row) + "\n")
        out.flush()
    return fine


def _answered(engine: Engine, line: BatchLine, filters: Filters) -> dict[str, object]:
    from rag.answer.wire import answer_as_json

    failed: dict[str, object] = {"id": line.id, "line": line.line, "question": line.question}
    if line.error:
        return failed | {"error": line.error}
    try:
        conversation = engine.conversation(line.history) if line.history else None
        answer = engine.ask(line.question, conversation=conversation, filters=filters)
    except DatelineError as error:
        return failed | {"error": str(error)}
    except Exception as error:  # noqa: BLE001  # one broken row must not take the others with it
        _log.exception("line %d", line.line)
        return failed | {"error": f"Line {line.line}: an internal error ({type(error).__name__})."}
    return dict(answer_as_json(answer, _id_text(line.id)))


def _id_text(found: str | int | None) -> str | None:
    return None if found is None else str(found)
