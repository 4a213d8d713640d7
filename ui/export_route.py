"""``GET /conversations/{id}.{md|html|json}``: a conversation as a file, for its owner alone."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import FastAPI, Request
from starlette.responses import JSONResponse, Response

from rag.engine import Engine
from rag.errors import DatelineError
from ui.export import KINDS, MEDIA, exported, file_name
from ui.visitors import owner_of


def add_export(app: FastAPI, engine: Engine) -> None:
    """Give the application its downloads."""

    @app.get("/conversations/{name}")
    def conversation(name: str, request: Request) -> Response:
        """One conversation of whoever asks."""
        conversation_id, _, kind = name.rpartition(".")
        owner = owner_of(request)
        try:
            stored = engine.talks.get(owner, conversation_id) if owner and kind in KINDS else None
            if stored is None:
                return JSONResponse(
                    {"error": "You have no conversation of this id; the page lists yours."}, 404
                )
            text = exported(stored, kind, engine.corpus.article)
        except DatelineError as error:
            return JSONResponse({"error": str(error)}, 503)
        saved = quote(file_name(stored.info.title, kind))
        return Response(
            text.encode("utf-8", "replace"),
            media_type=MEDIA[kind],
            headers={
                "content-disposition": f'attachment; filename="{saved}"',
                "cache-control": "no-store",
            },
        )
