"""The form of our source: sizes, docstrings, dataclasses, nothing left half done."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house.source import ALL, PACKAGES, ROOT, SKIPPED, Function, Module, modules

LONGEST_FILE = 300
LONGEST_FUNCTION = 60
SHIPPED = modules(*PACKAGES)
EVERYTHING = modules(*ALL)


def test_files_are_short() -> None:
    lines = {module.place: module.text.count("\n") for module in EVERYTHING}
    long = {place: count for place, count in lines.items() if count > LONGEST_FILE}
    assert not long, f"files of more than {LONGEST_FILE} lines: {long}"


def test_functions_are_short() -> None:
    long = {
        f"{module.place}:{function.lineno} {function.name}": length(function)
        for module in EVERYTHING
        for function in module.functions()
        if length(function) > LONGEST_FUNCTION
    }
    assert not long, f"functions of more than {LONGEST_FUNCTION} lines: {long}"


def test_every_module_says_what_it_is() -> None:
    marker = "__init__.py"  # beside tests it only marks a folder
    silent = [
        module.place
        for module in EVERYTHING
        if (len(module.docstring) < 20 and not (module.path.name == marker and not module.text))
        or (module in SHIPPED and not module.docstring)
    ]
    assert not silent, f"no module docstring: {silent}"


def test_everything_public_says_what_it_is() -> None:
    silent = [
        f"{module.place}:{node.lineno} {node.name}"
        for module in SHIPPED
        for node in public(module.tree)
        if not ast.get_docstring(node) and not overrides(node)
    ]
    assert not silent, "\n".join(["public and without a docstring:", *silent])


def test_public_dataclasses_are_frozen_and_keyword_only() -> None:
    wrong = [
        f"{module.place}:{found.lineno} {found.name}"
        for module in SHIPPED
        for found in module.classes()
        if not found.name.startswith("_")
        for options in [dataclass_options(found)]
        if options is not None and not {"frozen", "kw_only"} <= options
    ]
    assert not wrong, "\n".join(["dataclasses that are not frozen and keyword-only:", *wrong])


def test_no_error_is_swallowed() -> None:
    wrong = [
        f"{module.place}:{node.lineno}"
        for module in EVERYTHING
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler) and swallows(node)
    ]
    assert not wrong, f"handlers that catch all, or do nothing: {wrong}"


def test_nothing_is_left_to_do() -> None:
    """Marks of unfinished work, in code and in assets."""
    words = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")
    mark = re.compile(rf"\b(?:{'|'.join(words)})\b")
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in text_files(*ALL)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if mark.search(line)
    ]
    assert not found


def text_files(*folders: str) -> list[Path]:
    """Code and page assets below the folders."""
    suffixes = {".py", ".js", ".css", ".html", ".md", ".toml"}
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    return [p for p in paths if p.suffix in suffixes and SKIPPED.isdisjoint(p.parts)]


def length(function: Function) -> int:
    """Lines of a function, its decorators left out."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def public(scope: ast.Module | ast.ClassDef) -> list[Function | ast.ClassDef]:
    """What a caller may use: names without an underscore, in modules and public classes."""
    found: list[Function | ast.ClassDef] = []
    for node in scope.body:
        if not isinstance(node, Function | ast.ClassDef) or node.name.startswith("_"):
            continue
        found.append(node)
        if isinstance(node, ast.ClassDef):
            found += public(node)
    return found


def overrides(node: Function | ast.ClassDef) -> bool:
    """Whether the docstring stands elsewhere: on what is overridden, overloaded or set."""
    told = {ast.unparse(decorator).rpartition(".")[2] for decorator in node.decorator_list}
    return bool(told & {"override", "overload", "setter"})


def dataclass_options(node: ast.ClassDef) -> set[str] | None:
    """Options that are true; None where it is no dataclass."""
    for decorator in node.decorator_list:
        call = decorator if isinstance(decorator, ast.Call) else None
        name = ast.unparse(call.func if call else decorator).rpartition(".")[2]
        if name == "dataclass":
            keywords = call.keywords if call else []
            return {k.arg for k in keywords if k.arg and ast.unparse(k.value) == "True"}
    return None


def swallows(handler: ast.ExceptHandler) -> bool:
    """``except:`` of whatever kind, and handlers that hold nothing but ``pass`` or ``...``."""
    idle = all(
        isinstance(statement, ast.Pass)
        or (isinstance(statement, ast.Expr) and ast.unparse(statement) == "...")
        for statement in handler.body
    )
    return handler.type is None or idle


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("try:\n    f()\nexcept:\n    g()", True),
        ("try:\n    f()\nexcept OSError:\n    pass", True),
        ("try:\n    f()\nexcept OSError:\n    ...", True),
        ("try:\n    f()\nexcept OSError as error:\n    raise ValueError from error", False),
    ],
)
def test_swallowing_is_recognised(text: str, wrong: bool) -> None:
    handler = next(n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.ExceptHandler))
    assert swallows(handler) is wrong


def test_dataclasses_are_recognised() -> None:
    text = "@dataclasses.dataclass(frozen=True, slots=False)\nclass A:\n    x: int\nclass B: ...\n"
    first, second = ast.parse(text).body
    assert isinstance(first, ast.ClassDef)
    assert isinstance(second, ast.ClassDef)
    assert dataclass_options(first) == {"frozen"}
    assert dataclass_options(second) is None


def test_this_very_module_is_read() -> None:
    here = Module(path=Path(__file__).resolve())
    assert here in EVERYTHING
    assert {f.name for f in here.functions()} >= {"length", "public"}
