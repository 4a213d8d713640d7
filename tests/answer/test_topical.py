"""What somebody said about something stands in the sentence that speaks of it."""

from __future__ import annotations

import pytest

from rag.answer.topical import on_topic
from rag.retrieve.expect import expect
from tests.made import candidate, reading

SPEECH = candidate("Berg spoke to reporters in Lima. Peru has helped us. Chile has not. She left.")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("What did Berg say about Peru?", "Peru has helped us."),
        ("What did Berg tell reporters about Chile?", "Chile has not."),
        ("What did Berg say about Lima?", "Berg spoke to reporters in Lima."),
        ("What did Berg say about Kenya?", "Berg spoke to reporters in Lima."),
        ("What did Berg say?", "Berg spoke to reporters in Lima."),
        ("Why did Berg speak about Peru?", "Berg spoke to reporters in Lima."),
        ("What did Berg say about it?", "Berg spoke to reporters in Lima."),
    ],
)
def test_the_sentence_on_the_topic(question: str, sentence: str) -> None:
    found = on_topic(question, expect(question), SPEECH.passage, reading(SPEECH, 0.8, "Berg"))
    assert found.sentence is not None
    assert SPEECH.passage.text[slice(*found.sentence)] == sentence
    assert found.probability == 0.8
    assert (found.start is None) is (sentence != "Berg spoke to reporters in Lima.")


def test_only_what_follows_is_looked_at() -> None:
    question = "What did Berg say about Peru?"
    last = reading(SPEECH, 0.8, "She left")
    assert on_topic(question, expect(question), SPEECH.passage, last) == last
