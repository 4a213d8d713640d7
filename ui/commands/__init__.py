"""The subcommands of ``dateline``, one module each or a few that belong together."""
