"""What the reader is taught with: near misses miss, and no passage is lost between the halves."""

from __future__ import annotations

import gzip
import json
import random
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from evals.bench.reader_written import place, taken
from rag.models.reader_training.build import news, reading
from rag.models.reader_training.disguise import window
from rag.models.reader_training.news import near_misses, thinned, written
from rag.models.reader_training.pairs import Pair, asked_pairs, digest, own_pairs
from rag.models.reader_training.reading import OWN, Negatives, drawn, epoch
from rag.models.reader_training.recipe import config
from rag.models.reader_training.reword import Reworder
from rag.models.reader_training.unanswerable import Pool, removed, swapped
from tests.fakes import FakeEncoder

TEXT = (
    "Ida Berg opened the new port of Lima in 2013 before a large crowd of dockers and their "
    "families. The first ship brought 1,200 bicycles from Porto, which were sold within a week. "
    "Per Dahl, who had drawn the quay, was not invited to the ceremony that evening."
)
TRAINING = Path(__file__).parents[2] / "rag/models/reader_training"


def pair(question: str, answer: str = "", text: str = TEXT, rank: int = 0) -> Pair:
    at = text.find(answer) if answer else -1
    return Pair(
        id=f"made~{rank}",
        question=question,
        text=text,
        title="port",
        source="written",
        spans=((at, at + len(answer)),) if answer else (),
        answerable=bool(answer),
    )


def test_a_passage_without_its_answer_does_not_tell_it() -> None:
    made = removed(pair("How many bicycles came?", "1,200"))
    assert made is not None
    assert not made.answerable
    assert "1,200" not in made.text
    assert "Ida Berg" in made.text
    twice = TEXT.replace("that evening", "for 1,200 guests")
    assert removed(pair("How many bicycles came?", "1,200", twice)) is None


@pytest.mark.parametrize("seed", range(20))
def test_a_swapped_question_asks_of_something_else(seed: int) -> None:
    asked = pair("How many bicycles came from Porto in 2013?", "1,200")
    made = swapped(asked, Pool([("port", TEXT)]), random.Random(seed))
    assert made is not None
    assert made.question != asked.question
    assert not made.answerable
    assert ("Porto" in made.question) != ("2013" in made.question)


def test_every_second_near_miss_is_left_out_and_nothing_else() -> None:
    wrong = [pair(f"Who? {n}", rank=n) for n in range(1, 5)]
    right = pair("Who?", "Ida Berg")
    twin = pair("Who else?", rank=9).with_(twin=True)
    assert thinned([wrong[0], right, *wrong[1:], twin]) == [right, twin, wrong[0], wrong[2]]
    assert thinned(wrong[:1]) == wrong[:1]


def test_near_misses_are_made_of_a_passage_that_answers() -> None:
    rng, shares = random.Random(3), {"removed": 1.0, "swapped": 1.0}
    assert near_misses([pair("Who?", rank=1)], Pool([]), shares, rng) == []
    group = [pair("Who?", "Ida Berg"), pair("Who?", rank=1)]
    made = near_misses(group, Pool([("port", TEXT)]), shares, rng)
    assert {p.answerable for p in made} == {False}


def test_a_twin_is_taken_with_the_question_it_was_made_of() -> None:
    rows: list[dict[str, Any]] = [{"question": "A"}, {"question": "a", "twin": True}]
    rows += [
        {"question": "B"},
        {"question": "b", "twin": True},
        {"question": "H", "held": True},
        {"question": "C"},
    ]
    found = [(n, row["question"], of) for n, row, of in taken(rows, 2, held=False)]
    assert found == [(0, "A", ""), (1, "a", "A"), (5, "C", "")]
    assert [n for n, _, _ in taken(rows, 1, held=False)] == [0, 1, 2, 3, 5]
    assert [n for n, _, _ in taken(rows, 1, held=True)] == [4]


def test_written_questions_come_with_their_passages(tmp_path: Path) -> None:
    row = {"header": "h", "text": TEXT, "id": "port-1:3"}
    passages = [row | {"spans": [[0, 8]], "right": True}, row | {"spans": [], "right": False}]
    record = {"id": "written-7", "question": "Who opened it?", "passages": passages}
    path = tmp_path / "written.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(record).encode()))
    (group,) = written(path)
    assert [p.answerable for p in group] == [True, False]
    assert group[0].text[slice(*group[0].spans[0])] == "Ida Berg"


def test_a_twin_on_news_is_asked_of_the_right_passage_too(tmp_path: Path) -> None:
    right = {"header": "h", "text": TEXT, "spans": [[0, 8]], "right": True}
    wrong = {"header": "h", "text": TEXT[80:], "spans": [], "right": False}
    records = [
        {"id": "a", "question": "Who opened it?", "passages": [right, wrong, wrong, wrong]},
        {"id": "b", "question": "Who shut it?", "passages": [wrong], "twin_of": "Who opened it?"},
        {"id": "c", "question": "Who bought it?", "passages": [wrong], "twin_of": "Who sold it?"},
    ]
    path = tmp_path / "written.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, records)).encode()))
    opened, shut, bought = written(path)
    twin = opened[-1]
    assert (twin.question, twin.text, twin.answerable, twin.twin) == (
        "Who shut it?", TEXT, False, True,
    )  # fmt: skip
    assert [len(shut), len(bought)] == [1, 1]
    assert twin in thinned(opened)


def test_the_place_of_an_answer_is_found_in_its_sentence() -> None:
    at = place(TEXT, "the new port\nof Lima in 2013", "in 2013")
    assert at is not None
    assert TEXT[at[0] : at[1]] == "in 2013"
    assert place(TEXT, "the old port of Lima", "Lima") is None
    assert place(TEXT, "the new port of Lima", "Porto") is None


def rows_of(name: str) -> list[dict[str, Any]]:
    lines = gzip.decompress((TRAINING / name).read_bytes()).splitlines()
    return [json.loads(line) for line in lines]


def test_the_shipped_questions_name_places_and_hold_no_text_of_an_article() -> None:
    first = rows_of("questions.jsonl.gz")
    later = (f"questions_{name}.jsonl.gz" for name in ("more", "words", "quiz", "twins"))
    rows = [*first, *(row for name in later for row in rows_of(name))]
    keys = {"url", "question", "sentence", "answer", "held", "twin"}
    assert all(set(row) <= keys and row["question"].strip() for row in rows)
    told = [row for row in rows if "answer" in row]
    assert all(
        r["sentence"][0] <= r["answer"][0] < r["answer"][1] <= r["sentence"][1] for r in told
    )
    held = {row["url"] for row in rows if row.get("held")}
    assert held
    assert not held & {row["url"] for row in rows if not row.get("held")}


@pytest.mark.parametrize("seed", range(10))
def test_a_window_keeps_the_words_that_tempt(seed: int) -> None:
    long = " ".join([TEXT, TEXT.replace("Lima", "Quito").replace("1,200", "90"), TEXT])
    at = long.index("90 bicycles")
    asked = pair("How many bicycles came to Lima?", text=long).with_(near=((at, at + 2),))
    cut = window(asked, 200, random.Random(seed))
    assert len(cut.text) < len(long)
    assert "90 bicycles" in cut.text
    changed = swapped(pair("How many came in 2013?", "1,200"), Pool([]), random.Random(seed))
    assert changed is None or changed.near == pair("", "1,200").spans


def test_questions_on_paragraphs_find_their_text(tmp_path: Path) -> None:
    known = pair("Who opened the port?", "Ida Berg")
    rows = [
        {"paragraph": digest(TEXT), "question": "Who drew it?", "answer": [0, 8]},
        {"paragraph": digest(TEXT), "question": "Who sank it?", "near": [0, 8]},
        {"paragraph": digest("another"), "question": "Who?", "answer": [0, 3]},
    ]
    path = tmp_path / "asked.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    drew, sank = asked_pairs(path, [known])
    assert (drew.text, drew.answerable, drew.spans) == (TEXT, True, ((0, 8),))
    assert (sank.answerable, sank.spans, sank.near) == (False, (), ((0, 8),))


def test_the_paragraphs_questions_are_of_both_kinds() -> None:
    with gzip.open(TRAINING / "questions_paragraphs.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    assert all(("answer" in row) != ("near" in row) or "near" not in row for row in rows)
    answered = sum("answer" in row for row in rows)
    assert 0.4 < answered / len(rows) < 0.6
    assert len({(row["paragraph"], row["question"].lower()) for row in rows}) == len(rows)


def test_a_question_of_an_own_paragraph_stands_in_one_group_with_its_twin(tmp_path: Path) -> None:
    asked = [
        {"question": "Who opened the port?", "answer": [0, 8]},
        {"question": "Who closed the port?", "near": [0, 8], "twin": True},
        {"question": "How many bicycles came?", "answer": [113, 118]},
    ]
    path = tmp_path / "own.jsonl.gz"
    line = json.dumps({"title": "Port", "text": TEXT, "asked": asked})
    path.write_bytes(gzip.compress(line.encode()))
    pairs = own_pairs(path)
    assert [p.twin for p in pairs] == [False, True, False]
    recipe = {"times": {"own": 2.0}, "typos": 0.0, "keywords": 0.0, "no_mark": 0.0, "header": 0.0}
    recipe |= {"news_length": 0.0, "long": 256}
    none = Negatives(pairs, {"retrieved": 0.0, "removed": 0.0, "swapped": 0.0})
    made = epoch(pairs, none, recipe, 1)
    kinds = [(p.group, p.question.split()[1], p.answerable) for p in made]
    twins = [(0, "opened", True), (0, "closed", False), (1, "opened", True), (1, "closed", False)]
    assert kinds == [*twins, (2, "many", True), (3, "many", True)]
    strangers = [pairs[2], pairs[1].with_(text="Another text."), pairs[1], pairs[1]]
    assert [p.group for p in epoch(strangers, none, recipe | {"times": {"own": 1.0}}, 1)] == [
        0, 1, 2, 3,
    ]  # fmt: skip


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_the_own_paragraphs_hold_what_their_questions_point_at(path: Path) -> None:
    pairs = own_pairs(path)
    assert any(p.answerable for p in pairs)
    for pair in pairs:
        for start, end in (*pair.spans, *pair.near):
            assert pair.text[start:end].strip() == pair.text[start:end] != ""
        for start, end in pair.spans:
            assert not re.search(r"\w\w", pair.text[start - 1 : start + 1]) or not start
            assert not re.search(r"\w\w", pair.text[end - 1 : end + 1])


@pytest.mark.parametrize("path", [p for p in OWN if "spans" not in p.name], ids=lambda p: p.name)
def test_two_in_five_of_what_is_answered_in_own_paragraphs_have_a_twin(path: Path) -> None:
    pairs = own_pairs(path)
    told = [p for p in pairs if p.answerable]
    assert 0.4 < len(told) / len(pairs) < 0.7
    behind = [before for before, one in pairwise(pairs) if one.twin]
    assert len(behind) >= 0.4 * len(told)
    assert all(p.answerable for p in behind)


def test_an_epoch_keeps_every_twin_of_what_it_asks_and_a_share_of_what_has_no_answer() -> None:
    asked = replace(pair("How many bicycles came first?", "1,200"), source="own")
    twin = replace(asked, question="How many bicycles came last?", spans=(), near=asked.spans)
    twin = replace(twin, answerable=False, twin=True)
    alone = [replace(pair(f"Who was invited {n} times?"), source="own") for n in range(40)]
    recipe = config()
    recipe["data"] |= {"times": {"own": 1.0}, "unanswered": 0.5, "typos": 0.0, "keywords": 0.0}
    made = reading([asked, twin, *alone], recipe, Reworder([], [], FakeEncoder()))
    assert made[0].answerable
    assert [p.answerable for p in made if p.twin] == [False]
    assert next(p.group for p in made if p.twin) == made[0].group
    assert 5 < len({p.question for p in made if "times" in p.question}) < 35


def test_a_file_of_our_own_may_be_asked_more_often_than_its_source() -> None:
    often, seldom = (
        replace(pair("Who opened the port?", "Ida Berg"), source="own", id=f"{name}.jsonl.gz-0-0")
        for name in ("paragraphs_twins", "paragraphs")
    )
    none = Negatives([often], dict.fromkeys(("retrieved", "removed", "swapped"), 0.0))
    recipe = config()["data"] | {"times": {"own": 0.0, "paragraphs_twins": 2.0}}
    assert [p.id for p in epoch([seldom, often], none, recipe, 1)] == [often.id, often.id]


def test_a_question_and_its_twin_are_disguised_alike() -> None:
    asked = replace(pair("How many bicycles came first?", "1,200", TEXT * 4), source="own")
    twin = replace(asked, question="How many bicycles came last?", spans=(), near=asked.spans)
    twin = replace(twin, answerable=False, twin=True)
    none = Negatives([asked], dict.fromkeys(("retrieved", "removed", "swapped"), 0.0))
    recipe = config()["data"] | {"times": {"own": 1.0}, "header": 0.5, "news_length": 0.9}
    for seed in range(20):
        first, second = epoch([asked, twin], none, recipe, seed)
        assert (first.header, first.text) == (second.header, second.text)


def test_an_own_paragraph_is_not_asked_with_another_of_its_values() -> None:
    asked = replace(pair("How many bicycles came from Porto in 2013?", "1,200"), source="own")
    shares = {"retrieved": 0.0, "removed": 0.0, "swapped": 1.0}
    assert not list(Negatives([asked], shares).of(asked, random.Random(1)))
    wiki = replace(asked, source="wiki")
    assert list(Negatives([wiki], shares).of(wiki, random.Random(1)))


def test_every_question_on_news_is_asked_of_its_right_passage_and_of_half_its_near_misses() -> None:
    asked = [f"Who opened port {n}?" for n in range(7)]
    groups = [
        [pair(q, "Ida Berg", rank=10 * n), *(pair(q, rank=10 * n + k) for k in range(1, 5))]
        for n, q in enumerate(asked)
    ]
    recipe = config()
    recipe["news"] |= {"removed": 0.0, "swapped": 0.0, "typos": 0.0, "keywords": 0.0}
    recipe["news"] |= {"no_mark": 0.0, "reworded": 0.0}
    made = news(groups, [], recipe, Reworder([], [], FakeEncoder()))
    assert [p.question for p in made] == [q for q in asked for _ in range(3)]
    assert [p.answerable for p in made] == [True, False, False] * len(asked)
    assert len({p.group for p in made}) == len(asked)


def test_what_has_an_answer_or_a_twin_stays_in_the_mix() -> None:
    given = [pair("Who?", "Ida Berg"), pair("Where?", rank=1), pair("When?", rank=2)]
    given[2] = given[2].with_(twin=True)
    assert drawn(given, 0.0, random.Random(1)) == [given[0], given[2]]
    assert drawn(given, 1.0, random.Random(1)) == given
