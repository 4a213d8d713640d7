"""How long answers take: a batch through the command line, and a cold start.

    python -m evals.bench.latency --data-dir DIR --questions FILE [--count 200]

FILE holds one JSON object a line with a ``question`` (an evaluation suite does). The batch
runs through ``dateline ask --batch`` in a process of its own; the first questions warm it
up and are not counted. A cold start is a whole ``dateline ask`` from nothing, five times,
the slowest told beside the median. Absolute times belong to the machine they were taken on.

``--before-model`` measures something else: our own work until a language model is called,
with a model in its place that notes the time and says nothing. Questions that the articles
do not answer never get so far; how many did is told.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from llama_index.core.llms import (
    ChatMessage,
    ChatResponse,
    CompletionResponse,
    CustomLLM,
    LLMMetadata,
)
from pydantic import PrivateAttr

from rag.engine import Engine
from rag.settings import load_settings

_WARM_UP = 10
_COLD = 5


def percentile(values: list[float], share: float) -> float:
    """The value below which this share lies, by the nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered)) - 1))]


def batch(data_dir: Path, questions: list[str]) -> list[dict[str, float]]:
    """The ``ms`` of each answer, in order. Raises when an answer is missing or out of order."""
    lines = "".join(
        json.dumps({"id": str(i), "question": q}) + "\n" for i, q in enumerate(questions)
    )
    done = subprocess.run(
        [sys.executable, "-m", "ui", "ask", "--batch", "-", "--data-dir", str(data_dir)],
        input=lines, capture_output=True, text=True, check=True,
    )  # fmt: skip
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    if [row["id"] for row in rows] != [str(i) for i in range(len(questions))]:
        raise RuntimeError("answers are missing or out of order")
    return [row["ms"] for row in rows]


def cold(data_dir: Path, question: str) -> list[float]:
    """Seconds of whole runs of ``dateline ask``."""
    taken = []
    for _ in range(_COLD):
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "ui", "ask", question, "--data-dir", str(data_dir)],
            capture_output=True, check=True,
        )  # fmt: skip
        taken.append(time.perf_counter() - began)
    return taken


class Stopwatch(CustomLLM):
    """A model that notes when it is called."""

    _called: float = PrivateAttr(default=0.0)

    @property
    def metadata(self) -> LLMMetadata:
        """A usual window."""
        return LLMMetadata(context_window=8_192, model_name="stopwatch")

    def complete(self, prompt: str, formatted: bool = False, **_: Any) -> CompletionResponse:  # noqa: ARG002
        """Nothing."""
        return CompletionResponse(text="")

    def stream_complete(self, prompt: str, formatted: bool = False, **_: Any) -> Any:  # noqa: ARG002
        """Nothing, piece by piece."""
        yield CompletionResponse(text="", delta="")

    def stream_chat(self, messages: Any, **_: Any) -> Iterator[ChatResponse]:  # type: ignore[override]  # noqa: ARG002
        """Notes the time."""
        self._called = time.perf_counter()
        yield ChatResponse(message=ChatMessage(content=""), delta="")

    def asked(self, engine: Engine, question: str) -> float | None:
        """Milliseconds from the question to the call; None where none came."""
        began = time.perf_counter()
        engine.ask(question)
        return (self._called - began) * 1000 if self._called > began else None


def before_model(data_dir: Path, questions: list[str]) -> None:
    """Prints how long our own work takes before a model is called."""
    model = Stopwatch()
    with Engine.open(load_settings(data_dir=data_dir), llm=model) as engine:
        taken = [model.asked(engine, question) for question in questions][_WARM_UP:]
    values = [one for one in taken if one is not None]
    print(
        f"before the model  p50 {percentile(values, 0.5):.1f} ms"
        f"  p95 {percentile(values, 0.95):.1f} ms  max {max(values):.1f} ms"
        f"  ({len(values)} of {len(taken)} questions got so far)"
    )


def main() -> None:
    """Runs what was asked for and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--before-model", action="store_true")
    given = parser.parse_args()
    with given.questions.open(encoding="utf-8") as file:
        questions = [json.loads(line)["question"] for line in file if line.strip()]
    chosen = questions[: given.count + _WARM_UP]
    if given.before_model:
        before_model(given.data_dir, chosen)
        return
    ms = batch(given.data_dir, chosen)[_WARM_UP:]
    for name in ("total", "retrieve", "read"):
        values = [row[name] for row in ms]
        print(
            f"{name:>9}  p50 {percentile(values, 0.5):7.1f} ms"
            f"  p95 {percentile(values, 0.95):7.1f} ms"
            f"  max {max(values):7.1f} ms  ({len(values)} answers)"
        )
    taken = cold(given.data_dir, chosen[0])
    median, slowest = statistics.median(taken), max(taken)
    print(f"     cold  median {median:.2f} s  slowest {slowest:.2f} s  ({_COLD} runs)")


if __name__ == "__main__":
    main()
