"""Questions about the articles themselves: what is one, what it is answered with, and cited."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.about import Ask, CatalogueAnswer, about
from rag.types import Filters, Turn
from tests.conversation.asking import ask
from tests.conversation.corpus import SmallCorpus, make, small_corpus


@pytest.fixture(scope="module")
def corpus() -> SmallCorpus:
    return small_corpus()


def quotes(corpus: SmallCorpus, told: CatalogueAnswer) -> list[str]:
    out = []
    for statement in told.statements:
        for cited in statement.cited:
            article = corpus.article(cited.article_id)
            assert article is not None
            out.append(article.text[cited.start : cited.end])
    return out


@pytest.mark.parametrize(
    ("question", "short", "quote"),
    [
        ("When was the article about the ferry published?", "23 April 2013", "April 23, 2013"),
        ("when did dw publish the article about wheat prices", "2 December 2015", "02.12.2015"),
        ("when did Deutsche Welle publish the wheat article", "2 December 2015", "02.12.2015"),
        (
            'When was "Ministers meet in Oslo over wheat prices" published?',
            "2 December 2015",
            "02.12.2015",
        ),
        ("Who wrote the article about the ferry?", "Tom Weller", "Tom Weller"),
        (
            "Which outlet published the story about the ferry?",
            "Harbour Post",
            "Ferry runs aground off Lisbon",
        ),
        (
            "What is the title of the article about bees?",
            "A short note on bees",
            "A short note on bees",
        ),
        (
            "When was the article about wheat exports last modified?",
            "8 November 2017",
            "Last Modified: 08 November 2017",
        ),
        (
            "How old is the DW article about the bridge?",
            "25 June 2014",
            "Bridge closes for repairs",
        ),
    ],
)
def test_one_article(corpus: SmallCorpus, question: str, short: str, quote: str) -> None:
    told = ask(corpus, question)
    assert told.short == short
    assert not told.abstained
    assert quotes(corpus, told) == [quote]


def test_where_a_date_comes_from_is_told(corpus: SmallCorpus) -> None:
    assert (
        "set by the editor"
        in ask(corpus, "When was the article about the bridge published?").statements[0].text
    )
    modified = ask(corpus, "When was the article about wheat exports published?")
    assert "last modified on 8 November 2017" in modified.statements[0].text
    assert "first published is unknown" in modified.statements[0].text


@pytest.mark.parametrize(
    "question",
    [
        "When was the article about the whale published?",
        "When was the article about bees published?",
        "Who wrote the article about bees?",
        "Who published the article about bees?",
        "When was the article about the bridge last modified?",
        "When was the article about penguins published?",
    ],
)
def test_what_no_article_tells_is_said_to_be_unknown(corpus: SmallCorpus, question: str) -> None:
    told = ask(corpus, question)
    assert told.abstained
    assert told.short is None
    assert told.reason


def test_several_articles_may_be_meant(corpus: SmallCorpus) -> None:
    told = ask(corpus, "When did DW publish its article?")
    assert {c.article_id for s in told.statements for c in s.cited} == {"oslo", "bridge"}


def test_the_conversation_tells_which(corpus: SmallCorpus) -> None:
    turn = Turn(question="q", effective_question="q", answer="a", articles=("oslo", "wheat"))
    assert ask(corpus, "When was this article published?", turn).short == "2 December 2015"


def test_which_articles_mention(corpus: SmallCorpus) -> None:
    told = ask(corpus, "Which articles mention Mosul?")
    assert told.ask is Ask.MENTIONS
    assert {c.article_id for s in told.statements for c in s.cited} == {"wheat", "bridge"}
    assert all("Mosul" in q for q in quotes(corpus, told))
    assert ask(corpus, "How many articles mention Mosul?").short == "2"
    assert ask(corpus, "How many articles mention Zanzibar?").short == "0"
    assert ask(corpus, "Which articles mention Zanzibar?").abstained


def test_mentions_are_exact_and_know_aliases(corpus: SmallCorpus) -> None:
    assert ask(corpus, "How many articles mention the United Nations?").short == "2"  # 'UN' too
    assert (
        ask(corpus, "How many articles mention wheat prices?").short == "1"
    )  # not 'wheat exports'
    assert ask(corpus, "How many articles mention the captain?").short == "1"


def test_time_and_publisher(corpus: SmallCorpus) -> None:
    assert _ids(ask(corpus, "What is there from 2015?")) == {"oslo"}
    assert _ids(ask(corpus, "articles from 2013")) == {"ferry"}
    assert _ids(ask(corpus, "DW articles")) == {"oslo", "bridge"}
    assert _ids(ask(corpus, "Which articles were published before 2015?")) == {"ferry", "bridge"}
    assert _ids(ask(corpus, "What articles are there from DW?")) == {"oslo", "bridge"}
    assert "unknown" in ask(corpus, "What is there from 2015?").statements[-1].text
    assert ask(corpus, "Which articles were published in 1999?").abstained


def test_counts_lists_ends(corpus: SmallCorpus) -> None:
    assert ask(corpus, "How many articles are there?").short == "6"
    assert _ids(ask(corpus, "List the articles.")) == {
        "ferry",
        "oslo",
        "wheat",
        "whale",
        "bridge",
        "note",
    }
    assert _ids(ask(corpus, "What is the newest article?")) == {"wheat"}
    assert _ids(ask(corpus, "What is the oldest article?")) == {"ferry"}
    assert _ids(ask(corpus, "What is the latest article about Mosul?")) == {"wheat"}
    assert _ids(ask(corpus, "Which articles have no date?")) == {"whale", "note"}
    assert ask(corpus, "Which publishers are there?").short == "4"


def _ids(told: CatalogueAnswer) -> set[str]:
    return {c.article_id for s in told.statements for c in s.cited}


def test_readers(corpus: SmallCorpus) -> None:
    told = ask(corpus, "What do readers say about the captain?")
    assert len(told.statements) == 1
    assert told.statements[0].text.startswith(
        "Gregor in New Mexico writes: “The captain should go."
    )
    assert quotes(corpus, told)[0].startswith("The captain should go.")
    assert told.notes
    assert ask(corpus, "How many comments does the article about the ferry have?").short == "2"
    assert ask(corpus, "Who commented on the article about the ferry?").short == "Alma, Gregor"
    assert quotes(corpus, ask(corpus, "What did the reader Alma write?")) == [
        "Great article. Thank you so much."
    ]
    assert quotes(corpus, ask(corpus, "What did Gregor from New Mexico write?"))[0].startswith(
        "The captain"
    )
    assert quotes(corpus, ask(corpus, "What did the commenter from Porto write?"))[0].startswith(
        "Great"
    )
    assert ask(corpus, "What do readers say about penguins?").abstained


@pytest.mark.parametrize(
    "question",
    [
        "Which year did the Kurds vote for independence?",
        "When will the Harbour Authority publish a report?",
        "What did Gregor Mendel write?",
        "What did Captain Prado say?",
        "Who wrote the Iliad?",
        "When was the report published?",
    ],
)
def test_the_world_is_none_of_its_business(corpus: SmallCorpus, question: str) -> None:
    assert about(question, corpus) is None


def test_what_was_reported_leads_to_who_reported_it(corpus: SmallCorpus) -> None:
    told = ask(corpus, "Which news agency reported the ferry running aground off Lisbon?")
    assert told.short == "Harbour Post"
    for question in (
        "Which news agency reported the landing on Mars?",
        "Which agency covered up the captain's report in May?",
        "Which outlet reported to the council about wheat exports?",
        "Which site covers the Harbour Authority of Lisbon?",
    ):
        assert about(question, corpus) is None


def test_the_end_of_a_row_is_meant(corpus: SmallCorpus) -> None:
    assert (
        ask(corpus, "Which of the articles is the oldest?").short
        == ask(corpus, "Which article is the oldest?").short
    )
    assert ask(corpus, "When was the oldest article published?").short == "23 April 2013"
    assert ask(corpus, "Who published the newest article?").short == "Baghdad Post"


def test_a_title_without_quotation_marks(corpus: SmallCorpus) -> None:
    assert ask(corpus, "when was ferry runs aground off lisbon published").short == "23 April 2013"
    assert ask(corpus, "Who wrote 'Ferry runs aground off Lisbon'?").short == "Tom Weller"
    assert about("Who wrote 'The Old Man and the Sea'?", corpus) is None


def test_where_a_reader_writes_from(corpus: SmallCorpus) -> None:
    told = ask(corpus, "Where does the commenter Gregor come from?")
    assert told.short == "New Mexico"
    assert quotes(corpus, told) == ["New Mexico"]


def test_filters_hold(corpus: SmallCorpus) -> None:
    told = about("How many articles are there?", corpus, (), Filters(publishers=("DW",)))
    assert told is not None
    assert told.short == "2"


def test_long_lists_are_counted_not_cut(corpus: SmallCorpus) -> None:
    many = SmallCorpus(
        [make(f"a{i}", f"Story {i} of the flood", "The flood rose.") for i in range(20)]
    )
    told = about("Which articles mention the flood?", many)
    assert told is not None
    assert told.statements[-1].text == "And 12 more."


def test_comments_that_are_not_read_are_counted() -> None:
    crowd = SmallCorpus(
        [
            make(f"a{i}", f"Story {i}", "Text.", comments=[("Alma", "Porto", "No.")])
            for i in range(203)
        ]
    )
    told = about("Who commented?", crowd)
    assert told is not None
    assert told.statements[-1].text.startswith("The comments of 3 more articles were not read")


@given(st.text(max_size=300))
def test_any_text_can_be_asked(corpus: SmallCorpus, question: str) -> None:
    told = about(question, corpus)
    assert told is None or told.statements


PIECES = st.sampled_from(
    "when was the article story about published who wrote which articles mention ferry DW 2015 "
    "from comments readers say how many newest it report by on of in Gregor Mosul 'title' ?".split()
)


@given(st.lists(PIECES, min_size=1, max_size=12).map(" ".join))
def test_every_answer_cites_words_that_exist(corpus: SmallCorpus, question: str) -> None:
    told = about(question, corpus)
    if told is not None:
        assert all(quotes(corpus, told))
        assert bool(told.reason) == told.abstained


@pytest.mark.parametrize(
    "piece", ["what ", "the article ", "about ", "which articles ", "when was the ", "is ", '"a']
)
def test_no_wording_takes_long(corpus: SmallCorpus, piece: str) -> None:
    begun = time.perf_counter()
    about(piece * (2000 // len(piece)), corpus)
    assert time.perf_counter() - begun < 2
