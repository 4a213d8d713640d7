"""A reader that does not read the same passage for the same question twice.

Readings are a function of question, passage and, for some readers, of what else is in the
collection: a question that is asked again, by the same user or another, with other filters or
in an evaluation, costs no reading. What is kept is what the reader said, nothing less.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rag.protocols import Reader
from rag.retrieve.memory import Memory
from rag.types import Passage, Reading

REMEMBERED = 8192  # readings kept, about 10 MB with the texts that they belong to

# question, generation, and all of a passage that a reader may look at
Key = tuple[str, int, str, str, str, int]


class RememberingReader:
    """A `rag.protocols.Reader` over another, whose readings it keeps."""

    def __init__(
        self, inner: Reader, generation: Callable[[], int] | None = None, size: int = REMEMBERED
    ) -> None:
        """With ``generation`` given, what was read before the collection changed is read anew."""
        self.name = inner.name
        self._inner = inner
        self._generation = generation
        self._memory: Memory[Key, Reading] = Memory(size)

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """One reading a passage, same order."""
        generation = self._generation() if self._generation else 0
        keys: list[Key] = [
            (question, generation, p.id, p.header, p.text, p.start) for p in passages
        ]
        by_key = dict(zip(keys, passages, strict=True))
        return self._memory.fill(
            keys, lambda missing: self._inner.read(question, [by_key[key] for key in missing])
        )
