"""Questions about one reader's comment: which reader wrote something, or what one wrote.

'Which commenter called for an inquiry?' is answered by no words of a comment but by the name
above it; 'What does the reader Ada suggest?' by Ada's comment and no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rag.retrieve.words import keys, tokens
from rag.types import Kind, Passage

_READERS = r"(?:readers?|commenters?)\b(?!['’])"
_COMMENTS = r"the\s+comments?(?:\s+section)?"
_WHICH = re.compile(
    rf"^(?:in\s+{_COMMENTS},?\s+)?(?:"
    rf"(?:which|what)\s+(?:of\s+the\s+|other\s+)?{_READERS}"
    rf"|(?:who|which)\s+(?:in\s+{_COMMENTS}|(?:among|of)\s+the\s+{_READERS})"
    rf"|who\s+.+\s+in\s+{_COMMENTS}\s*\??$"
    rf"|(?:what\s+(?:is|was)\s+)?the\s+name\s+of\s+the\s+{_READERS})",
    re.IGNORECASE,
)


def asks_whose_comment(question: str) -> bool:
    """Whether a question asks for the reader who wrote a comment."""
    return _WHICH.match(" ".join(question.split())) is not None


def named_writers(question: str, passages: Iterable[Passage]) -> frozenset[str]:
    """The authors of comments whom a question names; initials need not be typed."""
    asked = keys(question)
    return frozenset(
        passage.author
        for passage in passages
        if passage.kind is Kind.COMMENT and passage.author and _named(passage.author, asked)
    )


def _named(author: str, asked: set[str]) -> bool:
    name = {token.key for token in tokens(author) if len(token.text) > 2}
    return bool(name) and name <= asked
