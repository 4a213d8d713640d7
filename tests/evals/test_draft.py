"""Drafting cases: what is proposed is sound, and what a person decides is what is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evals.cases import load_cases
from evals.cli import group
from evals.draft import draft
from evals.evidence import squeezed, unstated
from evals.systems.engine import opened_corpus

ARTICLE = """Harbour bridge reopens after storm

The harbour bridge reopened on March 3, 2021 after engineers had replaced its broken northern pier.
About 240 workers from three companies repaired the bridge during the long and icy winter months.
Mayor Anna Lindqvist said that the city would pay for a second bridge across the eastern channel.
In 2019 the Storting Committee had warned the city council of cracks in the old northern pier.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("articles")
    (path / "bridge.txt").write_text(ARTICLE, encoding="utf-8")
    return path


def test_numbers_dates_and_names_become_questions(folder: Path) -> None:
    with opened_corpus(None, [folder]) as corpus:
        proposals = draft(corpus)
    told = {
        case.question: [fact.value for fact in case.facts] for case in proposals if case.answerable
    }
    wanted = {
        "How many workers from three companies repaired the bridge during the long and icy "
        "winter months?": ["240"],
        "When was it that the harbour bridge reopened after engineers had replaced its broken "
        "northern pier?": ["March 3, 2021"],
        "Who or what said that the city would pay for a second bridge across the eastern "
        "channel?": ["Mayor Anna Lindqvist"],
    }
    assert wanted.items() <= told.items()
    assert any(not case.answerable for case in proposals)


def test_every_proposal_is_founded_on_its_article(seeds: Path) -> None:
    texts = {path.name: squeezed(path.read_text(encoding="utf-8")) for path in seeds.glob("*.txt")}
    with opened_corpus(None, [seeds]) as corpus:
        proposals = draft(corpus, most=30)
    assert len(proposals) >= 15
    assert len({case.id for case in proposals}) == len(proposals)
    for case in proposals:
        for gold in (gold for group_ in case.evidence for gold in group_):
            assert squeezed(gold.quote) in texts[gold.article]
            assert unstated(case, gold.quote) == []


def call(folder: Path, out: Path, keys: str | None = None) -> Result:
    words = ["draft", "--articles", str(folder), "--out", str(out), *(() if keys else ("--yes",))]
    return CliRunner().invoke(group, words, input=keys)


def test_all_are_accepted_without_asking_and_none_twice(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine" / "first.jsonl"
    result = call(folder, out)
    assert result.exit_code == 0, result.output
    cases = load_cases(out)
    assert f"{len(cases)} of {len(cases)} proposals" in result.stdout
    again = call(folder, out)
    assert again.exit_code == 2
    assert "nothing (more) to propose" in again.stderr


def test_a_person_accepts_edits_drops_and_quits(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "mine.jsonl"
    keys = "a\n" + "e\nHow many came?\nmany\nnumber\nHow many came?\n240\nnumber\n" + "d\nq\n"
    result = call(folder, out, keys)
    assert result.exit_code == 0, result.output
    assert "That is no case: 'many' is not one number" in result.stdout
    accepted, edited = load_cases(out)
    assert accepted.answerable
    assert (edited.question, edited.facts[0].value) == ("How many came?", "240")
    third = call(folder, out, "c\nq\n")
    assert third.exit_code == 0, third.output
    assert load_cases(out)[2].critical
