"""Pieces of replies: thoughts taken out, unfit characters, ends."""

from __future__ import annotations

import random
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llama_index.core.llms import ChatMessage, ChatResponse

from rag.llm.faults import Fault, FaultKind, fault_behind
from rag.llm.replies import Thoughts, piece_of, refuse_unfinished
from tests.servers.script import cut


def shown(text: str, seed: int) -> str:
    """A text through the filter, cut anywhere."""
    thoughts = Thoughts()
    pieces = [thoughts.without(piece) for piece in cut(text, random.Random(seed))]
    return "".join(pieces) + thoughts.rest()


@given(st.text(alphabet="<think>/ ab", max_size=60), st.integers(0, 50))
def test_thoughts_do_not_depend_on_how_a_reply_is_cut(text: str, seed: int) -> None:
    whole = Thoughts()
    assert shown(text, seed) == whole.without(text) + whole.rest()


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("It was July 1.", "It was July 1."),
        ("<think>so</think>\n\nIt was.", "It was."),
        ("  <think>a</think>b</think>c", "b</think>c"),
        ("<thin", "<thin"),
        ("<thinking> is a tag", "<thinking> is a tag"),
        ("Say <think>x</think>", "Say <think>x</think>"),
        ("<think>never ends", ""),
    ],
)
def test_only_thoughts_at_the_beginning_are_taken_out(text: str, reply: str) -> None:
    assert shown(text, 1) == reply


def response(delta: str, raw: object = None) -> ChatResponse:
    """A response of an integration."""
    return ChatResponse(message=ChatMessage(content=delta), delta=delta, raw=raw)


def test_characters_that_no_screen_can_show_are_left_out() -> None:
    assert piece_of(response("a\x00b\ud800c\n\td\x1b[1m")).text == "abc\n\td[1m"


@pytest.mark.parametrize(
    ("reason", "tail", "kind"),
    [
        ("stop", b"", None),
        (None, b"data: [DONE]\n\n", None),
        (None, b'{"stop_reason": "end_turn"} event: message_stop', None),
        (None, b"data: {}", FaultKind.CUT),
        ("length", b"data: [DONE]", FaultKind.LIMIT),
        (None, b'{"stop_reason":"max_tokens"} event: message_stop', FaultKind.LIMIT),
        ("content_filter", b"", FaultKind.DECLINED),
    ],
)
def test_an_end_is_told_from_a_break(reason: str | None, tail: bytes, kind: object) -> None:
    if kind is None:
        refuse_unfinished(reason, tail)
        return
    with pytest.raises(Fault) as caught:
        refuse_unfinished(reason, tail)
    assert caught.value.kind is kind


def test_reasons_of_both_shapes() -> None:
    chunk = SimpleNamespace(choices=[SimpleNamespace(finish_reason="length")])
    assert piece_of(response("", chunk)).reason == "length"
    assert piece_of(response("", {"done": True, "done_reason": "stop"})).reason == "stop"
    assert piece_of(response("", {"done": False, "done_reason": "stop"})).reason is None
    assert piece_of(response("x")).reason is None


def test_faults_are_found_behind_other_errors_and_words_are_dropped() -> None:
    wrapped = ConnectionError("sk-secret")
    wrapped.__cause__ = Fault(FaultKind.KEY)
    assert fault_behind(wrapped).kind is FaultKind.KEY
    assert fault_behind(KeyError("sk-secret")).kind is FaultKind.UNREADABLE
    told = fault_behind(RuntimeError("sk-secret"))
    assert told.kind is FaultKind.OTHER
    assert "sk-" not in str(told)
