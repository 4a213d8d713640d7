"""What is kept of conversations: their turns with whole answers, and what readers thought of them.

Times are seconds since 1970, UTC. An owner is a short text that the surface chooses: one for
each user who logs in, one for each browser where nobody does, the empty one for the command
line. It is never shown to another owner.
"""

from __future__ import annotations

from dataclasses import dataclass

from rag.types.answer import Answer


@dataclass(frozen=True, kw_only=True, slots=True)
class ConversationInfo:
    """What a list tells of a conversation."""

    id: str  # cannot be guessed; stands in addresses
    owner: str
    title: str  # its first question, until somebody renames it
    created: float
    updated: float
    turns: int


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredTurn:
    """One question and all that was answered. ``n`` counts from 1 within its conversation."""

    n: int
    at: float
    answer: Answer


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredConversation:
    """A conversation with its turns, oldest first."""

    info: ConversationInfo
    turns: tuple[StoredTurn, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ConversationPage:
    """Some conversations of one owner, newest first, and how many there are in all."""

    rows: tuple[ConversationInfo, ...]
    found: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Rating:
    """What a reader thought of one answer. ``history`` are the questions asked before it."""

    id: int
    owner: str
    at: float
    up: bool
    reason: str
    history: tuple[str, ...]
    answer: Answer
