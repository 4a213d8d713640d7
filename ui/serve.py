"""Serves the page and the API until told to stop, and leaves nothing behind.

``dateline chat`` calls `serve`; `application` builds what is served, for tests that want it
without a socket. Nothing is sent to anyone: Gradio's and its libraries' reports home are
switched off before they are imported.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import sys
import tempfile
import webbrowser
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from rag.errors import DatelineError
from rag.settings import Settings
from ui.ports import listen

if TYPE_CHECKING:
    from fastapi import FastAPI

    from rag.engine import Engine

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_OPEN_TO_ALL = (
    "Warning: anyone who can reach this address can ask, read and upload. `dateline users add "
    "NAME --file users.toml` and DATELINE_SERVE__USERS=users.toml ask for a log-in."
)
_QUIET = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_RUN_HISTORY": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ServePlan:
    """What ``dateline chat`` was asked to do."""

    settings: Settings
    host: str
    port: int
    port_is_fixed: bool
    open_browser: bool
    seed_from: Path | None


def quieten() -> None:
    """Switch off every report home; must run before Gradio is imported."""
    os.environ.update(_QUIET)


def application(engine: Engine, settings: Settings, *, hosts: tuple[str, ...] | None) -> FastAPI:
    """The page, its assets and the API as one application."""
    quieten()
    from fastapi import FastAPI
    from starlette.staticfiles import StaticFiles

    from ui.api import add_api
    from ui.export_route import add_export
    from ui.login import door_for
    from ui.login_gate import Gate
    from ui.login_route import add_login
    from ui.login_sessions import Sessions
    from ui.page import mount_page
    from ui.security import Guard
    from ui.visitors import Visitors

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    add_api(app, engine)
    add_export(app, engine)
    door = door_for(engine, settings)
    if door is not None:
        add_login(app, door)
    app.mount("/page", StaticFiles(directory=Path(__file__).parent / "assets"))

    async def mounted() -> FastAPI:
        return mount_page(app, engine, settings)

    # outside a loop Gradio makes loops of its own and never closes them
    app = asyncio.run(mounted())
    app.add_middleware(Visitors)
    if door is not None:
        app.add_middleware(Sessions)
        app.add_middleware(Gate, door=door)
    app.add_middleware(Guard, hosts=hosts)
    return app


def serve(plan: ServePlan) -> None:
    """Serve until SIGINT or SIGTERM; the address is printed once the page is ready."""
    sock = listen(plan.host, plan.port, fixed=plan.port_is_fixed)
    uploads = tempfile.mkdtemp(prefix="dateline-page-")
    os.environ["GRADIO_TEMP_DIR"] = uploads
    quieten()
    # uvicorn hands the signal on after its own shutdown; this turns it into a clean end
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _leave)
    try:
        from rag.engine import Engine

        with sock, Engine.open(plan.settings) as engine:
            if plan.seed_from is not None and not engine.corpus.articles():
                _seed(engine, plan.seed_from)
            _run(engine, plan, sock.getsockname()[1], sock.fileno())
    finally:
        shutil.rmtree(uploads, ignore_errors=True)


def _leave(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _seed(engine: Engine, path: Path) -> None:
    from ui.commands.ingest import print_report
    from ui.progress import progress_shown

    with progress_shown("Ingesting") as show:
        report = engine.ingest([path], progress=show)
    print_report(report)
    if not engine.corpus.articles():
        raise DatelineError(f"No article could be made from {path}; the lines above tell why.")


def _run(engine: Engine, plan: ServePlan, port: int, descriptor: int) -> None:
    import uvicorn

    from ui.shelf import STARTERS

    local = _is_local(plan.host)
    name = f"[{plan.host}]" if ":" in plan.host else plan.host
    address = f"http://{name}:{port}/"
    app = application(engine, plan.settings, hosts=_LOOPBACK if local else None)
    # The first page offers questions that are answered: trying them takes a second, most of
    # it for the models, which the first question then need not load.
    engine.starters(STARTERS)

    def ready() -> None:
        click.echo(f"Dateline is at {address} (Ctrl+C ends it)")
        sys.stdout.flush()
        if warning := warning_for(plan.host, plan.settings):
            click.echo(warning, err=True)
        if plan.open_browser and _has_display():
            webbrowser.open(address)

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                ready()

    config = uvicorn.Config(
        app, fd=descriptor, log_level="warning", timeout_graceful_shutdown=1, lifespan="on"
    )
    Server(config).run()


def warning_for(host: str, settings: Settings) -> str:
    """What to say before serving others than this machine without a log-in, or nothing."""
    return "" if _is_local(host) or settings.serve.users is not None else _OPEN_TO_ALL


def _is_local(host: str) -> bool:
    return host in ("127.0.0.1", "localhost", "::1")


def _has_display() -> bool:
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
