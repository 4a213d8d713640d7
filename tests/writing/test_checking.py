"""One sentence against the passages that it cites."""

from __future__ import annotations

import pytest

from rag.answer.judge import Judged
from rag.answer.writing.checking import Checker, Verdict
from rag.answer.writing.numbers import numbers
from rag.answer.writing.source import Source
from rag.index.sentences import sentence_spans
from rag.retrieve.words import keys
from rag.types import Candidate, Kind, Passage, Reading, Support
from tests.made import info


def candidate(
    text: str, article_id: str, iso: str | None = "2014-06-25", kind: Kind = Kind.BODY
) -> Candidate:
    """A candidate whose sentences are cut as the index cuts them."""
    passage = Passage(
        id=article_id,
        article_id=article_id,
        kind=kind,
        start=0,
        end=len(text),
        text=text,
        header="A made-up story · Harbour Post",
        sentences=tuple(sentence_spans(text)),
    )
    return Candidate(passage=passage, article=info(article_id, iso), fused=0.03)


TALKS = candidate(
    "Anna Moss met the Danish premier in Vik on Wednesday. She told reporters that “the talks "
    "were long … but fruitful”, and that 1,075 people had signed. About $2.5 million, or 40 "
    "percent of the sum, was paid last month. The council did not accept the plan of June 3.",
    "talks",
    "2014-06-25",
)
STORM = candidate(
    "A storm closed the harbour of Larn for twelve hours. Ferries lay at anchor until dawn, and "
    "two freighters were towed into the bay. Nobody was hurt, the coastguard said.",
    "storm",
    "2013-04-23",
)
UNDATED = candidate("Anna Moss left the party on July 1. She founded another one.", "old", None)
HEARSAY = candidate("I saw twelve boats.", "storm", "2013-04-23", Kind.COMMENT)


def checker(*found: Candidate, question: str = "What happened?", article: str = "") -> Checker:
    sources = [
        Source(
            id=f"x{place}",
            judged=Judged(
                candidate=one,
                reading=Reading(passage_id=one.passage.id, probability=0.5),
                probability=0.5,
                confidence=0.5,
                missing=(),
            ),
        )
        for place, one in enumerate(found, start=1)
    ]
    return Checker(sources, question, lambda _: frozenset(keys(article)))


def check(text: str, *ids: str) -> Verdict:
    return checker(TALKS, STORM, UNDATED).check(text, ids)


@pytest.mark.parametrize(
    "text",
    [
        "Anna Moss met the Danish premier in Vik on Wednesday.",
        "Moss met the premier of Denmark on 25 June 2014 in Vik.",
        "On June 25, Anna Moss met the Danish premier in Vik.",
        "Moss met the Danish premier in June 2014.",
        "The council did not accept the plan of 3 June 2014.",
        "She said that 1075 people had signed.",
        "More than 1,000 people had signed, she told reporters.",
        'She called the talks "fruitful".',
        "She said that “the talks were long ... but fruitful.”",
        "The talks were “long [and] fruitful”, she told reporters.",
        "$2.5 million was paid in May 2014.",
        "40% of the sum, 2.5 million dollars, was paid last month.",
        "According to the Harbour Post, Moss met the Danish premier in Vik.",
        "“The talks were long”, she told reporters.",
        "Answer: Anna Moss met the Danish premier in Vik.",
        "Officials said that 1,075 people had signed and told reporters.",
    ],
)
def test_what_the_passage_bears_out(text: str) -> None:
    verdict = check(text, "x1")
    assert verdict.support in (Support.QUOTED, Support.VERIFIED), verdict.why
    assert [source.id for source, _ in verdict.cited] == ["x1"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Moss met the Danish premier in Vik on Thursday.", "Thursday"),
        ("Moss met the Danish premier in Vik on 26 June 2014.", "26 June"),
        ("Moss met the Danish premier in Vik in July.", "July"),
        ("Moss met the Danish premier in Vik in 2013.", "2013"),
        ("She said that 1,057 people had signed.", "1,057"),
        ("She said that 1,075 million people had signed.", "1,075 million"),
        ("About $3.5 million was paid last month.", "3.5 million"),
        ("About €2.5 million was paid last month.", "2.5 million"),
        ("14 percent of the sum was paid last month.", "14"),
        ("Fourteen people told reporters that they had signed.", "Fourteen"),
        ("Peter Moss met the Danish premier in Vik.", "Peter"),
        ("Anna Moss met the Swedish premier in Vik.", "Swedish"),
        ("Obama met the Danish premier in Vik on Wednesday.", "Obama"),
        ("She said that “the talks were short”.", "the talks were short"),
        ("She said that 'we shall win' and “the talks were fruitful”.", "talks were fruitful"),
        ("The council did accept the plan of June 3.", "opposite"),
        ("Farmers complained bitterly about rising fuel prices everywhere.", "does not speak"),
        ("A storm closed the harbour for hours.", "does not speak"),
        ("Moss flew there in an F-16.", "F-16"),
        ("The broken \ufffd bytes told reporters.", "cannot be read"),
        ("No.", "nothing that can be checked"),
    ],
)
def test_what_it_does_not(text: str, why: str) -> None:
    verdict = check(text, "x1")
    assert verdict.support is Support.UNSUPPORTED
    assert why in (verdict.why or "")
    assert verdict.cited == ()


def test_a_value_from_elsewhere_in_the_passage_is_not_taken_for_another() -> None:
    text = "Anna Moss met 40 people on Monday. Per Dahl met 12 people on Friday."
    found = checker(candidate(text, "p")).check("Per Dahl met 40 people on Friday.", ["x1"])
    assert found.support is Support.UNSUPPORTED
    assert "not “40”" in (found.why or "")
    swapped = checker(candidate(text, "p")).check("Per Dahl met 12 people on Monday.", ["x1"])
    assert swapped.support is Support.UNSUPPORTED


def test_the_question_may_name_whom_the_passage_calls_he() -> None:
    late = candidate("He promised to leave the office by May and named no successor.", "late")
    said = "Olav Brun promised to leave the office by May."
    known = checker(late, question="When will Olav Brun leave?", article="Olav Brun is mayor.")
    assert known.check(said, ["x1"]).support is Support.VERIFIED
    other = checker(late, question="When will Olav Brun leave?", article="Somebody is mayor.")
    assert other.check(said, ["x1"]).support is Support.UNSUPPORTED
    unasked = checker(late, question="Who will leave?", article="Olav Brun is mayor.")
    assert unasked.check(said, ["x1"]).support is Support.UNSUPPORTED


def test_without_a_marker_the_best_passage_is_found() -> None:
    verdict = check("A storm closed the harbour of Larn for 12 hours.")
    assert verdict.support is Support.MATCHED
    (source, (start, end)), *rest = verdict.cited
    assert not rest
    assert source.text[start:end] == "A storm closed the harbour of Larn for twelve hours."


@pytest.mark.parametrize(
    "text",
    [
        "A storm closed the harbour of Larn for 13 hours.",
        "A storm closed the harbour of Vik for 12 hours.",
        "The harbour was large.",
        "Football is popular among students.",
    ],
)
def test_without_a_marker_a_wrong_value_finds_none(text: str) -> None:
    assert check(text).support is Support.UNSUPPORTED


@pytest.mark.parametrize("text", ["12", "Twelve.", "12 hours.", "twelve hours", "Larn."])
def test_short_answers(text: str) -> None:
    assert check(text, "x2").support in (Support.VERIFIED, Support.QUOTED)


@pytest.mark.parametrize("text", ["13", "Eleven.", "13 hours.", "Vik."])
def test_short_answers_that_are_wrong(text: str) -> None:
    assert check(text, "x2").support is Support.UNSUPPORTED


def test_two_passages_bear_out_what_neither_does_alone() -> None:
    said = "Anna Moss met the Danish premier in Vik, and a storm closed the harbour of Larn."
    verdict = check(said, "x1", "x2")
    assert verdict.support is Support.VERIFIED
    assert [source.id for source, _ in verdict.cited] == ["x1", "x2"]


def test_a_list_of_everything_is_no_evidence() -> None:
    verdict = check("A storm closed the harbour of Larn for twelve hours.", "x1", "x2", "x3")
    assert [source.id for source, _ in verdict.cited] == ["x2"]


def test_without_a_date_days_are_compared_as_written() -> None:
    right = check("Anna Moss left the party on 1 July.", "x3")
    assert right.support is Support.VERIFIED
    assert check("Anna Moss left the party on 2 July.", "x3").support is Support.UNSUPPORTED


def test_the_cited_words_are_the_sentences_that_bear_it_out() -> None:
    verdict = check("The council did not accept the plan of June 3.", "x1")
    ((source, (start, end)),) = verdict.cited
    assert source.text[start:end] == "The council did not accept the plan of June 3."


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Anna Moss traf am 25. Juni 2014 den dänischen Premierminister in Vik.", True),
        ("Anna Moss traf am 26. Juni 2014 den dänischen Premierminister in Vik.", False),
        ("Laut der Harbour Post haben 1.075 Menschen unterschrieben.", True),
        ("Laut der Harbour Post haben 1.057 Menschen unterschrieben.", False),
        ("Peter Schmidt traf den dänischen Premierminister am Mittwoch in der Stadt.", False),
        ("Niemand hat den langen Vertrag jemals gesehen oder gelesen.", False),
    ],
)
def test_other_languages_are_held_to_digits_quotations_and_long_names(
    text: str, right: bool
) -> None:
    assert (check(text, "x1").support is not Support.UNSUPPORTED) is right


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        ("12", "twelve", True),
        ("1,075", "1075", True),
        ("1.075", "1,075", True),
        ("$2.5 million", "2,500,000 dollars", True),
        ("$2.5m", "2.5 million dollars", True),
        ("half a million", "500,000", True),
        ("twenty-five", "25", True),
        ("two hundred and fifty thousand", "250,000", True),
        ("40%", "forty per cent", True),
        ("a dozen", "12", True),
        ("about 1,000", "1,075", True),
        ("1,000", "1,075", False),
        ("about 2,000", "1,075", False),
        ("about 12", "13", False),
        ("40%", "$40", False),
        ("2.5", "25", False),
        ("3 billion", "3 million", False),
    ],
)
def test_numbers_agree(one: str, two: str, same: bool) -> None:
    (said,), (told,) = numbers(one), numbers(two)
    assert said.agrees(told) is same


@pytest.mark.parametrize("text", ["one of them", "no one", "several hundred", "the F-16", "MH17"])
def test_what_is_no_number(text: str) -> None:
    assert numbers(text) == []
