"""Questions are checked and bounded before anything reads them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.question import checked
from rag.errors import QuestionError


@pytest.mark.parametrize("bad", ["", "   ", "\n\t", "?!…", "\u200b\u202e", "x" * 5001, None, 7])
def test_what_is_no_question_is_told_so(bad: object) -> None:
    with pytest.raises(QuestionError) as told:
        checked(bad, 2000)
    assert str(told.value).endswith(("ask something shorter.", "least one word.", 'NATO?".'))


def test_controls_and_bidi_marks_go() -> None:
    assert checked("  Who\x00 led\x1b \u202eNATO\u00a0? ", 100) == "Who led NATO ?"


@given(st.text())
def test_a_question_is_bounded_and_plain_or_refused(text: str) -> None:
    try:
        plain = checked(text, 50)
    except QuestionError:
        return
    assert 0 < len(plain) <= 50
    assert plain == checked(plain, 50)
    assert not any(ord(c) < 32 for c in plain)
