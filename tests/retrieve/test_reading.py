"""Spelling, near-copies and the reader without a model."""

from __future__ import annotations

import json
from pathlib import Path

from rag.index.encoder import OnnxEncoder
from rag.retrieve.copies import collapse
from rag.retrieve.match_reader import MatchReader
from rag.retrieve.names import names
from rag.retrieve.ordinary import ordinary_words
from rag.retrieve.spelling import repair
from tests.made import Words, passage

BRIDGE = (
    "The old bridge was closed. Ana Ruiz opened the new bridge on 3 May 2012. It cost 40 million."
)


def test_one_letter_off_is_repaired_and_told() -> None:
    corpus = Words({"barzani": 3}, {"barzami": ["barzani"]})
    found = repair("what did Barzami say", corpus, frozenset())  # type: ignore[arg-type]
    assert found.question == "what did Barzani say"
    assert found.changes == (("Barzami", "Barzani"),)


def test_an_ordinary_word_that_the_corpus_lacks_stays() -> None:
    corpus = Words({}, {"lunch": ["launch"]})
    assert not repair("who ate lunch", corpus, frozenset({"lunch"})).changes  # type: ignore[arg-type]


def test_a_plural_is_as_ordinary_as_its_singular(tmp_path: Path) -> None:
    vocabulary = dict.fromkeys(
        ["foe", "dish", "party", "day", "hero", "wife", "votes", "##s", "ab", "4th"], 1
    )
    path = tmp_path / "tokenizer.json"
    path.write_text(json.dumps({"model": {"vocab": vocabulary}}), encoding="utf-8")
    words = ordinary_words(path)
    assert {"foe", "foes", "dishes", "parties", "days"} <= words
    assert not {"partys", "dishs", "ab", "abs", "4th", "heros", "wifes", "voteses"} & words


def test_copies_of_other_articles_collapse_into_the_best_ranked() -> None:
    text = "The council said on Monday that the bridge would stay shut until the end of the year"
    kept = collapse(
        [
            passage(text, "a"),
            passage(text + " at least", "b"),
            passage("Quite another text about something else entirely", "c"),
        ]
    )
    assert [(p.article_id, copies) for p, copies in kept] == [("a", ("b:0",)), ("c", ())]


def test_passages_of_one_article_never_collapse() -> None:
    text = "The council said on Monday that the bridge would stay shut"
    assert len(collapse([passage(text), passage(text, start=500)])) == 2


def test_the_sentence_with_the_words_and_its_date() -> None:
    reader = MatchReader(lambda words: dict.fromkeys(words, 2), lambda: 100, OnnxEncoder())
    [found] = reader.read("When did Ana Ruiz open the new bridge?", [passage(BRIDGE, start=50)])
    assert found.start is not None
    assert found.end is not None
    assert BRIDGE[found.start - 50 : found.end - 50] == "3 May 2012"
    assert found.probability > 0.5
    [other] = reader.read("Who won the tennis final in Madrid?", [passage(BRIDGE)])
    assert other.probability < 0.2


def test_names_are_runs_of_capitals() -> None:
    text = "Yesterday Ana Ruiz met NATO in New York"
    assert [text[a:b] for a, b in names(text)] == ["Yesterday Ana Ruiz", "NATO", "New York"]
