"""The page about the command line, made from the commands themselves.

``python -m ui.docs`` writes ``docs/cli.md``; ``python -m ui.docs --check`` only tells
whether it is up to date, with exit code 1 when it is not. A test runs the check.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from ui.cli import main as group

PAGE = Path(__file__).resolve().parent.parent / "docs" / "cli.md"
_WIDTH = 88
_HEAD = """# The command line

Made by `python -m ui.docs` from the commands themselves; edit those, not this page.

Answers go to stdout, everything else to stderr. Exit codes: 0 fine, 1 the work failed,
2 wrong use. `--data-dir` may stand before or after the subcommand.

## Lines in, lines out

`dateline ask --batch FILE` (or `-` for stdin) reads one JSON object a line and writes one a
line, in the same order, each as soon as it is done:

```
{"id": "1", "question": "Who met in Brussels?", "history": ["earlier question", "…"]}
```

`id` and `history` may be missing; other keys are let through unread. A line that cannot be
answered becomes `{"id", "line", "question", "error"}`, the others are answered, and the
exit code is 1. Empty lines are skipped.

An answer is one object: `id`, `question`, `effective_question` (as understood), `answer`
(with its markers), `short`, `abstained`, `confidence`, `mode`, `citations` (`n`, `article`,
`source`, `title`, `publisher`, `published`, `kind`, `author`, `start`, `end`, `quote`),
`statements` (`text`, `numbers`, `support`, `why`; [what they mean](answering.md)), `notes`,
`nearest` (what comes closest when `abstained`) and `ms`. `start` and `end` count Unicode
code points in the text that `dateline articles show ID --json` prints:
`text[start:end] == quote`, always.
"""


def page() -> str:
    """The whole page."""
    parts = [_HEAD]
    for context in _contexts("dateline", group, None):
        told = context.command.get_help(context).rstrip()
        parts.append(f"## {context.command_path}\n\n```\n{told}\n```\n")
    return "\n".join(parts)


def _contexts(
    name: str, command: click.Command, parent: click.Context | None
) -> Iterator[click.Context]:
    # made as a run makes them, so that what a command inherits is on the page too
    context = click.Context(
        command,
        info_name=name,
        parent=parent,
        terminal_width=_WIDTH,
        max_content_width=_WIDTH,
        **command.context_settings,
    )
    yield context
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            if found is not None and not found.hidden:
                yield from _contexts(below, found, context)


def main(arguments: list[str]) -> int:
    """Write the page, or check it."""
    wanted = page()
    if "--check" in arguments:
        fine = PAGE.exists() and PAGE.read_text(encoding="utf-8") == wanted
        if not fine:
            click.echo("docs/cli.md is out of date: run `python -m ui.docs`.", err=True)
        return 0 if fine else 1
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
