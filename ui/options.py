"""Options that several commands share, and the engine that they open.

``--data-dir`` is accepted before and after the subcommand; the later one wins, then
``DATELINE_DATA_DIR``, then the default of `rag.settings`. Importing this module is cheap:
settings and engine are imported when a command asks for them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ui.filters import filters_from

if TYPE_CHECKING:
    from rag.engine import Engine
    from rag.settings import Settings
    from rag.types import Filters

Function = TypeVar("Function", bound=Callable[..., Any])
_DATA_DIR = "dateline.data_dir"
_ANSWERER = "dateline.answerer"


def _remember(ctx: click.Context, _param: click.Parameter, value: Path | None) -> None:
    # ctx.meta is shared by the whole chain of contexts, so the place of the flag is free.
    if value is not None:
        ctx.meta[_DATA_DIR] = value


def _data_dir_parameter() -> click.Option:
    return click.Option(
        ["--data-dir"],
        type=click.Path(file_okay=False, path_type=Path),
        callback=_remember,
        expose_value=False,
        help="The one directory that holds catalogue and indexes.  "
        "[env: DATELINE_DATA_DIR; default: .dateline]",
    )


def data_dir_option(function: Function) -> Function:
    """Give a command the option ``--data-dir``."""
    parameters = function.__dict__.setdefault("__click_params__", [])
    parameters.append(_data_dir_parameter())
    return function


def _remember_answerer(ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.meta[_ANSWERER] = value


def answerer_option(function: Function) -> Function:
    """Give a command the option ``--answerer``."""
    return click.option(
        "--answerer",
        type=click.Choice(["offline", "llm"]),
        callback=_remember_answerer,
        expose_value=False,
        help="Who writes: the articles' own sentences, or the language model of the settings.  "
        "[env: DATELINE_ANSWERER; default: offline]",
    )(function)


def with_data_dir(command: click.Command) -> click.Command:
    """Give a finished command, and all below it, ``--data-dir`` where it has none."""
    if not any(parameter.name == "data_dir" for parameter in command.params):
        command.params.append(_data_dir_parameter())
    if isinstance(command, click.Group):
        for below in command.commands.values():
            with_data_dir(below)
    return command


def given_data_dir() -> Path | None:
    """The directory given on the command line, if one was."""
    found: Path | None = click.get_current_context().meta.get(_DATA_DIR)
    return found


def current_settings(**given: object) -> Settings:
    """The settings of this run: flags over environment over defaults."""
    from rag.settings import load_settings

    chosen = {"answerer": click.get_current_context().meta.get(_ANSWERER), **given}
    return load_settings(data_dir=given_data_dir(), **chosen)


@contextlib.contextmanager
def opened_engine() -> Iterator[Engine]:
    """The engine over the chosen data directory, closed at the end."""
    from rag.engine import Engine

    engine = Engine.open(current_settings())
    try:
        yield engine
    finally:
        engine.close()


def filter_options(function: Function) -> Function:
    """Give a command ``--from``, ``--to``, ``--publisher`` and ``--no-comments``."""
    options = (
        click.option(
            "--from",
            "first",
            metavar="DATE",
            help="Only articles of 2014, 2014-06, 2014-06-25 or later.",
        ),
        click.option("--to", "last", metavar="DATE", help="Only articles of that date or earlier."),
        click.option(
            "--publisher",
            "publishers",
            multiple=True,
            metavar="P",
            help="Only this publisher; may be given again.",
        ),
        click.option("--no-comments", is_flag=True, help="Leave readers' comments out."),
    )
    for option in reversed(options):
        function = option(function)
    return function


def chosen_filters(
    first: str | None, last: str | None, publishers: tuple[str, ...], no_comments: bool
) -> Filters:
    """What `filter_options` gave, as the engine takes it."""
    return filters_from(first=first, last=last, publishers=publishers, comments=not no_comments)
