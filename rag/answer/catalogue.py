"""Turns a catalogue answer (`about`) into an `Answer` with numbered citations.

The statements tell what the catalogue records; each cites verbatim words of the article.
"""

from __future__ import annotations

from collections.abc import Callable

from rag.answer.about import Ask, CatalogueAnswer
from rag.answer.compose import REFUSAL
from rag.answer.conversation import Conversation
from rag.answer.quoting import shown
from rag.types import Answer, Article, Citation, Kind, Statement, Support


def from_catalogue(
    told: CatalogueAnswer,
    original: str,
    effective: str,
    conversation: Conversation,
    article: Callable[[str], Article | None],
) -> Answer:
    """The catalogue's word as an answer; a cited article that is gone is left out."""
    citations: dict[int, Citation] = {}
    statements: list[Statement] = []
    for statement in told.statements:
        numbers = []
        for span in statement.cited:
            source = article(span.article_id)
            if source is None:
                continue
            number = conversation.number(source.id, span.start, span.end)
            numbers.append(number)
            citations[number] = _citation(source, span.start, span.end, number)
        statements.append(
            Statement(text=shown(statement.text), numbers=tuple(numbers), support=Support.CATALOGUE)
        )
    text = " ".join(s.text + "".join(f" [{number}]" for number in s.numbers) for s in statements)
    if told.abstained:
        text = f"{REFUSAL} {text}".strip()
    return Answer(
        question=original,
        effective_question=effective,
        text=text or REFUSAL,
        short=None if told.abstained or not told.short else shown(told.short),
        statements=() if told.abstained else tuple(statements),
        citations=() if told.abstained else tuple(citations.values()),
        abstained=told.abstained,
        confidence=1.0,
        mode="catalogue",
        notes=told.notes,
        nearest=tuple(citations.values()) if told.abstained else (),
    )


def instead(told: CatalogueAnswer, answer: Answer) -> bool:
    """Whether a doubtful word of the catalogue stands in for what the articles were found to say.

    It does where they are silent; and who wrote a comment is answered by a comment.
    """
    comment = any(citation.kind is Kind.COMMENT for citation in answer.citations)
    return answer.abstained or (told.ask is Ask.COMMENTER and not comment)


def _citation(article: Article, start: int, end: int, number: int) -> Citation:
    comment = next((c for c in article.comments if c.start <= start and end <= c.end), None)
    return Citation(
        number=number,
        article=article.info,
        passage_id="",
        kind=Kind.COMMENT if comment else Kind.BODY,
        start=start,
        end=end,
        quote=article.text[start:end],
        comment_author=comment.author if comment else None,
    )
