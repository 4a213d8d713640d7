"""``python -m ui`` is ``dateline``."""

from __future__ import annotations

from ui.cli import main

if __name__ == "__main__":
    main(prog_name="dateline")
