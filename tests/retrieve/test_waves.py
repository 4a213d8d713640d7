"""Which candidates are read, and which are spared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieve.waves import ENDS, HOPELESS, LEAST, SHARE, SURE, TOGETHER, read_in_waves
from rag.types import Candidate, Passage, Reading
from tests.made import candidate, reading

THRESHOLD = 0.5
MANY = [candidate(f"Sentence {i}.", str(i)) for i in range(20)]


@dataclass
class Counting:
    """As sure of each passage as it is told, and remembers what it read."""

    sure: Mapping[str, float]
    otherwise: float = 0.0
    seen: list[str] = field(default_factory=list)
    calls: list[int] = field(default_factory=list)
    name = "counting"

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        self.seen += [p.text for p in passages]
        self.calls.append(len(passages))
        return [reading(candidate(p.text), self._sure(p)) for p in passages]

    def _sure(self, passage: Passage) -> float:
        return self.sure.get(passage.text, self.otherwise)


@dataclass
class Promising(Counting):
    """Promises just what it will say, or a little more."""

    more: float = 0.0

    def at_most(self, question: str, passages: Sequence[Passage]) -> list[float]:
        return [min(1.0, self._sure(p) + self.more) for p in passages]


@dataclass(frozen=True)
class Worth:
    """What a reading is worth."""

    probability: float
    confidence: float

    @property
    def order(self) -> float:
        return self.probability


@dataclass
class Plain:
    """Scales on which a reading is worth what it says, and as sure, but for some."""

    doubted: Mapping[int, float] = field(default_factory=dict)  # places to confidences

    def at_most(self, place: int, probability: float) -> float:
        return probability

    def weigh(self, place: int, found: Reading) -> Worth:
        return Worth(found.probability, self.doubted.get(place, found.probability))


def told(
    reader: Counting,
    found: Sequence[Candidate],
    *,
    ends: Sequence[int] = ENDS,
    together: int = TOGETHER,
    scales: Plain | None = None,
) -> list[Worth]:
    scales = scales or Plain()
    return read_in_waves(reader, "q", found, scales, THRESHOLD, ends=ends, together=together)


def flat(probability: float) -> Counting:
    return Counting({}, probability)


def test_a_sure_first_pair_spares_the_rest() -> None:
    sure, open_, hopeless = flat(0.99), flat(0.4), flat(0.1)
    assert len(told(sure, MANY)) == len(sure.seen) == TOGETHER
    assert len(told(open_, MANY)) == len(open_.seen) == 20
    assert len(told(hopeless, MANY)) == len(hopeless.seen) == ENDS[-1]


def test_one_that_leads_and_does_not_answer_ends_no_reading() -> None:
    reader = Counting({"Sentence 0.": 0.99}, 0.1)
    doubted = Plain({0: THRESHOLD - 0.01})
    assert len(told(reader, MANY, scales=doubted)) == 20
    answering = Counting({"Sentence 0.": 0.99}, 0.1)
    assert len(told(answering, MANY)) == TOGETHER


def test_few_or_no_candidates_are_all_read() -> None:
    few = flat(0.2)
    assert len(told(few, MANY[:2])) == len(few.seen) == 2
    for ends in ((), ENDS):
        assert told(few, [], ends=ends) == []
    assert len(few.seen) == 2


def test_where_every_word_is_wanted_no_sure_one_ends_the_reading() -> None:
    every = flat(0.99)
    told(every, MANY, ends=())
    assert every.calls == [20]


def test_what_promises_too_little_is_not_read() -> None:
    low, high = SHARE * 0.6 - 0.01, SHARE * 0.6 + 0.01
    reader = Promising({"Sentence 0.": 0.6, "Sentence 1.": low, "Sentence 2.": high}, low)
    found = told(reader, MANY)
    assert reader.seen[:LEAST] == ["Sentence 0.", "Sentence 2.", "Sentence 1."]
    assert len(reader.seen) == TOGETHER + 1
    assert [one.probability for one in found] == [0.6, high, low]


def test_a_refusal_has_its_nearest_passages_read() -> None:
    for ends in ((), ENDS):
        silent = Promising({}, HOPELESS - 0.1)
        assert len(told(silent, MANY, ends=ends)) == LEAST


def test_the_most_promising_of_a_wave_comes_first() -> None:
    reader = Promising({"Sentence 3.": 0.95, "Sentence 5.": 0.99}, 0.3)
    told(reader, MANY)
    assert reader.seen[0] == "Sentence 3."
    assert "Sentence 5." not in reader.seen  # of a later wave


def test_more_may_be_read_side_by_side() -> None:
    reader = Promising({"Sentence 0.": 0.99}, 0.9)
    told(reader, MANY, together=4)
    assert reader.calls == [4]


@given(
    st.lists(st.floats(min_value=0, max_value=1), max_size=25),
    st.floats(min_value=0, max_value=0.3),
)
def test_no_better_one_is_spared_but_for_a_sure_or_a_hopeless_search(
    values: list[float], more: float
) -> None:
    many = [candidate(f"Sentence {i}.", str(i)) for i in range(len(values))]
    reader = Promising({c.passage.text: v for c, v in zip(many, values, strict=True)}, more=more)
    found = [one.probability for one in told(reader, many)]
    assert found == sorted(found, reverse=True)
    assert len(reader.seen) == len(set(reader.seen)) == len(found)
    if values and SURE > max(values) >= HOPELESS and max(values[: ENDS[-1]]) >= HOPELESS:
        assert found[0] == pytest.approx(max(values))
