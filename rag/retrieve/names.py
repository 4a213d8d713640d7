"""Names in running text, by capitals alone, and the words of a sentence that can be an answer.

No dictionary: a name is a run of capitalised words, and a sentence's first word counts only
where more of the run follows or it is an acronym.
"""

from __future__ import annotations

from rag.retrieve.expect import Expect
from rag.retrieve.time import parse_times
from rag.retrieve.words import Token, is_function, tokens
from rag.types import Passage, Span


def names(text: str) -> list[Span]:
    """Runs of capitalised words, the first word of the text only within a longer run."""
    runs: list[list[Token]] = []
    for token in tokens(text):
        joins = bool(runs) and text[runs[-1][-1].end : token.start] in {" ", "-", ". "}
        if not token.text[0].isupper() or (is_function(token.text) and not joins):
            continue
        if joins:
            runs[-1].append(token)
        else:
            runs.append([token])
    return [
        (run[0].start, run[-1].end)
        for run in runs
        if len(run) > 1 or run[0].start > 0 or run[0].text.isupper()
    ]


def short_answer(question: str, kind: Expect, passage: Passage, sentence: Span) -> Span | None:
    """The words of a sentence that have the shape of the answer, where one run stands out.

    Dates, numbers and names only, and only those that the question does not hold itself.
    """
    text = passage.text[sentence[0] - passage.start : sentence[1] - passage.start]
    asked = {t.key for t in tokens(question)}
    if kind is Expect.DATE:
        spans = [(t.start, t.end) for t in parse_times(text)]
    elif kind is Expect.NUMBER:
        spans = [(t.start, t.end) for t in tokens(text) if t.text[0].isdigit()]
    elif kind in {Expect.PERSON, Expect.PLACE}:
        spans = names(text)
    else:
        return None
    new = [s for s in spans if not {t.key for t in tokens(text[s[0] : s[1]])} <= asked]
    if len(new) != 1:
        return None
    return sentence[0] + new[0][0], sentence[0] + new[0][1]
