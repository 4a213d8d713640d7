"""Chooses which of the judged evidence an answer rests on.

One sentence where a few words are the answer; up to a few where reasons, a list or a
story are asked for; one for each article, newest first, where dated articles answer
differently. Where the best of the evidence is below the threshold, nothing is chosen: that
another passage might do is no reason to speak (docs/experiments.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from rag.answer.dated import time_of
from rag.answer.judge import Asked, Judged
from rag.answer.planned import planned
from rag.answer.whole import whole
from rag.retrieve.copies import containment, shingles
from rag.retrieve.expect import Expect, fits
from rag.retrieve.words import is_function, tokens
from rag.types import Kind, Passage, Span

# Words of evidence after which no further sentence is added: an answer, not a dump.
_ENOUGH_WORDS = 60
# A further piece of evidence must be at least this near to the best one's probability.
_BESIDE = 0.6
_VERSIONS = 3
# An article is told beside the surest where the reader is this sure of it as well, or where its
# odds are this share of the surest one's.
_SURE = 0.9
_LIKELY = 0.3
# Pieces that are less sure than an answer must be and may stand beside one, where their odds
# come near.
_NEAR = 3
# What stands beside the leading piece, is newer or of another date, is at least this probable,
# and as confident as this share of the threshold: what no reader takes for an answer is none.
_FAIR = 0.5
_LAX = 0.65
# A second piece whose odds are at least this share of the first one's is quoted beside it.
_CLOSE = 0.4
_SAID = 300  # characters of a named reader's comment that are quoted
# No single passage tells how something changed, so no reader is sure of one; each that
# comes near is shown with its date.
_CHANGE = 0.65


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """One verbatim sentence to quote, with the short answer inside it, if there is one."""

    judged: Judged
    sentence: Span
    short: str | None
    short_span: Span | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """What an answer rests on. ``versions`` tells that dated articles answer differently."""

    pieces: tuple[Piece, ...]
    versions: bool = False

    @property
    def confidence(self) -> float:
        """That the answer is right: that of the piece that leads."""
        return max((p.judged for p in self.pieces), key=lambda j: j.order).confidence


def select(asked: Asked, judged: Sequence[Judged], threshold: float, most: int) -> Selection | None:
    """The evidence for an answer, or None where what leads does not reach the threshold.

    ``judged`` is in order.
    """
    fair = _FAIR
    if asked.times.change:
        threshold, fair = threshold * _CHANGE, fair * _CHANGE
    judged = _voices(asked, judged, threshold, fair)
    if not judged or judged[0].confidence < threshold:
        return None
    good = [judged[0], *(j for j in judged[1:] if _beside(j, threshold, fair))]
    pieces = [_piece(asked, j) for j in good]
    if asked.times.latest:
        pieces = _newest(pieces)
    if asked.times.change:
        told = _by_date(pieces)
        if len(told) > 1:
            return Selection(pieces=tuple(told), versions=True)
    if asked.kind.spans:
        versions = _versions(pieces)
        if len(versions) > 1 and not asked.times.latest:
            return Selection(pieces=tuple(versions), versions=True)
        if asked.times.latest:
            return Selection(pieces=(pieces[0],))
        return Selection(pieces=tuple(_close([*pieces, *_near(asked, judged, good, threshold)])))
    if not asked.times.latest:
        pieces += _near(asked, judged, good, threshold)
    return Selection(pieces=tuple(_several(asked, pieces, most)))


def _voices(
    asked: Asked, judged: Sequence[Judged], threshold: float, fair: float
) -> Sequence[Judged]:
    """Those whose words are wanted.

    Signed comments where a reader's name is asked for; else the newsroom's where they answer, but
    for questions about readers.
    """
    if asked.commenter:
        signed = [j for j in judged if j.candidate.passage.author]
        return signed if any(j.confidence >= threshold for j in signed) else judged
    bodies = [j for j in judged if j.candidate.passage.kind is Kind.BODY]
    if asked.readers or not bodies:
        return judged
    answers = bodies[0].confidence >= threshold and bodies[0].probability >= fair
    return bodies if answers else judged


def _beside(judged: Judged, threshold: float, fair: float) -> bool:
    return judged.probability >= fair and judged.confidence >= _LAX * threshold


def _near(
    asked: Asked, judged: Sequence[Judged], good: Sequence[Judged], threshold: float
) -> list[Piece]:
    """The best of what is less probable; readers' comments only where they are asked for."""
    below = (
        j
        for j in judged
        if not any(j is one for one in good)
        and j.confidence >= _LAX * threshold
        and (asked.readers or j.candidate.passage.kind is Kind.BODY)
    )
    return [_piece(asked, j) for j in islice(below, _NEAR)]


def same_answer(a: str, b: str) -> bool:
    """Whether two short answers say the same: one's words are all among the other's."""
    words_a, words_b = _words(a), _words(b)
    return bool(words_a and words_b) and (words_a <= words_b or words_b <= words_a)


def _words(text: str) -> frozenset[str]:
    found = frozenset(t.key for t in tokens(text) if not is_function(t.text))
    return found or frozenset(t.key for t in tokens(text))


def _piece(asked: Asked, judged: Judged) -> Piece:
    reading, passage = judged.reading, judged.candidate.passage
    sentence = reading.sentence or passage.sentences[0]
    if asked.commenter and passage.author:
        return Piece(judged=judged, sentence=sentence, short=passage.author, short_span=None)
    if asked.writers and passage.kind is Kind.COMMENT:
        whole_of = _going_on(passage, sentence)
        return Piece(judged=judged, sentence=whole_of, short=None, short_span=None)
    short = None
    span: Span | None = None
    if asked.kind.spans and reading.start is not None and reading.end is not None:
        said = passage.text[sentence[0] - passage.start : sentence[1] - passage.start]
        pointed = (reading.start - sentence[0], reading.end - sentence[0])
        start, end = whole(said, pointed, asked.question)
        span = (sentence[0] + start, sentence[0] + end)
        short = said[start:end].strip()
    if asked.kind is Expect.DATE:
        text = passage.text[sentence[0] - passage.start : sentence[1] - passage.start]
        published = judged.candidate.article.published
        place = planned(asked.question, text, published)
        if place is None and not (short and fits(Expect.DATE, short)):
            place = time_of(text, published)
        if place is not None:
            span = (sentence[0] + place[0], sentence[0] + place[1])
            short = text[place[0] : place[1]]
    return Piece(judged=judged, sentence=sentence, short=short or None, short_span=span)


def _going_on(passage: Passage, sentence: Span) -> Span:
    """The sentence with those after it: one alone seldom says what a reader means."""
    start, end = sentence
    for first, last in passage.sentences:
        if first < end:
            continue
        if last - start > _SAID:
            break
        end = last
    return start, end


def _day(piece: Piece) -> int:
    return piece.judged.candidate.article.published.last


def _newest(pieces: list[Piece]) -> list[Piece]:
    """The pieces of the newest article first; the order within an article stays."""
    return sorted(pieces, key=lambda p: -_day(p))


def _versions(pieces: list[Piece]) -> list[Piece]:
    """One piece for each different short answer by date, newest first.

    Within one article the surest counts. Articles that say the same are one version, told
    by the newest of them. One that is told beside the surest is either sure itself or about
    as likely: most others answer something else ('When did the troops leave?', when they came).
    """
    best: dict[str, Piece] = {}
    for piece in pieces:  # in order
        best.setdefault(piece.judged.candidate.article.id, piece)
    strongest = pieces[0]
    beside = [
        p
        for p in best.values()
        if p.short and (p.judged.probability >= _SURE or _odds(p) >= _LIKELY * _odds(strongest))
    ]
    if not strongest.short or not _day(strongest):
        return [strongest]
    kept: list[Piece] = []
    for piece in sorted(beside, key=lambda p: -_day(p)):
        if _day(piece) and not any(same_answer(piece.short or "", k.short or "") for k in kept):
            kept.append(piece)
    if len({_day(p) for p in kept}) < 2:
        return [strongest]
    return kept[:_VERSIONS]


def _by_date(pieces: list[Piece]) -> list[Piece]:
    """The surest piece of each dated article, newest first: what changed is read off them."""
    best: dict[str, Piece] = {}
    for piece in pieces:
        if _day(piece):
            best.setdefault(piece.judged.candidate.article.id, piece)
    chosen = list(best.values())[:_VERSIONS]
    return sorted(chosen, key=lambda p: -_day(p))


def _close(pieces: list[Piece]) -> list[Piece]:
    """The surest piece, and the next one where nothing tells which of the two answers."""
    first = pieces[0]
    marks = shingles(sentence_text(first))
    for other in pieces[1:]:
        if _odds(other) < _CLOSE * _odds(first):
            continue
        if containment(marks, shingles(sentence_text(other))) <= 0.5:
            return [first, other]
    return [first]


def _odds(piece: Piece) -> float:
    probability = min(piece.judged.probability, 1 - 1e-6)
    return probability / (1 - probability)


def _several(asked: Asked, pieces: list[Piece], most: int) -> list[Piece]:
    """Different sentences, best first, until the answer is long enough."""
    if asked.kind is Expect.YESNO:
        most = 1
    kept: list[Piece] = []
    words = 0
    floor = _BESIDE * pieces[0].judged.probability
    for piece in pieces:
        text = sentence_text(piece)
        marks = shingles(text)
        if len(kept) >= most:
            break
        if piece.judged.probability < floor:
            continue
        if any(containment(marks, shingles(sentence_text(k))) > 0.5 for k in kept):
            continue
        size = len(text.split())
        if kept and words + size > _ENOUGH_WORDS:
            continue
        kept.append(piece)
        words += size
    return kept


def sentence_text(piece: Piece) -> str:
    """The verbatim words of the piece."""
    passage = piece.judged.candidate.passage
    return passage.text[piece.sentence[0] - passage.start : piece.sentence[1] - passage.start]
