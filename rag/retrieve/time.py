"""Time expressions in questions and articles: where they stand and which days they mean.

    parse_times("Kerry met Barzani on June 24", anchor=article.published)
    question_times("How did it change between 2013 and 2017?", today=20261121)

`parse_times` reads running text; the anchor is the publication date that supplies what the
words leave out ('June 24', 'on Wednesday', 'last week'). Without it such expressions are
returned unresolved, never guessed. English only; times of day are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.retrieve.time_days import DAYS, YEARLESS
from rag.retrieve.time_match import Found
from rag.retrieve.time_question import QuestionTimes, read_question
from rag.retrieve.time_relative import RELATIVE, Leaning
from rag.retrieve.time_types import Grain, Period, TimeExpression, day_of, of_days
from rag.retrieve.time_years import YEARS
from rag.types import PublishedDate

__all__ = ["Grain", "QuestionTimes", "TimeExpression", "parse_times", "question_times"]

_PART = re.compile(
    r"\b(?P<part>early|mid|late|(?:the\s+)?(?:beginning|start|middle|end|first\s+half|second\s+half)\s+of)"
    r"[\s-]+(?:in\s+|the\s+)?$",
    re.IGNORECASE,
)


def parse_times(text: str, anchor: PublishedDate | None = None) -> list[TimeExpression]:
    """All time expressions of a text in order, none overlapping another.

    With an anchor, a missing year becomes the one that puts the date nearest to it, and
    relative words are counted from it as far as its precision allows.
    """
    found: list[TimeExpression] = []
    told: Period | None = None  # the last date that 'two days later' can lean on
    for match in _chosen(text, anchor):
        if isinstance(match, Leaning):
            period = match.resolve(anchor, told) or Period(grain=match.grain)
            expression = _expression(text, match.start, match.end, period, relative=True)
        else:
            start, period = _narrowed(text, match)
            expression = _expression(text, start, match.end, period, relative=match.relative)
        if found and expression.start < found[-1].end:
            continue
        found.append(expression)
        if expression.resolved:
            told = period
    return found


def question_times(question: str, today: int) -> QuestionTimes:
    """What a question asks of time: which days, the newest state, or a change.

    ``today`` (YYYYMMDD) resolves 'last week' and 'yesterday' only. A date without a year is
    left unresolved: 'June 24' in a question need not be this year's.
    """
    day = day_of(today)
    anchor = PublishedDate(year=day.year, month=day.month, day=day.day) if day else None
    plain = parse_times(question)
    leaning = {e.start: e for e in parse_times(question, anchor) if _leans(e)}
    expressions = tuple(leaning.get(e.start, e) if not e.resolved else e for e in plain)
    return read_question(question, expressions, today)


def _leans(expression: TimeExpression) -> bool:
    """Whether 'today' may resolve it: relative words, not a month or day that lacks its year."""
    return expression.relative and _LEANING_WORDS.search(expression.text) is not None


_LEANING_WORDS = re.compile(
    r"\b(?:today|tonight|yesterday|tomorrow|last|past|previous|this|current|next|coming|ago|now|"
    r"later|earlier|before|after|following|same|\w+day)\b",
    re.IGNORECASE,
)


def _candidates(text: str, anchor: PublishedDate | None) -> Iterator[Found | Leaning]:
    """Every reading of every stretch of the text, overlapping ones too."""
    for pattern, read in (*DAYS, *YEARS):
        yield from filter(None, (read(match) for match in pattern.finditer(text)))
    for pattern, complete in YEARLESS:
        yield from filter(None, (complete(match, anchor) for match in pattern.finditer(text)))
    for pattern, lean in RELATIVE:
        yield from filter(None, (lean(match) for match in pattern.finditer(text)))


def _chosen(text: str, anchor: PublishedDate | None) -> Iterator[Found | Leaning]:
    """The longest reading wherever readings overlap, from left to right."""
    end = -1
    for match in sorted(_candidates(text, anchor), key=lambda m: (m.start, -m.end)):
        if match.start >= end:
            yield match
            end = match.end


def _narrowed(text: str, match: Found) -> tuple[int, Period]:
    """'early 2019', 'the end of June 2014': a third of the stretch, or a half, with its words."""
    period = match.period
    offset = max(0, match.start - 30)
    lead = _PART.search(text[offset : match.start])
    if lead is None or period.grain in (Grain.DAY, Grain.RANGE, Grain.WEEK):
        return match.start, period
    start = offset + lead.start()
    first, last = day_of(period.first), day_of(period.last)
    if first is None or last is None:
        return start, period
    low, high = _share(re.sub(r"\s+", " ", lead["part"].lower()))
    days = (last - first).days + 1
    begun = first.toordinal() + int(days * low)
    ended = first.toordinal() + max(int(days * high) - 1, 0)
    grain = Grain.SEASON if period.grain is Grain.YEAR else period.grain
    narrowed = of_days(first.fromordinal(begun), first.fromordinal(ended), grain)
    return start, narrowed


def _share(part: str) -> tuple[float, float]:
    if part == "early" or "beginning" in part or "start" in part:
        return 0.0, 0.34
    if part == "mid" or "middle" in part:
        return 0.33, 0.67
    if "first half" in part:
        return 0.0, 0.5
    return (0.5, 1.0) if "second half" in part else (0.66, 1.0)


def _expression(
    text: str, start: int, end: int, period: Period, *, relative: bool
) -> TimeExpression:
    return TimeExpression(
        start=start,
        end=end,
        text=text[start:end],
        first=period.first,
        last=period.last,
        grain=period.grain,
        relative=relative,
        month=period.month,
        day=period.day,
    )
