"""Writes ``docs/settings.md`` from the settings themselves: ``python -m docs.settings_page``.

A test compares the page with what this module renders and with the settings, both ways.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from rag.settings import Settings

PAGE = Path(__file__).parent / "settings.md"
OPENING = """\
# Settings

<!-- Made by `make docs` from rag/settings.py; do not edit. -->

Each setting is an environment variable, and a field of `rag.settings.Settings` in code: \
`DATELINE_RETRIEVE__CANDIDATES=40` is `Settings(retrieve={"candidates": 40})`. The data \
directory is also `--data-dir` on every command. A value that is not allowed is refused with \
one sentence, and so is a name that no setting has.
"""
_KINDS = {
    bool: "true or false",
    int: "whole number",
    float: "number",
    Path: "path",
    str: "text",
    SecretStr: "text",
}
_BOUNDS = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}


def render() -> str:
    """The whole page."""
    sections: dict[str, list[str]] = {}
    for path, field in walk(Settings):
        sections.setdefault(path[0] if len(path) > 1 else "", []).append(_row(path, field))
    parts = [OPENING]
    for section, rows in sections.items():
        parts += [_heading(section), "\n".join([_HEAD, *rows]) + "\n"]
    return "\n".join(parts)


_HEAD = "| variable | default | allowed | what it does |\n|---|---|---|---|"


def walk(
    model: type[BaseModel], above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], FieldInfo]]:
    """Every single setting with the path to it."""
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from walk(kind, (*above, name))
        else:
            yield (*above, name), field


def variable(path: tuple[str, ...]) -> str:
    """The environment variable of a setting."""
    prefix = Settings.model_config.get("env_prefix") or ""
    return prefix + (Settings.model_config.get("env_nested_delimiter") or "").join(path).upper()


def _heading(section: str) -> str:
    if not section:
        return "## Where everything is kept\n"
    kind = Settings.model_fields[section].annotation
    return f"## {section}\n\n{(kind.__doc__ or '').strip()}\n"


def _row(path: tuple[str, ...], field: FieldInfo) -> str:
    cells = [f"`{variable(path)}`", _default(field), _allowed(field), field.description or ""]
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _default(field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True)
    if value is None or str(value) == "":
        return "none"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{value.value if isinstance(value, Enum) else value}`"


def _allowed(field: FieldInfo) -> str:
    bounds = [
        f"{words} {getattr(rule, name)}"
        for rule in field.metadata
        for name, words in _BOUNDS.items()
        if getattr(rule, name, None) is not None
    ]
    return ", ".join([_kind(field.annotation), *bounds])


def _kind(kind: Any) -> str:
    """A type in a reader's words."""
    if kind in _KINDS:
        return _KINDS[kind]
    if typing.get_origin(kind) is typing.Literal:
        return " or ".join(f"`{choice}`" for choice in typing.get_args(kind))
    if typing.get_origin(kind) in {typing.Union, types.UnionType}:
        return " or ".join(_kind(part) for part in typing.get_args(kind) if part is not type(None))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return " or ".join(f"`{member.value}`" for member in kind)
    return f"`{getattr(kind, '__name__', kind)}`"


def main() -> None:
    """Write the page."""
    PAGE.write_text(render(), encoding="utf-8")


if __name__ == "__main__":
    main()
