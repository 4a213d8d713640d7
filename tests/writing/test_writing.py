"""Which answer stands: the reply, part of it, a refusal, or the offline answer."""

from __future__ import annotations

import pytest

from rag.answer.compose import REFUSAL
from rag.answer.conversation import Conversation
from rag.answer.wire import answer_as_json
from rag.errors import WriterError
from rag.types import Kind, NoteKind, Support
from tests.writing.desk import ScriptedWriter, answer_of, says, with_turn
from tests.writing.ferry import DOWN, FIRST, given, notes


@pytest.mark.parametrize("size", [1, 3, 1_000])
def test_prose_with_checked_citations(size: int) -> None:
    script = says(
        f"{FIRST} Twelve people were hurt, and Per Dahl leads an inquiry [{{0}},{{1}}].", size
    )
    told = answer_of(ScriptedWriter(script), given())
    assert told.answer.mode == "llm"
    assert told.answer.text == (
        "The ferry ran aground off Larn on 7 March 2016. [1] "
        "Twelve people were hurt, and Per Dahl leads an inquiry. [2][3]"
    )
    assert [s.support for s in told.answer.statements] == [Support.VERIFIED] * 2
    assert told.answer.citations[1].article.id == "ferry"
    assert [c.quote for c in told.answer.citations] == [
        "The ferry Astrid ran aground off Larn on March 7 with 412 passengers on board.",
        "Twelve people were treated for minor injuries.",
        "An inquiry led by Per Dahl will present its findings on September 1.",
    ]
    assert told.streamed
    assert told.answer.short is None


def test_the_short_answer_is_kept_where_the_prose_says_it() -> None:
    told = answer_of(ScriptedWriter(says("412 passengers were on board [{0}].")), given())
    assert told.answer.short == "412 passengers"


def test_the_same_contract_in_both_modes() -> None:
    prose = answer_of(ScriptedWriter(says(FIRST)), given()).answer
    offline = answer_of(ScriptedWriter(lambda _: [WriterError(DOWN)]), given()).answer
    one, two = answer_as_json(prose), answer_as_json(offline)
    assert one.keys() == two.keys()
    assert (one["mode"], two["mode"]) == ("llm", "offline")
    for told in (one, two):
        assert all(s.keys() == {"text", "numbers", "support", "why"} for s in told["statements"])
    assert one["statements"][0]["support"] == "verified"
    assert two["statements"][0]["support"] == "quoted"


def test_a_wrong_sentence_is_marked() -> None:
    script = says(FIRST + " It carried 512 passengers [{0}]. “We are lost”, said Berg [{0}].")
    told = answer_of(ScriptedWriter(script), given())
    assert told.answer.text.count("[unconfirmed]") == 2
    assert "512 passengers. [unconfirmed]" in told.answer.text
    marked = [s for s in told.answer.statements if s.support is Support.UNSUPPORTED]
    assert "512" in (marked[0].why or "")
    assert notes(NoteKind.UNCONFIRMED, told) == [
        "2 sentences are marked [unconfirmed]: the passages do not bear out what they say."
    ]
    assert "512" in answer_as_json(told.answer)["statements"][1]["why"]


def test_strict_withholds_it() -> None:
    script = says(FIRST + " It carried 512 passengers [{0}].")
    told = answer_of(ScriptedWriter(script), given(), strict=True)
    assert "512" not in told.answer.text
    assert len(told.answer.statements) == 1
    assert notes(NoteKind.UNCONFIRMED, told) == [
        "One sentence was withheld: the passages do not bear out what was said."
    ]


def test_a_sentence_without_a_marker_is_matched_and_flagged() -> None:
    told = answer_of(
        ScriptedWriter(says("The ferry Astrid ran aground off Larn with 412 passengers.")), given()
    )
    assert [s.support for s in told.answer.statements] == [Support.MATCHED]
    assert told.answer.text.endswith(" [1]")


def test_ids_that_were_not_offered_are_dropped() -> None:
    told = answer_of(
        ScriptedWriter(says("The ferry Astrid ran aground off Larn [7][0][zzzz9].")), given()
    )
    assert told.answer.text == "The ferry Astrid ran aground off Larn. [1]"
    assert told.answer.statements[0].support is Support.MATCHED


def test_nothing_is_shown_before_something_is_borne_out() -> None:
    script = says("The captain was drunk. Two thousand died. " + FIRST + " It sank later.", 5)
    told = answer_of(ScriptedWriter(script), given())
    assert told.streamed[0].startswith("The captain was drunk. [unconfirmed] Two thousand died.")
    assert "[1]" in told.streamed[0]


@pytest.mark.parametrize(
    "reply",
    [
        REFUSAL,
        "I'm sorry, but the passages do not say that.",
        "I don't know. Two thousand people may have died.",
        "The articles do not mention it [{0}].",
    ],
)
def test_not_knowing_becomes_a_refusal(reply: str) -> None:
    told = answer_of(ScriptedWriter(says(reply)), given())
    assert told.answer.abstained
    assert told.answer.text == REFUSAL
    assert told.answer.mode == "llm"
    assert told.answer.nearest
    assert told.answer.statements == ()
    assert told.answer.citations == ()


def test_not_knowing_a_part_is_a_note() -> None:
    told = answer_of(ScriptedWriter(says(FIRST + " The passages do not say why.")), given())
    assert not told.answer.abstained
    assert "do not say" not in told.answer.text
    assert len(notes(NoteKind.MISSING, told)) == 1


def test_numbers_belong_to_the_conversation() -> None:
    talk = Conversation()
    first = answer_of(ScriptedWriter(says(FIRST)), given(), talk).answer
    talk.add(first)
    second = answer_of(
        ScriptedWriter(says("Per Dahl leads the inquiry [{1}]. " + FIRST)), given(), talk
    ).answer
    assert [c.number for c in first.citations] == [1]
    assert [c.number for c in second.citations] == [2, 1]


def test_numbers_are_not_spent_on_what_is_not_shown() -> None:
    talk = Conversation()
    answer_of(ScriptedWriter(says("I don't know.")), given(), talk)
    told = answer_of(ScriptedWriter(says(FIRST)), given(), talk)
    assert [c.number for c in told.answer.citations] == [1]


def test_lists_headings_and_lead_ins() -> None:
    script = says(
        "## Summary\nHere is what happened:\n\n- The ferry ran aground off Larn [{0}]\n"
        "- **Per Dahl** leads an inquiry [{1}]"
    )
    told = answer_of(ScriptedWriter(script), given())
    assert told.answer.text == (
        "- The ferry ran aground off Larn [1]\n- Per Dahl leads an inquiry [2]"
    )


def test_a_readers_words_are_told_as_such() -> None:
    told = answer_of(ScriptedWriter(says("A reader saw the captain weep [{2}].")), given())
    assert told.answer.citations[0].kind is Kind.COMMENT
    assert notes(NoteKind.COMMENT, told)


def test_pictures_and_links_come_out_as_words() -> None:
    script = says(
        "The ferry ran aground off Larn ![x](http://evil.test/?q=ferry) [{0}](https://evil.test). "
        '<img src="//evil.test/a.png">Twelve people were hurt [{0}].'
    )
    told = answer_of(ScriptedWriter(script), given())
    for text in (told.answer.text, *told.streamed):
        assert "evil.test" not in text
        assert "](" not in text
        assert "<" not in text


def test_the_conversation_is_told_and_bounded() -> None:
    asked = given()
    for n in range(60):
        asked = with_turn(asked, f"Question {n}?", "A long answer. " * 30)
    writer = ScriptedWriter(says(FIRST), window=4_096)
    answer_of(writer, asked)
    ((_, prompt),) = writer.asked
    assert "Question 59?" in prompt
    assert "Question 1?" not in prompt


def test_later_turns_do_not_lean_on_what_is_not_borne_out() -> None:
    talk = Conversation()
    script = says(FIRST + " Olav Brun caused it [{0}].")
    talk.add(answer_of(ScriptedWriter(script), given(), talk).answer)
    assert talk.turns[-1].answer == "The ferry ran aground off Larn on 7 March 2016."


def test_the_answer_does_not_depend_on_how_the_reply_is_cut() -> None:
    reply = (
        "Sure! " + FIRST + " It carried 512 passengers [{0}]. At 5 p.m. Mr. Dahl spoke [{1}].\n\n"
        "- Twelve people were hurt 【{0}】\n- `[{1}]` is code ![x](http://evil.test/a)\n\nYes. No"
    )
    answers = {
        answer_of(ScriptedWriter(says(reply, size)), given()).answer.text
        for size in (1, 2, 3, 5, 8, 13, 40, 10_000)
    }
    (text,) = answers
    assert text.startswith("Sure! The ferry ran aground off Larn on 7 March 2016. [1] It carried")
