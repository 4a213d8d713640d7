"""The smallest parts that a passage is made of: a sentence, or a part of one that is too long.

A sentence beyond the limit is cut behind a clause mark, else at a space, else, in a run
without any (an address, encoded data, a script without spaces), between characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.index.sentences import sentence_spans
from rag.index.tokens import count_tokens
from rag.types import Span

# A token of tiktoken holds 4 to 5 characters of English and may hold less than one of others:
# at most this many characters a token are tried at once, so that no hostile run costs seconds.
CHARS_PER_TOKEN = 5
RUN = 200  # longest run without a space that is tokenised in one go
GAP = 200  # white space wider than this parts two passages

_CLAUSE = re.compile(r"[;:,—–،؛、，；：]\s|[、，；：]|\s[—–-]\s|\)\s")
_LONG_RUN = re.compile(r"\S{" + str(RUN + 1) + r",}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A span and how it stands to the one before."""

    start: int
    end: int
    opens: bool  # it begins a paragraph
    spaced: bool  # white space stands before it
    apart: bool  # so much of it that they are not to share a passage


def pieces(text: str, start: int, end: int, most_tokens: int) -> list[Piece]:
    """The sentences of ``text[start:end]``, the over-long ones cut."""
    found: list[Piece] = []
    last = start
    for first, stop in sentence_spans(text, start, end):
        for begin, finish in _short(text, first, stop, most_tokens):
            gap = text[last:begin]
            found.append(
                Piece(
                    start=begin,
                    end=finish,
                    opens="\n" in gap,
                    spaced=bool(gap),
                    apart=bool(found) and len(gap) > GAP,
                )
            )
            last = finish
    return found


def _short(text: str, start: int, end: int, most_tokens: int) -> list[Span]:
    """One sentence in spans of at most about ``most_tokens`` tokens."""
    # A token is at least one byte, so a text of few characters cannot hold too many... of Latin
    # letters; other scripts take up to three tokens a character and are counted.
    if (end - start) <= most_tokens or (
        (end - start) <= most_tokens * 2 and text[start:end].isascii()
    ):
        return [(start, end)]
    spans = []
    for first, stop in _runs(text, start, end):
        spans.extend(_by_tokens(text, first, stop, most_tokens))
    return spans


def _runs(text: str, start: int, end: int) -> list[Span]:
    """The sentence, cut inside runs that hold no space for more than 200 characters."""
    spans = []
    begin = start
    for run in _LONG_RUN.finditer(text, start, end):
        for cut in range(run.start() + RUN, run.end(), RUN):
            spans.append((begin, cut))
            begin = cut
    spans.append((begin, end))
    return [(a, b) for a, b in (_strip(text, *span) for span in spans) if a < b]


def _by_tokens(text: str, start: int, end: int, most: int) -> list[Span]:
    spans = []
    while start < end:
        reach = min(end, start + most * CHARS_PER_TOKEN)
        while (tokens := count_tokens([text[start:reach]])[0]) > most and reach - start > 1:
            reach = start + max(1, min(reach - start - 1, (reach - start) * most // tokens))
        if reach < end:
            reach = _good_cut(text, start, reach)
        first, stop = _strip(text, start, reach)
        if first < stop:
            spans.append((first, stop))
        start = reach
    return spans


def _good_cut(text: str, start: int, reach: int) -> int:
    """The last clause mark or space in the later half of ``text[start:reach]``, else ``reach``."""
    half = start + (reach - start) // 2
    clauses = [found.end() for found in _CLAUSE.finditer(text, half, reach)]
    if clauses:
        return clauses[-1]
    for place in range(reach, half, -1):
        if text[place - 1].isspace() or text[place : place + 1].isspace():
            return place
    return reach


def _strip(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
