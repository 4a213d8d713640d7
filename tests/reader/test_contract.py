"""What every `rag.protocols.Reader` promises, on each reader that we ship."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.index.encoder import OnnxEncoder
from rag.protocols import Reader
from rag.retrieve.match_reader import MatchReader
from rag.retrieve.reader import OnnxReader
from tests.reader.helpers import NoiseReader, passage, prose

READERS: dict[str, Callable[[], Reader]] = {
    "onnx": OnnxReader,
    "noise": NoiseReader,
    "match": lambda: MatchReader(lambda words: dict.fromkeys(words, 1), lambda: 100, OnnxEncoder()),
}
QUESTIONS = ("Who built the bridge?", "why", "?", "Почему?", "x" * 2000)


@pytest.fixture(scope="module", params=READERS)
def reader(request: pytest.FixtureRequest) -> Reader:
    made: Reader = READERS[request.param]()
    return made


@pytest.mark.parametrize("question", QUESTIONS)
def test_one_reading_a_passage_in_order_with_bounds_inside(reader: Reader, question: str) -> None:
    passages = [
        passage(prose(n, 4), start=n * 1000, name=f"p{n}", header="A title · A paper · 3 May 2012")
        for n in range(5)
    ]
    readings = reader.read(question, passages)
    assert [r.passage_id for r in readings] == [p.id for p in passages]
    for one, reading in zip(passages, readings, strict=True):
        assert 0.0 <= reading.probability <= 1.0
        assert (reading.start is None) == (reading.end is None)
        if reading.start is not None:
            assert reading.end is not None
            assert one.start <= reading.start < reading.end <= one.end
        assert reading.sentence in one.sentences


def test_no_passages_give_no_readings(reader: Reader) -> None:
    assert reader.read("Who?", []) == []


def test_a_reader_has_a_name(reader: Reader) -> None:
    assert reader.name


def test_the_same_passages_are_read_alike_in_any_order(reader: Reader) -> None:
    passages = [passage(prose(n, 3), name=f"p{n}") for n in range(6)]
    straight = {r.passage_id: r for r in reader.read("Who built it?", passages)}
    back = {r.passage_id: r for r in reader.read("Who built it?", passages[::-1])}
    for name, reading in straight.items():
        assert back[name].probability == pytest.approx(reading.probability, abs=1e-4)
        assert (back[name].start, back[name].end) == (reading.start, reading.end)
