"""Dates that lean on the article's own: 'this morning' is a day, if the article has one.

``time_of`` finds the only time that a sentence tells, for a question that asks when;
``spelt_out`` adds the calendar's date to a relative one, 'Friday (27 April 2018)'. Nothing is
added where the article is undated or the words are dates already.
"""

from __future__ import annotations

from rag.answer.spoken import MONTHS, spoken
from rag.retrieve.time import Grain, parse_times
from rag.types import Precision, PublishedDate, Span


def time_of(sentence: str, published: PublishedDate) -> Span | None:
    """Where the sentence's time stands; None where it tells none, or more than one."""
    told = [t for t in parse_times(sentence, published) if t.resolved]
    if len({(t.first, t.last) for t in told}) != 1:
        return None
    return told[0].start, told[0].end


def spelt_out(short: str, sentence: str, published: PublishedDate) -> str:
    """The calendar's date behind a relative one, in brackets; other words as they are.

    ``short`` are words of the sentence: 'February' alone is no time, 'in February' is one.
    """
    at = sentence.find(short)
    if published.precision is not Precision.DAY or at < 0 or not short:
        return short
    told = [t for t in parse_times(sentence, published) if t.start < at + len(short) and at < t.end]
    if len(told) != 1 or not told[0].relative or not told[0].resolved:
        return short
    only = told[0]
    year, month, day = only.first // 10000, only.first // 100 % 100, only.first % 100
    if only.month is not None and MONTHS[only.month - 1][:3].lower() in short.lower():
        return short if only.day else f"{short} ({year})"  # 'July 1' says enough
    if only.grain is Grain.DAY:
        return f"{short} ({spoken(PublishedDate(year=year, month=month, day=day))})"
    if only.grain is Grain.MONTH:
        return f"{short} ({spoken(PublishedDate(year=year, month=month))})"
    return f"{short} ({year})" if only.grain is Grain.YEAR else short
