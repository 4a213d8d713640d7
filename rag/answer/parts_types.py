"""One part of a question that asks for several things: a period, a side, or a clause of its own."""

from __future__ import annotations

from dataclasses import dataclass

from rag.types import DateRange

MOST = 4  # parts that one question is cut into; one that asks for more is answered whole


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A question that stands alone, and how the answer names it ('In 2014:', 'Who attended?').

    ``period`` are the days that the part is about, where the question compares times, and
    ``otherwise`` what is asked of these days alone where the question finds no answer. Where a
    clause asks about whom the first part finds ('How old was he?'), ``around`` are its words
    before and behind that name.
    """

    question: str
    lead: str
    period: DateRange | None = None
    otherwise: str = ""
    around: tuple[str, str] | None = None


def asked(text: str) -> str:
    """Words as a question: a capital at its head, one question mark at its end."""
    text = " ".join(text.split()).rstrip("?!.,;: ")
    return f"{text[:1].upper()}{text[1:]}?"
