"""A question that asks for several things becomes its parts, each a question that stands alone.

    parts("Who attended the summit, and what did they decide?", today)

gives two parts, one a clause; 'How did … change between 2014 and 2017?' gives one a period,
'How do Weller's and Prado's views of the treaty differ?' one a side. A question that asks for
one thing gives none. Words alone decide, and only plain signs count: a question that is cut
wrongly loses more than one that is answered whole. English only.
"""

from __future__ import annotations

from rag.answer.parts_clauses import by_clause
from rag.answer.parts_gapped import by_gap
from rag.answer.parts_periods import by_period
from rag.answer.parts_sides import by_side
from rag.answer.parts_types import MOST, Part

__all__ = ["Part", "parts"]

_LONGEST = 600  # characters; a longer text tells a story before it asks


def parts(question: str, today: int) -> tuple[Part, ...]:
    """The two to four parts of a question, in its order; empty where it asks for one thing.

    ``today`` (YYYYMMDD) is what 'last year' is counted from.
    """
    text = " ".join(question.split())
    if len(text) > _LONGEST:
        return ()
    for rule in (by_side, by_gap, by_clause):
        if found := rule(text):
            return _bounded(found)
    return _bounded(by_period(text, today))


def _bounded(found: tuple[Part, ...]) -> tuple[Part, ...]:
    different = len({part.question.lower() for part in found}) == len(found)
    return found if 2 <= len(found) <= MOST and different else ()
