"""Outside question sets: each format from a small file written here, as its makers document it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from evals.cases import load_cases
from evals.cli import group
from evals.facts import FactType
from evals.loaders import load_outside
from evals.loaders.base import sentence_around, split_of, typed_fact
from evals.systems import RunError

CONTEXT = "Norman rule began in 1066. The town of Bayeux had 8,400 people. Rollo was its lord."


def stored(path: Path, data: Any) -> Path:
    text = data if isinstance(data, str) else json.dumps(data)
    packed = gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode()
    path.write_bytes(packed)
    return path


def squad(folder: Path) -> Path:
    def answer(text: str) -> dict[str, Any]:
        return {"text": text, "answer_start": CONTEXT.index(text)}

    qas = [
        {"id": "1", "question": " When? ", "answers": [answer("1066"), answer("in 1066")]},
        {"id": "2", "question": "How many?", "answers": [answer("8,400")], "is_impossible": False},
        {"id": "3", "question": "Who was king?", "answers": [], "is_impossible": True},
        {"id": "4", "question": "Who was lord?", "answers": [answer("Rollo")]},
    ]
    paragraph = {"context": CONTEXT, "qas": qas}
    return stored(
        folder / "set.json.gz", {"data": [{"title": "Normans", "paragraphs": [paragraph]}]}
    )


def test_squad_gives_an_article_a_paragraph_and_typed_facts(tmp_path: Path) -> None:
    outside = load_outside("squad", [squad(tmp_path)])
    assert outside.articles == ({"url": "set-00000", "title": "Normans", "text": CONTEXT},)
    when, many, king, lord = outside.cases
    assert (when.question, when.facts[0].aliases) == ("When?", ("in 1066",))
    assert when.evidence[0][0].quote == "Norman rule began in 1066."
    assert [c.facts[0].type for c in (many, lord)] == [FactType.NUMBER, FactType.NAME]
    assert lord.evidence[0][0].quote == "Rollo was its lord."
    assert not king.answerable
    assert king.facts == ()
    assert king.evidence[0][0].article == "set-00000"
    assert {c.split for c in outside.cases} == {split_of("Normans")}


def test_realtimeqa_names_its_articles_as_evidence(tmp_path: Path) -> None:
    row = {"id": "1", "question": "Which city?", "answers": ["Hong Kong"], "articles": ["u1", "u2"]}
    lines = "\n".join(json.dumps(r) for r in (row, {**row, "id": "2", "articles": []}))
    outside = load_outside("realtimeqa", [stored(tmp_path / "q.jsonl", lines)])
    (case,) = outside.cases
    assert [gold.article for gold in case.evidence[0]] == ["u1", "u2"]
    assert case.facts[0].type is FactType.NAME
    assert outside.articles == ()


def test_a_dialogue_gives_a_case_a_turn_with_its_history(tmp_path: Path) -> None:
    record = {
        "story": CONTEXT,
        "source": "news",
        "questions": [
            {"input_text": q} for q in ("Who was lord?", "Of what?", "Was he old?", "Rich?")
        ],
        "answers": [
            {"input_text": "Rollo", "span_text": "Rollo was its lord"},
            {"input_text": "Bayeux", "span_text": "The town of Bayeux"},
            {"input_text": "unknown", "span_text": "unknown"},
            {"input_text": "yes", "span_text": "8,400 people"},
        ],
    }
    outside = load_outside("coqa", [stored(tmp_path / "c.json", {"data": [record]})])
    lord, town, old, rich = outside.cases
    assert lord.history == ()
    assert town.history == ("Who was lord?",)
    assert (town.facts[0].value, town.evidence[0][0].quote) == ("Bayeux", "The town of Bayeux")
    assert not old.answerable
    assert rich.facts == ()
    assert rich.evidence[0][0].quote == "8,400 people"
    assert len(outside.articles) == 1


def test_an_ambiguous_turn_is_left_out(tmp_path: Path) -> None:
    turn = {"question": "And he?", "answer": "Rollo", "rationale": "Rollo was its lord"}
    first = {"turn_id": 1, "question": "Who?", "answer": "x", "rationale": "y"}
    second = {**first, "turn_id": 2, "question": "Where?"}
    base = {"story": CONTEXT, "target_turn": turn, "history_turns": [second, first]}
    data = [{**base, "ambiguity": "non_ambiguous"}, {**base, "ambiguity": "ambiguous"}]
    (case,) = load_outside("coqa", [stored(tmp_path / "c.json", {"data": data})]).cases
    assert case.history == ("Who?", "Where?")


def test_clapnq_wants_every_chosen_sentence_and_no_value(tmp_path: Path) -> None:
    passage = {"title": "Normans", "text": CONTEXT}
    chosen = ["Norman rule began in 1066.", "Rollo was its lord."]
    row = {
        "id": "1",
        "input": "tell me",
        "passages": [passage],
        "output": [{"selected_sentences": chosen}],
    }
    none = {**row, "id": "2", "output": [{"selected_sentences": []}]}
    lines = "\n".join(json.dumps(r) for r in (row, none))
    told, silent = load_outside("clapnq", [stored(tmp_path / "q.jsonl", lines)]).cases
    assert [group_[0].quote for group_ in told.evidence] == chosen
    assert told.facts == ()
    assert told.answerable
    assert not silent.answerable


def test_csv_is_read_by_its_header(tmp_path: Path) -> None:
    text = (
        "question,answer,article,quote,history,tags,critical,split\n"
        "When?,July 1|1 July,a.txt,a July 1 deadline,Who?|Where?,date,yes,dev\n"
        'How many?,"1,075",,,,,,\n'
        "Who won?,,,,,,,\n"
    )
    when, many, won = load_outside("csv", [stored(tmp_path / "q.csv", text)]).cases
    assert (when.facts[0].type, when.facts[0].aliases) == (FactType.DATE, ("1 July",))
    assert (when.history, when.critical, when.split) == (("Who?", "Where?"), True, "dev")
    assert many.facts[0].type is FactType.NUMBER
    assert not won.answerable


@pytest.mark.parametrize(
    ("name", "file", "text", "told"),
    [
        ("csv", "q.csv", "question,colour\nWhen?,red\n", "there must be a question"),
        (
            "csv",
            "q.csv",
            "question,answer,type\nWhen?,soon,date\n",
            "line 2: 'soon' is not one date",
        ),
        ("squad", "s.json", "{}", "cannot be read as squad"),
        ("squad", "s.json", "{", "cannot be read as squad"),
        ("coqa", "s.json", '{"data": [{}]}', "cannot be read as coqa"),
    ],
)
def test_a_file_that_is_not_of_its_format_is_refused(
    tmp_path: Path, name: str, file: str, text: str, told: str
) -> None:
    path = stored(tmp_path / file, text)
    result = CliRunner().invoke(group, ["import", name, str(path), "--out", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert told in result.stderr


def test_what_is_imported_can_be_loaded_and_thinned(tmp_path: Path) -> None:
    words = [
        "import",
        "squad",
        str(squad(tmp_path)),
        "--out",
        str(tmp_path / "out"),
        "--limit",
        "2",
    ]
    result = CliRunner().invoke(group, words)
    assert result.exit_code == 0, result.output
    assert "2 cases, 1 unanswerable; 1 articles" in result.stdout
    assert len(load_cases(tmp_path / "out" / "cases.jsonl")) == 2
    assert (tmp_path / "out" / "articles.jsonl").read_text(encoding="utf-8").count("\n") == 1
    with pytest.raises(RunError, match="there is no format 'trec'"):
        load_outside("trec", [])


@pytest.mark.parametrize(
    ("golds", "kind"),
    [
        (["July 1", "1 July"], FactType.DATE),
        (["1,075"], FactType.NUMBER),
        (["four"], FactType.NUMBER),
        (["28 member states"], FactType.TEXT),
        (["John Kerry", "Kerry"], FactType.NAME),
        (["John Kerry", "the secretary"], FactType.TEXT),
        (["2003", "the war"], FactType.TEXT),
        (["a very long story"], FactType.TEXT),
    ],
)
def test_the_type_of_a_fact_is_read_off_its_golds(golds: list[str], kind: FactType) -> None:
    fact = typed_fact(golds)
    assert (fact.type, fact.accepted) == (kind, tuple(golds))


def test_a_gold_without_a_word_makes_no_fact() -> None:
    with pytest.raises(ValueError, match="no gold"):
        typed_fact(["—", " "])


def test_the_sentence_around_a_place() -> None:
    at = CONTEXT.index("8,400")
    assert sentence_around(CONTEXT, at, at + 5) == "The town of Bayeux had 8,400 people."
    assert sentence_around(CONTEXT, 0, len(CONTEXT)) == CONTEXT


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("squad", ["reading/xquad_en.json.gz"]),
        ("squad", ["reading/squad2_half_dev.json.gz"]),
        ("realtimeqa", ["realtimeqa/questions.jsonl"]),
        ("coqa", ["conversation/abg_coqa_val.json.gz"]),
        ("clapnq", ["reading/clapnq_answerable.jsonl.gz", "reading/clapnq_unanswerable.jsonl.gz"]),
    ],
)
def test_the_real_sets_load_whole(
    bench_data: Path, tmp_path: Path, name: str, files: list[str]
) -> None:
    outside = load_outside(name, [bench_data / file for file in files])
    outside.write(tmp_path)
    assert len(load_cases(tmp_path / "cases.jsonl")) == len(outside.cases) > 500
