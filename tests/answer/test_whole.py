"""Short answers that the reader cut in two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.whole import whole

SENTENCES = (
    "The mayor opened a library in the northern city of Port Ellis on Monday.",
    "Several hundred volunteers and about 40 million dollars came from abroad.",
    "The panel echoed President [Amina] Kolo and Secretary of State Jane Roe.",
    "She wrote (as Anna Lind) to Harbour Minister Ole Berg, who never answered.",
    "Lima took a 16-12 lead in at least 40 minutes.",
)


@pytest.mark.parametrize(
    ("sentence", "cut", "meant"),
    [
        (0, "northern city", "northern city of Port Ellis"),
        (0, "Port", "Port Ellis"),
        (0, "Monday", "Monday"),
        (1, "hundred volunteers", "Several hundred volunteers"),
        (1, "million dollars", "about 40 million dollars"),
        (1, "40 million", "about 40 million"),
        (1, "abroad", "abroad"),
        (4, "16-12", "16-12"),
        (4, "40 minutes", "at least 40 minutes"),
        (2, "President [Amina", "President [Amina] Kolo"),
        (2, "Jane Roe", "Jane Roe"),
        (2, "Jane", "Jane Roe"),
        (3, "(as Anna", "(as Anna Lind)"),
        (3, "Anna Lind", "Anna Lind"),
        (3, "Ole Berg", "Ole Berg"),
        (3, "Berg", "Harbour Minister Ole Berg"),
    ],
)
def test_what_was_cut_is_whole_again(sentence: int, cut: str, meant: str) -> None:
    text = SENTENCES[sentence]
    at = text.find(cut)
    start, end = whole(text, (at, at + len(cut)))
    assert text[start:end] == meant


@given(
    st.one_of(st.sampled_from(SENTENCES), st.text(max_size=120)),
    st.integers(0, 119),
    st.integers(1, 60),
)
def test_nothing_is_taken_away(text: str, at: int, size: int) -> None:
    span = min(at, len(text)), min(at + size, len(text))
    start, end = whole(text, span)
    assert 0 <= start <= span[0] <= span[1] <= end <= len(text)
