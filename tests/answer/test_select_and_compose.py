"""From judged evidence to the written answer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.commenter import asks_whose_comment, named_writers
from rag.answer.compose import REFUSAL, refused, written
from rag.answer.conversation import Conversation
from rag.answer.judge import Asked, Judged, Scales, asked, judge
from rag.answer.select import same_answer, select
from rag.retrieve.time import question_times
from rag.types import Answer, Candidate, Kind, NoteKind, Reading
from tests.made import candidate, published, reading

OLD = candidate("The port is run by Ida Berg. It is large.", "old", "2013-04-23")
NEW = candidate("Per Dahl runs the port. It has grown.", "new", "2017-11-08")


def ask_about(question: str) -> Asked:
    return asked(question, question_times(question, 20200101), {}, frozenset(), False)


def judged(wanted: Asked, *pairs: tuple[Candidate, Reading]) -> list[Judged]:
    return judge(wanted, [c for c, _ in pairs], [r for _, r in pairs], lambda _: frozenset())


@given(
    st.floats(min_value=0, max_value=1),
    st.floats(min_value=0, max_value=1),
    st.sampled_from(
        [
            "Who runs the port?",
            "When did Ida Berg open it?",
            "How many ships in 2015?",
            "What of Rome?",
        ]
    ),
)
def test_no_reading_weighs_more_than_the_scales_allowed(
    probability: float, other: float, question: str
) -> None:
    least, most = sorted((probability, other))
    found = [NEW, OLD, replace(NEW, passage=replace(NEW.passage, kind=Kind.COMMENT))]
    scales = Scales(ask_about(question), found, lambda _: frozenset())
    for place, one in enumerate(found):
        weighed = scales.weigh(place, reading(one, least, "the port"))
        assert weighed.probability <= scales.at_most(place, most)


FRESH = candidate("The bakery sells bread again.", "fresh", "2019-12-05")


def test_a_newer_article_leads_where_both_answer_as_well() -> None:
    wanted = ask_about("Who runs the port?")
    told = judged(
        wanted, (OLD, reading(OLD, 0.8, "Ida Berg")), (NEW, reading(NEW, 0.8, "Per Dahl"))
    )
    assert [j.candidate.article.id for j in told] == ["new", "old"]
    first = ask_about("Who was the first to run the port?")
    told = judged(first, (OLD, reading(OLD, 0.8, "Ida Berg")), (NEW, reading(NEW, 0.8, "Per Dahl")))
    assert [j.candidate.article.id for j in told] == ["old", "new"]


@pytest.mark.parametrize("question", ["Who runs the port?", "When did Ida Berg open it?"])
def test_what_else_was_found_says_nothing_about_an_answer(question: str) -> None:
    wanted = ask_about(question)
    alone = judged(wanted, (OLD, reading(OLD, 0.6, "Ida Berg")))[0]
    beside = judged(
        wanted, (OLD, reading(OLD, 0.6, "Ida Berg")), (FRESH, reading(FRESH, 0.02, "bread"))
    )
    old = next(j for j in beside if j.candidate is OLD)
    assert (old.probability, old.confidence) == (alone.probability, alone.confidence)
    assert old.order < alone.order


def answer(question: str, *pairs: tuple[Candidate, Reading]) -> Answer | None:
    wanted = ask_about(question)
    chosen = select(wanted, judged(wanted, *pairs), 0.5, 3)
    if chosen is None:
        return None
    return written(wanted, question, chosen, Conversation(), published("2018-04-27"))


def test_short_answer_leads_and_the_sentence_is_quoted() -> None:
    told = answer("Who runs the port?", (NEW, reading(NEW, 0.9, "Per Dahl")))
    assert told is not None
    assert told.text == "Per Dahl. “Per Dahl runs the port.” [1]"
    assert told.short == "Per Dahl"
    citation = told.citations[0]
    assert NEW.passage.text[citation.start : citation.end] == citation.quote


def test_which_reader_wrote_it_is_answered_by_the_name() -> None:
    comment = replace(NEW, passage=replace(NEW.passage, kind=Kind.COMMENT, author="Ana"))
    question = "Which reader says that the port has grown?"
    wanted = asked(question, question_times(question, 20200101), {}, frozenset(), True)
    body, said = (OLD, reading(OLD, 0.95, "Ida Berg")), (comment, reading(comment, 0.9, "the port"))
    chosen = select(wanted, judged(wanted, body, said), 0.5, 3)
    assert chosen is not None
    told = written(wanted, question, chosen, Conversation(), published("2018-04-27"))
    assert told.short == "Ana"
    assert [citation.comment_author for citation in told.citations] == ["Ana"]
    newsroom = select(wanted, judged(wanted, body), 0.5, 3)
    assert newsroom is not None
    assert newsroom.pieces[0].short == "Ida Berg"


@pytest.mark.parametrize(
    ("question", "whose"),
    [
        ("Which commenter called for an inquiry?", True),
        ("what reader from Peru liked the port", True),
        ("Who in the comments blames the league?", True),
        ("Who wants a larger port in the comments?", True),
        ("Which users did the port ban?", False),
        ("Which commentator of the Post was fired?", False),
        ("Who said in a comment to the Post that the ban was late?", False),
        ("Who wrote a novel mentioned in the comments of Prado?", False),
        ("What did the readers say about the port?", False),
        ("Which user interface did the port choose?", False),
        ("Who commented on the vote?", False),
    ],
)
def test_questions_for_the_reader_who_wrote(question: str, whose: bool) -> None:
    assert asks_whose_comment(question) is whose


def test_no_words_say_something_only_where_the_reader_could_give_some() -> None:
    times = question_times("Who runs the port?", 20200101)
    pointing, matching = (
        asked("Who runs the port?", times, {}, frozenset(), False, pointing=points)
        for points in (True, False)
    )
    (doubtful,) = judged(pointing, (NEW, reading(NEW, 0.6)))
    (plain,) = judged(matching, (NEW, reading(NEW, 0.6)))
    assert doubtful.probability < 0.5 < plain.probability


def test_a_search_by_keywords_wants_one_of_them() -> None:
    assert answer("penguin colony", (NEW, reading(NEW, 0.99, None))) is None
    assert answer("port growth", (NEW, reading(NEW, 0.99, None))) is not None


def test_articles_of_different_years_are_told_newest_first() -> None:
    told = answer(
        "Who runs the port?",
        (OLD, reading(OLD, 0.9, "Ida Berg")),
        (NEW, reading(NEW, 0.8, "Per Dahl")),
    )
    assert told is not None
    assert told.short == "Per Dahl"
    assert told.text.index("In November 2017") < told.text.index("In April 2013")
    assert [n.kind for n in told.notes] == [NoteKind.CONFLICT]


def test_latest_means_the_newest_alone_and_the_same_answer_is_no_conflict() -> None:
    latest = answer(
        "Who runs the port now?",
        (OLD, reading(OLD, 0.9, "Ida Berg")),
        (NEW, reading(NEW, 0.8, "Per Dahl")),
    )
    assert latest is not None
    assert latest.short == "Per Dahl"
    assert len(latest.citations) == 1
    again = candidate("Dahl has run the port since 2015.", "third", "2018-04-27")
    same = answer(
        "Who runs the port?",
        (NEW, reading(NEW, 0.9, "Per Dahl")),
        (again, reading(again, 0.9, "Dahl")),
    )
    assert same is not None
    assert not [n for n in same.notes if n.kind is NoteKind.CONFLICT]


def test_nothing_below_the_threshold_is_an_answer() -> None:
    assert answer("Who runs the port?", (NEW, reading(NEW, 0.3, "Per Dahl"))) is None


def test_a_refusal_shows_the_nearest_and_names_what_is_missing() -> None:
    wanted = ask_about("Who runs the port of Malmo?")
    told = refused(wanted, wanted.question, judged(wanted, (NEW, reading(NEW, 0.9, "Per Dahl"))))
    assert told.abstained
    assert told.text == REFUSAL
    assert not told.citations
    assert told.nearest[0].quote == "Per Dahl runs the port."
    assert "Malmo" in told.notes[0].text


def test_the_newsroom_comes_before_a_readers_comment() -> None:
    comment = candidate("Per Dahl is a fool and runs nothing.", "c", "2017-11-08", Kind.COMMENT)
    told = answer(
        "Who runs the port?",
        (comment, reading(comment, 0.95, "Per Dahl")),
        (OLD, reading(OLD, 0.6, "Ida Berg")),
    )
    assert told is not None
    assert [c.kind for c in told.citations] == [Kind.BODY]


def test_a_reader_who_is_named_is_the_one_who_answers() -> None:
    question = "What does the reader Gregor want for the port?"
    text = "One thing must be done at once. The port needs a lighthouse. Do it."
    own = candidate(text, "c", "2017-11-08", Kind.COMMENT)
    named = replace(own.passage, author="Gregor P.", header="Comment by reader Gregor P.")
    own = replace(own, passage=named)
    other = replace(own, passage=replace(own.passage, id="o", author="Alma"))
    assert named_writers(question, [own.passage, other.passage]) == {"Gregor P."}
    wanted = asked(
        question,
        question_times(question, 20200101),
        {},
        frozenset(),
        True,
        comments=[own.passage, other.passage],
    )
    (first, second) = judged(wanted, (other, reading(other, 0.6)), (own, reading(own, 0.4)))
    assert first.candidate.passage.author == "Gregor P."
    assert second.probability < 0.25
    chosen = select(wanted, [first, second], 0.3, 2)
    assert chosen is not None
    told = written(wanted, question, chosen, Conversation(), None)
    assert told.citations[0].quote == text  # its next sentences, too
    unnamed = replace(wanted, writers=frozenset())
    assert judged(unnamed, (own, reading(own, 0.4)))[0].probability < first.probability


@pytest.mark.parametrize(
    ("question", "author", "named"),
    [
        ("What role does Eric in New Mexico suggest?", "Eric", True),
        ("Which case does Ashok C. cite?", "Ashok C.", True),
        ("What is the reader Bo Li's opinion?", "Bo Li", True),
        ("What do readers say about Frank Lampard?", "Frank", False),
        ("How many users did Mark Berg lose?", "Mark", False),
        ("What did readers say about Eric?", "Eric", False),
        ("What do the readers think?", "A reader", False),
    ],
)
def test_a_writer_is_named_as_one(question: str, author: str, named: bool) -> None:
    comment = candidate("No.", "c", "2017-11-08", Kind.COMMENT).passage
    assert bool(named_writers(question, [replace(comment, author=author)])) is named


def test_an_old_answer_says_so() -> None:
    told = answer("Who runs the port?", (OLD, reading(OLD, 0.9, "Ida Berg")))
    assert told is not None
    assert told.notes[-1].kind is NoteKind.AGE
    assert "5 years older" in told.notes[-1].text


def test_reasons_are_sentences_without_a_short_answer() -> None:
    told = answer("Why is the port large?", (OLD, reading(OLD, 0.9, "Ida Berg")))
    assert told is not None
    assert told.short is None


def test_same_answer() -> None:
    assert same_answer("Jens Stoltenberg", "Stoltenberg")
    assert not same_answer("July 1", "July 10")
    assert not same_answer("", "July 1")


def test_numbers_stay_the_same_in_a_conversation() -> None:
    talk = Conversation()
    first = talk.number("a", 0, 9)
    assert talk.number("a", 10, 19) == first + 1
    assert talk.number("a", 0, 9) == first


def test_a_question_of_a_name_alone_wants_a_sentence_that_names_it() -> None:
    peru = candidate("Lima is calm. Peru has a new port. The talks in Chile went on.", "peru")
    beside = reading(peru, 0.9, "talks in Chile")
    assert answer("What happened in Peru in 2017?", (peru, beside)) is None
    assert answer("What happened in Peru?", (peru, reading(peru, 0.9, "a new port"))) is not None
    assert answer("Who held the talks in Peru?", (peru, beside)) is not None
