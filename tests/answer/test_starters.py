"""Questions offered to who comes for the first time."""

from __future__ import annotations

from rag.answer.starters import starters
from rag.protocols import Corpus
from tests.fakes import MemoryCorpus
from tests.ui.fake_corpus import make_article

SAID = "Ada Weller said during a press conference on Thursday that in March "


def _offered(*bodies: str) -> list[str]:
    corpus: Corpus = MemoryCorpus(
        make_article(f"a{number}", body=body) for number, body in enumerate(bodies)
    )
    return starters(corpus, 3)


def test_the_topic_is_a_name_and_neither_a_day_nor_the_speaker() -> None:
    asked = ["What did Ada Weller say about Peru?"]
    assert _offered(f"{SAID}Weller of Peru went to Lima.") == asked
    assert _offered("Ada Weller said to the whole council that it would rain on Monday.") == []


def test_no_name_is_made_of_a_word_that_joins_sentences() -> None:
    assert _offered("But Weller said that the harbour of Lima would be closed in winter.") == []


def test_the_name_is_whole_and_not_whom_somebody_told() -> None:
    assert _offered("Ada Weller told Lima Today that the New Harbour would be shut.") == [
        "What did Ada Weller say about New Harbour?"
    ]


def test_what_is_not_answered_is_not_offered_and_not_tried_for_ever() -> None:
    tried: list[str] = []

    def answered(question: str) -> bool:
        tried.append(question)
        return "Peru" in question

    bodies = [f"{SAID}Chile was seen. {SAID}Peru was seen.", f"{SAID}Peru was seen."]
    corpus: Corpus = MemoryCorpus(
        make_article(f"a{number}", body=body) for number, body in enumerate(bodies)
    )
    assert starters(corpus, 3, answered) == ["What did Ada Weller say about Peru?"]
    assert len(tried) == len(set(tried)) == 2
    many: Corpus = MemoryCorpus(
        make_article(f"a{number}", body=f"{SAID}Lima {number} and Lima{number} were seen.")
        for number in range(30)
    )
    tried.clear()
    assert starters(many, 3, answered) == []
    assert len(tried) <= 12


def test_each_question_is_from_another_article_and_stands_once() -> None:
    peru, chile = f"{SAID}Peru was visited twice.", f"{SAID}Chile was visited once."
    assert len(_offered(f"{peru} {chile}")) == 1
    assert sorted(_offered(peru, peru, chile)) == [
        "What did Ada Weller say about Chile?",
        "What did Ada Weller say about Peru?",
    ]
