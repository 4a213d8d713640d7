"""The recorded recipe: every number of a training stands in ``config.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def config() -> dict[str, Any]:
    """The tables of the recipe by name."""
    return tomllib.loads((HERE / "config.toml").read_text(encoding="utf-8"))
