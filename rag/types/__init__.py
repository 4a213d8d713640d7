"""The nouns of Dateline: what an article, a passage, a citation and an answer are.

Every room speaks in these. They are frozen and keyword-only, import nothing of ours and
hold no behaviour beyond what follows from their own fields.

One rule stands behind all of them: **offsets point into the canonical text**. For every
passage, citation and comment ``article.text[start:end]`` is exactly the text meant, in
Unicode code points, end exclusive.
"""

from __future__ import annotations

from rag.types.answer import (
    Answer,
    AnswerPart,
    Citation,
    Note,
    NoteKind,
    Statement,
    Support,
    Timings,
    Turn,
    Understood,
)
from rag.types.article import (
    Article,
    ArticleInfo,
    Comment,
    DateOrigin,
    Kind,
    Precision,
    PublishedDate,
    Rejected,
    TitleOrigin,
)
from rag.types.kept import (
    ConversationInfo,
    ConversationPage,
    Rating,
    StoredConversation,
    StoredTurn,
)
from rag.types.search import (
    Candidate,
    Considered,
    DateRange,
    Filters,
    Hit,
    Passage,
    Reading,
    Span,
)

__all__ = [
    "Answer",
    "AnswerPart",
    "Article",
    "ArticleInfo",
    "Candidate",
    "Citation",
    "Comment",
    "Considered",
    "ConversationInfo",
    "ConversationPage",
    "DateOrigin",
    "DateRange",
    "Filters",
    "Hit",
    "Kind",
    "Note",
    "NoteKind",
    "Passage",
    "Precision",
    "PublishedDate",
    "Rating",
    "Reading",
    "Rejected",
    "Span",
    "Statement",
    "StoredConversation",
    "StoredTurn",
    "Support",
    "Timings",
    "TitleOrigin",
    "Turn",
    "Understood",
]
