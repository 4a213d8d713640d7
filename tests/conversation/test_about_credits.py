"""Which agencies an article was made from, and when a reader commented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.answer.about import about
from rag.answer.about_credits import credits_of
from rag.types import PublishedDate
from tests.conversation.asking import ask
from tests.conversation.corpus import SmallCorpus, make


def credited(line: str) -> SmallCorpus:
    """Two articles, one of which ends in a line that is no part of its body."""
    article = make(
        "harbour",
        "Harbour of Lima closes",
        "The harbour of Lima closed on Monday.",
        publisher="Harbour Post",
        comments=(("Alma", "Porto", "It was time."), ("Gregor", "Oslo", "A pity.")),
    )
    article = replace(article, text=f"{article.text}\n\n{line}\n")
    dated = replace(article.comments[0], date=PublishedDate(year=2013, month=4, day=30))
    return SmallCorpus(
        [
            replace(article, comments=(dated, article.comments[1])),
            make("bees", "Bees are back in Quito", "They are back.", publisher="DW"),
        ]
    )


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("With reporting by Reuters, AP and dpa", "Reuters, AP and dpa"),
        ("(With additional reporting by AFP.)", "AFP"),
        ("Compiled from reports by Interfax and TASS", "Interfax and TASS"),
        ("With reporting by Reuters, AP, BBC, and dpa", "Reuters, AP, BBC, and dpa"),
    ],
)
def test_the_agencies_of_an_article_are_quoted(line: str, who: str) -> None:
    told = ask(credited(line), "Which news agencies contributed to the article about the harbour?")
    assert told.short == who
    assert not told.abstained
    assert who in told.statements[0].text


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("— CNN’s Ida Berg contributed to this report.", "CNN’s Ida Berg"),
        ("It stays shut. Ida Berg and Tom Roe of AP contributed to this story.", None),
        ("Contributing: Ida Berg and The Associated Press", "Ida Berg and The Associated Press"),
        ("(Reporting by Ida Berg; Editing by Tom Roe)", "Ida Berg"),
        (
            "(Additional reporting by Ida Berg and Ana Prado; editing by Tom Roe)",
            "Ida Berg and Ana Prado",
        ),
        ("(Ida Berg contributed to this report.)", "Ida Berg"),
        ("Ida Berg in Lima contributed to this report.", "Ida Berg in Lima"),
        ("Advertisement\nReuters contributed to this report.", "Reuters"),
    ],
)
def test_colleagues_who_helped_are_quoted(line: str, who: str | None) -> None:
    for question in (
        "Which colleague is credited with helping on the article about the harbour?",
        "Who else worked on the Harbour Post story about the harbour?",
        "Which reporters contributed reporting to the article about the harbour?",
    ):
        assert ask(credited(line), question).short == (who or "Ida Berg and Tom Roe of AP")


@pytest.mark.parametrize(
    ("head", "who"),
    [
        ("LIMA (AP) — ", "AP"),
        ("NEW YORK, N.Y. (Reuters) - ", "Reuters"),
        ("TAMPA, Fla. (AP) — ", "AP"),
        ("(AFP) — ", "AFP"),
        ("LIMA (Harbour Post) — ", ""),  # its own
        ("The mayor (Ida Berg) — ", ""),
        ("Ida Berg (CDU) - ", ""),
    ],
)
def test_the_agency_of_a_dateline_is_quoted(head: str, who: str) -> None:
    corpus = credited("")
    article = corpus.article("harbour")
    assert article is not None
    story = "The harbour of Lima closed on Monday."
    found = credits_of(replace(article, text=article.text.replace(story, head + story)))
    assert (found[2] if found else "") == who


@pytest.mark.parametrize(
    "question",
    [
        "Which agencies fed into the Harbour Post story on Lima?",
        "What wire services does the article about the harbour credit?",
        "which agencies are named in the harbour post article",
    ],
)
def test_it_is_asked_in_many_ways(question: str) -> None:
    assert ask(credited("With reporting by AP"), question).short == "AP"


def test_an_article_without_such_a_line_says_so() -> None:
    told = ask(credited(""), "Which agencies contributed to the DW article about bees?")
    assert told.abstained
    assert "names no agency" in told.statements[0].text


@pytest.mark.parametrize(
    "line",
    [
        "With reporting by Reuters he won the prize, and then he left for Quito again",
        "The award was given with reporting by many hands",
        "Based on information from police, three men were held",
        "The mayor of Lima contributed to this report of the senate for years",
        "Canada and France both contributed to this report on the Arctic by the UN.",
        "The method (Reporting by Exception) cut costs.",
    ],
)
def test_prose_is_no_credit(line: str) -> None:
    article = credited("").article("harbour")
    assert article is not None
    more = "" if line.startswith("Based") else f" {'and more ' * 20}"
    found = credits_of(replace(article, text=f"{article.text}\n{line}{more}\n"))
    assert found is None


def test_agencies_of_the_world_are_no_credits() -> None:
    corpus = credited("With reporting by AP")
    for question in (
        "Which agencies contributed to the search for the ferry?",
        "Which agencies reported to the president?",
        "Who helped with the harbour?",
        "Which colleague helped on the dam?",
        "Which agency provided aid to Peru?",
        "Which agencies are named in the senate report on Lima?",
        "Which documents were released by WikiLeaks?",
        "Which stories were written by Weller?",
        "Show me the articles by Weller about Lima",
    ):
        assert about(question, corpus) is None


@pytest.mark.parametrize(
    "question",
    [
        "When did Alma leave her comment?",
        "when did Alma comment",
        "When did the reader Alma comment on the article about the harbour?",
        "On what day was Alma's comment posted?",
        "What is the date of the comment by Alma?",
    ],
)
def test_a_comment_has_its_own_date(question: str) -> None:
    told = ask(credited(""), question)
    assert told.short == "30 April 2013"
    assert told.statements[0].cited[0].article_id == "harbour"


def test_a_comment_without_a_date_and_a_comment_of_nobody() -> None:
    corpus = credited("")
    assert about("When did Gregor comment?", corpus) is None  # his comment tells no day
    assert about("When did the mayor comment?", corpus) is None


def test_the_articles_of_an_author() -> None:
    corpus = SmallCorpus(
        [
            make("a", "Harbour closes", "It closed.", author="Tom Weller"),
            make("b", "Harbour opens", "It opened.", author="Ida Weller and Ana Prado"),
            make("c", "Bees are back", "They are.", author="Cole"),
        ]
    )
    assert ask(corpus, "Which articles do we have by Tom Weller?").short == "Harbour closes"
    both = ask(corpus, "What articles are there by Weller?")
    assert [len(statement.cited) for statement in both.statements] == [0, 1, 1]
    assert ask(corpus, "How many articles are by Weller?").short == "2"
    assert ask(corpus, "How many articles by Weller are there?").short == "2"
    none = ask(corpus, "Which articles are by Berg?")
    assert none.abstained
    assert "names “Berg” as its author" in none.statements[0].text


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("headline of the Harbour Post article", "Harbour of Lima closes"),
        ("publisher of the article about the harbour of Lima", "Harbour Post"),
        ("Which publication ran the piece about the harbour of Lima closing?", "Harbour Post"),
    ],
)
def test_keywords_ask_for_an_article(question: str, told: str) -> None:
    assert ask(credited(""), question).short == told


def test_a_description_tells_an_article_that_holds_all_its_words() -> None:
    corpus = SmallCorpus(
        [
            make("a", "Harbour closes", "Weller walked along the quay at noon.", publisher="Post"),
            make("b", "Bees are back", "They are back in the city.", publisher="DW"),
        ]
    )
    assert ask(corpus, "Who published the story on Weller's walk along the quay?").short == "Post"
    assert about("Who published the story on the war in Peru?", corpus) is None
    assert about("Who wrote the story on the city?", corpus) is None  # one word is too few
    # A report may be the senate's, and only mentioned here.
    assert about("Who published the report on Weller's walk along the quay?", corpus) is None


def test_where_a_reader_writes_from() -> None:
    assert ask(credited(""), "Where does Alma write from?").short == "Porto"
    assert about("Where does the mayor write from?", credited("")) is None
