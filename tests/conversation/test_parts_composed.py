"""The answers to the parts of a question, told together over one set of citations."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

from rag.answer.compose import REFUSAL
from rag.answer.events import Stage
from rag.answer.parts_compose import Ask, answered, composed
from rag.answer.parts_types import Part
from rag.types import (
    Answer,
    Citation,
    DateRange,
    Filters,
    Kind,
    Note,
    NoteKind,
    Statement,
    Support,
    Timings,
)
from tests.made import info

YEARS = [
    Part(
        question=f"Who led it in {y}?",
        lead=f"In {y}",
        period=DateRange(first=y * 10000, last=y * 10000 + 1231),
    )
    for y in (2014, 2017)
]
CLAUSES = [
    Part(question="Who came?", lead="Who came?"),
    Part(question="When did they come?", lead="When?"),
]


def citation(number: int, quote: str = "Prado led it.") -> Citation:
    return Citation(
        number=number, article=info(f"a{number}"), passage_id="", kind=Kind.BODY,
        start=0, end=len(quote), quote=quote,
    )  # fmt: skip


def told(number: int, short: str | None = "Prado", confidence: float = 0.8) -> Answer:
    quote = "Prado led it."
    lead = f"{short}. " if short else ""
    return Answer(
        question="q", effective_question="q", text=f"{lead}“{quote}” [{number}]", short=short,
        statements=(Statement(text=f"“{quote}”", numbers=(number,), support=Support.QUOTED),),
        citations=(citation(number),), abstained=False, confidence=confidence, mode="offline",
        notes=(Note(kind=NoteKind.AGE, text="Old."), Note(kind=NoteKind.DATE, text="Undated.")),
        timings=Timings(retrieve=1, read=2),
    )  # fmt: skip


def silent(*nearest: int) -> Answer:
    return Answer(
        question="q", effective_question="q", text=REFUSAL, short=None, statements=(), citations=(),
        abstained=True, confidence=0.9, mode="offline", nearest=tuple(map(citation, nearest)),
        timings=Timings(retrieve=1, read=2),
    )  # fmt: skip


def test_each_period_has_its_line_and_its_citation() -> None:
    answer = composed("raw", "whole", YEARS, [told(1), told(2, "Weller", 0.6)])
    assert answer.text == (
        "In 2014: Prado. “Prado led it.” [1]\nIn 2017: Weller. “Prado led it.” [2]"
    )
    assert answer.short == "Prado (2014); Weller (2017)"
    assert [c.number for c in answer.citations] == [1, 2]
    assert [(p.lead, p.numbers, p.abstained) for p in answer.parts] == [
        ("In 2014", (1,), False),
        ("In 2017", (2,), False),
    ]
    assert answer.confidence == 0.6
    assert (answer.question, answer.effective_question) == ("raw", "whole")
    assert answer.timings == Timings(retrieve=2, read=4)
    # who asks for 2014 knows that it is long ago
    assert [note.kind for note in answer.notes] == [NoteKind.DATE]


def test_the_statements_are_the_text() -> None:
    answer = composed("q", "q", CLAUSES, [told(1), silent()])
    with_markers = [one.text + "".join(f" [{n}]" for n in one.numbers) for one in answer.statements]
    assert "\n".join(with_markers) == answer.text


def test_a_part_that_nothing_answers_says_so_in_its_place() -> None:
    answer = composed("q", "q", YEARS, [silent(7), told(1)])
    assert answer.text.startswith("In 2014: the articles do not say.\nIn 2017: Prado.")
    assert not answer.abstained
    assert answer.nearest == ()
    assert answer.statements[0].support is Support.SILENT
    assert answer.statements[0].numbers == ()
    assert answer.parts[0].abstained


def test_where_nothing_is_answered_the_whole_is_a_refusal() -> None:
    answer = composed("q", "q", CLAUSES, [silent(7, 8), silent(9, 7)])
    assert answer.abstained
    assert answer.text == REFUSAL
    assert (answer.statements, answer.citations) == ((), ())
    assert [c.number for c in answer.nearest] == [7, 9, 8]


def test_a_sentence_is_quoted_once() -> None:
    answer = composed("q", "q", CLAUSES, [told(1), told(1, "June 24")])
    assert answer.text == "Who came? Prado. “Prado led it.” [1]\nWhen? June 24. [1]"
    again = composed("q", "q", CLAUSES, [told(1, None), told(1, None)])
    assert again.text.count("“Prado led it.” [1]") == 2  # without a short answer it is needed


def _asker(answers: list[Answer], seen: list[tuple[str, DateRange | None]]) -> Ask:
    def ask(question: str, filters: Filters, ease: float = 1.0) -> Generator[Stage, None, Answer]:
        seen.append((question, filters.dates))
        yield Stage(name="searching")
        return answers.pop(0)

    return ask


def _run(steps: Generator[Stage, None, list[Answer]]) -> list[Answer]:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return list(end.value)


def test_a_period_is_looked_for_in_its_time_first_then_everywhere() -> None:
    seen: list[tuple[str, DateRange | None]] = []
    found = _run(answered(YEARS, _asker([told(1), silent(), told(2)], seen), Filters()))
    assert [a.abstained for a in found] == [False, False]
    assert [dates for _, dates in seen] == [YEARS[0].period, YEARS[1].period, None]
    assert found[1].timings == Timings(retrieve=2, read=4)


def test_what_the_user_restricts_to_stays() -> None:
    seen: list[tuple[str, DateRange | None]] = []
    only = Filters(dates=DateRange(first=20140601, last=20141231))
    _run(answered(YEARS, _asker([told(1), told(2)], seen), only))
    assert seen == [
        ("Who led it in 2014?", DateRange(first=20140601, last=20141231)),
        ("Who led it in 2017?", only.dates),  # nothing of 2017 is allowed: only what tells of it
    ]


def test_what_the_question_does_not_find_is_asked_more_widely_of_its_time_alone() -> None:
    part = replace(YEARS[0], otherwise="What happened with it in 2014?")
    wider = replace(told(1), effective_question=part.otherwise)
    seen: list[tuple[str, DateRange | None]] = []
    found = _run(answered([part], _asker([silent(), silent(), wider], seen), Filters()))
    assert seen == [
        (part.question, part.period),
        (part.question, None),
        (part.otherwise, part.period),
    ]
    shown = composed("raw", "whole", [part, YEARS[1]], [*found, silent()])
    assert [p.question for p in shown.parts] == [part.otherwise, YEARS[1].question]
    found = _run(answered([part], _asker([told(1)], seen), Filters()))
    assert composed("raw", "whole", [part], found).parts[0].question == part.question


def test_a_silent_part_beside_an_answered_one_is_asked_again_with_more_ease() -> None:
    eases: list[float] = []

    def ask(question: str, filters: Filters, ease: float = 1.0) -> Generator[Stage, None, Answer]:
        eases.append(ease)
        yield Stage(name="searching")
        return told(1) if question == CLAUSES[0].question or ease < 1 else silent(7)

    found = _run(answered(CLAUSES, ask, Filters()))
    assert [a.abstained for a in found] == [False, False]
    assert eases[:2] == [1.0, 1.0]
    assert 0.5 < eases[2] < 1.0
    eases.clear()
    both = [part for part in CLAUSES if part is not CLAUSES[0]]
    strict = _run(answered(both, _asker([silent()], []), Filters()))
    assert [a.abstained for a in strict] == [True]  # nothing beside it was answered


def test_who_did_it_is_named_in_what_is_asked_of_them_next() -> None:
    clauses = [
        Part(question="Who won the race?", lead="Who won the race?"),
        Part(
            question="How old was the one who won the race?",
            lead="How old was he?",
            around=("how old was ", ""),
        ),
    ]
    seen: list[tuple[str, DateRange | None]] = []
    _run(answered(clauses, _asker([told(1, "Ida Berg"), told(2, "31")], seen), Filters()))
    assert [question for question, _ in seen] == ["Who won the race?", "How old was Ida Berg?"]
    seen.clear()
    _run(answered(clauses, _asker([silent(), told(2, "31"), silent()], seen), Filters()))
    assert seen[1][0] == "How old was the one who won the race?"
