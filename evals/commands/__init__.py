"""The subcommands of ``dateline eval``, one file each; `evals.cli` gathers them."""
