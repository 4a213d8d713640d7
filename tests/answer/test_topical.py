"""What somebody said about something stands in the sentence that speaks of it."""

from __future__ import annotations

import pytest

from rag.answer.topical import on_topic
from rag.retrieve.expect import expect
from tests.made import candidate, reading

SPEECH = candidate(
    "Berg spoke to reporters in Malmo. Peru has helped us. Chile has not. On Monday she left. "
    "Kenya is far away."
)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("What did Berg say about Peru?", "Peru has helped us."),
        ("What did Berg tell reporters about Chile?", "Chile has not."),
        ("What did Berg say about Malmo?", "Berg spoke to reporters in Malmo."),
        ("What did Berg say about Kenya?", "Berg spoke to reporters in Malmo."),  # too far behind
        ("What did Berg say on Monday?", "Berg spoke to reporters in Malmo."),
        ("What did Berg say in Malmo about Chile in May?", "Chile has not."),
        ("What did Berg say about the situation in Chile?", "Chile has not."),
        ("What did Berg say about the gold of Chile?", "Berg spoke to reporters in Malmo."),
        ("What did Berg say?", "Berg spoke to reporters in Malmo."),
        ("Why did Berg speak about Peru?", "Berg spoke to reporters in Malmo."),
        ("What did Berg say about it?", "Berg spoke to reporters in Malmo."),
    ],
)
def test_the_sentence_on_the_topic(question: str, sentence: str) -> None:
    found = on_topic(question, expect(question), SPEECH.passage, reading(SPEECH, 0.8, "Berg"))
    assert found.sentence is not None
    assert SPEECH.passage.text[slice(*found.sentence)] == sentence
    assert found.probability == 0.8
    assert (found.start is None) is (sentence != "Berg spoke to reporters in Malmo.")


def test_what_stands_before_is_looked_at_last() -> None:
    question = "What did Berg say about Peru?"
    last = reading(SPEECH, 0.8, "she left")
    found = on_topic(question, expect(question), SPEECH.passage, last)
    assert found.sentence is not None
    assert SPEECH.passage.text[slice(*found.sentence)] == "Peru has helped us."
    twice = candidate("Peru is near. Berg spoke in Malmo. Peru has helped us.")
    spoke = reading(twice, 0.8, "Berg")
    found = on_topic(question, expect(question), twice.passage, spoke)
    assert found.sentence is not None
    assert twice.passage.text[slice(*found.sentence)] == "Peru has helped us."


def test_a_person_is_spoken_of_by_surname() -> None:
    speech = candidate("Berg spoke in Malmo. Minister Cole has helped us.")
    question = "What did Berg say about David Cole?"
    found = on_topic(question, expect(question), speech.passage, reading(speech, 0.8, "Berg"))
    assert found.sentence is not None
    assert speech.passage.text[slice(*found.sentence)] == "Minister Cole has helped us."
