"""A model that fails, babbles or does not end: what was checked stays, offline does the rest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag.errors import WriterError
from rag.types import NoteKind, Support
from tests.writing.desk import ScriptedWriter, answer_of, says
from tests.writing.ferry import DOWN, FIRST, given, notes


@pytest.mark.parametrize(
    "reply",
    [
        "The captain was drunk [{0}]. Two thousand died [{1}].",
        "As everybody knows, ferries are dangerous.",
        "",
        "   \n\n ",
        "[{0}][{1}]",
        "# Report\n\n",
        "今日は天気がいいですね。船は沈みました。",
        "\ufffd\ufffd\ufffd \ufffd\ufffd",
        "asdkj qwoeiu zxmcn alskdj qpwoe",
        "```python\nprint('[{0}]')\n```",
        "Yes.",
    ],
)
def test_nothing_borne_out_is_overruled(reply: str) -> None:
    told = answer_of(ScriptedWriter(says(reply)), given())
    assert told.answer.mode == "offline"
    assert told.answer.text.startswith("412 passengers. “The ferry Astrid ran aground")
    assert told.streamed == ()
    (note,) = notes(NoteKind.FALLBACK, told)
    assert note.endswith("This is the offline answer.")


def test_a_model_that_cannot_be_reached() -> None:
    writer = ScriptedWriter(lambda _: [WriterError(DOWN)])
    told = answer_of(writer, given())
    assert told.answer.mode == "offline"
    assert notes(NoteKind.FALLBACK, told) == [f"{DOWN} This is the offline answer."]
    assert writer.closed == 1


def test_a_stream_that_breaks_off_keeps_what_was_checked() -> None:
    cut = "Twelve people were tr"

    def script(ids: dict[str, str]) -> list[str | Exception]:
        name = next(iter(ids.values()))
        return ["The ferry ran agr", f"ound off Larn on March 7 [{name}]. {cut}", WriterError(DOWN)]

    told = answer_of(ScriptedWriter(script), given())
    assert told.answer.mode == "llm"
    assert told.answer.text == "The ferry ran aground off Larn on March 7. [1]"
    assert notes(NoteKind.FALLBACK, told) == [f"{DOWN} What was checked before stays."]


def test_where_it_does_not_rest_on_the_evidence_the_offline_answer_follows() -> None:
    def script(ids: dict[str, str]) -> list[str | Exception]:
        other = list(ids.values())[1]
        return [f"The owner put the damage at $3 million [{other}]. The ferry", WriterError(DOWN)]

    told = answer_of(ScriptedWriter(script), given())
    assert told.answer.text.startswith("The owner put the damage at $3 million. [1]\n\n412 pass")
    assert told.answer.text.endswith("on board.” [2]")
    assert [s.support for s in told.answer.statements] == [Support.QUOTED, Support.QUOTED]
    (note,) = notes(NoteKind.FALLBACK, told)
    assert note == f"{DOWN} What was checked before stays, and the offline answer follows."


def test_a_marker_that_is_cut_in_two_is_no_citation() -> None:
    for cut in range(1, 7):

        def script(ids: dict[str, str], cut: int = cut) -> list[str | Exception]:
            marker = f"[{next(iter(ids.values()))}]"
            return [f"The ferry ran aground off Larn {marker[:cut]}", WriterError(DOWN)]

        told = answer_of(ScriptedWriter(script), given())
        assert told.answer.mode == "offline"


@pytest.mark.parametrize(
    "endless",
    [
        "The sea is deep and blue {n}. ",
        "The sea is deep and blue. ",
        "word ",
        "x",
        "[",
        "[{0}]",
        "[{0}",
        "```",
        "",
        "\n",
        "“",
        "1. ",
        "。",
    ],
)
def test_endless_text_is_stopped(endless: str) -> None:
    served = 0

    def script(ids: dict[str, str]) -> Iterator[str]:
        nonlocal served
        name = next(iter(ids.values()))
        yield f"The ferry ran aground off Larn on March 7 [{name}]. "
        while True:
            served += 1
            yield endless.replace("{0}", name).replace("{n}", str(served))

    writer = ScriptedWriter(script)
    told = answer_of(writer, given(), reply_tokens=128)
    assert writer.closed == 1
    assert served <= 128 * 40
    assert "ran aground off Larn on March 7" in told.answer.text
    assert "language model was stopped" in notes(NoteKind.FALLBACK, told)[0]


def test_what_is_said_twice_is_shown_once() -> None:
    told = answer_of(ScriptedWriter(says(f"{FIRST} {FIRST}")), given())
    assert len(told.answer.statements) == 1


def test_a_window_that_is_too_small_is_no_catastrophe() -> None:
    writer = ScriptedWriter(says(FIRST), window=200)
    told = answer_of(writer, given())
    assert writer.asked == []
    assert told.answer.mode == "offline"
    assert "too small" in notes(NoteKind.FALLBACK, told)[0]
