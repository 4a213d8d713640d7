"""The room of the articles: list and timeline, reading, adding files, removing with undo.

Handlers only; what is shown is made by ``render_articles``, ``render_changes`` and
``render_timeline``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

import gradio as gr

from rag.errors import DatelineError
from rag.index.report import RowStatus
from rag.types import ArticleInfo
from ui import shell
from ui.house import House, number, text
from ui.removals import Removals
from ui.render_articles import articles_head_html, articles_html
from ui.render_changes import kept_html, removals_html, upload_html
from ui.talk import Talk
from ui.upload_run import UploadRun
from ui.uploads import MAX_FILES, forget_upload


class ArticlesRoom:
    """See the module's docstring."""

    name: ClassVar[str] = "articles"
    label: ClassVar[str] = "Articles"
    events: ClassVar[tuple[str, ...]] = (
        "read",
        "browse",
        "survey",
        "remove",
        "keep",
        "removed",
        "end_upload",
    )

    def __init__(self, house: House) -> None:
        self._house = house
        self._files: gr.File | None = None
        self._folder = house.settings.data_dir / "uploads"
        self._removals = Removals(self._take_out)
        self._runs: dict[str, UploadRun] = {}  # by owner, while they last
        house.hidden = lambda: self._removals.hidden
        house.at_end(self._removals.close)

    def lay_out(self) -> None:
        """Adding and the picture in little height, so that titles stand on the first screen."""
        own, settings = self._house.own, self._house.settings
        own("articles-head", articles_head_html(settings.serve.max_upload_bytes, MAX_FILES))
        # no file_types: Gradio would refuse by itself, and shows the name unescaped
        self._files = gr.File(
            label="Add articles", file_count="multiple", elem_id="upload", height=58
        )
        own("report")
        own("timeline")
        own("browse-frame", shell.BROWSE)
        own("list-chips")
        own("removals")
        own("list")

    def wire(self) -> None:
        """Only adding may take long: it queues. The room is filled when it is entered."""
        house = self._house
        house.on("survey", self.survey, ["timeline", "list"])
        house.on("read", self.read, ["reader"])
        house.on("browse", self.browse, ["list"])
        house.on("remove", self.remove, ["removals", "list"])
        house.on("keep", self.keep, ["removals", "list"])
        house.on("removed", self.removed, ["removals", "timeline", "list", "cards"])
        house.on("end_upload", self.end_upload, [])
        files = self._files
        assert files is not None  # laid out before
        files.upload(
            self.add,
            [house.talk, files],
            [files, *house.at(["report", "timeline", "list", "rail-body", "welcome"])],
            show_progress="hidden",
            api_visibility="private",
        )

    def survey(self, talk: Talk, event: gr.EventData) -> tuple[str, str]:
        """The room was entered."""
        return self._house.shelf.now().timeline_html, self._list(talk, event)

    def read(self, talk: Talk, event: gr.EventData) -> str:
        """A title in the list was opened."""
        return talk.read(text(event, "id", 2000))

    def browse(self, talk: Talk, event: gr.EventData) -> str:
        """The list was searched or turned over."""
        return self._list(talk, event)

    def remove(self, talk: Talk, event: gr.EventData) -> tuple[str, str]:
        """An article is to go: it leaves the list now and the index in a moment."""
        wanted = text(event, "id", 2000)
        info = next((one for one in self._house.shelf.now().infos if one.id == wanted), None)
        if info is not None:
            self._removals.begin(talk.notebook.owner, info)
        return self._told(talk), self._list(talk, event)

    def keep(self, talk: Talk, event: gr.EventData) -> tuple[str, str]:
        """It is to stay after all."""
        done = self._removals.keep(talk.notebook.owner, text(event, "id", 2000))
        return kept_html(done) + self._told(talk), self._list(talk, event)

    def removed(self, talk: Talk, event: gr.EventData) -> tuple[str, str, str, str]:
        """The moment is over: what became of it, and of the sources that were shown."""
        timeline = self._house.shelf.now().timeline_html
        return self._told(talk), timeline, self._list(talk, event), talk.last_cards()

    def add(self, talk: Talk, files: list[str] | None) -> Iterator[tuple[Any, ...]]:
        """Files were uploaded; how far they are, then what became of each."""
        owner = talk.notebook.owner
        most = self._house.settings.serve.max_upload_bytes
        run = UploadRun(self._house.engine, files or [], self._folder, most)
        self._runs[owner] = run
        try:
            for state in run.watch():
                if not state.over:
                    yield (gr.skip(), upload_html(state), *[gr.skip()] * 4)
        finally:
            self._runs.pop(owner, None)
        stock = self._house.shelf.now()
        table = articles_html(self._house.listing(talk, "", 0))
        told = upload_html(state, {info.id: info for info in stock.infos})
        yield None, told, stock.timeline_html, table, stock.rail, stock.welcome

    def end_upload(self, talk: Talk) -> None:
        """The visitor does not want to wait for the rest."""
        run = self._runs.get(talk.notebook.owner)
        if run is not None:
            run.end()

    def _take_out(self, info: ArticleInfo) -> None:
        report = self._house.engine.remove([info.id])
        for row in report.of(RowStatus.FAILED):
            raise DatelineError(row.message)
        forget_upload(info.source, self._folder)

    def _told(self, talk: Talk) -> str:
        return removals_html(self._removals.take(talk.notebook.owner), self._removals.seconds)

    def _list(self, talk: Talk, event: gr.EventData) -> str:
        return articles_html(self._house.listing(talk, text(event, "query"), number(event, "page")))
