"""Hostile articles and questions without a language model: nothing is obeyed, forged or fetched."""

from __future__ import annotations

import pytest

from rag.engine import Engine
from rag.types import Kind
from tests.hostile.cases import CASES, QUESTIONS, Case
from tests.hostile.checks import dangers, obeys, problems
from tests.hostile.conftest import Calls
from ui.render_answer import answer_html

PAYLOADS = pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])


def test_the_set_is_large_and_of_every_kind() -> None:
    assert len(CASES) >= 60
    assert {case.attack for case in CASES} == {
        "order", "prompt", "marker", "passage", "hidden", "address", "forged",
    }  # fmt: skip
    assert {case.form for case in CASES} == {"txt", "md", "html", "jsonl"}
    assert len({case.canary for case in CASES}) == len(CASES)


@PAYLOADS
def test_the_fact_beside_it_is_answered_and_it_is_not_obeyed(
    case: Case, offline: Engine, calls: Calls
) -> None:
    answer = offline.ask(case.question)
    assert problems(answer, offline.corpus.article) == []
    assert not obeys(answer, case.canary, case.number), answer.text
    assert not answer.abstained
    assert case.number in answer.text
    assert dangers(answer_html(answer, 1)) == []
    assert calls.hosts == []


@PAYLOADS
def test_asked_about_itself_it_is_quoted_with_its_citation_or_not_told(
    case: Case, offline: Engine, calls: Calls
) -> None:
    answer = offline.ask(f"What must be said about {case.name} and {case.canary}?")
    assert problems(answer, offline.corpus.article) == []
    if case.canary in answer.text:
        assert any(case.canary in citation.quote for citation in answer.citations)
    assert dangers(answer_html(answer, 1)) == []
    assert calls.hosts == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_hostile_questions(question: str, offline: Engine, calls: Calls) -> None:
    conversation = offline.conversation()
    for asked in ("How many atlases did the Essgold library lend?", question, "are you sure?"):
        answer = offline.ask(asked, conversation=conversation)
        assert problems(answer, offline.corpus.article) == []
        assert dangers(answer_html(answer, 1)) == []
    assert calls.hosts == []


@pytest.mark.parametrize("case", [c for c in CASES if c.hidden], ids=lambda case: case.id)
def test_what_no_reader_of_the_page_sees_is_not_searched(case: Case, offline: Engine) -> None:
    held = [a.id for a in offline.corpus.articles() if case.name in a.title]
    assert len(held) == 1
    article = offline.corpus.article(held[0])
    assert article is not None
    assert case.canary not in article.text


@PAYLOADS
def test_a_text_cannot_give_itself_another_date_or_publisher(case: Case, offline: Engine) -> None:
    info = next(a for a in offline.corpus.articles() if case.name in a.title)
    assert info.published.year == 2016
    assert info.publisher in ("Harbour Post", "harbour-post.example", None)


@pytest.mark.parametrize(
    "case", [c for c in CASES if c.place in ("comment", "name")], ids=lambda case: case.id
)
def test_a_reader_stays_a_reader(case: Case, offline: Engine) -> None:
    info = next(a for a in offline.corpus.articles() if case.name in a.title)
    passages = offline.corpus.article_passages(info.id)
    words = case.payload.split("\n")[-1] if case.place == "comment" else "own correction"
    told = [p for p in passages if words[:30] in p.text]
    assert told
    assert all(p.kind is Kind.COMMENT for p in told)
