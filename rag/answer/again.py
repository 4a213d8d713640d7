"""The answer before, once more: with what supports it, in brief, or with the words around it.

`supported` answers 'are you sure?' with the sentences, articles and dates that the answer
rests on, and with what other articles tell; whether that is enough is for the reader to say.
`shorter` and `longer` choose other words of the same passages. Nothing is looked up here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.answer.conversation import Conversation
from rag.answer.judge import Judged
from rag.answer.quoting import shown
from rag.answer.select import same_answer
from rag.answer.spoken import spoken
from rag.types import (
    Answer,
    ArticleInfo,
    Citation,
    Kind,
    Note,
    NoteKind,
    Passage,
    Statement,
    Support,
)

_QUOTED = 3  # sentences of the answer before that are shown again
_OTHERS = 2  # other articles that are told of
_AROUND = 2  # sentences before and behind a cited one that a longer answer shows
_OF_THE_TURN = frozenset({NoteKind.REWRITTEN, NoteKind.SPELLING, NoteKind.FALLBACK})
_WORDS = 120  # of one longer quotation


def supported(
    previous: Answer,
    original: str,
    judged: Sequence[Judged],
    conversation: Conversation,
    threshold: float,
) -> Answer:
    """What the answer before rests on, and whether other articles tell the same.

    ``judged`` is the evidence for its question, weighed again, most probable first.
    """
    statements = [
        Statement(
            text=f"{_source(c)} “{shown(c.quote)}”", numbers=(c.number,), support=Support.QUOTED
        )
        for c in previous.citations[:_QUOTED]
    ]
    others = _others(previous, judged, threshold)
    told = [_other(previous, one, conversation) for one in others[:_OTHERS]]
    articles = {c.article.id for c in previous.citations}
    opening = Statement(
        text=_opening(len(previous.citations), len(articles)), numbers=(), support=Support.CATALOGUE
    )
    closing = [] if told else [Statement(text=_ALONE, numbers=(), support=Support.CATALOGUE)]
    return _made(
        previous,
        original,
        [opening, *statements, *(s for s, _ in told), *closing],
        [*previous.citations[:_QUOTED], *(c for _, c in told)],
    )


def shorter(previous: Answer, original: str) -> Answer:
    """The short answer alone, or its first sentence where no few words are the answer."""
    first = next((s for s in previous.statements if s.numbers), None)
    if first is None:
        return replace(previous, question=original)
    text = first.text
    if previous.short and len(previous.statements) == 1:
        text = shown(previous.short)
        text = text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
    kept = replace(first, text=text)
    cited = [c for c in previous.citations if c.number in first.numbers]
    return _made(previous, original, [kept], cited, short=previous.short)


def longer(
    previous: Answer,
    original: str,
    passages: Callable[[str], Sequence[Passage]],
    conversation: Conversation,
) -> Answer:
    """Each cited sentence with those around it; ``passages`` gives those of an article."""
    statements: list[Statement] = []
    citations: list[Citation] = []
    for citation in previous.citations[:_QUOTED]:
        wider = _wider(citation, passages(citation.article.id))
        if any(_covers(c, wider) for c in citations):
            continue
        number = conversation.number(wider.article.id, wider.start, wider.end)
        wider = replace(wider, number=number)
        citations.append(wider)
        statements.append(
            Statement(
                text=f"{_source(wider)} “{shown(' '.join(wider.quote.split()))}”",
                numbers=(number,),
                support=Support.QUOTED,
            )
        )
    answer = _made(previous, original, statements, citations)
    if all(c.quote == p.quote for c, p in zip(citations, previous.citations, strict=False)):
        note = Note(kind=NoteKind.MISSING, text="The cited passages hold no more than was quoted.")
        answer = replace(answer, notes=(*answer.notes, note))
    return answer


_ALONE = "No other article that was found answers this, so nothing here confirms or denies it."


def _opening(sentences: int, articles: int) -> str:
    told = "one sentence" if sentences == 1 else f"{sentences} sentences"
    where = "one article" if articles == 1 else f"{articles} articles"
    return f"The answer rests on {told} of {where}; how far to trust that is yours to judge."


def _source(citation: Citation) -> str:
    """Who says it, when and where: 'A reader's comment below “Title” (Post, 24 June 2014):'."""
    said = f"{_named(citation.article)}:"
    if citation.kind is not Kind.COMMENT:
        return said
    who = f" by {shown(citation.comment_author)}" if citation.comment_author else ""
    return f"A reader's comment{who} below {said}"


def _named(info: ArticleInfo) -> str:
    """The article with publisher and date, each said to be unknown where it is."""
    publisher = shown(info.publisher) if info.publisher else "publisher unknown"
    return f"“{shown(info.title)}” ({publisher}, {spoken(info.published)})"


def _others(previous: Answer, judged: Sequence[Judged], threshold: float) -> list[Judged]:
    """The best evidence of each article that the answer before did not cite."""
    seen = {c.article.id for c in previous.citations}
    out = []
    for one in judged:
        if one.confidence >= threshold and not one.missing and one.candidate.article.id not in seen:
            seen.add(one.candidate.article.id)
            out.append(one)
    return out


def _other(previous: Answer, one: Judged, conversation: Conversation) -> tuple[Statement, Citation]:
    """What another article tells: the same, something else, or more, as far as words show."""
    passage, info = one.candidate.passage, one.candidate.article
    start, end = one.reading.sentence or passage.sentences[0]
    number = conversation.number(info.id, start, end)
    citation = Citation(
        number=number,
        article=info,
        passage_id=passage.id,
        kind=passage.kind,
        start=start,
        end=end,
        quote=passage.text[start - passage.start : end - passage.start],
        comment_author=passage.author,
    )
    verdict = "Another article tells of it, too"
    if previous.short and one.reading.start is not None and one.reading.end is not None:
        words = passage.text[one.reading.start - passage.start : one.reading.end - passage.start]
        same = same_answer(words, previous.short)
        verdict = "Another article says the same" if same else "Another article says otherwise"
    text = f"{verdict}. {_source(citation)} “{shown(citation.quote)}”"
    return Statement(text=text, numbers=(number,), support=Support.QUOTED), citation


def _wider(citation: Citation, passages: Sequence[Passage]) -> Citation:
    """The citation with the sentences around it, as far as its passage and a bound allow."""
    holder = next(
        (p for p in passages if p.start <= citation.start and citation.end <= p.end), None
    )
    if holder is None:
        return citation
    inside = [
        place
        for place, (start, end) in enumerate(holder.sentences)
        if start < citation.end and citation.start < end
    ]
    if not inside:
        return citation
    for around in range(_AROUND, 0, -1):
        first = max(inside[0] - around, 0)
        last = min(inside[-1] + around, len(holder.sentences) - 1)
        start = min(holder.sentences[first][0], citation.start)
        end = max(holder.sentences[last][1], citation.end)
        quote = holder.text[start - holder.start : end - holder.start]
        if len(quote.split()) <= _WORDS:
            return replace(citation, start=start, end=end, quote=quote, passage_id=holder.id)
    return citation


def _covers(one: Citation, other: Citation) -> bool:
    same = one.article.id == other.article.id
    return same and one.start <= other.start and other.end <= one.end


def _made(
    previous: Answer,
    original: str,
    statements: Sequence[Statement],
    citations: Sequence[Citation],
    short: str | None = None,
) -> Answer:
    text = " ".join(s.text + "".join(f" [{n}]" for n in s.numbers) for s in statements)
    different = {c.number: c for c in citations}
    return replace(
        previous,
        question=original,
        text=text,
        short=short,
        statements=tuple(statements),
        citations=tuple(different.values()),
        mode="offline",
        notes=tuple(n for n in previous.notes if n.kind not in _OF_THE_TURN),
        parts=(),
    )
