"""Sentence boundaries in news prose."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.index.sentences import sentence_spans


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["He met Gen. John F. Smith at 5 p.m. Tuesday in the U.S. Capitol.", "They talked."],
        ["It ended in the U.S.", "The army left."],
        ["“We won,” he said.", "“It is over.”", "They left."],
        ['"Is it true?" she asked.', '"Yes."', '"No!"', "She left."],
        ["The bill (signed in No. 10.) passed.", "It cost $3.5 million."],
        ["They met on Jan. 5, 2017.", "Nobody came."],
        ["J.R.R. Tolkien wrote it.", "Mr. Lavrov vs. Mr. Kerry was another story."],
        ["He said no.", "The talks failed."],
        ["Who won?", "Nobody!", "Really…", "It was a draw."],
        ["1. The first item.", "2. The second item."],
        ["他说好。", "她走了！", "真的？"],
        ["قال نعم.", "هل هذا صحيح؟", "لا."],
        ["The firm, Acme Inc., grew.", "Its rival did not."],
        ["He was born in Washington, D.C., in 1952.", "He left at 3 a.m.", "The rest slept."],
    ],
    ids=lambda sentences: sentences[0][:20],
)
def test_sentences_are_told_apart(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


def test_headings_and_paragraphs_end_a_sentence_and_wrapped_lines_do_not() -> None:
    text = (
        "Kerry urges calm\nThe minister spoke for an hour on Monday.\n\n"
        "This line was wrapped by an old typewriter at some seventy characters,\n"
        "so that the sentence goes on here. And ends.\n\nA list\n- one\n- two"
    )
    assert split(text) == [
        "Kerry urges calm",
        "The minister spoke for an hour on Monday.",
        (
            "This line was wrapped by an old typewriter at some seventy characters,\n"
            "so that the sentence goes on here."
        ),
        "And ends.",
        "A list",
        "- one",
        "- two",
    ]


@given(st.text(max_size=500), st.integers(0, 100), st.integers(0, 400))
def test_spans_are_trimmed_ordered_and_complete(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(len(text), start + length)
    spans = sentence_spans(text, start, end)
    kept = "".join(text[a:b] for a, b in spans)
    assert "".join(kept.split()) == "".join(text[start:end].split())
    assert all(text[a:b] == text[a:b].strip() and a < b for a, b in spans)
    assert all(stop <= begin for (_, stop), (begin, _) in pairwise(spans))
