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


def test_each_question_is_from_another_article_and_stands_once() -> None:
    peru, chile = f"{SAID}Peru was visited twice.", f"{SAID}Chile was visited once."
    assert len(_offered(f"{peru} {chile}")) == 1
    assert sorted(_offered(peru, peru, chile)) == [
        "What did Ada Weller say about Chile?",
        "What did Ada Weller say about Peru?",
    ]
