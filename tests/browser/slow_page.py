"""Serves the page over a fake engine that writes slowly, so that a test can watch and stop it.

``python -m tests.browser.slow_page PORT`` ends on SIGINT.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from typing import Any

import uvicorn

from rag.answer.events import Delta, Done, Event
from rag.settings import load_settings
from tests.ui.fake_engine import FakeEngine, as_engine, make_article
from ui.serve import application

SECONDS_A_WORD = 0.15


class SlowEngine(FakeEngine):
    """Answers as the fake does, a word at a time; 'slowly' in a question makes it long."""

    def stream(self, question: str, **given: Any) -> Iterator[Event]:
        """The text, slowly."""
        answer = self.ask(question, **given)
        words = (answer.text * (20 if "slowly" in question else 1)).split()
        for end in range(1, len(words)):
            time.sleep(SECONDS_A_WORD)
            yield Delta(text=" ".join(words[:end]))
        yield Done(answer=answer)


def main(port: int) -> None:
    """Serve until ended."""
    app = application(as_engine(SlowEngine([make_article()])), load_settings(), hosts=None)
    uvicorn.run(app, port=port, log_level="warning", timeout_graceful_shutdown=1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
