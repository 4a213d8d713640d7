"""Two readers as one: the words of the first, the opinion of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from rag.protocols import PromisingReader
from rag.retrieve.blend import BlendedReader, blended
from rag.retrieve.expect import Expect
from rag.types import Passage, Reading
from tests.made import candidate, passage, reading

shares = st.floats(min_value=0, max_value=1)


@given(shares, shares, shares, st.sampled_from(Expect))
def test_it_is_a_probability_and_grows_with_either(
    one: float, two: float, other: float, kind: Expect
) -> None:
    assert 0 < blended(one, two, kind) < 1
    low, high = sorted((one, two))
    assert blended(low, other, kind) <= blended(high, other, kind)
    assert blended(other, low, kind) <= blended(other, high, kind)


@dataclass
class Fixed:
    """Always as sure, always of the same words."""

    probability: float
    short: str
    name = "fixed"

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        return [reading(candidate(p.text), self.probability, self.short) for p in passages]


def test_the_words_are_the_trained_readers() -> None:
    text = "Ida Berg runs the port of Malmo."
    both = BlendedReader(Fixed(0.9, "Ida Berg"), Fixed(0.2, "Malmo"))
    [found] = both.read("Who runs the port?", [passage(text)])
    assert (found.start, found.end) == (0, 8)
    assert found.probability == blended(0.9, 0.2, Expect.PERSON)


@given(shares.filter(lambda p: p <= 0.97), shares)
def test_it_promises_no_less_than_it_says(trained: float, matched: float) -> None:
    both = BlendedReader(Fixed(trained, "Ida Berg"), Fixed(matched, "Malmo"))
    one = [passage("Ida Berg runs the port of Malmo.")]
    [said], [most] = both.read("Who?", one), both.at_most("Who?", one)
    assert said.probability <= most
    assert isinstance(both, PromisingReader)
    assert not isinstance(Fixed(0.5, "Malmo"), PromisingReader)
