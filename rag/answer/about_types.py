"""What a question about the articles themselves is, and what its answer is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rag.types import Note


class Ask(StrEnum):
    """What is asked of the catalogue."""

    PUBLISHED = "published"
    MODIFIED = "modified"
    PUBLISHER = "publisher"
    AUTHOR = "author"
    TITLE = "title"
    CREDITS = "credits"
    COMMENTS = "comments"
    COMMENT_COUNT = "comment_count"
    COMMENTERS = "commenters"
    COMMENTER = "commenter"
    COMMENT_BY = "comment_by"
    COMMENT_PLACE = "comment_place"
    COMMENT_DATE = "comment_date"
    MENTIONS = "mentions"
    FROM = "from"
    BY = "by"
    UNDATED = "undated"
    COUNT = "count"
    LIST = "list"
    PUBLISHERS = "publishers"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """A question understood: what is asked, and of which articles.

    ``subject`` are the words that name the article or the thing mentioned, empty for all;
    ``title`` was given in quotation marks. ``counting`` asks for a number, ``deictic`` means
    an article that the conversation spoke of ('it', 'this article'). A ``tentative`` reading
    holds only if the subject leads to an article: 'the report', 'the page' may be anybody's.
    ``event`` tells that the subject is what an article reports and no phrase for it;
    ``of_article`` that the comments of a certain article are asked for, ``extreme``
    ('newest', 'oldest') which one of several is meant, and ``noun`` the word for a doubtful one.
    """

    ask: Ask
    subject: str = ""
    title: str = ""
    publishers: tuple[str, ...] = ()
    counting: bool = False
    deictic: bool = False
    tentative: bool = False
    of_article: bool = False
    event: bool = False
    extreme: str = ""
    learned: bool = False  # no rule words it so: the whole question is its subject
    doubtful: bool = False  # holds only where no article answers it as a question of the world
    noun: str = ""  # what the article is called, where that is in doubt: 'report', 'piece'


@dataclass(frozen=True, kw_only=True, slots=True)
class Cited:
    """Verbatim words of an article: ``article.text[start:end]``."""

    article_id: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CatalogueStatement:
    """One sentence, without markers, and the words that it rests on."""

    text: str
    cited: tuple[Cited, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class CatalogueAnswer:
    """What the catalogue tells. When ``abstained`` the statements say what is missing, and why."""

    ask: Ask
    statements: tuple[CatalogueStatement, ...]
    short: str | None = None
    abstained: bool = False
    reason: str = ""
    notes: tuple[Note, ...] = ()
    doubtful: bool = False  # to be told only where no article answers
