"""Numbers, names, phrases and their scope by hand: the edges that random input seldom meets."""

from __future__ import annotations

from decimal import Decimal

import pytest

from evals.facts import Fact, FactError, FactType, check_value, judge
from evals.facts.names import mentions as name_mentions
from evals.facts.numbers import read
from evals.facts.numberwords import value_of_words
from evals.facts.plain import fold, plain, words
from evals.facts.scope import clause_before


def numbers(text: str) -> list[tuple[Decimal, str, int]]:
    return [(said.low, said.unit, said.bound) for _, _, said in read(text)]


def stated(kind: FactType, value: str, answer: str, *aliases: str) -> bool:
    return judge(Fact(type=kind, value=value, aliases=aliases), answer).ok


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("zero", "0"),
        ("one", "1"),
        ("nineteen", "19"),
        ("twenty", "20"),
        ("ninety-nine", "99"),
        ("one hundred", "100"),
        ("two hundred and five", "205"),
        ("three thousand", "3000"),
        ("twelve thousand and forty", "12040"),
        ("four million", "4000000"),
        ("a million", "1000000"),
        ("half a million", "500000"),
        ("two billion", "2000000000"),
        ("six trillion", "6000000000000"),
        ("a dozen", "12"),
        ("three dozen", "36"),
        ("half a dozen", "6"),
        ("one million two hundred thousand", "1200000"),
    ],
)
def test_numbers_in_words(said: str, value: str) -> None:
    assert value_of_words(said, "", "") == Decimal(value)
    assert stated(FactType.NUMBER, value, f"There were {said} in all.")


@pytest.mark.parametrize("said", ["hundred", "dozen", "million"])
def test_a_bare_scale_word_says_no_number(said: str) -> None:
    assert value_of_words(said, "several ", " people") is None


@pytest.mark.parametrize(
    ("before", "after"),
    [("no ", " came"), ("every ", " of"), ("", " of them"), ("", " another"), ("which ", " came")],
)
def test_one_is_no_number_in_set_phrases(before: str, after: str) -> None:
    assert value_of_words("one", before, after) is None
    assert value_of_words("two", before, after) == 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3k", [("3000", "", 0)]),
        ("3.5m people", [("3500000", "", 0)]),
        ("2bn dollars", [("2000000000", "$", 0)]),
        ("4 trillion", [("4000000000000", "", 0)]),
        ("£7.20", [("7.20", "£", 0)]),
        ("€ 5", [("5", "€", 0)]),
        ("+5", [("5", "", 0)]),
        ("-5 degrees", [("-5", "°", 0)]),
        ("5 u.s. dollars", [("5", "$", 0)]),
        ("6 hours and 7 years", [("6", "h", 0), ("7", "y", 0)]),
        ("at least 5", [("5", "", 1)]),
        ("no fewer than 5", [("5", "", 1)]),
        ("upwards of 5", [("5", "", 1)]),
        ("at most 5", [("5", "", -1)]),
        ("up to about 5", [("5", "", -1)]),
        ("nearly 5", [("5", "", -1)]),
        ("5 people or more", [("5", "", 1)]),
        ("5 or fewer", [("5", "", -1)]),
        ("5 or less", [("5", "", -1)]),
        ("1,0755", []),
        ("10:30", []),
        ("F-16 and 1st", []),
        ("version 1.2.3", []),
        ("12 345 678", [("12345678", "", 0)]),
        ("[12]", []),
    ],
)
def test_what_is_read_as_a_number(text: str, found: list[tuple[str, str, int]]) -> None:
    assert numbers(plain(text)) == [(Decimal(low), unit, bound) for low, unit, bound in found]


def test_a_range_keeps_both_ends_and_its_scale() -> None:
    ((_, _, said),) = read("3 to 5 million")
    assert (said.low, said.high) == (Decimal(3_000_000), Decimal(5_000_000))
    ((_, _, said),) = read("7-10")
    assert (said.low, said.high) == (Decimal(7), Decimal(10))
    assert stated(FactType.NUMBER, "7 to 10", "some 7-10 people")
    assert not stated(FactType.NUMBER, "7", "some 7-10 people")
    assert not stated(FactType.NUMBER, "7 to 10", "some 7 people")


def test_units_must_agree_where_either_side_measures() -> None:
    assert stated(FactType.NUMBER, "5 miles", "5 miles")
    assert not stated(FactType.NUMBER, "5 miles", "5")
    assert stated(FactType.NUMBER, "5", "5 miles")  # a plain number does not ask for its unit
    assert not stated(FactType.NUMBER, "5", "5 percent")
    assert stated(FactType.NUMBER, "at least 5", "more than 5")
    assert not stated(FactType.NUMBER, "at least 5", "5")
    assert stated(FactType.NUMBER, "5", "at least 5")


def test_folding_and_words() -> None:
    assert [fold(word) for word in ("U.S.", "Kerry's", "Café", "d'Ivoire", "3.5")] == [
        "us", "kerry", "cafe", "divoire", "3.5",
    ]  # fmt: skip
    assert [word.folded for word in words("The cat, a dog")] == ["cat", "dog"]
    assert [word.folded for word in words("The cat", articles=True)] == ["the", "cat"]
    assert plain("[1] “x” – y [2, 3]") == '    "x" - y       '
    text = "It’s — “so” [4]"
    assert len(plain(text)) == len(text)


def test_a_name_inside_its_longer_form_is_one_mention() -> None:
    found = name_mentions("John Kerry met Kerry.", ("John Kerry", "Kerry"), None)
    assert [(m.start, m.end) for m in found] == [(0, 10), (15, 20)]


@pytest.mark.parametrize(
    ("answer", "ok"),
    [
        ("Kerry", True),
        ("It was Kerry or perhaps not.", True),
        ("Kerry or the Lavrov camp", False),
        ("Lavrov, or Kerry", False),
        ("Kerry or John Kerry", True),
        ("other than Kerry", False),
        ("instead of Kerry", False),
        ("everyone except Kerry", False),
        ("Not only Kerry came.", True),
        ("It is not true. Kerry came.", True),
        ("It was not Lavrov but Kerry", True),
        ("not Secretary of State Kerry", True),  # beyond what set phrases can tell
        ("neither Lavrov nor Kerry", False),
        ("neither Lavrov, nor the Kerry", False),
        ("Kerry was not the one", False),
        ("Kerry is wrong", False),
        ("Kerry was not amused", True),
    ],
)
def test_what_is_said_as_such(answer: str, ok: bool) -> None:
    assert stated(FactType.NAME, "John Kerry", answer, "Kerry") is ok


def test_everyday_words_are_names_only_as_written() -> None:
    assert stated(FactType.NAME, "IS", "the IS fighters")
    assert not stated(FactType.NAME, "IS", "Is it?")
    assert stated(FactType.NAME, "Mark", "so Mark said")
    assert not stated(FactType.NAME, "Mark", "mark my words")
    assert stated(FactType.NAME, "U.S.", "in the US")
    assert not stated(FactType.NAME, "U.S.", "with us")


def test_a_clause_ends_at_a_stop_and_at_but() -> None:
    text = "He did not come. She was there, but late on Friday"
    assert clause_before(text, text.index("there")) == " She was "
    assert clause_before(text, text.index("Friday")) == " late on "
    long = "x" * 200 + " Friday"
    assert len(clause_before(long, 201)) == 90


GOLD = "the first training mission in Iraq will begin at the summit in July"


@pytest.mark.parametrize(
    ("answer", "ok"),
    [
        (GOLD, True),
        (f"They said: “{GOLD.capitalize()}”.", True),
        ("the first training mission in Iraq will begin at the summit in June", False),
        ("the first training mission in Iraq will not begin at the summit in July", False),
        ("the first training mission in Iraq [and Syria] will begin at the summit in July", True),
        ("the first training mission in Iraq … at the summit in July", True),
        ("the first ... July", False),
        ("the first training mission in Iraq won't begin at the summit in July", False),
        ("the first government training mission in Iraq will begin at the summit in July", True),
        (GOLD.replace("in Iraq", "(so they said at length one day to us all) in Iraq"), False),
        ("the first training mission in Iraq, 2018, will begin at the summit in July", False),
        ("the first … mission in Iraq will begin … the summit in July", True),
        ("the first … in Iraq … the summit in July", False),
        ("the first training mission in Iraq will begin", False),
        ("training mission in Iraq will begin at the summit in July", False),
    ],
)  # fmt: skip
def test_a_quotation_may_have_marked_gaps_and_nothing_else(answer: str, ok: bool) -> None:
    assert stated(FactType.TEXT, GOLD, answer) is ok


def test_a_short_phrase_allows_no_gap() -> None:
    assert stated(FactType.TEXT, "legal immunity", "their legal immunity")
    assert not stated(FactType.TEXT, "legal immunity", "legal and other immunity")


def test_the_place_of_a_fact_is_told() -> None:
    verdict = judge(Fact(type=FactType.NUMBER, value="1,075"), "In all 1,075 people")
    assert (verdict.reason, verdict.span) == ("stated", (7, 12))
    assert judge(Fact(type=FactType.NUMBER, value="7"), "none").span is None


def test_a_phrase_of_eight_words_is_a_quotation_and_one_of_seven_is_not() -> None:
    eight, seven = "one bird two birds many birds some birds", "one bird two birds many birds some"
    assert stated(FactType.TEXT, eight, "one bird two big birds many birds some birds")
    assert not stated(FactType.TEXT, seven, "one bird two big birds many birds some")


@pytest.mark.parametrize("text", ["in 2014 and 2015", "July 1 and 7", "at 10:30 on 3 May"])
def test_numbers_and_dates_do_not_overlap(text: str) -> None:
    assert [said.low for _, _, said in read(text)] == {
        "in 2014 and 2015": [Decimal(2014), Decimal(2015)],
    }.get(text, [])


def test_digits_and_words_are_read_once() -> None:
    assert numbers("5 million birds and seven") == [
        (Decimal(5_000_000), "", 0),
        (Decimal(7), "", 0),
    ]
    assert numbers("seven of 12, eight") == [
        (Decimal(7), "", 0), (Decimal(12), "", 0), (Decimal(8), "", 0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("not July 1", "denied"),
        ("July 1 to 3", "left open"),
        ("July 1 or July 10", "one of several"),
        ("not July 1, July 1 to 3", "denied"),
        ("July 1 to 3; not July 1", "left open"),
        ("July 10", "not stated"),
        ("not July 1; it is July 1", "stated"),
    ],
)
def test_the_first_reason_is_told(answer: str, reason: str) -> None:
    assert judge(Fact(type=FactType.DATE, value="July 1"), answer).reason == reason


@pytest.mark.parametrize("kind", list(FactType))
def test_an_empty_value_is_refused_as_empty(kind: FactType) -> None:
    with pytest.raises(FactError, match="is empty"):
        check_value(kind, "  ")


def test_the_place_of_a_quotation_with_gaps_is_told() -> None:
    said = "the first … mission in Iraq will begin … the summit in July"
    text = f"Before that, {said}, they said."
    span = judge(Fact(type=FactType.TEXT, value=GOLD), text).span
    assert span is not None
    assert said.endswith(text[slice(*span)])
    assert text[slice(*span)].startswith(("the first", "first"))
