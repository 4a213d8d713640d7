"""A conversation: its turns, and the numbers of its citations, which never change.

[3] points at the same words of the same passage in turn five as in turn one. One object
belongs to one user; it is not shared between threads.
"""

from __future__ import annotations

import re

from rag.types import Answer, Support, Turn

_MARKER = re.compile(r"\s*\[\d+\]")


class Conversation:
    """Remembers turns and hands out citation numbers from 1."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, int], int] = {}
        self._last = 0  # the highest number given; a turn that was not kept leaves a gap
        self._turns: list[Turn] = []
        self._latest: Answer | None = None

    @property
    def latest(self) -> Answer | None:
        """The last answer or refusal: what 'are you sure?' and 'shorter' are about."""
        return self._latest

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The earlier exchanges, oldest first."""
        return tuple(self._turns)

    def number(self, article_id: str, start: int, end: int) -> int:
        """The number of these words; the same words always get the same number."""
        number = self._numbers.setdefault((article_id, start, end), self._last + 1)
        self._last = max(self._last, number)
        return number

    def restore(self, answers: list[Answer]) -> None:
        """Takes up a stored conversation where it stopped."""
        for answer in answers:
            for citation in answer.citations:
                self._numbers[(citation.article.id, citation.start, citation.end)] = citation.number
                self._last = max(self._last, citation.number)
            self.add(answer)

    def add(self, answer: Answer) -> None:
        """Remembers an answered turn."""
        self._latest = answer
        self._turns.append(
            Turn(
                question=answer.question,
                effective_question=answer.effective_question,
                answer=_said(answer),
                short=answer.short,
                articles=tuple(dict.fromkeys(c.article.id for c in answer.citations)),
            )
        )


def _said(answer: Answer) -> str:
    """What an answer told, without its markers and without what no passage bears out."""
    if answer.abstained:
        return ""
    told = [s.text for s in answer.statements if s.support is not Support.UNSUPPORTED]
    if len(told) < len(answer.statements):
        return " ".join(told)
    return _MARKER.sub("", answer.text)
