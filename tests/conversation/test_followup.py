"""Follow-ups: what they mean in their conversation, and what must be left as it was asked."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.followup import MAX_CHARS, understand
from rag.retrieve.words import content, tokens
from rag.types import Turn
from tests.conversation.turns import turn

GOVERNMENT = turn(
    "When will al-Maliki form a new government?",
    "al-Maliki told Kerry he would meet a July 1 deadline to form a new inclusive government.",
    "July 1",
)
KILLED = turn(
    "How many people were killed in Nepal in June?",
    "At least 1,075 people have been killed in Nepal in June alone.",
    "1,075",
)
MET = turn("Did Weller meet Prado?", "Weller flew to Porto to meet Prado on June 24.")
BACKED = turn(
    "Who supported a truce between Lima and Quito?",
    "Envoy Ana Torres supported a truce between Lima and Quito.",
    "Ana Torres",
)
MISSION = turn("When will NATO launch its new training mission in Iraq?", "In July.", "July")


@pytest.mark.parametrize(
    ("before", "asked", "meant"),
    [
        (
            GOVERNMENT,
            "And who did he tell that to?",
            "Who did al-Maliki tell that al-Maliki will form a new government to?",
        ),
        (GOVERNMENT, "why?", "Why will al-Maliki form a new government?"),
        (GOVERNMENT, "Who said that?", "Who said that al-Maliki will form a new government?"),
        (GOVERNMENT, "are you sure?", "When will al-Maliki form a new government?"),
        (GOVERNMENT, "Has he done it?", "Has al-Maliki done it: form a new government?"),
        (KILLED, "how many of them were civilians?", None),
        (KILLED, "And how many in July?", "How many people were killed in Nepal in July?"),
        (KILLED, "and in 2013?", "How many people were killed in Nepal in 2013?"),
        (KILLED, "what about Syria?", "How many people were killed in Syria in June?"),
        (KILLED, "When did that happen?", "When were people killed in Nepal in June?"),
        (KILLED, "What is the latest on that?", "What is the latest on Nepal?"),
        (MET, "Where did they meet?", "Where did Weller and Prado meet?"),
        (MET, "What did he say about Russia?", "What did Weller say about Russia?"),
        (MET, "and Torres?", "Did Weller meet Torres?"),
        (MET, "When?", "When did Weller meet Prado?"),
        (MET, "tell me more", "What else is told about Weller?"),
        (
            BACKED,
            "Why does she want that?",
            "Why does Ana Torres want the truce between Lima and Quito?",
        ),
        (BACKED, "Who is she?", "Who is Ana Torres?"),
        (MISSION, "How many people will it have?", None),
        (
            turn("How many advisers will Obama send to Peru?"),
            "why?",
            "Why will Obama send advisers to Peru?",
        ),
        (turn("who is angela merkel"), "when was she elected?", "when was Angela Merkel elected?"),
        (
            turn("How many stormy days has Porto had so far?", "Sixty.", "60"),
            "How does the league define one?",
            "How does the league define one stormy day?",
        ),
        (
            turn("What is Stranger at the Lake about?", "A painter who returns home."),
            "Who directed it?",
            "Who directed Stranger at the Lake?",
        ),
        (
            turn("Is the gift shop at Harbour Palace still open?"),
            "What does a cup cost there?",
            "What does a cup cost in Harbour Palace?",
        ),
        (
            turn(
                "What is Joshua Weller's job?",
                "Joshua Weller, president of the Wall of Fame, spoke.",
                "president of the Wall of Fame",
            ),
            "What did he say about comparing eras?",
            "What did Joshua Weller say about comparing eras?",
        ),
        (
            turn(
                "Who led NATO in April 2013?",
                "NATO Secretary-General Prado told the journalists so.",
                "NATO Secretary-General Prado",
            ),
            "When did his term end?",
            "When did NATO Secretary-General Prado's term end?",
        ),
        (
            turn(
                "What will its people do in Iraq?",
                "They prepare a new training mission in Iraq.",
                "a new training mission",
            ),
            "when will it be launched?",
            "when will the new training mission be launched?",
        ),
        (turn("What did Kerry say in 2013?"), "and later?", "What did Kerry say in 2013 later?"),
    ],
)
def test_follow_ups(before: Turn, asked: str, meant: str | None) -> None:
    understood = understand(asked, [before])
    expected = {
        "how many of them were civilians?": (
            "how many of the people killed in Nepal in June were civilians?"
        ),
        "How many people will it have?": (
            "How many people will NATO's new training mission in Iraq have?"
        ),
    }
    assert understood.question == (meant or expected[asked])
    assert understood.changed
    assert understood.added


STANDALONE = [
    "Which year did the Kurds vote for independence?",
    "How many people were killed in Iraq in June 2014?",
    "Did Kerry say he would meet Lavrov?",
    "Who said that NATO is not a threat?",
    "Are there any troops in Baghdad?",
    "Is it true that ISIL captured Mosul?",
    "How long does it take to fly to Tokyo?",
    "Which company announced that it would cut its workforce?",
    "Who lost his seat in the Senate?",
    "When was the oil refinery attacked?",
    "What is the price of bitcoin?",
    "hello",
    "After Kerry left Baghdad, where did he go?",
    "What happened this week in Paris?",
    "mosul oil refinery",
    "How many articles are there?",
    "Who did he or she vote for?",
]


@pytest.mark.parametrize("question", STANDALONE)
@pytest.mark.parametrize("before", [GOVERNMENT, KILLED, MET])
def test_standalone_questions_are_left_alone(question: str, before: Turn) -> None:
    understood = understand(question, [before])
    assert understood.question == question
    assert not understood.changed
    assert understood.added == ()


def test_no_history_no_change() -> None:
    assert understand("And who did he tell that to?", []).changed is False


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        (turn("How many storms were there?"), "Was there a bigger one?"),
        (turn("How many storms were there?"), "Who is number one?"),
        (turn("How many movies were made?"), "How does the league define one?"),
        (turn("What was Weller talking about?"), "Who signed it?"),
    ],
)
def test_what_is_not_plainly_meant_is_not_put_in(before: Turn, asked: str) -> None:
    made = understand(asked, [before]).question
    assert "one storm" not in made
    assert "one mov" not in made
    assert "talking" not in made


def test_bodies_are_no_persons_and_persons_may_have_articles() -> None:
    assembly = turn("Did the UN General Assembly condemn Russia?")
    assert understand("Who heads it?", [assembly]).question == "Who heads the UN General Assembly?"
    lama = turn("Who is the Dalai Lama?")
    assert understand("When was he born?", [lama]).question == "When was the Dalai Lama born?"
    park = turn("Who is President Park?")
    assert understand("When was she born?", [park]).question == "When was President Park born?"


def test_what_was_understood_before_is_built_upon() -> None:
    turns = [
        turn("What did Prado say about the fog?", "Prado said it was thick."),
        Turn(
            question="What did he do next?",
            effective_question="What did Prado do next?",
            answer="The captain called the coast guard.",
        ),
    ]
    assert understand("Why did he call them?", turns).question.startswith("Why did Prado call ")


def test_gender_and_number_agree() -> None:
    turns = [turn("Did Angela Merkel meet Vladimir Putin and the Kurds in Berlin?")]
    assert understand("What did she say?", turns).question == "What did Angela Merkel say?"
    assert understand("What did he say?", turns).question == "What did Vladimir Putin say?"
    assert understand("What do they want?", turns).question == "What do the Kurds want?"
    assert understand("What happened there?", turns).question == "What happened in Berlin?"


def test_a_new_topic_is_noticed() -> None:
    turns = [MET, turn("What is the price of wheat?", "Wheat costs 200 dollars.")]
    assert not understand("Who won the election in Peru?", turns).changed


WORDS = st.sampled_from(
    "he she they it that this there then why who what about and Kerry Baghdad the band meet said "
    "in 2013 when how many of them ? , . album which else other".split()
)


@given(
    st.lists(WORDS, min_size=1, max_size=14).map(" ".join),
    st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), min_size=1, max_size=4),
    st.text(max_size=80),
)
def test_a_rewrite_adds_nothing_that_the_history_does_not_hold(
    question: str, earlier: list[str], answer: str
) -> None:
    turns = [turn(e, answer) for e in earlier]
    understood = understand(question, turns)
    assert len(understood.question) <= max(MAX_CHARS, len(question))
    held = {t.key for s in [question, answer, *earlier] for t in tokens(s)}
    glue = {"else", "told"}
    assert all(t.key in held or t.text in glue for t in content(understood.question))
    assert understood.changed == (understood.question != question)


@given(st.text(max_size=400), st.text(max_size=300), st.text(max_size=300))
def test_any_text_can_be_asked(question: str, earlier: str, answer: str) -> None:
    understood = understand(question, [turn(earlier, answer, answer[:20])])
    if not understood.changed:
        assert understood.question == question


def test_a_long_question_is_not_touched() -> None:
    question = "And what did he say? " * 40
    assert understand(question, [MET]).question == question


@pytest.mark.parametrize(
    "piece", ["the ", "which a ", "he ", "that ", "Kerry and ", "how many s ", "in ", "'"]
)
def test_no_wording_takes_long(piece: str) -> None:
    hostile = piece * (MAX_CHARS // len(piece))
    begun = time.perf_counter()
    understand(hostile, [turn(hostile, piece * 2000)])
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("New topic: who is he?", "Who is he?"),
        ("Different question - when did it start?", "When did it start?"),
        ("Forget that, who led the league?", "Who led the league?"),
        ("Changing the subject: why?", "Why?"),
    ],
)
def test_a_new_topic_leaves_the_conversation_behind(asked: str, meant: str) -> None:
    understood = understand(asked, [MET])
    assert (understood.question, understood.changed, understood.added) == (meant, True, ())


def test_a_question_on_another_topic_takes_nothing_along() -> None:
    for asked in ("Who won the race in Lima?", "When was the harbour of Porto dredged?"):
        assert understand(asked, [MET, BACKED]).question == asked


def test_the_history_is_bounded_in_turns_and_in_words() -> None:
    old = turn("Did Weller meet Prado?", "Weller met Prado.")
    long = turn("What happened in Quito?", "Ana Torres spoke at length. " * 2_000)
    assert "Weller" not in understand("Who is he?", [old, long]).question
    many = [old, *[turn("How deep is the harbour of Lima?", "It is 12 metres deep.")] * 8]
    assert "Weller" not in understand("Where did he go?", many).question
    began = time.perf_counter()
    understand("Who is she?", [long] * 500)
    assert time.perf_counter() - began < 20


def test_they_of_a_meeting_that_named_one_are_those_who_met() -> None:
    before = turn("With whom did Weller have a short meeting?")
    asked = understand("What did they talk about?", [before])
    assert asked.question == "What did those at the short meeting with Weller talk about?"
