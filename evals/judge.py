"""A language model's opinion of the answers: advice that is shown beside them and never gates.

Uses llama-index's own evaluators with whatever LLM the user hands over:
``--judge my_module:my_model`` names a function that returns one. The text of every
answer and its quotes is sent to that model.
"""

from __future__ import annotations

import importlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from evals.rows import Row
from evals.runfile import Run
from evals.systems import RunError

if TYPE_CHECKING:
    from llama_index.core.llms import LLM


def load_model(name: str) -> LLM:
    """The LLM that ``module:function`` returns. Raises `RunError` where it returns none."""
    from llama_index.core.llms import LLM

    module, _, attribute = name.partition(":")
    try:
        made = getattr(importlib.import_module(module), attribute)()
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        raise RunError(
            f"--judge {name!r} gives no model: {error}; it is MODULE:FUNCTION"
        ) from error
    if not isinstance(made, LLM):
        raise RunError(f"--judge {name!r} returned a {type(made).__name__} and no llama-index LLM")
    return made


def judged(run: Run, model: LLM) -> Run:
    """The run with ``judged`` filled in for every row that has an answer."""
    from llama_index.core.evaluation import FaithfulnessEvaluator, RelevancyEvaluator

    evaluators = {
        "faithful": FaithfulnessEvaluator(llm=model),
        "relevant": RelevancyEvaluator(llm=model),
    }
    return replace(run, rows=tuple(_judged(row, evaluators) for row in run.rows))


def _judged(row: Row, evaluators: dict[str, Any]) -> Row:
    if row.abstained or row.error is not None or not row.citations:
        return row
    quotes = [str(cited["quote"]) for cited in row.citations]
    opinions: dict[str, Any] = {}
    for name, evaluator in evaluators.items():
        try:
            result = evaluator.evaluate(query=row.question, response=row.answer, contexts=quotes)
            opinions[name] = bool(result.passing)
        except Exception as error:  # noqa: BLE001 - a judge that fails has no opinion, and says why
            opinions[name] = f"{type(error).__name__}: {error}"
    return replace(row, judged=opinions)
