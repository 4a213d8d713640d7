"""What is answered: citations, statements, notes, answers, and the turns of a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from rag.types.article import ArticleInfo, Kind


@dataclass(frozen=True, kw_only=True, slots=True)
class Citation:
    """A numbered pointer from an answer to verbatim words of an article.

    Invariant: ``quote == article.text[start:end]``. ``number`` is stable in a conversation.
    """

    number: int
    article: ArticleInfo
    passage_id: str
    kind: Kind
    start: int
    end: int
    quote: str
    comment_author: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """One earlier exchange, as far as a follow-up needs it."""

    question: str
    effective_question: str
    answer: str = ""  # without markers
    short: str | None = None
    articles: tuple[str, ...] = ()  # ids of the cited articles, in order of first citation


@dataclass(frozen=True, kw_only=True, slots=True)
class Understood:
    """A question made to stand alone. ``added`` are the words taken from the conversation.

    ``loose`` tells that nothing in the question pointed to them: where what was made of it finds
    no answer, the question is asked as it was typed.
    """

    question: str
    changed: bool = False
    loose: bool = False
    added: tuple[str, ...] = ()


class Support(StrEnum):
    """How a statement's citation was checked."""

    QUOTED = "quoted"  # the statement's words stand in the cited passage
    VERIFIED = "verified"  # a model's own words; its quotes, dates, numbers and names stand there
    CATALOGUE = "catalogue"  # it tells what the catalogue records of the cited article
    MATCHED = "matched"  # the citation was found for it afterwards
    UNSUPPORTED = "unsupported"  # its values are not in the passages
    SILENT = "silent"  # it says that the articles do not answer one part of the question


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """One sentence of an answer with the numbers of the citations that it rests on."""

    text: str
    numbers: tuple[int, ...]
    support: Support
    why: str | None = None  # why it is unsupported, in a few words


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerPart:
    """One part of a question that asked for several things, and what serves it.

    ``lead`` names it in the answer ('In 2014', 'What did they decide?'), ``question`` is
    what was looked up. ``numbers`` are its citations; there are none when ``abstained``.
    """

    lead: str
    question: str
    numbers: tuple[int, ...]
    abstained: bool


class NoteKind(StrEnum):
    """What a note is about."""

    CONFLICT = "conflict"
    AGE = "age"
    DATE = "date"
    COMMENT = "comment"
    FALLBACK = "fallback"
    REWRITTEN = "rewritten"
    SPELLING = "spelling"
    MISSING = "missing"  # what the question asks about and no article holds
    NARROWED = "narrowed"  # only some of the articles were searched, as the user asked
    UNCONFIRMED = "unconfirmed"  # sentences of a model that are marked or withheld


@dataclass(frozen=True, kw_only=True, slots=True)
class Note:
    """Something that a reader of an answer should know, in one sentence."""

    kind: NoteKind
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Timings:
    """Milliseconds spent."""

    total: float = 0.0
    retrieve: float = 0.0
    read: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """A cited answer, or a structured refusal.

    ``text`` carries its markers, ``[1]``, in place. When ``abstained`` is true there are
    no statements and no citations, and ``nearest`` holds the closest passages, which are
    shown as such and never as an answer.
    """

    question: str
    effective_question: str
    text: str
    short: str | None
    statements: tuple[Statement, ...]
    citations: tuple[Citation, ...]
    abstained: bool
    confidence: float
    mode: str  # offline | llm | catalogue
    notes: tuple[Note, ...] = ()
    nearest: tuple[Citation, ...] = ()
    timings: Timings = Timings()
    parts: tuple[AnswerPart, ...] = ()  # where the question asked for several things
