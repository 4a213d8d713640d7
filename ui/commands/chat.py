"""``dateline chat``: the page, served on this machine until it is told to stop."""

from __future__ import annotations

from pathlib import Path

import click
from click.core import ParameterSource

from ui.options import answerer_option, current_settings, data_dir_option


@click.command()
@click.option("--host", metavar="H", help="Address to listen on; loopback by default.")
@click.option(
    "--port", type=click.IntRange(0, 65535), metavar="N", help="Port; 0 picks a free one."
)
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.option(
    "--seed-from",
    type=click.Path(exists=True, path_type=Path),
    metavar="PATH",
    help="Ingest this file or folder first when there are no articles yet.",
)
@click.option(
    "--runs",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Show the evaluation runs of this folder too.",
)
@answerer_option
@data_dir_option
@click.pass_context
def chat(
    ctx: click.Context,
    host: str | None,
    port: int | None,
    no_browser: bool,
    seed_from: Path | None,
    runs: Path | None,
) -> None:
    """Serve the page and print its address; GET /healthz answers once it is ready.

    When the port is taken another is picked, unless --port or DATELINE_SERVE__PORT asked
    for that one: then the message says which process holds it.
    """
    from ui.serve import ServePlan, serve

    settings = current_settings()
    if runs is not None:
        serve_settings = settings.serve.model_copy(update={"runs": runs})
        settings = settings.model_copy(update={"serve": serve_settings})
    asked = ctx.get_parameter_source("port") is not ParameterSource.DEFAULT
    serve(
        ServePlan(
            settings=settings,
            host=host or settings.serve.host,
            port=settings.serve.port if port is None else port,
            port_is_fixed=asked or "port" in settings.serve.model_fields_set,
            open_browser=not no_browser,
            seed_from=seed_from,
        )
    )
