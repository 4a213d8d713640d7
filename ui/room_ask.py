"""The room where questions are asked: the conversation, its sources, and the filters.

Handlers only; what is shown is `ui.talk`'s and the ``render_*`` modules'.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import gradio as gr

from rag.errors import UsageError
from ui import shell
from ui.filters import filters_from
from ui.house import House, given, number, text
from ui.markup import esc
from ui.render_sources import empty_html
from ui.talk import Talk

_MAX_QUESTION_CHARS = 20_000  # the engine's own bound is lower and has a sentence to say


class AskRoom:
    """See the module's docstring."""

    name: ClassVar[str] = "ask"
    label: ClassVar[str] = "Ask"
    events: ClassVar[tuple[str, ...]] = ("ask", "stop", "fresh", "open", "linked", "why", "narrow")

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
        house.at_start(self._arrive, ["welcome", "rail-body", "cards"])
        asking = house.on_slow("ask", self.ask, ["live", "cards"], many=True)
        house.bridge.stop(
            self.stop,
            [house.talk],
            house.at(["live"]),
            cancels=[asking],
            queue=False,
            show_progress="hidden",
            api_visibility="private",
        )
        house.on("fresh", self.fresh, ["live", "cards", "reader", "welcome"])
        house.on("open", self.open, ["reader", "cards"])
        house.on("linked", self.linked, ["reader"])
        house.on_slow("why", self.why, ["delivered"], many=True)
        house.on("narrow", self.narrow, ["chips"])

    def _arrive(self, _talk: Talk, _request: gr.Request) -> tuple[str, str, str]:
        engine = self._house.engine
        return shell.welcome(engine), shell.rail_html(engine.corpus.articles()), empty_html()

    def ask(self, talk: Talk, event: gr.EventData) -> Iterator[tuple[Any, Any]]:
        """One question, streamed."""
        question = text(event, "question", _MAX_QUESTION_CHARS)
        for frame in talk.ask(question, standalone=given(event, "standalone") is True):
            yield frame.turn, gr.skip() if frame.cards is None else frame.cards

    def stop(self, talk: Talk, event: gr.EventData) -> Any:
        """The visitor ended the answer that was being written."""
        turn = given(event, "turn")
        frame = talk.stop(turn) if isinstance(turn, int) else None
        return gr.skip() if frame is None else frame.turn

    def fresh(self, talk: Talk) -> tuple[str, str, str, str]:
        """A new conversation."""
        talk.fresh()
        return "", empty_html(), "", shell.welcome(self._house.engine)

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

    def narrow(self, talk: Talk, event: gr.EventData) -> str:
        """The filters changed; the chips, or what is wrong with them."""
        publishers = given(event, "publishers")
        names = publishers if isinstance(publishers, list) else []
        try:
            talk.filters = filters_from(
                first=text(event, "first"),
                last=text(event, "last"),
                publishers=[str(name)[:300] for name in names[:100]],
                comments=given(event, "comments") is not False,
            )
        except UsageError as error:
            return f'<p class="failed" role="alert">{esc(str(error))}</p>'
        return shell.chips_html(talk.filters)
