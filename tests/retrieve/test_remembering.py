"""What is kept of earlier work: as much as there is room for, and never the wrong thing."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieve.memory import Memory
from rag.retrieve.remembering import RememberingReader
from rag.types import Passage, Reading
from tests.made import candidate, passage, reading


@given(st.lists(st.lists(st.integers(0, 9), max_size=8), max_size=12), st.integers(0, 6))
def test_values_are_right_and_only_the_missing_are_worked_out(
    calls: list[list[int]], size: int
) -> None:
    memory: Memory[int, int] = Memory(size)
    lately: list[int] = []
    for keys in calls:
        worked: list[int] = []

        def square(missing: list[int], worked: list[int] = worked) -> list[int]:
            worked += missing
            return [key * key for key in missing]

        assert memory.fill(keys, square) == [key * key for key in keys]
        kept = lately[-size:] if size else []
        assert worked == [key for key in dict.fromkeys(keys) if key not in kept]
        for key in keys:
            lately = [k for k in lately if k != key] + [key]


def test_a_failure_leaves_what_was_kept() -> None:
    memory: Memory[str, int] = Memory(4)
    memory.fill(["a"], lambda _: [1])

    def broken(_: list[str]) -> list[int]:
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        memory.fill(["a", "b"], broken)
    assert memory.fill(["a"], broken) == [1]


def test_threads_get_their_own_values() -> None:
    memory: Memory[int, int] = Memory(16)
    wrong: list[int] = []

    def work(seed: int) -> None:
        for n in range(300):
            keys = [(seed * 7 + n * k) % 40 for k in range(5)]
            if memory.fill(keys, lambda new: [k + 1 for k in new]) != [k + 1 for k in keys]:
                wrong.append(seed)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@dataclass
class Counting:
    """Half sure of everything, and remembers what it read."""

    seen: list[tuple[str, str]] = field(default_factory=list)
    name = "counting"

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        self.seen += [(question, p.text) for p in passages]
        return [replace(reading(candidate(p.text), 0.5), passage_id=p.id) for p in passages]


ONE, TWO = passage("Ida Berg runs the port."), passage("The vote is on Friday.", "b")


def test_a_passage_is_read_once_for_a_question() -> None:
    inner = Counting()
    reader = RememberingReader(inner)
    first = reader.read("Who runs it?", [ONE, TWO])
    assert reader.read("Who runs it?", [TWO, ONE]) == first[::-1]
    assert len(inner.seen) == 2
    reader.read("Who ran it?", [ONE])
    assert len(inner.seen) == 3
    assert reader.name == "counting"
    assert reader.read("Who?", []) == []


@pytest.mark.parametrize(
    "changed",
    [
        replace(ONE, text="Ida Berg ran the port.."),
        replace(ONE, header="A paper"),
        replace(ONE, start=9),
    ],
)
def test_a_changed_passage_is_read_anew(changed: Passage) -> None:
    inner = Counting()
    reader = RememberingReader(inner)
    reader.read("Who runs it?", [ONE])
    reader.read("Who runs it?", [changed])
    assert len(inner.seen) == 2


def test_a_changed_collection_is_read_anew_where_that_counts() -> None:
    inner, generation = Counting(), 1
    reader = RememberingReader(inner, lambda: generation)
    reader.read("Who runs it?", [ONE])
    reader.read("Who runs it?", [ONE])
    assert len(inner.seen) == 1
    generation = 2
    reader.read("Who runs it?", [ONE])
    assert len(inner.seen) == 2


def test_no_room_keeps_nothing() -> None:
    inner = Counting()
    reader = RememberingReader(inner, size=0)
    reader.read("Who runs it?", [ONE])
    reader.read("Who runs it?", [ONE])
    assert len(inner.seen) == 2
