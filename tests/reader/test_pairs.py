"""Questions and passages become pieces whose offsets lead back to the canonical text."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.models.reader_description import READER
from rag.retrieve.reader import OnnxReader, run
from rag.retrieve.reader_pairs import SEP, alone
from tests.reader.helpers import NoiseReader, passage, prose

PAIR = ("input_ids", "token_type_ids")
ODD = st.text(st.characters(), max_size=300)


@settings(max_examples=60, deadline=None)
@given(question=ODD, text=ODD, header=ODD, start=st.integers(0, 10_000))
def test_any_text_is_read_and_every_offset_is_inside(
    question: str, text: str, header: str, start: int
) -> None:
    one = passage(text, start=start, header=header)
    reading = NoiseReader().read(question, [one])[0]
    assert 0.0 <= reading.probability <= 1.0
    if reading.start is not None:
        assert reading.end is not None
        assert one.start <= reading.start < reading.end <= one.end
        assert reading.sentence in one.sentences
        # the words of an answer lie in the sentence that is named
        assert reading.sentence is not None
        assert reading.sentence[0] <= reading.start
        assert reading.end <= reading.sentence[1]


def test_a_long_text_is_seen_whole_in_windows() -> None:
    one = passage(prose(1, 120))
    windows = NoiseReader().windows("Who built the bridge?", [one])
    assert len(windows) > 2
    assert all(len(w.ids) <= READER.max_tokens for w in windows)
    seen = {span for w in windows for span in w.offsets}
    whole = NoiseReader().windows("x", [passage(one.text)])
    assert {span for w in whole for span in w.offsets} <= seen
    assert max(end for _, end in seen) == len(one.text)


def test_a_short_text_is_one_window_in_the_layout_that_was_taught() -> None:
    window = NoiseReader().windows("Who?", [passage("Ann did.", header="News")])[0]
    ends = [i for i, piece in enumerate(window.ids) if piece == SEP]
    assert ends[0] == window.question_end - 1
    assert ends[1] == window.text_start - 1
    assert ends[2] == len(window.ids) - 1
    assert window.offsets == ((0, 3), (4, 7), (7, 8))


def test_a_question_of_a_thousand_words_still_leaves_room_for_the_passage() -> None:
    windows = NoiseReader().windows("why " * 1000, [passage(prose(2, 10), header="h " * 500)])
    assert all(len(w.ids) <= READER.max_tokens for w in windows)
    assert all(len(w.offsets) > READER.max_tokens // 2 for w in windows[:1])


def test_a_run_holds_one_pair_and_kinds_begin_at_the_header() -> None:
    window = NoiseReader().windows("Who?", [passage("Ann did.")])[0]
    ids, kinds = alone(window)
    assert ids.shape == kinds.shape == (1, len(window.ids))
    assert kinds[0, window.question_end - 1] == 0
    assert kinds[0, window.question_end :].all()


def test_a_passage_is_read_alike_whatever_is_read_beside_it() -> None:
    question = "Who built the bridge over the river?"
    asked = passage("The bridge over the river was built by Ann Lee in 1921.")
    others = [passage(prose(seed, 6)) for seed in range(3)]
    reader = OnnxReader()
    assert reader.read(question, [asked])[0] == reader.read(question, [*others, asked])[-1]


@pytest.mark.parametrize("names", [PAIR, (*PAIR, "attention_mask")])
def test_a_model_is_fed_what_it_takes(names: tuple[str, ...]) -> None:
    class Session:
        def get_inputs(self) -> list[SimpleNamespace]:
            return [SimpleNamespace(name=name) for name in names]

        def run(self, outputs: list[str], fed: dict[str, Any]) -> list[Any]:
            assert outputs == ["start", "end", "answer"]
            assert tuple(fed) == names
            assert all(value.shape == (1, 4) for value in fed.values())
            assert "attention_mask" not in fed or fed["attention_mask"].all()
            return [fed["input_ids"], fed["token_type_ids"], np.zeros(1)]

    ids = np.array([[101, 5, 6, 102]])
    start, end, _ = run(Session(), ids, np.zeros_like(ids))
    assert start.tolist() == ids.tolist()
    assert not end.any()
