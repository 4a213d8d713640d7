"""What a streamed answer is made of, in order: stages, growing text, and the answer itself."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass

from rag.types import Answer


@dataclass(frozen=True, kw_only=True, slots=True)
class Stage:
    """Work that has begun: ``understanding``, ``searching``, ``reading`` or ``writing``."""

    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Delta:
    """The answer's text so far, markers included; each is a prefix-extension of the last.

    It never has to be taken back: the text of `Done`, which is what counts, begins with it.
    """

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """The whole answer. Always the last event, and always sent."""

    answer: Answer


Event = Stage | Delta | Done


def unstreamed(
    steps: Generator[Stage | Delta, None, Answer],
) -> Generator[Stage, None, Answer]:
    """The steps without the growing text of one part, which the whole answer does not begin with.

    A caller that stops early stops the part, and with it the language model.
    """
    try:
        while True:
            step = next(steps)
            if isinstance(step, Stage):
                yield step
    except StopIteration as done:
        answer: Answer = done.value
        return answer
    finally:
        steps.close()
