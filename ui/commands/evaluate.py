"""``dateline eval``: the group of `evals.cli`, imported when it is asked for."""

from __future__ import annotations

import importlib

import click

from rag.errors import DatelineError
from ui.options import with_data_dir

EVAL_HELP = "Measure answers against cases with known evidence."


def load_eval() -> click.Command:
    """The group ``evals.cli:group`` with ``--data-dir`` on every command below it."""
    try:
        module = importlib.import_module("evals.cli")
    except ModuleNotFoundError as error:
        if error.name != "evals.cli":
            raise
        raise DatelineError(
            "This installation has no evaluation suite: install Dateline with its folder evals."
        ) from error
    command = module.group
    if not isinstance(command, click.Command):
        raise DatelineError("evals.cli.group is not a click command; the installation is damaged.")
    return with_data_dir(command)
