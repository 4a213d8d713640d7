"""Are the tests of matcher and metrics worth anything: change the code and see whether they notice.

    python -m evals.mutation [--every N] [--first K] [--only evals/facts/dates.py]

Every comparison is turned, every number and truth value is changed, every 'and' becomes 'or',
every 'not' is dropped, one at a time, and the tests are run on each changed module in a
forked process. What no test notices is printed with its line. It needs a checkout, for it
runs the tests, and a system with fork.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.abc
import importlib.machinery
import importlib.util
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import click

_ROOT = Path(__file__).resolve().parent.parent
_TESTS = {
    "facts": ("test_facts.py", "test_fact_dates.py", "test_fact_values.py", "test_metrics.py"),
    "metrics": ("test_metrics.py", "test_statistics.py"),
}
_OPTIONS = (
    *("-x", "-q", "-p", "no:cacheprovider", "-n0"),
    # The parent has imported hypothesis already, which pytest would rather have done itself.
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
)
_PATIENCE = 12  # times as long as the unchanged tests take; a change that hangs them is noticed
_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip

_CHANGED = (ast.Compare, ast.Constant, ast.BoolOp, ast.UnaryOp)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mutant:
    """One changed module."""

    path: Path
    line: int
    change: str
    source: str


def mutants(path: Path) -> Iterator[Mutant]:
    """Every change of one module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guarding = _guarding(tree)
    places = [node for node in ast.walk(tree) if isinstance(node, _CHANGED)]
    for index, node in enumerate(places):
        if id(node) in guarding:
            continue
        for change, make in _changes(node):
            changed = copy.deepcopy(tree)
            twins = [twin for twin in ast.walk(changed) if isinstance(twin, _CHANGED)]
            make(twins[index])
            source = ast.unparse(ast.fix_missing_locations(changed))
            yield Mutant(path=path, line=getattr(node, "lineno", 0), change=change, source=source)


def _guarding(tree: ast.Module) -> set[int]:
    """Nodes that decide no result: 'frozen' and 'strict' are guards, a seed is any number."""
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    guards: list[ast.AST] = [decorator for node in classes for decorator in node.decorator_list]
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in ("strict", "reverse"):
            guards.append(node)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            guards += [node] if node.targets[0].id == "_SEED" else []
    return {id(inner) for guard in guards for inner in ast.walk(guard)}


def _changes(node: ast.AST) -> Iterator[tuple[str, _Make]]:
    if isinstance(node, ast.Compare):
        for at, operator in enumerate(node.ops):
            new = _TURNED[type(operator)]
            yield f"{type(operator).__name__} -> {new.__name__}", _turn(at, new)
    elif isinstance(node, ast.BoolOp):
        other = ast.Or if isinstance(node.op, ast.And) else ast.And
        yield f"{type(node.op).__name__} -> {other.__name__}", _set("op", other())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not dropped", _drop_not
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield f"{node.value} -> {not node.value}", _set("value", not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield f"{node.value} -> {node.value + 1}", _set("value", node.value + 1)


class _Make:
    """A change that can be made to a node."""

    def __init__(self, name: str, value: object) -> None:
        self._name, self._value = name, value

    def __call__(self, node: ast.AST) -> None:
        setattr(node, self._name, self._value)


def _set(name: str, value: object) -> _Make:
    return _Make(name, value)


def _turn(at: int, new: type[ast.cmpop]) -> _Make:
    class Turn(_Make):
        def __call__(self, node: ast.AST) -> None:
            assert isinstance(node, ast.Compare)
            node.ops[at] = new()

    return Turn("ops", None)


class _DropNot(_Make):
    def __call__(self, node: ast.AST) -> None:
        assert isinstance(node, ast.UnaryOp)
        # Two 'not' are none, and the truth value stays one.
        node.operand = ast.UnaryOp(op=ast.Not(), operand=node.operand)


_drop_not = _DropNot("operand", None)


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from changed source."""

    def __init__(self, name: str, source: str) -> None:
        self._name, self._source = name, source

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The spec of that one module."""
        del path, target
        return importlib.util.spec_from_loader(fullname, self) if fullname == self._name else None

    def exec_module(self, module: ModuleType) -> None:
        """Runs the changed source."""
        exec(compile(self._source, f"<changed {self._name}>", "exec"), module.__dict__)  # noqa: S102


def noticed(mutant: Mutant, seconds: float = 600.0) -> bool:
    """Whether some test fails on the changed module, or does not end in time."""
    child = os.fork()
    if child == 0:
        _be_the_child(mutant)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status) != 0
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def _be_the_child(mutant: Mutant) -> None:
    """Runs the tests with the changed module and ends the process."""
    import pytest

    code = 1
    try:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        name = ".".join(mutant.path.relative_to(_ROOT).with_suffix("").parts)
        sys.meta_path.insert(0, _Changed(name, mutant.source))
        files = [str(_ROOT / "tests" / "evals" / file) for file in _TESTS[mutant.path.parent.name]]
        code = int(pytest.main([*_OPTIONS, *files]))
    finally:
        os._exit(code)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the changes and prints what nobody noticed; exit code 1 below 90%."""
    parser = argparse.ArgumentParser(prog="python -m evals.mutation")
    parser.add_argument("--every", type=int, default=1, help="try only every n-th change")
    parser.add_argument("--first", type=int, default=0, help="which change to begin with")
    parser.add_argument("--only", type=Path, help="one module instead of all")
    given = parser.parse_args(argv)
    files = [given.only.resolve()] if given.only else sorted(
        path for room in _TESTS for path in (_ROOT / "evals" / room).glob("*.py")
    )  # fmt: skip
    import hypothesis
    import numpy as np
    import pytest

    del hypothesis, np, pytest  # imported once here, so that no child has to
    limits: dict[str, float] = {}
    for room, path in {path.parent.name: path for path in files}.items():
        same = Mutant(path=path, line=0, change="none", source=path.read_text(encoding="utf-8"))
        began = time.monotonic()
        if noticed(same):
            click.echo(f"the tests of {room} fail without any change; mend them first", err=True)
            return 2
        limits[room] = _PATIENCE * (time.monotonic() - began)
    chosen = [mutant for path in files for mutant in mutants(path)][given.first :: given.every]
    caught = 0
    for mutant in chosen:
        if noticed(mutant, limits[mutant.path.parent.name]):
            caught += 1
        else:
            place = f"{mutant.path.relative_to(_ROOT)}:{mutant.line}"
            click.echo(f"nobody noticed  {place}  {mutant.change}")
    share = caught / len(chosen) if chosen else 1.0
    click.echo(f"{caught} of {len(chosen)} changes noticed, {100 * share:.1f}%")
    return 0 if share >= 0.9 else 1


if __name__ == "__main__":
    sys.exit(main())
