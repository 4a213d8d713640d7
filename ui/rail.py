"""The conversations in the left column: list, search, open again, rename, delete, undo.

Handlers only; what is shown is `ui.rail_html`'s, what is kept is the `Notebook`'s of the
visitor's own `Talk`. Thumbs come in here too (event ``rate``), for they are kept beside.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

import gradio as gr

from rag.errors import DatelineError
from rag.types import ConversationInfo
from ui.house import House, given, number, text
from ui.rail_html import HEAD, deleted_html, rated_html, talks_html, told_html, user_html
from ui.talk import Talk
from ui.visitors import user_of

_GONE = "This conversation is no longer here."


class RailRoom:
    """See the module's docstring."""

    name: ClassVar[str] = "rail"
    label: ClassVar[str] = ""  # no room of its own: it stands in the left column
    events: ClassVar[tuple[str, ...]] = (
        "talks_list",
        "talk_open",
        "talk_rename",
        "talk_delete",
        "talk_undelete",
        "rate",
    )

    def __init__(self, house: House) -> None:
        self._house = house

    def lay_out(self) -> None:
        """What stands still above, the list, and who is logged in below."""
        own = self._house.own
        own("talks-head", HEAD)
        own("talks")
        own("talks-foot")

    def wire(self) -> None:
        """All of it is quick."""
        house = self._house
        house.at_start(self._arrive, ["talks", "talks-foot"])
        house.on("talks_list", self.list, ["talks"])
        house.on("talk_open", self.open, ["live", "cards", "reader", "talks"])
        house.on("talk_rename", self.rename, ["talks"])
        house.on("talk_delete", self.delete, ["talks"])
        house.on("talk_undelete", self.undelete, ["talks"])
        house.on("rate", self.rate, ["delivered"])

    def _arrive(self, talk: Talk, request: gr.Request) -> tuple[str, str]:
        user = user_of(request)
        return self._listed(talk), user_html(user) if user else ""

    def list(self, talk: Talk, event: gr.EventData) -> str:
        """The list was searched or turned over, or a turn was added to it."""
        return self._listed(talk, event)

    def open(self, talk: Talk, event: gr.EventData) -> tuple[Any, Any, Any, str]:
        """A conversation is shown again and goes on."""
        try:
            turns = talk.recall(text(event, "id"))
        except DatelineError as error:
            return gr.skip(), gr.skip(), gr.skip(), self._told(talk, event, str(error))
        if turns is None:
            return gr.skip(), gr.skip(), gr.skip(), self._told(talk, event, _GONE)
        return turns, talk.last_cards(), "", self._listed(talk, event)

    def rename(self, talk: Talk, event: gr.EventData) -> str:
        """Another name for a conversation."""
        engine, owner = self._house.engine, talk.notebook.owner
        try:
            done = engine.talks.rename(owner, text(event, "id"), text(event, "title", 1000))
        except DatelineError as error:
            return self._told(talk, event, str(error))
        return self._told(talk, event, _GONE) if done is None else self._listed(talk, event)

    def delete(self, talk: Talk, event: gr.EventData) -> str:
        """A conversation goes; the note above the list brings it back."""
        row = self._row(talk, text(event, "id"))
        try:
            done = row and self._house.engine.talks.delete(talk.notebook.owner, row.id)
        except DatelineError as error:
            return self._told(talk, event, str(error))
        if not done or row is None:
            return self._told(talk, event, _GONE)
        return self._listed(
            talk, event, deleted_html(row, self._house.engine.settings.keep.undo_hours)
        )

    def undelete(self, talk: Talk, event: gr.EventData) -> str:
        """It is back."""
        engine, owner = self._house.engine, talk.notebook.owner
        try:
            done = engine.talks.undelete(owner, text(event, "id"))
        except DatelineError as error:
            return self._told(talk, event, str(error))
        if not done:
            return self._told(talk, event, _GONE)
        return self._listed(talk, event, told_html("It is back."))

    def _row(self, talk: Talk, conversation_id: str) -> ConversationInfo | None:
        stored = self._house.engine.talks.get(talk.notebook.owner, conversation_id)
        return stored.info if stored else None

    def rate(self, talk: Talk, event: gr.EventData) -> Any:
        """A thumb, with the reason that was given for it; what is told goes to its turn."""
        turn, up, reason = number(event, "turn"), given(event, "up"), text(event, "reason", 20_000)
        try:
            kept = talk.rate(turn, up if isinstance(up, bool) else None, reason)
        except DatelineError as error:
            return rated_html(turn, str(error), failed=True)
        if not kept:
            return gr.skip()
        what = "your verdict and your reason are" if reason.strip() else "your verdict is"
        return rated_html(
            turn, f"Thank you: {what} kept with the answer." if up is not None else "Taken back."
        )

    def _told(self, talk: Talk, event: gr.EventData, message: str) -> str:
        return self._listed(talk, event, told_html(message, failed=True))

    def _listed(self, talk: Talk, event: gr.EventData | None = None, note: str = "") -> str:
        query = text(event, "query") if event else ""
        page = number(event, "page") if event else 0
        try:
            listed = talk.notebook.listed(query, page)
        except DatelineError as error:
            return told_html(str(error), failed=True)
        return talks_html(
            listed,
            today=dt.datetime.now().astimezone().date(),
            query=query,
            page=page,
            current=talk.notebook.conversation_id,
            note=note,
        )
