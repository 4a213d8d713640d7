"""The shipped reader, run on made-up passages that no training set holds."""

from __future__ import annotations

import random
import threading

import pytest

from rag.errors import ModelError
from rag.models.description import ModelFile, fault
from rag.models.reader_description import READER
from rag.retrieve.reader import OnnxReader
from rag.types import Passage, Reading
from tests.reader.helpers import passage

HARBOUR = (
    "The town of Velmar opened its new harbour on Tuesday. Mayor Ilse Brandt said the work had "
    "cost 48 million crowns and taken three years. The old harbour, built in 1931, was closed "
    "after a storm in 2014 destroyed its northern wall."
)
FERRY = (
    "Ferries between Velmar and the island of Tosk will sail six times a day from 3 May. The "
    "operator, Norline, employs 112 people. Its director, Peter Aske, thanked the council."
)
BAKERY = (
    "A bakery in Orrin won the county prize for its rye bread. The jury praised the crust. "
    "Baker Lotte Winge has worked there since she was sixteen."
)


@pytest.fixture(scope="module")
def reader() -> OnnxReader:
    return OnnxReader()


def said(one: Passage, reading: Reading) -> str:
    if reading.start is None or reading.end is None:
        return ""
    return one.text[reading.start - one.start : reading.end - one.start]


def three(start: int = 0) -> list[Passage]:
    return [
        passage(text, start=start, name=name, header=header)
        for name, text, header in (
            ("bakery", BAKERY, "Rye bread prize · The Orrin Post · 2 March 2019"),
            ("harbour", HARBOUR, "Velmar opens harbour · Coast News · 4 April 2019"),
            ("ferry", FERRY, "Ferries to Tosk · Coast News · 20 April 2019"),
        )
    ]


@pytest.mark.parametrize(
    ("question", "where", "answer"),
    [
        ("How much did the new harbour in Velmar cost?", "harbour", "48 million crowns"),
        ("Who is the mayor of Velmar?", "harbour", "Ilse Brandt"),
        ("When was the old harbour built?", "harbour", "1931"),
        ("How many people does Norline employ?", "ferry", "112"),
        ("Who is the director of Norline?", "ferry", "Peter Aske"),
        ("What did the jury praise?", "bakery", "crust"),
    ],
)
def test_a_plain_question_finds_its_passage_and_its_words(
    reader: OnnxReader, question: str, where: str, answer: str
) -> None:
    passages = three(start=700)
    readings = reader.read(question, passages)
    best = max(range(3), key=lambda i: readings[i].probability)
    assert passages[best].id == where
    assert answer in said(passages[best], readings[best])


def test_the_words_are_found_where_the_reader_is_unsure_of_the_passage(reader: OnnxReader) -> None:
    bakery = three()[0]
    [found] = reader.read("Who is the baker in Orrin?", [bakery])
    assert "Lotte Winge" in said(bakery, found)


def test_what_the_passages_do_not_tell_is_less_probable_than_what_they_do(
    reader: OnnxReader,
) -> None:
    told = reader.read("How much did the new harbour in Velmar cost?", three())
    not_told = reader.read("Who designed the airport of Caracas?", three())
    surest, other = (max(r.probability for r in found) for found in (told, not_told))
    assert surest > 0.3  # one passage in seven of those that it was calibrated on answers
    assert surest > 4 * other
    assert other < 0.1


def test_offsets_move_with_the_place_of_the_passage(reader: OnnxReader) -> None:
    question = "When was the old harbour built?"
    near, far = (reader.read(question, three(start=s))[1] for s in (0, 5000))
    assert near.start is not None
    assert far.start == near.start + 5000
    assert near.sentence is not None
    assert far.sentence == (near.sentence[0] + 5000, near.sentence[1] + 5000)


def test_the_same_call_gives_the_same_readings(reader: OnnxReader) -> None:
    question = "How many people does Norline employ?"
    assert reader.read(question, three()) == reader.read(question, three())


def test_the_order_of_the_passages_changes_nothing_but_the_order(reader: OnnxReader) -> None:
    question = "Who is the mayor of Velmar?"
    passages = three()
    straight = {r.passage_id: r for r in reader.read(question, passages)}
    random.Random(1).shuffle(passages)
    shuffled = reader.read(question, passages)
    assert [r.passage_id for r in shuffled] == [p.id for p in passages]
    for reading in shuffled:
        assert reading.probability == pytest.approx(
            straight[reading.passage_id].probability, abs=1e-6
        )
        assert reading.start == straight[reading.passage_id].start


def test_company_changes_a_probability_only_by_rounding(reader: OnnxReader) -> None:
    # int8 scales are those of a whole batch, so that neighbours shift the last digits.
    question = "Who is the mayor of Velmar?"
    alone = reader.read(question, three()[1:2])[0]
    among = reader.read(question, three())[1]
    assert among.probability == pytest.approx(alone.probability, abs=0.1)
    assert (among.start, among.end) == (alone.start, alone.end)


def test_no_passages_no_readings(reader: OnnxReader) -> None:
    assert reader.read("Who?", []) == []


def test_threads_may_share_a_reader() -> None:
    fresh = OnnxReader()
    wanted = fresh.read("Who is the mayor of Velmar?", three())
    found: list[list[Reading]] = []
    threads = [
        threading.Thread(
            target=lambda: found.append(fresh.read("Who is the mayor of Velmar?", three()))
        )
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [wanted] * 4


def test_the_files_match_their_frozen_description() -> None:
    assert fault(READER.model) is None
    assert fault(READER.tokenizer) is None


def test_a_damaged_model_is_named_and_not_run() -> None:
    import dataclasses

    broken = dataclasses.replace(
        READER, model=ModelFile(path=READER.model.path, sha256="0" * 64, size=READER.model.size)
    )
    with pytest.raises(ModelError, match="sha256"):
        OnnxReader(broken).read("Who?", three())
