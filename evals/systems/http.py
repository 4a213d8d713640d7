"""An HTTP endpoint as the system under evaluation.

Each case is POSTed as ``{"id", "question", "history"}``; the body of the reply is an
answer as the batch contract has it.
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from evals.case import Case
from evals.reply import ReplyError, from_json
from evals.systems.base import Outcome

_MOST_BYTES = 8 * 2**20


class HttpSystem:
    """An address that answers one question a request."""

    def __init__(self, address: str) -> None:
        """``address`` begins with http:// or https://, which the caller has checked."""
        self._address = address

    def describe(self) -> dict[str, Any]:
        """The address without what may be secret in it."""
        return {"system": self._address.split("?")[0].split("#")[0]}

    def answers(self, cases: Sequence[Case], seconds: float) -> Iterator[Outcome]:
        """Each case in a request of its own."""
        for case in cases:
            yield self._outcome(case, seconds)

    def text_of(self, article: str) -> str | None:  # noqa: ARG002 - the contract does not carry texts
        """Unknown: the batch contract does not carry articles."""
        return None

    def close(self) -> None:
        """Nothing is held between requests."""

    def _outcome(self, case: Case, seconds: float) -> Outcome:
        line = {"id": case.id, "question": case.question, "history": list(case.history)}
        request = urllib.request.Request(  # noqa: S310 - only http and https reach this class
            self._address,
            data=json.dumps(line).encode(),
            headers={"Content-Type": "application/json"},
        )
        began = time.perf_counter()
        try:
            with urllib.request.urlopen(request, timeout=seconds) as response:  # noqa: S310
                body = response.read(_MOST_BYTES)
            reply = from_json(json.loads(body))
        except ReplyError as error:
            return Outcome(case=case, error=f"the reply breaks the contract: {error}")
        except urllib.error.HTTPError as error:
            return Outcome(case=case, error=f"HTTP status {error.code}")
        except (OSError, ValueError) as error:
            return Outcome(case=case, error=f"{type(error).__name__}: {error}")
        wall = (time.perf_counter() - began) * 1000
        return Outcome(case=case, reply=replace(reply, ms=reply.ms or {"total": wall}))
