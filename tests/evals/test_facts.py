"""The fact matcher: its triples, and what must hold for any date, number, name or phrase."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evals.facts import Fact, FactError, FactType, check_value, judge
from evals.facts.triples import load_triples, wrong_triples

MONTHS = (
    "January February March April May June July August September October November December"
).split()
days = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))
counts = st.integers(min_value=0, max_value=10**12)


def stated(kind: FactType, value: str, answer: str, on: date | None = None) -> bool:
    return judge(Fact(type=kind, value=value), answer, on=on).ok


def long_form(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def test_every_triple_is_judged_right() -> None:
    assert list(wrong_triples()) == []


def test_there_are_enough_triples_of_every_type_and_both_verdicts() -> None:
    triples = load_triples()
    assert len(triples) >= 120
    for kind in FactType:
        verdicts = [triple.ok for triple in triples if triple.fact.type is kind]
        assert verdicts.count(True) >= 7
        assert verdicts.count(False) >= 7


def test_a_wrong_triple_is_told_with_its_line() -> None:
    triple = load_triples()[0]
    turned = type(triple)(line=7, fact=triple.fact, answer="July 2", ok=True, on=None)
    assert [line.split(":")[0] for line in wrong_triples([turned])] == ["line 7"]


@given(days)
def test_a_date_is_stated_in_every_way_of_writing_it(day: date) -> None:
    month = MONTHS[day.month - 1]
    for said in (
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        f"It happened on the {day.day}th of {month}, {day.year}.",
        day.isoformat(),
        f"{day.day:02d}.{day.month:02d}.{day.year}",
        f"{month[:3]}. {day.day} {day.year} [1]",
    ):
        assert stated(FactType.DATE, day.isoformat(), said), said


@given(days, days)
def test_another_day_never_states_a_date(wanted: date, said: date) -> None:
    assume(wanted != said)
    assert not stated(FactType.DATE, wanted.isoformat(), long_form(said))


@given(days)
def test_a_coarser_date_never_states_a_finer_one(day: date) -> None:
    month = MONTHS[day.month - 1]
    assert not stated(FactType.DATE, f"{month} {day.day}", f"in {month} {day.year}")
    assert not stated(FactType.DATE, f"{month} {day.year}", f"in {day.year}")
    assert stated(FactType.DATE, str(day.year), f"in {month} {day.year}")
    assert stated(FactType.DATE, f"{month} {day.year}", long_form(day))


@given(days, days)
def test_a_denied_date_and_one_of_two_are_not_stated(day: date, other: date) -> None:
    assume(day != other)
    said, wrong = long_form(day), long_form(other)
    assert not stated(FactType.DATE, day.isoformat(), f"not {said}")
    assert not stated(FactType.DATE, day.isoformat(), f"{said} or {wrong}")
    assert not stated(FactType.DATE, day.isoformat(), f"{wrong} or {said}")
    assert stated(FactType.DATE, day.isoformat(), f"not {wrong} but {said}")
    assert stated(FactType.DATE, day.isoformat(), f"{said}, not {wrong}")


@given(days, st.integers(min_value=1, max_value=300))
def test_relative_days_are_read_against_the_article(on: date, back: int) -> None:
    then = on - timedelta(days=back)
    assert stated(FactType.DATE, then.isoformat(), f"{back} days ago", on)
    assert not stated(FactType.DATE, then.isoformat(), f"{back} days ago")
    assert not stated(FactType.DATE, then.isoformat(), f"{back + 1} days ago", on)
    assert stated(FactType.DATE, (on - timedelta(days=1)).isoformat(), "It was yesterday.", on)


@given(counts)
def test_a_number_is_stated_with_and_without_separators(number: int) -> None:
    for said in (str(number), f"{number:,}", f"about {number:,} people", f"exactly {number} [2]."):
        assert stated(FactType.NUMBER, str(number), said), said
        assert stated(FactType.NUMBER, f"{number:,}", said), said


@given(counts, counts)
def test_another_number_never_states_it(wanted: int, said: int) -> None:
    assume(wanted != said)
    assert not stated(FactType.NUMBER, str(wanted), f"There were {said:,} of them.")
    assert not stated(FactType.NUMBER, str(wanted), f"{wanted} or {said}")
    assert not stated(FactType.NUMBER, str(wanted), f"not {wanted}")


@given(st.integers(min_value=1, max_value=999), st.sampled_from(["million", "billion", "thousand"]))
def test_scale_words_count(number: int, scale: str) -> None:
    power = {"thousand": 3, "million": 6, "billion": 9}[scale]
    assert stated(FactType.NUMBER, f"{number} {scale}", f"{number * 10**power:,}")
    assert not stated(FactType.NUMBER, f"{number} {scale}", str(number))
    assert stated(FactType.NUMBER, f"{number}.5 {scale}", f"{number}.5 {scale}")


@given(st.integers(min_value=1, max_value=10**6))
def test_sign_unit_and_money_are_part_of_a_number(number: int) -> None:
    assert not stated(FactType.NUMBER, f"-{number}", f"{number}")
    assert not stated(FactType.NUMBER, f"{number}", f"-{number}")
    assert not stated(FactType.NUMBER, f"{number}", f"{number}%")
    assert not stated(FactType.NUMBER, f"{number}", f"${number}")
    assert not stated(FactType.NUMBER, f"${number}", f"€{number}")
    assert stated(FactType.NUMBER, f"{number}%", f"{number} per cent")


@given(days)
def test_the_digits_of_a_date_are_no_numbers(day: date) -> None:
    assert not stated(FactType.NUMBER, str(day.day), f"on {MONTHS[day.month - 1]} {day.day}")


names = st.from_regex(r"[A-Z][a-z]{3,9}(?:-[A-Z][a-z]{2,6})?", fullmatch=True)


@given(names, names)
def test_names_are_whole_words(name: str, other: str) -> None:
    assume(name.lower() != other.lower())
    assume(name.lower() not in other.lower().split("-"))
    assume(name.lower() not in ("will", "mark", "bill", "march"))
    assert stated(FactType.NAME, name, f"It was {name.lower()}'s plan.")
    assert not stated(FactType.NAME, name, f"It was {name}ian.")
    assert not stated(FactType.NAME, name, f"It was {other}.")
    assert not stated(FactType.NAME, name, f"It was not {name}.")
    assert not stated(FactType.NAME, name, f"{name} or {other}")


@given(st.lists(st.from_regex(r"[b-z]{3,8}", fullmatch=True), min_size=1, max_size=14))
def test_a_phrase_stands_word_for_word(phrase: list[str]) -> None:
    assume(not {"not", "nor", "without", "except", "never", "neither", "cannot"} & set(phrase))
    said = " ".join(phrase)
    assert stated(FactType.TEXT, said, f"They say “{said}” [1].")
    assert not stated(FactType.TEXT, said, f"They say {' '.join(phrase[:-1])} today.")


@given(st.text(max_size=200), st.sampled_from(list(FactType)))
def test_any_text_can_be_judged(answer: str, kind: FactType) -> None:
    value = {"date": "July 1", "number": "300", "name": "Kerry", "text": "legal immunity"}[kind]
    verdict = judge(Fact(type=kind, value=value), answer, on=date(2014, 6, 25))
    if verdict.span is not None:
        assert 0 <= verdict.span[0] < verdict.span[1] <= len(answer)


@given(st.text(max_size=40), st.sampled_from(list(FactType)))
def test_any_value_is_accepted_or_refused_with_a_reason(value: str, kind: FactType) -> None:
    try:
        check_value(kind, value)
    except FactError as refused:
        reason = str(refused)
    else:
        reason = judge(Fact(type=kind, value=value), "nothing of the kind").reason
    assert reason


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (FactType.DATE, "soon"),
        (FactType.DATE, "July 1 or 2"),
        (FactType.DATE, "01/07/2014"),
        (FactType.NUMBER, "many"),
        (FactType.NUMBER, "3 of 4"),
        (FactType.NAME, "…"),
        (FactType.TEXT, " "),
    ],
)
def test_a_value_that_is_not_of_its_type_is_refused(kind: FactType, value: str) -> None:
    with pytest.raises(FactError):
        check_value(kind, value)


def test_a_forbidden_value_fails_an_answer_that_states_it_and_not_one_that_denies_it() -> None:
    fact = Fact(type=FactType.DATE, value="27 April 2018", forbidden=("27 July 2021",))
    assert judge(fact, "27 April 2018").ok
    assert judge(fact, "27 April 2018, not 27 July 2021").ok
    verdict = judge(fact, "27 April 2018; the page shows 27 July 2021")
    assert not verdict.ok
    assert "27 July 2021" in verdict.reason
