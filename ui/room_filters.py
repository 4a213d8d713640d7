"""What the search is narrowed to: the form in the left column, and chips in two rooms.

A room without a place in the navigation. The chat and the list of the articles honour the
same filters, which are the visitor's own (`Talk.filters`).
"""

from __future__ import annotations

from typing import Any, ClassVar

import gradio as gr

from rag.errors import UsageError
from ui import shell
from ui.filters import filters_from
from ui.house import House, given, number, text
from ui.markup import esc
from ui.render_articles import articles_html
from ui.talk import Talk


class FiltersRoom:
    """See the module's docstring."""

    name: ClassVar[str] = "filters"
    label: ClassVar[str] = ""
    events: ClassVar[tuple[str, ...]] = ("narrow",)

    def __init__(self, house: House) -> None:
        self._house = house

    def lay_out(self) -> None:
        """The form."""
        self._house.own("rail-body")

    def wire(self) -> None:
        """All of it is quick."""
        house = self._house
        house.at_start(lambda _talk, _request: (house.shelf.now().rail,), ["rail-body"])
        house.on("narrow", self.narrow, ["chips", "list-chips", "list"])

    def narrow(self, talk: Talk, event: gr.EventData) -> tuple[Any, Any, Any]:
        """The filters changed; the chips, or what is wrong with them, and the list."""
        serial = number(event, "serial")
        if serial < talk.narrowing:
            return gr.skip(), gr.skip(), gr.skip()  # an older change that came late
        talk.narrowing = serial
        publishers = given(event, "publishers")
        names = publishers if isinstance(publishers, list) else []
        try:
            talk.filters = filters_from(
                first=text(event, "first"),
                last=text(event, "last"),
                publishers=[str(name)[:300] for name in names[:100]],
                comments=given(event, "comments") is not False,
            )
            wrong = ""
        except UsageError as error:
            wrong = f'<p class="failed" role="alert">{esc(str(error))}</p>'
        chips = wrong + shell.chips_html(talk.filters)  # what holds, whatever was typed
        listing = self._house.listing(talk, text(event, "query"), 0)
        return chips, chips, articles_html(listing)
