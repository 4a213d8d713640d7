"""The room of the articles: the list, searching and reading it, and adding files to it.

Handlers only; what is shown is `ui.render_articles`'s.
"""

from __future__ import annotations

from typing import ClassVar

import gradio as gr

from rag.errors import DatelineError
from ui import shell
from ui.house import House, number, text
from ui.markup import esc
from ui.render_articles import articles_html, listed, report_html
from ui.talk import Talk
from ui.uploads import add_uploads


class ArticlesRoom:
    """See the module's docstring."""

    name: ClassVar[str] = "articles"
    label: ClassVar[str] = "Articles"
    events: ClassVar[tuple[str, ...]] = ("read", "browse")

    def __init__(self, house: House) -> None:
        self._house = house
        self._files: gr.File | None = None

    def lay_out(self) -> None:
        """Adding above, the list below."""
        own = self._house.own
        own("articles-head", shell.ARTICLES_HEAD)
        # no file_types: Gradio would refuse by itself, and shows the name unescaped
        self._files = gr.File(
            label="Add articles", file_count="multiple", elem_id="upload", height=132
        )
        own("report")
        own("list")

    def wire(self) -> None:
        """Only adding may take long: it queues."""
        house = self._house
        house.at_start(lambda _talk, _request: (self._table("", 0),), ["list"])
        house.on("read", self.read, ["reader"])
        house.on("browse", self.browse, ["list"])
        files = self._files
        assert files is not None  # laid out before
        files.upload(
            self.add,
            [files],
            [files, *house.at(["report", "list", "rail-body", "welcome"])],
            show_progress="minimal",
            show_progress_on=house.at(["report"]),
            api_visibility="private",
        )

    def read(self, talk: Talk, event: gr.EventData) -> str:
        """A title in the list was opened."""
        return talk.read(text(event, "id", 2000))

    def browse(self, _talk: Talk, event: gr.EventData) -> str:
        """The list was searched or turned over."""
        return self._table(text(event, "query"), number(event, "page"))

    def add(self, files: list[str] | None) -> tuple[None, str, str, str, str]:
        """Files were uploaded."""
        engine, settings = self._house.engine, self._house.settings
        try:
            report, refused = add_uploads(
                engine, files or [], settings.data_dir / "uploads", settings.serve.max_upload_bytes
            )
            told = report_html(report, refused)
        except DatelineError as error:
            told = f'<p class="failed" role="alert">{esc(str(error))}</p>'
        rail = shell.rail_html(engine.corpus.articles())
        return None, told, self._table("", 0), rail, shell.welcome(engine)

    def _table(self, query: str, page: int) -> str:
        return articles_html(listed(self._house.engine.corpus.articles(), query, page))
