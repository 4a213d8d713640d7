"""No sentence takes long to check, however it is made up."""

from __future__ import annotations

import time

import pytest

from rag.answer.writing.plain import plain
from rag.answer.writing.silence import is_silence
from tests.writing.stories import candidates
from tests.writing.test_checking import checker

# As long as a sentence can get before it is cut.
LENGTH = 1_500


@pytest.mark.parametrize(
    "bit",
    [
        *(
            "1 ",
            "1,",
            "one hundred and ",
            "A a ",
            '"',
            "“",
            "‘a ",
            "a-",
            "the ",
            "$",
            "x1 ",
            "word, ",
        ),
        *(
            "Kerry met Barzani on June 24 ",
            "June 24, ",
            "last week ",
            "i do not know ",
            "passages ",
        ),
        *("[a](b)", "[", "](b)", "<a ", "<!--", "http://", "* ", "![", "`", "(", "'"),
    ],
)
def test_a_sentence_of_one_bit(bit: str) -> None:
    """Seconds would be squares and cubes of its length; a busy machine is allowed for."""
    check = checker(*candidates()[:12])
    text = bit * (LENGTH // len(bit))
    check.check("The council passed its budget.", [])  # reads the passages
    began = time.process_time()
    words = plain(text)
    is_silence(words)
    check.check(words or "x", ["x1", "x2"])
    check.check(words or "x", [])
    assert time.process_time() - began < 5.0
