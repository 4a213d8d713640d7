"""The command ``dateline``: one group, a command a module in `ui.commands`.

Answers go to stdout and everything else to stderr. Exit codes: 0 fine, 1 the work failed,
2 wrong use. Nothing heavy is imported before a command needs it, so that ``--help`` is
quick; a `DatelineError` becomes one line, and no command handles it by itself.
"""

from __future__ import annotations

from typing import Any

import click

from rag.errors import DatelineError, UsageError
from ui.commands.articles import articles
from ui.commands.ask import ask
from ui.commands.care import doctor, reindex, remove
from ui.commands.chat import chat
from ui.commands.conversations import conversations
from ui.commands.evaluate import EVAL_HELP, load_eval
from ui.commands.ingest import ingest
from ui.commands.users import users
from ui.options import data_dir_option
from ui.terminal import visible


class _Failure(click.ClickException):
    """One line on stderr and an exit code."""

    def __init__(self, error: DatelineError) -> None:
        super().__init__(" ".join(visible(str(error)).split()))


class _WrongUse(_Failure):
    """The same, for a request that is not allowed."""

    exit_code = 2


class DatelineGroup(click.Group):
    """Turns our errors into one line, and loads ``eval`` when it is first needed."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; every error of ours ends it with one line."""
        try:
            return super().invoke(ctx)
        except DatelineError as error:
            failure = _WrongUse if isinstance(error, UsageError) else _Failure
            raise failure(error) from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, ``eval`` among them, in alphabetical order."""
        return sorted([*super().list_commands(ctx), "eval"])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command; ``eval`` is imported only when it is the one asked for."""
        return load_eval() if cmd_name == "eval" else super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing ``eval`` for its one line of help."""
        room = formatter.width - 6 - max(len(name) for name in self.list_commands(ctx))
        rows = []
        for name in self.list_commands(ctx):
            command = self.commands.get(name)
            rows.append((name, command.get_short_help_str(room) if command else EVAL_HELP))
        with formatter.section("Commands"):
            formatter.write_dl(rows)


@click.group(cls=DatelineGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dateline", message="dateline %(version)s")
@data_dir_option
def main() -> None:
    """Ask a set of news articles; every answer shows the dated passage it rests on.

    Answers go to stdout, everything else to stderr. Exit codes: 0 fine, 1 the work
    failed, 2 wrong use.
    """


for _command in (articles, ask, chat, conversations, doctor, ingest, reindex, remove, users):
    main.add_command(_command)
