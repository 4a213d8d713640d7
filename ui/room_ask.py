"""The room where questions are asked: the conversation and its sources.

Handlers only; what is shown is `ui.talk`'s and the ``render_*`` modules'.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import gradio as gr

from ui import shell
from ui.house import House, given, number, text
from ui.render_sources import empty_html
from ui.talk import Talk

_MAX_QUESTION_CHARS = 20_000  # the engine's own bound is lower and has a sentence to say


class AskRoom:
    """See the module's docstring."""

    name: ClassVar[str] = "ask"
    label: ClassVar[str] = "Ask"
    events: ClassVar[tuple[str, ...]] = ("ask", "stop", "fresh", "open", "linked", "why")

    def __init__(self, house: House) -> None:
        self._house = house

    def lay_out(self) -> None:
        """The conversation above, the question box at the foot."""
        own = self._house.own
        with gr.Column(elem_id="scroller"):
            own("welcome")
            own("past-frame", shell.PAST)
            own("live")
        with gr.Column(elem_id="foot"):
            own("chips")
            own("composer", shell.COMPOSER)
        own("delivered")  # what is looked up later; a script moves it to its turn

    def wire(self) -> None:
        """Only asking may take long: it queues."""
        house = self._house
        house.at_start(self._arrive, ["welcome", "cards"])
        asking = house.on_slow("ask", self.ask, ["live", "cards"], many=True)
        house.bridge.stop(
            self.stop,
            [house.talk],
            house.at(["live"]),
            cancels=[asking],
            queue=False,
            trigger_mode="multiple",
            show_progress="hidden",
            api_visibility="private",
        )
        house.on("fresh", self.fresh, ["live", "cards", "reader", "welcome"])
        house.on("open", self.open, ["reader", "cards"])
        house.on("linked", self.linked, ["reader"])
        house.on_slow("why", self.why, ["delivered"], many=True)

    def _arrive(self, _talk: Talk, _request: gr.Request) -> tuple[str, str]:
        return self._house.shelf.now().welcome, empty_html()

    def ask(self, talk: Talk, event: gr.EventData) -> Iterator[tuple[Any, Any]]:
        """One question, streamed."""
        question = text(event, "question", _MAX_QUESTION_CHARS)
        alone, serial = given(event, "standalone") is True, number(event, "serial")
        for frame in talk.ask(question, standalone=alone, serial=serial):
            yield frame.turn, gr.skip() if frame.cards is None else frame.cards

    def stop(self, talk: Talk | None, event: gr.EventData) -> Any:
        """The visitor ended the answer that was being written."""
        turn, serial = number(event, "turn"), number(event, "serial")
        frame = talk.stop(turn, serial) if talk else None
        return gr.skip() if frame is None else frame.turn

    def fresh(self, talk: Talk) -> tuple[str, str, str, str]:
        """A new conversation."""
        talk.fresh()
        return "", empty_html(), "", self._house.shelf.now().welcome

    def open(self, talk: Talk, event: gr.EventData) -> tuple[str, str]:
        """A citation or a card was opened."""
        return talk.opened(text(event, "key"))

    def linked(self, talk: Talk, event: gr.EventData) -> str:
        """The address of the page names quoted words."""
        return talk.linked(text(event, "token"))

    def why(self, talk: Talk, event: gr.EventData) -> str:
        """Someone wants to know which passages were considered for an answer."""
        turn = number(event, "turn")
        return f'<div data-deliver="why-{turn}">{talk.why(turn)}</div>'
