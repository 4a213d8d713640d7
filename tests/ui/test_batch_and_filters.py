"""Lines of a batch and typed dates: any input is either understood or told what is wrong."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import UsageError
from rag.types import DateRange
from ui import batch
from ui.batch import parse_line, read_lines
from ui.filters import day_number, filters_from
from ui.terminal import json_line, table, visible


@given(st.binary(max_size=200))
def test_any_line_is_a_question_or_an_error(raw: bytes) -> None:
    line = parse_line(7, raw)
    assert line.error.startswith("Line 7: ") or not line.error


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"[1]", "not an object"),
        (b'{"question": 1}', '"question" must be a string'),
        (b'{"question": "x", "history": "y"}', '"history" must be a list'),
        (b'{"question": "x", "history": [1]}', '"history" must be a list'),
        (b'{"question": "x", "id": 1.5}', '"id" must be'),
        (b'{"question": "x", "id": true}', '"id" must be'),
        (b"\xff\xfe", "not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"question": "x", "id": ' + b"1" * 5000 + b"}", "too long a number"),
    ],
)
def test_what_is_wrong_with_a_line_is_told(raw: bytes, told: str) -> None:
    assert told in parse_line(1, raw).error


def test_a_byte_order_mark_and_an_empty_history_are_fine() -> None:
    line = parse_line(1, '\ufeff{"id": 3, "question": "x", "history": null}'.encode())
    assert (line.id, line.question, line.history, line.error) == (3, "x", (), "")


def test_a_line_that_is_too_long_is_one_row_and_the_next_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batch, "MAX_LINE_BYTES", 64)
    good = json.dumps({"question": "x"}).encode()
    lines = list(read_lines(io.BytesIO(b"y" * 1000 + b"\n" + good + b"\n" + good)))
    assert [bool(line.error) for line in lines] == [True, False, False]
    assert [line.line for line in lines] == [1, 2, 3]


@given(st.text(max_size=100))
def test_no_text_steers_a_terminal_and_json_stays_the_same(text: str) -> None:
    assert len(visible(text)) == len(text)
    assert not set(visible(text)) & {"\x1b", "\x9b", "\x07", "\r", "\u202e", "\u2066"}
    line = json_line({"text": text})
    assert not set(line) & {"\x1b", "\x9b", "\x07", "\r", "\n", "\u202e"}
    assert json.loads(line) == {"text": text}
    line.encode("utf-8")


def test_a_table_keeps_its_columns() -> None:
    shown = table([("a", "long text", "last one")], ("A", "B", "C"), (3, 5)).splitlines()
    assert shown == ["A    B      C", "a    long…  last one"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2014", 20140101, 20141231),
        ("2014-02", 20140201, 20140228),
        ("2016-02", 20160201, 20160229),
        (" 2014-6-5 ", 20140605, 20140605),
    ],
)
def test_dates_mean_their_first_or_last_day(text: str, first: int, last: int) -> None:
    assert day_number(text, end=False) == first
    assert day_number(text, end=True) == last


@pytest.mark.parametrize(
    "text", ["", "14", "2014-13", "2014-02-30", "June", "0000", "٢٠١٤", "2014-"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is not a date"):
        day_number(text, end=False)


def test_filters_and_their_words() -> None:
    assert filters_from().dates is None
    assert filters_from(first="", last=" ").dates is None
    assert filters_from(last="2014").dates == DateRange(first=0, last=20141231)
    assert filters_from(last="2014").words() == ["until 2014-12-31"]
    assert filters_from(first="2014", last="2015", publishers=["DW", " "]).words() == [
        "2014-01-01 to 2015-12-31",
        "DW",
    ]
    with pytest.raises(UsageError, match="ends before it begins"):
        filters_from(first="2015", last="2014")
