"""An answer as JSON: the contract that other programs rely on.

The keys of `answer_as_json` are frozen; new ones may be added, none renamed or dropped.
"""

from __future__ import annotations

from typing import Any

from rag.types import Answer, AnswerPart, Citation, Statement


def answer_as_json(answer: Answer, case_id: str | None = None) -> dict[str, Any]:
    """The answer as plain JSON values, with the id of the question that it belongs to."""
    return {
        "id": case_id,
        "question": answer.question,
        "effective_question": answer.effective_question,
        "answer": answer.text,
        "short": answer.short,
        "abstained": answer.abstained,
        "confidence": round(answer.confidence, 4),
        "mode": answer.mode,
        "citations": [_citation(c) for c in answer.citations],
        "statements": [_statement(s) for s in answer.statements],
        "parts": [_part(p) for p in answer.parts],
        "notes": [note.text for note in answer.notes],
        "nearest": [_citation(c) for c in answer.nearest],
        "ms": {
            "total": round(answer.timings.total, 2),
            "retrieve": round(answer.timings.retrieve, 2),
            "read": round(answer.timings.read, 2),
        },
    }


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "text": statement.text,
        "numbers": list(statement.numbers),
        "support": statement.support.value,
        "why": statement.why,
    }


def _part(part: AnswerPart) -> dict[str, Any]:
    return {
        "lead": part.lead,
        "question": part.question,
        "citations": list(part.numbers),
        "abstained": part.abstained,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "n": citation.number,
        "article": citation.article.id,
        "source": citation.article.source,
        "title": citation.article.title,
        "publisher": citation.article.publisher,
        "published": citation.article.published.iso,
        "kind": citation.kind.value,
        "author": citation.comment_author,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
    }
