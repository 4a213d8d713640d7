"""Questions about one reader's comment: which reader wrote something, or what one wrote.

'Which commenter called for an inquiry?' is answered by no words of a comment but by the name
above it; 'What does the reader Ada suggest?' by Ada's comment and no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rag.retrieve.words import tokens
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
    """The authors of comments whom a question names as writers; initials need not be typed."""
    authors = {p.author for p in passages if p.kind is Kind.COMMENT and p.author}
    return frozenset(author for author in authors if _writes(author, question))


# What stands before or behind the name of one who writes, and not of one who is written about.
_BEFORE = re.compile(
    r"(?:\b(?:readers?|commenters?|commentators?|users?|named|called|according to|"
    r"comments? (?:by|from))\s+|\b(?:do|does|did|has|have)\s+(?:the\s+\w+\s+)?)$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"^(?:\s+\w\.)?\s*(?:['’]s?\s+(?:comments?|opinion|view|point)|"
    r",?\s+(?:(?:from|in|of)\s+(?:[\w'’.-]+\s+){1,4}?)?"
    r"(?:say|think|write|wrote|want|suggest|argue|claim|cite|ask|demand|believe|call|compare|propose|mean|"
    r"complain|critici[sz]e|praise|object|comment|warn|fear|hope|make|recommend|blame|see|feel)\w*\b)",
    re.IGNORECASE,
)
_NOBODY = frozenset({"reader", "user", "guest", "anonymous", "admin", "editor"})


def _writes(author: str, question: str) -> bool:
    words = [t for t in tokens(author) if len(t.text) > 2] or list(tokens(author))
    if not words or any(t.text.lower() in _NOBODY for t in words):
        return False
    name = re.compile(r"\W+".join(re.escape(t.text) for t in words), re.IGNORECASE)
    return any(
        _BEFORE.search(question[: found.start()]) or _BEHIND.match(question[found.end() :])
        for found in name.finditer(question)
        if not re.match(r"\w|\s+[A-Z][a-z]", question[found.end() :])
    )
