"""The Gradio page: where things stand and which event calls what; no logic of its own.

The conversation, the sources and the list are our own markup in ``gr.HTML``, because a
citation must be a real button. ``assets/page.js`` turns what the visitor does into the
events of one invisible component, the bridge; each handler below answers one of them.
Everything that a visitor owns is a `Talk` in the session's state.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr
from fastapi import FastAPI

from rag.engine import Engine
from rag.errors import DatelineError, UsageError
from rag.settings import Settings
from ui import shell
from ui.filters import filters_from
from ui.markup import esc
from ui.render_articles import articles_html, listed, report_html
from ui.render_sources import empty_html
from ui.talk import Talk
from ui.uploads import add_uploads

_CONCURRENT = 16
_MAX_QUESTION_CHARS = 20_000  # the engine's own bound is lower and has a sentence to say
_EVENTS = ("ask", "stop", "fresh", "open", "read", "narrow", "browse")
_BRIDGE = (
    f"const known = {list(_EVENTS)!r};\n"
    "window.datelineSend = (name, data) => known.includes(name) && trigger(name, data);\n"
    "window.dispatchEvent(new Event('dateline:ready'));"
)


def mount_page(app: FastAPI, engine: Engine, settings: Settings) -> FastAPI:
    """Put the page at ``/`` of the application."""
    blocks = build(engine, settings)
    blocks.queue(default_concurrency_limit=_CONCURRENT, api_open=False)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        footer_links=[],
        run_history=False,
        allowed_paths=[],
        show_error=False,
        max_file_size=settings.serve.max_upload_bytes,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=_theme(),
        head=shell.HEAD,
    )
    return mounted


def _theme() -> gr.themes.Base:
    sans = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif")
    mono = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")
    return gr.themes.Base(font=sans, font_mono=mono)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Parts:
    """The components that events read or write."""

    talk: gr.State
    bridge: gr.HTML
    rail: gr.HTML
    welcome: gr.HTML
    live: gr.HTML
    chips: gr.HTML
    files: gr.File
    report: gr.HTML
    table: gr.HTML
    cards: gr.HTML
    reader: gr.HTML


def build(engine: Engine, settings: Settings) -> gr.Blocks:
    """The page with its events."""
    blocks: gr.Blocks = gr.Blocks(title="Dateline", analytics_enabled=False, fill_width=True)
    with blocks:
        _wire(blocks, _layout(), Desk(engine, settings))
    return blocks


def _layout() -> _Parts:
    """Where things stand; must be called inside a ``gr.Blocks``."""
    talk = gr.State(None, time_to_live=24 * 3600)
    bridge = gr.HTML(shell.BRIDGE, js_on_load=_BRIDGE, elem_id="bridge", apply_default_css=False)
    with gr.Column(elem_id="dateline"):
        _own(shell.MASTHEAD, "masthead")
        rooms = gr.Row(elem_id="rooms")
    with rooms:
        with gr.Column(elem_id="rail"):
            rail = _own("", "rail-body")
        with gr.Column(elem_id="ask-room"):
            with gr.Column(elem_id="scroller"):
                welcome = _own("", "welcome")
                _own(shell.PAST, "past-frame")
                live = _own("", "live")
            with gr.Column(elem_id="foot"):
                chips = _own("", "chips")
                _own(shell.COMPOSER, "composer")
        with gr.Column(elem_id="articles-room"):
            _own(shell.ARTICLES_HEAD, "articles-head")
            # no file_types: Gradio would refuse by itself, and shows the name unescaped
            files = gr.File(
                label="Add articles", file_count="multiple", elem_id="upload", height=132
            )
            report = _own("", "report")
            table = _own("", "list")
        with gr.Column(elem_id="side"):
            cards = _own(empty_html(), "cards")
            reader = _own("", "reader")
    return _Parts(
        talk=talk,
        bridge=bridge,
        rail=rail,
        welcome=welcome,
        live=live,
        chips=chips,
        files=files,
        report=report,
        table=table,
        cards=cards,
        reader=reader,
    )


def _wire(blocks: gr.Blocks, at: _Parts, desk: Desk) -> None:
    """Which event calls what. Only asking and adding may take long: they queue."""
    quick: dict[str, Any] = {
        "show_progress": "hidden",
        "queue": False,
        "api_visibility": "private",
    }
    blocks.load(desk.arrive, None, [at.talk, at.welcome, at.rail, at.table], **quick)
    asking = at.bridge.ask(
        desk.ask,
        [at.talk],
        [at.live, at.cards],
        show_progress="hidden",
        api_visibility="private",
        concurrency_limit=_CONCURRENT,
        trigger_mode="multiple",  # "once" would drop a question right after a stop
    )
    at.bridge.stop(desk.stop, [at.talk], [at.live], cancels=[asking], **quick)
    at.bridge.fresh(desk.fresh, [at.talk], [at.live, at.cards, at.reader, at.welcome], **quick)
    at.bridge.open(desk.open, [at.talk], [at.reader, at.cards], **quick)
    at.bridge.read(desk.read, [at.talk], [at.reader], **quick)
    at.bridge.narrow(desk.narrow, [at.talk], [at.chips], **quick)
    at.bridge.browse(desk.browse, None, [at.table], **quick)
    at.files.upload(
        desk.add,
        [at.files],
        [at.files, at.report, at.table, at.rail, at.welcome],
        show_progress="minimal",
        show_progress_on=[at.report],
        api_visibility="private",
    )


def _own(html: str, name: str) -> gr.HTML:
    return gr.HTML(html, elem_id=name, js_on_load=None, apply_default_css=False)


def _given(event: gr.EventData, key: str) -> Any:
    data = getattr(event, "_data", None)
    return data.get(key) if isinstance(data, dict) else None


def _text(event: gr.EventData, key: str, limit: int = 200) -> str:
    value = _given(event, key)
    return value[:limit] if isinstance(value, str) else ""


class Desk:
    """The handlers of the page's events. Holds what all visitors share and nothing of one."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self._engine = engine
        self._settings = settings

    def arrive(self) -> tuple[Talk, str, str, str]:
        """A new visitor: a conversation of their own, and the page's first words."""
        return Talk(self._engine), self._welcome(), self._rail(), self._table("", 0)

    def ask(self, talk: Talk, event: gr.EventData) -> Iterator[tuple[Any, Any]]:
        """One question, streamed."""
        question = _text(event, "question", _MAX_QUESTION_CHARS)
        for frame in talk.ask(question):
            yield frame.turn, gr.skip() if frame.cards is None else frame.cards

    def stop(self, talk: Talk, event: gr.EventData) -> Any:
        """The visitor ended the answer that was being written."""
        turn = _given(event, "turn")
        frame = talk.stop(turn) if isinstance(turn, int) else None
        return gr.skip() if frame is None else frame.turn

    def fresh(self, talk: Talk) -> tuple[str, str, str, str]:
        """A new conversation."""
        talk.fresh()
        return "", empty_html(), "", self._welcome()

    def open(self, talk: Talk, event: gr.EventData) -> tuple[str, str]:
        """A citation or a card was opened."""
        return talk.opened(_text(event, "key"))

    def read(self, talk: Talk, event: gr.EventData) -> str:
        """A title in the list was opened."""
        return talk.read(_text(event, "id", 2000))

    def narrow(self, talk: Talk, event: gr.EventData) -> str:
        """The filters changed; the chips, or what is wrong with them."""
        publishers = _given(event, "publishers")
        names = publishers if isinstance(publishers, list) else []
        try:
            talk.filters = filters_from(
                first=_text(event, "first"),
                last=_text(event, "last"),
                publishers=[str(name)[:300] for name in names[:100]],
                comments=_given(event, "comments") is not False,
            )
        except UsageError as error:
            return f'<p class="failed" role="alert">{esc(str(error))}</p>'
        return shell.chips_html(talk.filters)

    def browse(self, event: gr.EventData) -> str:
        """The list was searched or turned over."""
        page = _given(event, "page")
        return self._table(_text(event, "query"), page if isinstance(page, int) else 0)

    def add(self, files: list[str] | None) -> tuple[None, str, str, str, str]:
        """Files were uploaded."""
        folder = self._settings.data_dir / "uploads"
        try:
            report, refused = add_uploads(
                self._engine, files or [], folder, self._settings.serve.max_upload_bytes
            )
            told = report_html(report, refused)
        except DatelineError as error:
            told = f'<p class="failed" role="alert">{esc(str(error))}</p>'
        return None, told, self._table("", 0), self._rail(), self._welcome()

    def _welcome(self) -> str:
        count = len(self._engine.corpus.articles())
        return shell.welcome_html(count, self._engine.starters(3) if count else [])

    def _rail(self) -> str:
        return shell.rail_html(self._engine.corpus.articles())

    def _table(self, query: str, page: int) -> str:
        return articles_html(listed(self._engine.corpus.articles(), query, page))
