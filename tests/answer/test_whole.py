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


@pytest.mark.parametrize(
    ("text", "cut", "question", "meant"),
    [
        ("It ends by the end of 2014.", "2014", "By when?", "the end of 2014"),
        ("It opened in early March 2019.", "March 2019", "When?", "early March 2019"),
        ("It opened in mid-2019.", "2019", "When?", "mid-2019"),
        ("It opened in 2019.", "2019", "When?", "2019"),
        ("The trend of 2019 went on.", "2019", "When?", "2019"),
        (
            "It flew near its border with Peru.",
            "Peru",
            "Where did it fly?",
            "near its border with Peru",
        ),
        ("It flew near its border with Peru.", "Peru", "Which country is it?", "Peru"),
        ("It sank 40 miles south of Lima.", "Lima", "Where did it sink?", "40 miles south of Lima"),
        ("It sank outside the port of Lima.", "Lima", "where was it", "outside the port of Lima"),
        ("He flew in from Lima.", "Lima", "Where did he come from?", "Lima"),
        ("It sank off Lima Rock.", "Lima Rock", "Where did it sink?", "Lima Rock"),
        ("It fell outside of Lima.", "Lima", "Where did it fall?", "outside of Lima"),
        ("He knew the late Marisol Berg.", "Marisol Berg", "Who?", "Marisol Berg"),
        ("It sank in Lima.", "Lima", "Where did it sink?", "Lima"),
    ],
)
def test_part_of_a_time_and_beside_a_place(text: str, cut: str, question: str, meant: str) -> None:
    at = text.find(cut)
    start, end = whole(text, (at, at + len(cut)), question)
    assert text[start:end] == meant


@given(
    st.one_of(st.sampled_from(SENTENCES), st.text(max_size=120)),
    st.integers(0, 119),
    st.integers(1, 60),
)
def test_nothing_is_taken_away(text: str, at: int, size: int) -> None:
    span = min(at, len(text)), min(at + size, len(text))
    start, end = whole(text, span, "Where was it?")
    assert 0 <= start <= span[0] <= span[1] <= end <= len(text)
