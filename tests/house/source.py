"""Our own source, read once: modules, what they import, their functions and classes.

Used by the tests of this folder alone. It parses and never imports what it reads.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("rag", "ui", "evals")  # what a user installs
ALL = (*PACKAGES, "tests", "docs")
SKIPPED = {"__pycache__", "node_modules"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, kw_only=True)
class Import:
    """One imported module; ``typing_only`` where only the type checker follows it."""

    module: str
    line: int
    typing_only: bool


@dataclass(frozen=True, kw_only=True)
class Module:
    """One file of Python."""

    path: Path

    @property
    def place(self) -> str:
        """Its path below the root, as a person names it."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def name(self) -> str:
        """Its dotted name; that of its folder for an ``__init__``."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def text(self) -> str:
        """Its source."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax."""
        return ast.parse(self.text, filename=str(self.path))

    @property
    def docstring(self) -> str:
        """Its docstring, or nothing."""
        return ast.get_docstring(self.tree) or ""

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        """All that it imports, inside functions too."""
        return tuple(_imports(self.tree, typing_only=False))

    def functions(self) -> Iterator[Function]:
        """All functions and methods, nested ones too."""
        for node in ast.walk(self.tree):
            if isinstance(node, Function):
                yield node

    def classes(self) -> Iterator[ast.ClassDef]:
        """All classes."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ClassDef):
                yield node


@lru_cache
def modules(*folders: str) -> tuple[Module, ...]:
    """All modules below the folders, in order of path."""
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    kept = sorted(path for path in paths if SKIPPED.isdisjoint(path.parts))
    return tuple(Module(path=path) for path in kept)


def ours(name: str) -> bool:
    """Whether a dotted name is of our own packages."""
    return name.partition(".")[0] in PACKAGES


def _imports(node: ast.AST, *, typing_only: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(module=alias.name, line=child.lineno, typing_only=typing_only)
        elif isinstance(child, ast.ImportFrom):
            yield from _imported_from(child, typing_only=typing_only)
        elif isinstance(child, ast.If) and _asks_type_checking(child.test):
            for statement in child.body:
                yield from _imports(ast.Module([statement], []), typing_only=True)
            for statement in child.orelse:
                yield from _imports(ast.Module([statement], []), typing_only=typing_only)
        else:
            yield from _imports(child, typing_only=typing_only)


def _imported_from(node: ast.ImportFrom, *, typing_only: bool) -> Iterator[Import]:
    """``from rag import types`` imports a module, ``from rag.types import Article`` a name."""
    package = node.module or ""
    for alias in node.names:
        longer = f"{package}.{alias.name}"
        module = longer if _is_our_module(longer) else package
        yield Import(module=module, line=node.lineno, typing_only=typing_only)


def _is_our_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return ours(name) and (path.with_suffix(".py").exists() or (path / "__init__.py").exists())


def _asks_type_checking(test: ast.expr) -> bool:
    return ast.unparse(test).rpartition(".")[2] == "TYPE_CHECKING"
