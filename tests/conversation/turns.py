"""Turns of made-up conversations."""

from __future__ import annotations

from rag.types import Turn


def turn(question: str, answer: str = "", short: str | None = None, *cited: str) -> Turn:
    return Turn(
        question=question,
        effective_question=question,
        answer=answer,
        short=short,
        articles=cited,
    )
