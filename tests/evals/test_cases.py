"""Datasets: what is refused and how it is told, and that the shipped one is sound."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from evals.cases import CaseError, as_row, digest, load_cases
from evals.evidence import squeezed, unfounded, unstated

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
GOOD: dict[str, Any] = {
    "id": "a.1",
    "question": "When?",
    "answerable": True,
    "facts": [{"type": "date", "value": "July 1"}],
    "evidence": [[{"article": "a.txt", "quote": "July 1"}]],
    "split": "dev",
}


def written(folder: Path, *rows: Any) -> Path:
    path = folder / "cases.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_case_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD, "", {**GOOD, "id": "b.1", "split": "test", "critical": True})
    cases = load_cases(path)
    assert [case.id for case in cases] == ["a.1", "b.1"]
    again = written(tmp_path, *[as_row(case) for case in cases])
    assert load_cases(again) == cases
    assert [case.id for case in load_cases(path, split="test")] == ["b.1"]
    assert (cases[0].group, cases[0].cluster) == ("a", "a.txt")


def test_the_hash_sees_every_change_and_no_order(tmp_path: Path) -> None:
    cases = load_cases(written(tmp_path, GOOD, {**GOOD, "id": "b.1"}))
    assert digest(cases) == digest(reversed(cases))
    changed = load_cases(written(tmp_path, GOOD, {**GOOD, "id": "b.1", "critical": True}))
    assert digest(cases) != digest(changed)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"colour": "red"}, "no 'colour'"),
        ({"id": ""}, "id is ''"),
        ({"question": 7}, "question is 7"),
        ({"history": "earlier"}, "history is 'earlier'"),
        ({"history": [""]}, "none empty"),
        ({"answerable": "yes"}, "answerable is 'yes'"),
        ({"split": "train"}, "split is 'train'"),
        ({"facts": [{"type": "date", "value": "soon"}]}, "'soon' is not one date"),
        ({"facts": [{"type": "year", "value": "2014"}]}, "type is 'year'"),
        ({"facts": [{"type": "number", "value": "3", "weight": 0}]}, "weight is 0"),
        ({"facts": [{"type": "number", "value": "3", "unit": "km"}]}, "no 'unit'"),
        ({"facts": ["July 1"]}, "a fact is an object"),
        ({"facts": [{"type": "number", "value": "3", "forbidden": ["many"]}]}, "'many' is not one"),
        ({"evidence": [{"article": "a.txt"}]}, "evidence is a list of groups"),
        ({"evidence": [[{"article": "a.txt", "quotes": "x"}]]}, "no 'quotes'"),
        ({"evidence": [[{"article": "a.txt", "quote": 1}]]}, "a quote is text"),
        ({"facts": [], "evidence": []}, "needs a fact or evidence"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    path = written(tmp_path, GOOD, {**GOOD, "id": "b.1", **change})
    with pytest.raises(CaseError) as error:
        load_cases(path)
    assert "line 2: " in str(error.value)
    assert told in str(error.value)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD, "{broken", "[]", GOOD, {**GOOD, "id": "a.2", "split": "test"})
    with pytest.raises(CaseError) as error:
        load_cases(path)
    told = str(error.value)
    assert "line 2: no JSON" in told
    assert "line 3: a case is a JSON object" in told
    assert "line 4: the id 'a.1' was used before" in told
    assert "group 'a': its wordings stand in dev and in test" in told


def test_an_unknown_or_empty_dataset_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="one of: seeds"):
        load_cases("no-such-set")
    with pytest.raises(CaseError, match="holds no case"):
        load_cases(written(tmp_path, ""))


def test_every_quote_of_the_seeds_stands_in_its_article() -> None:
    assert unfounded(load_cases("seeds"), SEEDS) == []


def test_a_quote_that_does_not_stand_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It was\u00a0on\n June 1.", encoding="utf-8")
    cases = load_cases(written(tmp_path, GOOD))
    assert unfounded(cases, tmp_path) == ["a.1: a.txt does not hold the words 'July 1'"]
    assert "no article" in unfounded(cases, tmp_path / "nowhere")[0]
    assert squeezed(" It was\u00a0on\n June 1. ") == "It was on June 1."


def test_the_facts_of_the_seeds_are_stated_by_their_own_evidence() -> None:
    texts = {path.name: squeezed(path.read_text(encoding="utf-8")) for path in SEEDS.glob("*.txt")}
    for case in load_cases("seeds"):
        if not case.answerable or not case.evidence:
            continue
        if any(not gold.quote for group in case.evidence for gold in group):
            continue
        around = []
        for group in case.evidence:
            text, quote = texts[group[0].article], squeezed(group[0].quote)
            start = text.index(quote)
            first = max(text.rfind(". ", 0, start), 0)
            last = text.find(". ", start + len(quote))
            around.append(text[first : last + 1 if last > 0 else None])
        assert unstated(case, " ".join(around)) == [], case.id


def test_the_seeds_cover_what_they_promise() -> None:
    cases = load_cases("seeds")
    tags = [tag for case in cases for tag in case.tags]
    assert len(cases) >= 150
    assert sum(not case.answerable for case in cases) >= 50
    assert sum(bool(case.history) for case in cases) >= 16
    for tag, least in {
        "time": 12,
        "comments": 8,
        "about": 10,
        "comment-trap": 4,
        "clock": 4,
    }.items():
        assert tags.count(tag) >= least, tag
    for tag in ("paraphrase", "keywords", "misspelt", "lower-case", "wrong-year", "absent-detail"):
        assert tag in tags
    for tag in ("swapped-entity", "other-topic", "instruction"):
        assert tag in tags
    first = cases[0]
    assert (first.facts[0].value, first.critical) == ("July 1", True)
    share = sum(case.split == "dev" for case in cases) / len(cases)
    assert 0.4 <= share <= 0.5
