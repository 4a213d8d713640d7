"""The Gradio page: the frame, the rooms in it, and how it is mounted; no logic of its own.

The conversation, the sources and the lists are our own markup in ``gr.HTML``, because a
citation must be a real button. Each room is a class of its own, see `ui.house.Room`; to
add one is one line in `ROOMS`.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import gradio as gr
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from rag.engine import Engine
from rag.settings import Settings
from ui import shell
from ui.house import House, Room, at_once
from ui.rail import RailRoom
from ui.room_articles import ArticlesRoom
from ui.room_ask import AskRoom
from ui.room_evaluation import EvaluationRoom
from ui.room_filters import FiltersRoom
from ui.room_settings import SettingsRoom

Lifespan = Callable[[Any], contextlib.AbstractAsyncContextManager[Any]]
ROOMS: tuple[type[Room], ...] = (
    RailRoom,
    FiltersRoom,
    AskRoom,
    ArticlesRoom,
    EvaluationRoom,
    SettingsRoom,
)
_ESTIMATES = 5.0  # seconds between Gradio's messages to those who wait; the page shows none


def mount_page(app: FastAPI, engine: Engine, settings: Settings) -> FastAPI:
    """Put the page at ``/`` of the application."""
    blocks, house = build(engine, settings)
    app.router.lifespan_context = _then(app.router.lifespan_context, house.endings)
    # The rate: by default whoever waits is sent a new estimate whenever anyone's turn comes.
    blocks.queue(
        status_update_rate=_ESTIMATES,
        default_concurrency_limit=at_once(settings),
        api_open=False,
    )
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
        head=shell.head_html(),
    )
    return mounted


def _then(lifespan: Lifespan, endings: Sequence[Callable[[], None]]) -> Lifespan:
    """The application's lifespan, which calls the endings of the rooms before it is over."""

    @contextlib.asynccontextmanager
    async def ending(app: FastAPI) -> AsyncIterator[Any]:
        async with lifespan(app) as state:
            yield state
            for end in endings:
                await run_in_threadpool(end)

    return ending


def _theme() -> gr.themes.Base:
    sans = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "sans-serif")
    mono = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")
    return gr.themes.Base(font=sans, font_mono=mono)


def build(engine: Engine, settings: Settings) -> tuple[gr.Blocks, House]:
    """The page with its events, and what its rooms share."""
    events = [event for room in ROOMS for event in room.events]
    blocks: gr.Blocks = gr.Blocks(title="Dateline", analytics_enabled=False, fill_width=True)
    with blocks:
        house = House(engine, settings, events)
        rooms = [room(house) for room in ROOMS]
        _lay_out(house, rooms)
        for room in rooms:
            room.wire()
        house.open_for(blocks)
    return blocks, house


def _lay_out(house: House, rooms: list[Room]) -> None:
    """The frame: masthead, the rail, a column a room, and the panel that all rooms share.

    A room without a label has no column: it stands in the rail.
    """
    labelled = [room for room in rooms if room.label]
    with gr.Column(elem_id="dateline"):
        house.own("masthead", shell.masthead_html([(r.name, r.label) for r in labelled]))
        frame = gr.Row(elem_id="rooms")
    with frame:
        with gr.Column(elem_id="rail"):
            for room in rooms:
                if not room.label:
                    room.lay_out()
        for room in labelled:
            with gr.Column(elem_id=f"{room.name}-room", elem_classes="room"):
                room.lay_out()
        with gr.Column(elem_id="side"):
            house.own("cards")
            house.own("reader")
