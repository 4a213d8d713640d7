"""``dateline eval``: the command group, also ``python -m evals.cli``.

dateline eval run seeds --articles seeds
dateline eval compare OLD NEW
dateline eval gate RUN --baseline FILE
"""

from __future__ import annotations

import click

from evals.commands.bring import import_command
from evals.commands.check import check_command, report_command
from evals.commands.compare import baseline_command, compare_command, gate_command
from evals.commands.draft import draft_command
from evals.commands.feedback import feedback_command
from evals.commands.rewrites import rewrites_command
from evals.commands.run import run_command


@click.group("eval", context_settings={"help_option_names": ["-h", "--help"]})
def group() -> None:
    """Measure answers against cases with known evidence."""


for _command in (
    run_command,
    compare_command,
    gate_command,
    baseline_command,
    check_command,
    report_command,
    import_command,
    draft_command,
    feedback_command,
    rewrites_command,
):
    group.add_command(_command)

if __name__ == "__main__":
    group()
