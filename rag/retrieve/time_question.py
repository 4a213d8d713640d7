"""What a question asks of time, judged from its words and the dates found in them.

`read_question` tells the days asked for, whether the newest state is meant ('latest', 'now',
'the last meeting', but not 'last week'), and whether a change is ('how did it change between
2013 and 2017'). It decides nothing about retrieval.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from rag.retrieve.time_types import TimeExpression, day_of, number
from rag.types import DateRange

_LATEST = re.compile(
    r"\b(?:latest|newest|most\s+recent(?:ly)?|more\s+recent(?:ly)?|currently|current|nowadays|"
    r"these\s+days|at\s+present|at\s+the\s+moment|right\s+now|now|so\s+far|to\s+date|as\s+of\s+today|"
    r"up[\s-]to[\s-]date|recently|still)\b",
    re.IGNORECASE,
)
# 'last' that means newest: 'the last meeting', 'when did they last meet'. Not a stretch of time
# ('last week'), a duration ('how long did it last'), or an order ('last name', 'at last').
_LAST = re.compile(
    r"(?<!\bat )(?<!\bto )\blast\b(?!\s+(?:name|names|words?|resort|minute|man|but|of|longer|for|"
    r"until|night|week|weekend|month|year|decade|century|day|days|weeks|months|years|spring|summer|"
    r"autumn|fall|winter|\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|"
    r"sat|sun|two|three|four|five|six|seven|eight|nine|ten|few|several|couple)\w*)(?!\s*[?.!]*\s*$)",
    re.IGNORECASE,
)
_LAST_MODIFIED = re.compile(r"\blast\s+(?:modified|updated|changed|edited)\b", re.IGNORECASE)
_DURATION = re.compile(r"\bhow\s+long\b.*\blast\b", re.IGNORECASE)
_CHANGE = re.compile(
    r"\bhow\b[^?]*\b(?:chang(?:e|es|ed|ing)|evolv\w+|develop(?:ed|s)?|shift(?:ed|s)?|differ(?:s|ed)?|"
    r"grown?|grew|improv\w+|worsen\w*|compar\w+|progress(?:ed)?)\b"
    r"|\bwhat\b[^?]*\b(?:changed|is\s+different|was\s+different|has\s+happened\s+since|happened\s+since)\b"
    r"|\bover\s+(?:time|the\s+(?:years|months|decades))\b|\bthrough\s+the\s+years\b"
    r"|\b(?:changes?|differences?|comparison|development|evolution)\s+(?:in|of|between|from|since|over)\b"
    r"|\bcompared?\b[^?]*\b(?:with|to|and)\b|\bno\s+longer\b|\b(?:before\s+and\s+after|then\s+and\s+now)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:and|to|until|till|through|-|–|—)\s*(?:in\s+|the\s+)?$", re.IGNORECASE)
_OPENS = re.compile(r"\b(?:between|from)\s+(?:the\s+)?$", re.IGNORECASE)
_AFTER = re.compile(r"\b(?P<word>since|after|from)\s+(?:the\s+)?$", re.IGNORECASE)
_ONWARDS = re.compile(
    r"\s*(?:on|onwards?|to\s+(?:now|today|date))\b", re.IGNORECASE
)  # 'from 2013 on'
_BEFORE = re.compile(
    r"\b(?P<word>before|until|till|up\s+to|by)\s+(?:the\s+)?(?:end\s+of\s+)?$", re.IGNORECASE
)
# What was first, or is no longer: the newest article is not what is asked for.
_BYGONE = re.compile(
    r"\b(?:first|earliest|oldest|original(?:ly)?|initial(?:ly)?|former(?:ly)?|previous(?:ly)?|"
    r"predecessors?|used\s+to|(?:years|decades)\s+ago)\b",
    re.IGNORECASE,
)
_LATELY = timedelta(days=31)
_OPEN_END, _OPEN_START = 99991231, 0


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionTimes:
    """What a question asks of time.

    ``asked`` are the stretches of days meant ('since 2013' runs on without end, 'between 2013
    and 2017' is one stretch); ``periods`` are the times compared, in the order named, when a
    change over named times is asked for. Dates without a year are in ``expressions`` alone.
    ``fresh`` tells that of two articles the newer is meant: it names no time but one about
    ``today`` (YYYYMMDD, 0 if not known), asks for no change, and not for what was first or is over.
    """

    expressions: tuple[TimeExpression, ...] = ()
    asked: tuple[DateRange, ...] = ()
    periods: tuple[DateRange, ...] = ()
    latest: bool = False
    change: bool = False
    fresh: bool = True
    today: int = 0


def read_question(
    question: str, expressions: tuple[TimeExpression, ...], today: int = 0
) -> QuestionTimes:
    """Judge a question, given the time expressions in it and the day on which it is asked."""
    change = _CHANGE.search(question) is not None
    known = [e for e in expressions if e.resolved]
    asked, compared = _asked(question, known)
    return QuestionTimes(
        expressions=expressions,
        asked=asked,
        periods=compared if change else (),
        latest=_is_latest(question),
        change=change,
        fresh=not change
        and not _BYGONE.search(question)
        and all(_about_today(e, today) for e in expressions),
        today=today,
    )


def _about_today(expression: TimeExpression, today: int) -> bool:
    """'This week', 'on Monday', 'next year'; not 2013, June 24 or ten years ago."""
    if not expression.relative or expression.month is not None:
        return False
    day = day_of(today)
    return day is None or expression.last >= number(day - _LATELY) or not expression.resolved


def _is_latest(question: str) -> bool:
    if _LATEST.search(question):
        return True
    last = _LAST.search(question)
    return (
        last is not None and not _DURATION.search(question) and not _LAST_MODIFIED.search(question)
    )


def _asked(
    question: str, known: list[TimeExpression]
) -> tuple[tuple[DateRange, ...], tuple[DateRange, ...]]:
    """The stretches meant, and each time by itself."""
    asked: list[DateRange] = []
    index = 0
    while index < len(known):
        here = known[index]
        lead = question[max(0, here.start - 24) : here.start]
        following = known[index + 1] if index + 1 < len(known) else None
        if following is not None and _OPENS.search(lead):
            link = question[here.end : following.start]
            if _BETWEEN.fullmatch(link) and here.first <= following.last:
                asked.append(DateRange(first=here.first, last=following.last))
                index += 2
                continue
        asked.append(_open(lead, here, question[here.end : here.end + 12]))
        index += 1
    return tuple(asked), tuple(DateRange(first=e.first, last=e.last) for e in known)


# 'after the 2013 summit': within 2013 there is a time after it, and one before it.
_EVENT = re.compile(
    r"\s+(?!(?:and|or|but|to|in|on|at|of|by|did|was|were|is|are|what|who)\b)[\w'’-]+"
)


def _open(lead: str, here: TimeExpression, tail: str) -> DateRange:
    """'since 2013' has no end, 'before 2014' no start; 'after' and 'before' leave 2014 out."""
    after, before = _AFTER.search(lead), _BEFORE.search(lead)
    event = lead.rstrip().lower().endswith(" the") and _EVENT.match(tail) is not None
    if after is not None and (after["word"].lower() != "from" or _ONWARDS.match(tail)):
        beyond = after["word"].lower() == "after" and not event
        return DateRange(first=_moved(here.last, 1) if beyond else here.first, last=_OPEN_END)
    if before is not None:
        beyond = before["word"].lower() == "before" and not event
        last = _moved(here.first, -1) if beyond else here.last
        return DateRange(first=_OPEN_START, last=last)
    return DateRange(first=here.first, last=here.last)


def _moved(value: int, by: int) -> int:
    """The day before or after another; the calendar's own ends stay where they are."""
    day = day_of(value)
    if day is None or not 1 < day.toordinal() < date.max.toordinal():
        return value
    return number(day + timedelta(days=by))
