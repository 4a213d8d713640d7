"""What the search is narrowed to: the form in the left column, and chips in two rooms.

A room without a place in the navigation. The chat and the list of the articles honour the
same filters, which are the visitor's own (`Talk.filters`).
"""

from __future__ import annotations

from typing import ClassVar

import gradio as gr

from rag.errors import UsageError
from ui import shell
from ui.filters import filters_from
from ui.house import House, given, text
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

    def narrow(self, talk: Talk, event: gr.EventData) -> tuple[str, str, str]:
        """The filters changed; the chips, or what is wrong with them, and the list."""
        publishers = given(event, "publishers")
        names = publishers if isinstance(publishers, list) else []
        try:
            talk.filters = filters_from(
                first=text(event, "first"),
                last=text(event, "last"),
                publishers=[str(name)[:300] for name in names[:100]],
                comments=given(event, "comments") is not False,
            )
            chips = shell.chips_html(talk.filters)
        except UsageError as error:
            chips = f'<p class="failed" role="alert">{esc(str(error))}</p>'
        listing = self._house.listing(talk, text(event, "query"), 0)
        return chips, chips, articles_html(listing)
