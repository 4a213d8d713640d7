"""What one visitor's talk writes down: the stored conversation that it continues.

A `Talk` counts its turns as they are shown; turns that failed or were stopped are not
kept, so the store counts otherwise. The notebook knows which is which. No Gradio, no HTML.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.engine import Engine
from rag.errors import DatelineError
from rag.types import Answer, ConversationPage, StoredConversation


class Notebook:
    """The place of one owner's current conversation in the store."""

    def __init__(self, engine: Engine, owner: str) -> None:
        self._engine = engine
        self.owner = owner
        self.conversation_id: str | None = None
        self._stored: dict[int, int] = {}  # turn as shown -> its number in the store
        self._last = 0  # number in the store of the last turn that the talk knows

    def begin(self) -> None:
        """What comes next is a new conversation."""
        self.conversation_id = None
        self._stored = {}
        self._last = 0

    def keep(self, turn: int, answer: Answer) -> str:
        """Write a turn down; gives a sentence for the visitor where that was not possible."""
        try:
            kept, number = self._engine.talks.append(self.owner, self.conversation_id, answer)
        except DatelineError as error:
            return str(error)
        if kept.id != self.conversation_id:  # a new one, or the old one was deleted elsewhere
            self._stored = {}
        self.conversation_id = kept.id
        self._stored[turn] = self._last = number
        return ""

    def newer(self) -> list[Answer]:
        """What another page of the same owner has added to the conversation meanwhile."""
        if self.conversation_id is None:
            return []
        added = self._engine.talks.after(self.owner, self.conversation_id, self._last)
        self._last = added[-1].n if added else self._last
        return [one.answer for one in added]

    def take_up(self, conversation_id: str) -> StoredConversation | None:
        """Continue a stored conversation; its turns are shown as 1, 2, 3."""
        stored = self._engine.talks.get(self.owner, conversation_id)
        if stored is not None:
            self.conversation_id = stored.info.id
            self._stored = {place: one.n for place, one in enumerate(stored.turns, 1)}
            self._last = stored.turns[-1].n if stored.turns else 0
        return stored

    def rate(
        self, turn: int, answer: Answer, *, up: bool, reason: str, history: Sequence[str]
    ) -> None:
        """Keep what the visitor thought of a turn; the last thought counts."""
        self._engine.feedback.add(
            self.owner, answer, up=up, reason=reason, history=history, turn=self._place(turn)
        )

    def unrate(self, turn: int) -> bool:
        """Take the last thought back."""
        place = self._place(turn)
        return bool(place[0]) and self._engine.feedback.withdraw(self.owner, place)

    def rated(self) -> dict[int, bool]:
        """Turn as shown -> whether the thumb points up."""
        if self.conversation_id is None:
            return {}
        thumbs = self._engine.feedback.of(self.owner, self.conversation_id)
        return {turn: thumbs[n] for turn, n in self._stored.items() if n in thumbs}

    def listed(self, query: str, page: int) -> ConversationPage:
        """The owner's conversations, newest first."""
        return self._engine.talks.page(self.owner, query, page)

    def _place(self, turn: int) -> tuple[str, int]:
        number = self._stored.get(turn)
        return (self.conversation_id or "", number) if number is not None else ("", 0)
