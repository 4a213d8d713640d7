"""The nouns of the matcher: a fact that an answer must state, a mention, a verdict.

A leaf module: it imports nothing of ours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class FactType(StrEnum):
    """How a value is read and compared."""

    DATE = "date"
    NUMBER = "number"
    NAME = "name"
    TEXT = "text"


class FactError(ValueError):
    """A value that cannot be read as its type says."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """A value that a right answer states.

    ``aliases`` are other right forms of it; ``forbidden`` are values of the same type that
    a right answer does not state. ``weight`` counts in fact recall.
    """

    type: FactType
    value: str
    aliases: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    weight: float = 1.0

    @property
    def accepted(self) -> tuple[str, ...]:
        """Every right form."""
        return (self.value, *self.aliases)


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """Whether the fact is stated, why not, and where it stands in the text that was judged."""

    ok: bool
    reason: str
    span: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """A place in a text that may state a value.

    ``fits`` tells whether the value there agrees with an accepted value, written as text.
    ``vague`` is set where the wording leaves the value open ('July 1 to 3').
    """

    start: int
    end: int
    fits: Callable[[str], bool]
    vague: bool = False
