"""The JSON API beside the page: ``POST /api/ask`` and ``GET /healthz``.

The answer is the one of ``dateline ask --json``. Bodies and histories are bounded, a wrong
request is told in one sentence with status 400, 413, 415 or 429, and requests are answered in
worker threads, so that none blocks another. Only ``application/json`` is read: a form of
another web site cannot send that without asking first, and it is not allowed.
"""

from __future__ import annotations

import json
import logging
import secrets
from typing import Any

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse

from rag.answer.wire import answer_as_json
from rag.engine import Engine
from rag.errors import DatelineError, LimitError, UsageError
from rag.types import Filters
from ui.filters import filters_from
from ui.visitors import admit_of

MAX_BODY_BYTES = 64 * 1024
MAX_HISTORY = 50
_KEYS = {"id", "question", "history", "from", "to", "publishers", "comments"}
_log = logging.getLogger(__name__)


class _TooLargeError(UsageError):
    """A body beyond the bound."""


def add_api(app: FastAPI, engine: Engine) -> None:
    """Give the application its API."""
    boot = secrets.token_urlsafe(8)

    @app.get("/healthz")
    def healthz() -> dict[str, object]:
        """Whether the server is ready, over what, and which start of it this is."""
        return {"status": "ok", "generation": engine.corpus.generation(), "boot": boot}

    @app.post("/api/ask")
    async def ask(request: Request) -> JSONResponse:
        """One question, one cited answer."""
        if request.headers.get("content-type", "").partition(";")[0] != "application/json":
            return _error(415, "Send the question as application/json.")
        try:
            asked = parsed(await _body(request))
            admit_of(request)()
            return JSONResponse(await run_in_threadpool(_answer, engine, asked))
        except _TooLargeError as error:
            return _error(413, str(error))
        except LimitError as error:
            return _error(429, str(error))
        except UsageError as error:
            return _error(400, str(error))
        except DatelineError as error:
            return _error(503, str(error))
        except Exception:  # noqa: BLE001  # the caller gets a sentence, the log the trace
            _log.exception("a question could not be answered")
            return _error(500, "Something went wrong here; the server's log tells what.")


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MAX_BODY_BYTES:
            raise _TooLargeError(f"The request is too large: at most {MAX_BODY_BYTES} bytes.")
    return bytes(body)


def parsed(body: bytes) -> dict[str, Any]:
    """The request as a dictionary that holds only what is allowed, or a `UsageError`."""
    try:
        asked = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise UsageError("The request is not JSON text in UTF-8.") from error
    if not isinstance(asked, dict) or not isinstance(asked.get("question"), str):
        raise UsageError('The request must be an object like {"question": "Who said so?"}.')
    unknown = sorted(set(asked) - _KEYS)
    if unknown:
        raise UsageError(
            f"Unknown key {unknown[0][:40]!r}: allowed are {', '.join(sorted(_KEYS))}."
        )
    for key in ("history", "publishers"):
        value = asked.setdefault(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise UsageError(f'"{key}" must be a list of strings.')
        if len(value) > MAX_HISTORY:
            raise UsageError(f'"{key}" may hold at most {MAX_HISTORY} entries.')
    for key in ("from", "to", "id"):
        if not isinstance(asked.get(key), str | None):
            raise UsageError(f'"{key}" must be a string.')
    if not isinstance(asked.setdefault("comments", True), bool):
        raise UsageError('"comments" must be true or false.')
    return asked


def _answer(engine: Engine, asked: dict[str, Any]) -> dict[str, Any]:
    filters: Filters = filters_from(
        first=asked.get("from"),
        last=asked.get("to"),
        publishers=asked["publishers"],
        comments=asked["comments"],
    )
    conversation = engine.conversation(asked["history"]) if asked["history"] else None
    answer = engine.ask(asked["question"], conversation=conversation, filters=filters)
    return answer_as_json(answer, asked.get("id"))


def _error(status: int, message: str) -> JSONResponse:
    return JSONResponse({"error": message}, status_code=status)
