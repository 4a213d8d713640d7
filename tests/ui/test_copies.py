"""Answers and citations as text, Markdown and links; and what was considered for an answer."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.types import Answer, Candidate, Citation, Considered, Filters, Kind, Statement, Support
from tests.made import candidate
from tests.ui.fake_engine import FakeEngine, as_engine, make_article
from ui.copies import (
    Place,
    answer_markdown,
    answer_text,
    citation_link,
    citation_markdown,
    citation_text,
    markdown,
    place_of,
    question_link,
    token,
)
from ui.opened import Opened
from ui.render_why import fate, why_html

TODAY = dt.date(2026, 11, 21)
QUOTE = "The harbour reopened on 3 May."


def _answer(source: str = "https://coast.example/harbour") -> Answer:
    return FakeEngine([make_article(source=source)]).ask("When was the harbour reopened?")


def _citation(source: str = "https://coast.example/harbour") -> Citation:
    return _answer(source).citations[0]


def test_a_citation_as_text_tells_whose_words_they_are() -> None:
    assert citation_text(_citation()) == (
        f"“{QUOTE}” (Coast Gazette, “Harbour reopens after the storm”, 4 May 2016) "
        "https://coast.example/harbour"
    )


def test_a_path_of_this_machine_is_not_given_away() -> None:
    cited = _citation("/srv/secret/harbour.txt")
    for text in (citation_text(cited), citation_markdown(cited)):
        assert "/srv" not in text
    strange = _citation("javascript:alert(1)")
    assert "javascript" not in citation_markdown(strange)


def test_an_answer_as_text_has_its_numbers_notes_and_sources() -> None:
    lines = answer_text(_answer()).split("\n\n")
    assert lines[0] == "When was the harbour reopened?"
    assert lines[1] == "3 May"
    assert lines[2] == f"{QUOTE} [1]"
    assert "two years older" in lines[3]
    assert lines[4].startswith(f"Sources\n[1] “{QUOTE}”")


def test_an_answer_as_markdown_holds_no_markup_of_an_article() -> None:
    answer = _answer()
    hostile = "See [this](javascript:x) <b>*now*</b> `code` | # head"
    answer = dataclasses.replace(
        answer,
        statements=(Statement(text=hostile, numbers=(1,), support=Support.QUOTED),),
        citations=(dataclasses.replace(answer.citations[0], quote=hostile),),
    )
    text = answer_markdown(answer)
    assert text.startswith("## When was the harbour reopened?")
    assert not re.search(r"(?<!\\)\[this", text)
    assert "<b>" not in text.replace("\\<b\\>", "")
    refused = FakeEngine([make_article()]).ask("What colour is the mountain?")
    assert "do not say" in answer_markdown(refused)
    assert "do not say" in answer_text(refused)


@given(st.text(max_size=60))
def test_markdown_escapes_and_loses_nothing(text: str) -> None:
    assert re.sub(r"\\([\\`*_\[\]<>#|~])", r"\1", markdown(text)) == text


def test_a_link_names_words_and_knows_whether_they_still_stand() -> None:
    cited = _citation()
    place = place_of(token(cited))
    assert place is not None
    text = make_article().text
    assert place.holds(text)
    assert not place.holds(text.replace("3 May", "4 May"))
    assert not place.holds(text[: place.end - 1])
    assert not place.holds("")
    assert citation_link(cited) == f"?c={token(cited)}"
    assert question_link("a & b?") == "?q=a%20%26%20b%3F"


@pytest.mark.parametrize(
    "given",
    [
        "",
        "x",
        "a.1-2",
        "a.1-2.0000000g",
        "a/b.1-2.00000000",
        "a.1-2.00000000\n",
        "a" * 99 + ".1-2.0",
    ],
)
def test_what_is_no_link_is_none(given: str) -> None:
    assert place_of(given) is None


def test_offsets_that_are_none_hold_nothing() -> None:
    for start, end in ((5, 5), (8, 3), (0, 10**8)):
        assert not Place(article_id="a", start=start, end=end, check="0" * 8).holds("some text")


def _opened(engine: FakeEngine) -> Opened:
    opened = Opened(as_engine(engine), lambda: TODAY)
    opened.answers[1] = engine.ask("When was the harbour reopened?")
    return opened


def test_a_link_opens_its_words_or_tells_that_they_are_gone() -> None:
    engine = FakeEngine([make_article()])
    opened = _opened(engine)
    link = token(opened.answers[1].citations[0])
    assert f'<mark id="quoted">{QUOTE}</mark>' in opened.linked(link)
    engine.corpus.stored["harbour"] = make_article(body="All of it was written anew.")
    assert "no longer stand here" in opened.linked(link)
    engine.corpus.stored.clear()
    assert "no longer here" in opened.linked(link)
    assert "no longer here" in opened.linked("<script>")


def test_quotes_of_one_answer_are_stepped_through() -> None:
    engine = FakeEngine([make_article()])
    opened = _opened(engine)
    answer = opened.answers[1]
    second = dataclasses.replace(
        answer.citations[0], number=2, start=answer.citations[0].end + 1,
        end=answer.citations[0].end + 35, quote="The mayor thanked forty volunteers",
    )  # fmt: skip
    opened.answers[1] = dataclasses.replace(answer, citations=(answer.citations[0], second))
    reader, _ = opened.by_key("t1c1")
    assert "Quote 2 of 2" in reader
    assert 'data-open="t1c0"' in reader
    assert '<mark id="quoted">The mayor thanked forty volunteers</mark>' in reader
    assert f'<mark class="other">{QUOTE}</mark>' in reader


def test_why_tells_what_became_of_each_passage_and_opens_it() -> None:
    opened = _opened(FakeEngine([make_article(), make_article("other", body="Nothing at all.")]))
    shown = opened.why(1, Filters())
    assert "cited as [1]" in shown
    assert 'data-open="t1w1"' in shown
    assert "Nothing at all." in opened.by_key("t1w1")[0]
    assert "no longer remembered" in opened.why(7, Filters())


def _considered(
    probability: float | None, missing: tuple[str, ...] = (), kind: Kind = Kind.BODY
) -> Considered:
    made: Candidate = candidate("The harbour reopened.", kind=kind)
    return Considered(
        candidate=made, probability=probability, confidence=probability, missing=missing
    )


def test_the_fate_of_a_passage_in_words() -> None:
    one = _citation()
    cited = {_considered(0.9).candidate.passage.id: [one, dataclasses.replace(one, number=3)]}
    assert fate(_considered(0.9), cited, 0.5) == "cited as [1], [3]"
    assert fate(_considered(None), {}, 0.5).startswith("not read")
    assert fate(_considered(0.2, ("Oslo", "Oslo")), {}, 0.5) == "does not mention “Oslo”"
    assert fate(_considered(0.2), {}, 0.5) == "not sure enough"
    assert "newsroom" in fate(_considered(0.8, kind=Kind.COMMENT), {}, 0.5)
    assert "fits the question better, and is not sure enough" in fate(_considered(0.8), {}, 0.5)
    assert fate(_considered(0.8), {"another": [one]}, 0.5).endswith("or says the same")
    doubted = dataclasses.replace(_considered(0.8), confidence=0.2)
    assert fate(doubted, {}, 0.5) == "not sure enough"
    assert "No passage was weighed" in why_html((), (), {}, 0.5)


def test_the_row_of_a_cited_passage_shows_the_quoted_words_wherever_they_stand() -> None:
    one, citation = _considered(0.9), _citation()
    passage = one.candidate.passage
    lead = "Many words stand before it. " * 20
    far = dataclasses.replace(passage, text=f"{lead}{QUOTE} And more.", start=0)
    there = dataclasses.replace(
        citation, start=len(lead), end=len(lead) + len(QUOTE), quote=QUOTE, passage_id=far.id
    )
    weighed = dataclasses.replace(one, candidate=dataclasses.replace(one.candidate, passage=far))
    shown = why_html([weighed], ["t1w0"], {far.id: [there]}, 0.5)
    assert f"<mark>{QUOTE}</mark> And more." in shown
    assert "…" in shown
    assert "order in which the search found them" in shown
