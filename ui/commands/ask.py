"""``dateline ask``: one question, or a batch of them as lines of JSON."""

from __future__ import annotations

import shutil
import sys
from typing import BinaryIO

import click

from rag.errors import UsageError
from ui.options import (
    answerer_option,
    chosen_filters,
    data_dir_option,
    filter_options,
    opened_engine,
)


@click.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as one JSON object.")
@click.option(
    "--batch",
    type=click.File("rb"),
    metavar="FILE|-",
    help='Answer a JSON object a line, {"id","question","history":[…]}; one answer a line out.',
)
@filter_options
@answerer_option
@data_dir_option
def ask(
    question: str | None,
    as_json: bool,
    batch: BinaryIO | None,
    first: str | None,
    last: str | None,
    publishers: tuple[str, ...],
    no_comments: bool,
) -> None:
    """Answer QUESTION from the articles, with the passages that the answer rests on.

    With --batch every line is answered in order and printed as soon as it is done; a line
    that cannot be answered becomes a row with an "error", and the exit code is 1.
    """
    if (question is None) == (batch is None):
        raise UsageError('Give one QUESTION, or --batch FILE: dateline ask "Who said so?"')
    filters = chosen_filters(first, last, publishers, no_comments)
    if batch is not None:
        from ui.batch import answer_lines

        with opened_engine() as engine:
            if not answer_lines(engine, batch, sys.stdout, filters):
                raise click.exceptions.Exit(1)
        return
    assert question is not None  # one of the two was given
    from ui.terminal import answer_text, json_line

    with opened_engine() as engine:
        answer = engine.ask(question, filters=filters)
        if as_json:
            from rag.answer.wire import answer_as_json

            click.echo(json_line(answer_as_json(answer, None)))
        else:
            click.echo(answer_text(answer, width=min(shutil.get_terminal_size().columns, 88)))
