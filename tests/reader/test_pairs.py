"""Questions and passages become pieces whose offsets lead back to the canonical text."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from rag.models.reader_description import READER
from rag.retrieve.reader_pairs import BATCH_PIECES, SEP, Window, padded, split_batches
from tests.reader.helpers import NoiseReader, passage, prose


def pair_of(length: int, number: int) -> Window:
    """A window of so many pieces that differs from all others."""
    ids = (number, *[7] * (length - 1))
    return Window(passage=number, ids=ids, question_end=2, text_start=3, offsets=(), sentences=())


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


@given(st.lists(st.integers(4, 384), min_size=1, max_size=120), st.randoms())
def test_batches_hold_every_pair_once_within_the_budget(
    lengths: list[int], rng: random.Random
) -> None:
    pairs = [pair_of(length, number) for number, length in enumerate(lengths)]
    batches = list(split_batches(pairs))
    assert sorted(row for rows in batches for row in rows) == list(range(len(pairs)))
    for rows in batches:
        assert len(rows) == 1 or len(rows) * max(lengths[r] for r in rows) <= BATCH_PIECES
    mixed = pairs[:]
    rng.shuffle(mixed)
    company = [{pairs[r].ids for r in rows} for rows in batches]
    assert [{mixed[r].ids for r in rows} for rows in split_batches(mixed)] == company


def test_padding_is_masked_and_kinds_begin_at_the_header() -> None:
    windows = NoiseReader().windows("Who?", [passage("Ann did."), passage("Ben did it all.")])
    ids, kinds, mask = padded(windows)
    assert mask.sum(axis=1).tolist() == [len(w.ids) for w in windows]
    assert (ids[mask == 0] == 0).all()
    assert kinds[0, windows[0].question_end - 1] == 0
    assert kinds[0, windows[0].question_end] == 1
