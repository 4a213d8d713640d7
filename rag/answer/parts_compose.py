"""The answers to the parts of a question become one: each part led by its name, in order.

`answered` asks for each part, one after the other; `composed` writes 'In 2014: … [1]' and
'In 2017: the articles do not say.' below each other, over one set of citations. It finds no
evidence and changes no word of it.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import Protocol

from rag.answer.compose import REFUSAL
from rag.answer.events import Stage
from rag.answer.parts_types import Part, asked
from rag.answer.quoting import shown
from rag.types import (
    Answer,
    AnswerPart,
    Citation,
    DateRange,
    Filters,
    Note,
    NoteKind,
    Statement,
    Support,
    Timings,
)

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_NAMED = re.compile(r"(?!(?:The|An?|His|Her|Their|One)\s)[^\W\d_a-z]")  # a capital, no article
_LONGEST_NAME = 60  # characters of a short answer that stands for a person
_NEAREST = 3
_MARKER = re.compile(r"\s*\[\d+\]")
# What is left of the threshold for a part whose question stands beside an answered one: who asks
# for two things, and was right in one of them, is seldom wrong in the other.
_BESIDE = 0.65


class Ask(Protocol):
    """Answers one question; ``ease`` is the share of the threshold that it must reach."""

    def __call__(
        self, question: str, filters: Filters, ease: float = 1.0, /
    ) -> Generator[Stage, None, Answer]:
        """The steps of the work, then the answer."""


def answered(
    parts: Sequence[Part], ask: Ask, filters: Filters
) -> Generator[Stage, None, list[Answer]]:
    """One answer or refusal for each part.

    A part about a period looks among the articles of that time first, then among all, for an
    article of 2015 may well tell of 2013.
    """
    out: list[Answer] = []
    for place, part in enumerate(parts):
        named = _named(part, out[0]) if place else part
        answer = yield from _asked(named, ask, filters, 1.0)
        out.append(answer)
    if any(not answer.abstained for answer in out):
        for place, part in enumerate(parts):
            # only where evidence came near, not where the catalogue or a model was silent
            if out[place].abstained and out[place].nearest and out[place].mode == "offline":
                eased = yield from _asked(part, ask, filters, _BESIDE)
                out[place] = _later(out[place], eased)
    return out


def _named(part: Part, answer: Answer) -> Part:
    """A part that asks about whom the first asked for, with the name that was found."""
    short = "" if answer.abstained else answer.short or ""
    if part.around is None or len(short) > _LONGEST_NAME or not _NAMED.match(short):
        return part
    before, behind = part.around
    return replace(part, question=asked(f"{before}{short}{behind}"))


def _asked(part: Part, ask: Ask, filters: Filters, ease: float) -> Generator[Stage, None, Answer]:
    """The answer to one part, from the articles of its time or from all."""
    within = _narrowed(filters, part.period)
    answer = None
    if within is not None:
        answer = yield from ask(part.question, within, ease)
    if answer is None or answer.abstained:
        everywhere = yield from ask(part.question, filters, ease)
        answer = everywhere if answer is None else _later(answer, everywhere)
    if answer.abstained and part.otherwise and within is not None:
        wider = yield from ask(part.otherwise, within, ease)
        answer = answer if wider.abstained else _later(answer, wider)
    return answer


def composed(
    original: str, effective: str, parts: Sequence[Part], answers: Sequence[Answer]
) -> Answer:
    """One answer of several; a refusal where every part is one."""
    abstained = all(answer.abstained for answer in answers)
    answers = _briefer(answers)
    given = [answer for answer in answers if not answer.abstained]
    citations: dict[int, Citation] = {c.number: c for a in given for c in a.citations}
    return Answer(
        question=original,
        effective_question=effective,
        text=REFUSAL if abstained else "\n".join(map(_line, parts, answers)),
        short=_short(parts, answers),
        statements=()
        if abstained
        else tuple(s for part, a in zip(parts, answers, strict=True) for s in _statements(part, a)),
        citations=tuple(citations.values()),
        abstained=abstained,
        confidence=min(a.confidence for a in (given or answers)),
        mode=_mode(given or answers),
        notes=_notes(parts, answers),
        nearest=_nearest(answers) if abstained else (),
        timings=_spent(answers),
        parts=tuple(
            AnswerPart(
                lead=part.lead,
                question=_put(part, answer),
                numbers=tuple(c.number for c in answer.citations),
                abstained=answer.abstained,
            )
            for part, answer in zip(parts, answers, strict=True)
        ),
    )


def _narrowed(filters: Filters, period: DateRange | None) -> Filters | None:
    """The filters with the period in them; None where there is none, or nothing is left."""
    if period is None:
        return None
    chosen = filters.dates or DateRange()
    first, last = max(chosen.first, period.first), min(chosen.last, period.last)
    if first > last:
        return None
    return replace(filters, dates=DateRange(first=first, last=last))


def _put(part: Part, answer: Answer) -> str:
    """The question that was answered: the wider one, where it took the first one's place."""
    wider = part.otherwise and answer.effective_question == part.otherwise
    return part.otherwise if wider else part.question


def _later(before: Answer, answer: Answer) -> Answer:
    """The second try, with the time that the first took; of two refusals the likelier words."""
    return replace(answer, timings=_spent([before, answer]))


def _briefer(answers: Sequence[Answer]) -> list[Answer]:
    """A sentence that an earlier part has quoted is not quoted again where a few words answer."""
    out: list[Answer] = []
    quoted: set[int] = set()
    for answer in answers:
        numbers = {n for s in answer.statements for n in s.numbers}
        opening = _opening(answer)
        told = len(answer.statements) == 1 and opening and numbers <= quoted
        out.append(_without_quote(answer, opening) if told else answer)
        quoted |= numbers
    return out


def _without_quote(answer: Answer, opening: str) -> Answer:
    only = replace(answer.statements[0], text=opening)
    markers = "".join(f" [{n}]" for n in only.numbers)
    return replace(answer, text=f"{opening}{markers}", statements=(only,))


def _opening(answer: Answer) -> str:
    """The short answer as it leads the first statement; empty where none does."""
    first = answer.statements[0].text if answer.statements else ""
    return _MARKER.sub("", answer.text[: max(answer.text.find(first), 0)]).strip()


def _lead(part: Part) -> str:
    """The part's name; the question's own brackets are no markers either."""
    return shown(part.lead if part.lead.endswith("?") else f"{part.lead}:")


def _line(part: Part, answer: Answer) -> str:
    return f"{_lead(part)} {_silent(part) if answer.abstained else answer.text}"


def _silent(part: Part) -> str:
    return REFUSAL if part.lead.endswith("?") else f"{REFUSAL[0].lower()}{REFUSAL[1:]}"


def _statements(part: Part, answer: Answer) -> list[Statement]:
    """The part's statements, the first led by the part's name and its short answer."""
    if answer.abstained or not answer.statements:
        return [
            Statement(text=f"{_lead(part)} {_silent(part)}", numbers=(), support=Support.SILENT)
        ]
    first = answer.statements[0]
    text = " ".join(filter(None, (_lead(part), _opening(answer), first.text)))
    return [replace(first, text=text), *answer.statements[1:]]


def _short(parts: Sequence[Part], answers: Sequence[Answer]) -> str | None:
    told = [
        answer.short if part.period is None else f"{answer.short} ({part.lead.split(' ', 1)[-1]})"
        for part, answer in zip(parts, answers, strict=True)
        if answer.short and not answer.abstained
    ]
    return "; ".join(dict.fromkeys(told)) or None


def _mode(answers: Sequence[Answer]) -> str:
    modes = {answer.mode for answer in answers}
    return next((mode for mode in ("llm", "offline") if mode in modes), answers[0].mode)


def _notes(parts: Sequence[Part], answers: Sequence[Answer]) -> tuple[Note, ...]:
    """All notes, each once; who asks for a year need not be told that it is long ago."""
    told = [
        note
        for part, answer in zip(parts, answers, strict=True)
        for note in answer.notes
        if note.kind is not NoteKind.AGE
        or (part.period is None and not _YEAR.search(part.question))
    ]
    return tuple(dict.fromkeys(told))


def _nearest(answers: Sequence[Answer]) -> tuple[Citation, ...]:
    """The closest passages of all parts, the first of each before the second of any."""
    rounds = [a.nearest[i] for i in range(_NEAREST) for a in answers if i < len(a.nearest)]
    different = {(c.article.id, c.start, c.end): c for c in rounds}
    return tuple(different.values())[:_NEAREST]


def _spent(answers: Sequence[Answer]) -> Timings:
    return Timings(
        retrieve=sum(a.timings.retrieve for a in answers), read=sum(a.timings.read for a in answers)
    )
