"""Writes the answer: the short answer first, then the quoted evidence with its numbers.

Every quoted sentence is verbatim canonical text; the only words of our own are dates
('In November 2017:') and the notes. It chooses no evidence.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.answer.conversation import Conversation
from rag.answer.dated import spelt_out
from rag.answer.judge import Asked, Judged
from rag.answer.quoting import shown
from rag.answer.select import Piece, Selection, sentence_text
from rag.answer.spoken import MONTHS, spoken
from rag.retrieve.expect import Expect
from rag.types import (
    Answer,
    ArticleInfo,
    Citation,
    Kind,
    Note,
    NoteKind,
    Precision,
    PublishedDate,
    Statement,
    Support,
)

REFUSAL = "The articles do not say."
_NEAREST = 3
_OLD_YEARS = 2


def written(
    asked: Asked,
    original: str,
    selection: Selection,
    conversation: Conversation,
    newest: PublishedDate | None,
) -> Answer:
    """The cited answer for a selection of evidence. ``newest`` is the corpus's newest date."""
    citations: list[Citation] = []
    statements: list[Statement] = []
    for piece in selection.pieces:
        citation = _cite(piece, conversation)
        citations.append(citation)
        lead = _when(citation.article) if selection.versions else ""
        statements.append(
            Statement(
                text=f"{lead}“{shown(citation.quote)}”",
                numbers=(citation.number,),
                support=Support.QUOTED,
            )
        )
    lead, short = _lead(asked, selection, citations[0].number)
    body = " ".join(f"{s.text} [{s.numbers[0]}]" for s in statements)
    return Answer(
        question=original,
        effective_question=asked.question,
        text=f"{lead} {body}" if lead else body,
        short=short,
        statements=tuple(statements),
        citations=tuple(citations),
        abstained=False,
        confidence=selection.confidence,
        mode="offline",
        notes=tuple(_notes(selection, citations, newest)),
    )


def refused(asked: Asked, original: str, judged: Sequence[Judged]) -> Answer:
    """The structured refusal, with the closest passages, which are no answer."""
    nearest = []
    for item in judged[:_NEAREST]:
        passage = item.candidate.passage
        start, end = item.reading.sentence or passage.sentences[0]
        nearest.append(_citation(item, start, end, number=0))
    best = judged[0].confidence if judged else 0.0
    return Answer(
        question=original,
        effective_question=asked.question,
        text=REFUSAL,
        short=None,
        statements=(),
        citations=(),
        abstained=True,
        confidence=1.0 - best,
        mode="offline",
        notes=tuple(_missing(judged)),
        nearest=tuple(nearest),
    )


def remarks(
    selection: Selection, citations: Sequence[Citation], newest: PublishedDate | None
) -> tuple[Note, ...]:
    """What a reader should know of the evidence, for whatever is written from it."""
    return tuple(_notes(selection, citations, newest))


def _lead(asked: Asked, selection: Selection, number: int) -> tuple[str, str | None]:
    """The short answer as a sentence of its own, and alone; with versions, each with its dates.

    A relative time is followed by the day that it means, which the article's date gives:
    such a sentence says more than the quote, so it carries the quote's number.
    """
    short = shown(selection.pieces[0].short or "") or None
    if selection.versions:
        parts = [
            f"{shown(p.short)} ({_year(p.judged.candidate.article.published)})"
            for p in selection.pieces
            if p.short
        ]
        return _sentence("; ".join(parts)) if parts else "", short
    if not short:
        return "", None
    if asked.kind is Expect.DATE:
        first = selection.pieces[0]
        published = first.judged.candidate.article.published
        told = spelt_out(short, sentence_text(first), published)
        if told != short:
            return f"{_sentence(told).rstrip('.')} [{number}].", told
    return _sentence(short), short


def _sentence(text: str) -> str:
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _year(date: PublishedDate) -> str:
    if date.month is None or date.year is None:
        return spoken(date)
    return f"{MONTHS[date.month - 1]} {date.year}"


def _when(article: ArticleInfo) -> str:
    date = article.published
    if date.precision is Precision.UNKNOWN:
        return "In an undated article: "
    return f"In {_year(date)}: "


def _cite(piece: Piece, conversation: Conversation) -> Citation:
    start, end = piece.sentence
    number = conversation.number(piece.judged.candidate.article.id, start, end)
    return _citation(piece.judged, start, end, number)


def _citation(judged: Judged, start: int, end: int, number: int) -> Citation:
    passage = judged.candidate.passage
    return Citation(
        number=number,
        article=judged.candidate.article,
        passage_id=passage.id,
        kind=passage.kind,
        start=start,
        end=end,
        quote=passage.text[start - passage.start : end - passage.start],
        comment_author=passage.author,
    )


def _notes(
    selection: Selection,
    citations: Sequence[Citation],
    newest: PublishedDate | None,
) -> list[Note]:
    notes = []
    if selection.versions:
        told = "; ".join(
            f"“{p.short}” ({p.judged.candidate.article.publisher or 'unnamed publisher'}, "
            f"{spoken(p.judged.candidate.article.published)})"
            for p in selection.pieces
            if p.short
        )
        if told:
            text = f"The articles differ by date, newest first: {told}."
            notes.append(Note(kind=NoteKind.CONFLICT, text=text))
    if any(c.kind is Kind.COMMENT for c in citations):
        notes.append(
            Note(kind=NoteKind.COMMENT, text="This quotes a reader's comment, not the article.")
        )
    dates = [c.article.published for c in citations]
    if any(d.precision is Precision.UNKNOWN for d in dates):
        notes.append(Note(kind=NoteKind.DATE, text="The date of a cited article is unknown."))
    age = _age(dates, newest)
    if age:
        notes.append(Note(kind=NoteKind.AGE, text=age))
    return notes


def _age(dates: Sequence[PublishedDate], newest: PublishedDate | None) -> str:
    known = [d for d in dates if d.year is not None]
    if not known or newest is None or newest.year is None:
        return ""
    latest = max(known, key=lambda d: d.last)
    years = newest.year - (latest.year or newest.year)
    if (newest.month or 12, newest.day or 31) < (latest.month or 1, latest.day or 1):
        years -= 1
    if years < _OLD_YEARS:
        return ""
    return (
        f"This is {years} years older than the newest article "
        f"({spoken(latest)}; the newest is of {spoken(newest)})."
    )


def _missing(judged: Sequence[Judged]) -> list[Note]:
    """Names what even the best evidence lacks."""
    if not judged or not judged[0].missing:
        return []
    lacking = set(judged[0].missing)
    for item in judged[1:]:
        lacking &= set(item.missing)
    if not lacking:
        return []
    told = ", ".join(f"“{word}”" for word in judged[0].missing if word in lacking)
    return [Note(kind=NoteKind.MISSING, text=f"No passage that was found mentions {told}.")]
