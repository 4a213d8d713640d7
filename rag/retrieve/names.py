"""Names in running text, by capitals alone, and the words of a sentence that can be an answer.

No dictionary: a name is a run of capitalised words, and a sentence's first word counts only
where more of the run follows or it is an acronym.
"""

from __future__ import annotations

from collections.abc import Iterable

from rag.retrieve.expect import Expect
from rag.retrieve.time import parse_times
from rag.retrieve.words import Token, is_function, tokens
from rag.types import Passage, Span

# How much nearer the chosen words must stand than the next best.
_CLEARLY = 1.2
_OF_A_NAME = 0.3


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


def proper(texts: Iterable[str]) -> frozenset[str]:
    """Keys of the words that these texts write with a capital inside sentences, and never without.

    So 'kerry', typed in a hurry, is known for a name where the articles write 'Kerry'.
    """
    upper: set[str] = set()
    lower: set[str] = set()
    for text in texts:
        named = [range(start, end) for start, end in names(text)]
        for token in tokens(text):
            if not token.text[0].isupper():
                lower.add(token.key)
            elif any(token.start in run for run in named):
                upper.add(token.key)
    return frozenset(upper - lower)


def short_answer(question: str, kind: Expect, passage: Passage, sentence: Span) -> Span | None:
    """The words of a sentence that can be the answer and stand nearest to what was asked.

    Dates, numbers and names only, and only those that the question does not hold itself.
    None where the sentence has none, or two that are as near.
    """
    text = passage.text[sentence[0] - passage.start : sentence[1] - passage.start]
    asked = {t.key for t in tokens(question) if not is_function(t.text)}
    if kind is Expect.DATE:
        spans = [(t.start, t.end) for t in parse_times(text)]
    elif kind is Expect.NUMBER:
        spans = [(t.start, t.end) for t in tokens(text) if t.text[0].isdigit()]
    elif kind in {Expect.PERSON, Expect.PLACE}:
        times = [(t.start, t.end) for t in parse_times(text)]
        spans = [s for s in names(text) if not any(a < s[1] and s[0] < b for a, b in times)]
    else:
        return None
    new = [s for s in spans if not {t.key for t in tokens(text[s[0] : s[1]])} <= asked]
    ranked = sorted(new, key=lambda span: -_nearness(text, span, asked))
    if not ranked:
        return None
    if len(ranked) > 1:
        first, second = (_nearness(text, span, asked) for span in ranked[:2])
        if first < _CLEARLY * second:
            return None
    return sentence[0] + ranked[0][0], sentence[0] + ranked[0][1]


def _nearness(text: str, span: Span, asked: set[str]) -> float:
    """Sum over the asked words of a sentence of 1 / (1 + distance in words to the span).

    A name says whom the sentence is about, another word what of it is asked: it counts more.
    """
    found = tokens(text)
    inside = [i for i, t in enumerate(found) if t.start < span[1] and span[0] < t.end]
    if not inside:
        return 0.0
    return sum(
        (_OF_A_NAME if t.text[0].isupper() else 1)
        / (1 + min(abs(i - inside[0]), abs(i - inside[-1])))
        for i, t in enumerate(found)
        if t.key in asked
    )
