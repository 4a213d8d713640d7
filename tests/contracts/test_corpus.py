"""What every corpus must do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.index import Index
from rag.protocols import Corpus
from rag.settings import Settings
from rag.types import Article, DateRange, Filters, Hit, Kind
from tests.fakes import FakeEncoder, MemoryCorpus
from tests.index.writing import made_article

ENCODER = FakeEncoder()
ARTICLES = [made_article(number, comments=number % 3) for number in range(25)]
Make = Callable[[Sequence[Article]], Corpus]


@pytest.fixture(scope="module", params=["index", "memory"])
def corpus(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Corpus]:
    if request.param == "memory":
        yield MemoryCorpus(ARTICLES, ENCODER)
        return
    folder: Path = tmp_path_factory.mktemp("corpus")
    with Index.open(Settings(data_dir=folder), ENCODER) as index:
        assert index.ingest(ARTICLES).counts["added"] == len(ARTICLES)
        yield index


def _both(corpus: Corpus, words: str, k: int, filters: Filters) -> list[list[Hit]]:
    return [
        corpus.dense(ENCODER.encode([words])[0], k, filters),
        corpus.lexical(words, k, filters),
    ]


@pytest.mark.parametrize("k", [1, 5, 40])
def test_hits_are_best_first_without_doubles_and_no_more_than_asked(corpus: Corpus, k: int) -> None:
    for hits in _both(corpus, "Barzani warned the ministers in Mosul", k, Filters()):
        assert len(hits) == k
        assert len({hit.passage_id for hit in hits}) == k
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        assert set(corpus.passages([hit.passage_id for hit in hits])) == {
            h.passage_id for h in hits
        }


@pytest.mark.parametrize("number", range(0, 25, 4))
def test_a_word_of_one_passage_finds_it_first(corpus: Corpus, number: int) -> None:
    hits = corpus.lexical(f"UNIQUE{number}WORD?!", 5, Filters())
    assert len(hits) == 1
    passage = corpus.passages([hits[0].passage_id])[hits[0].passage_id]
    assert passage.article_id == f"made-{number}"
    assert f"unique{number}word" in passage.text


def test_a_passage_is_found_by_its_own_vector(corpus: Corpus) -> None:
    for passage in corpus.article_passages("made-7"):
        vector = ENCODER.encode([f"{passage.header}\n{passage.text}"])[0]
        best = corpus.dense(vector, 1, Filters())[0]
        assert best.passage_id == passage.id
        assert best.score == pytest.approx(1.0, abs=0.01)


def test_nothing_asked_nothing_found(corpus: Corpus) -> None:
    assert corpus.lexical("", 5, Filters()) == []
    assert corpus.lexical("?!- \x00 ()", 5, Filters()) == []
    assert corpus.lexical("qqqzzz", 5, Filters()) == []
    assert corpus.lexical("Mosul", 0, Filters()) == []
    assert corpus.dense(ENCODER.encode(["Mosul"])[0], 0, Filters()) == []
    assert corpus.passages([]) == {}
    assert corpus.passages(["none"]) == {}
    assert corpus.article("none") is None
    assert corpus.article_passages("none") == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=200)
    | st.sampled_from(
        [
            "title:x AND (NOT [a TO b])", '"unclosed', "a OR", "*:*", "mosul^2~", "/re/", "\\",
            "'; DROP TABLE articles; --", "<script>", "word " * 3000, "北京 Mosul 😀", "+-!(){}",
        ]
    )
)  # fmt: skip
def test_any_text_is_a_valid_query(corpus: Corpus, query: str) -> None:
    for hit in corpus.lexical(query, 5, Filters()):
        assert hit.score > 0
    assert set(corpus.document_frequency([query])) == {query}
    assert isinstance(corpus.similar_words(query), list)


FILTERS = [
    Filters(publishers=("DW",)),
    Filters(publishers=("DW", "RFE/RL")),
    Filters(articles=("made-3", "made-8")),
    Filters(dates=DateRange(first=20030101, last=20061231)),
    Filters(dates=DateRange(first=20030415, last=20030420)),
    Filters(comments=False),
    Filters(comments=False, publishers=("DW",), dates=DateRange(first=20050101)),
    Filters(publishers=("Nobody's Gazette",)),
]


@pytest.mark.parametrize("filters", FILTERS, ids=str)
def test_filters_leave_exactly_what_they_allow(corpus: Corpus, filters: Filters) -> None:
    allowed = {
        article.id
        for article in ARTICLES
        if (not filters.publishers or article.publisher in filters.publishers)
        and (not filters.articles or article.id in filters.articles)
        and (
            filters.dates is None
            or (
                article.published.first > 0
                and article.published.first <= filters.dates.last
                and article.published.last >= filters.dates.first
            )
        )
    }
    listed = corpus.articles(filters)
    assert {info.id for info in listed} == allowed
    expected = {
        passage.id
        for one in allowed
        for passage in corpus.article_passages(one)
        if filters.comments or passage.kind is Kind.BODY
    }
    dense, lexical = _both(corpus, "Barzani promised the talks", 1000, filters)
    assert {hit.passage_id for hit in dense} == expected
    assert {hit.passage_id for hit in lexical} <= expected
    if len(expected) > 20:
        assert lexical


def test_articles_are_listed_newest_first_undated_last(corpus: Corpus) -> None:
    listed = corpus.articles()
    assert len(listed) == len(ARTICLES)
    days = [info.published.last for info in listed]
    assert days == sorted(days, reverse=True)
    assert days[-1] == 0
    for info in listed:
        passages = corpus.article_passages(info.id)
        article = corpus.article(info.id)
        assert article is not None
        assert info.passages == len(passages)
        assert info.comments == len(article.comments)


def test_articles_and_passages_come_back_as_they_went_in(corpus: Corpus) -> None:
    for article in ARTICLES:
        kept = corpus.article(article.id)
        assert kept is not None
        assert kept.info == article.info
        assert (kept.text, kept.body_start, kept.body_end, kept.comments) == (
            article.text, article.body_start, article.body_end, article.comments,
        )  # fmt: skip
        passages = corpus.article_passages(article.id)
        assert [p.start for p in passages] == sorted(p.start for p in passages)
        for passage in passages:
            assert passage.text == article.text[passage.start : passage.end]
            assert passage.sentences[0][0] == passage.start
            assert passage.sentences[-1][1] == passage.end
            inside = passage.end <= article.body_end
            assert passage.kind is (Kind.BODY if inside else Kind.COMMENT)
            assert (passage.author is None) == inside


def test_words_are_counted_by_stem_and_passage(corpus: Corpus) -> None:
    counts = corpus.document_frequency(
        ["unique3word", "MINISTERS", "minister", "qqqzzz", "", "al-Barzani"]
    )
    assert counts["unique3word"] == 1
    assert counts["MINISTERS"] == counts["minister"] > 5
    assert counts["qqqzzz"] == counts[""] == counts["al-Barzani"] == 0


def test_a_slip_is_mended_and_a_known_word_is_not(corpus: Corpus) -> None:
    assert corpus.similar_words("barzanni")[0] == "barzani"
    assert corpus.similar_words("brazani")[0] == "barzani"
    assert corpus.similar_words("Moul") == ["mosul"]
    assert corpus.similar_words("barzani") == []
    assert corpus.similar_words("qqqzzzqqq") == []
    assert corpus.similar_words("2014") == []
