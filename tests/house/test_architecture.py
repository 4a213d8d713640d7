"""The plan of the house holds: arrows of imports, rooms of third parties, no cycles."""

from __future__ import annotations

import ast

import pytest

from tests.house.rooms import LIVES_IN, MAY_IMPORT, lives_in, may_import, room_of
from tests.house.source import PACKAGES, ROOT, Module, _imports, modules, ours

SOURCES = modules(*PACKAGES)


def test_every_module_has_a_room() -> None:
    assert SOURCES
    for module in SOURCES:
        assert room_of(module.name) in MAY_IMPORT


def test_imports_run_one_way() -> None:
    wrong = [
        f"{module.place}:{found.line} imports {found.module}"
        for module in SOURCES
        for found in module.imports
        if ours(found.module) and not may_import(module.name, found.module)
    ]
    assert not wrong, "\n".join(["arrows that run the wrong way:", *wrong])


def test_third_parties_stay_in_their_rooms() -> None:
    wrong = [
        f"{module.place}:{found.line} imports {found.module}; it lives in "
        + ", ".join(sorted(LIVES_IN[found.module.partition(".")[0]]))
        for module in SOURCES
        for found in module.imports
        if not lives_in(module.name, found.module.partition(".")[0])
    ]
    assert not wrong, "\n".join(["third parties outside their room:", *wrong])


def test_no_import_cycles() -> None:
    graph = {
        module.name: {
            found.module
            for found in module.imports
            if ours(found.module) and not found.typing_only and found.module != module.name
        }
        for module in SOURCES
    }
    assert not (ring := cycle(graph)), " -> ".join(ring)


def test_no_relative_imports() -> None:
    wrong = [
        f"{module.place}:{node.lineno}"
        for module in modules("rag", "ui", "evals", "tests")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert not wrong


def cycle(graph: dict[str, set[str]]) -> list[str]:
    """One ring of imports, or nothing."""
    done: set[str] = set()

    def follow(name: str, path: list[str]) -> list[str]:
        if name in path:
            return [*path[path.index(name) :], name]
        if name in done:
            return []
        for further in sorted(graph.get(name, ())):
            if ring := follow(further, [*path, name]):
                return ring
        done.add(name)
        return []

    return next((ring for name in sorted(graph) if (ring := follow(name, []))), [])


@pytest.mark.parametrize(
    ("module", "imported", "allowed"),
    [
        ("rag.types", "rag.errors", False),
        ("rag.settings", "rag.errors", True),
        ("rag.articles.html", "rag.index", False),
        ("rag.index.ingest", "rag.articles", True),
        ("rag.index.ingest", "rag.retrieve.fusion", False),
        ("rag.answer.select", "rag.retrieve.words", True),
        ("rag.answer.select", "rag.index", False),
        ("rag.llm.writer", "rag.answer.writing", False),
        ("rag.answer.select", "rag.llm", False),
        ("rag.engine", "rag.llm", True),
        ("rag.engine", "ui.cli", False),
        ("rag.engine", "evals", False),
        ("rag.engine", "rag.index", True),
        ("rag.models", "rag.types", False),
        ("ui.cli", "rag.engine", True),
        ("ui.cli", "rag.index", False),
        ("ui.cli", "rag.retrieve", False),
        ("ui.cli", "evals.runner", True),
        ("evals.runner", "rag.index.catalogue", False),
        ("evals.runner", "ui", False),
        ("evals.bench.ingest", "rag.index.ingest", True),
    ],
)
def test_the_plan_itself(module: str, imported: str, allowed: bool) -> None:
    assert may_import(module, imported) is allowed


def test_third_parties_of_the_plan() -> None:
    assert lives_in("rag.index.chroma", "chromadb")
    assert not lives_in("rag.engine", "chromadb")
    assert lives_in("rag.retrieve.reader_onnx", "onnxruntime")
    assert not lives_in("rag.retrieve.fusion", "onnxruntime")
    assert not lives_in("rag.engine", "gradio")
    assert lives_in("rag.engine", "re")


def test_a_ring_is_found() -> None:
    assert cycle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]
    assert cycle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_all_imports_are_seen() -> None:
    text = (
        "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    from rag import types\n"
        "def f():\n    try:\n        import chromadb.api\n    except ImportError:\n        raise\n"
    )
    found = [(i.module, i.typing_only) for i in _imports(ast.parse(text), typing_only=False)]
    assert found == [("typing", False), ("rag.types", True), ("chromadb.api", False)]
    assert Module(path=ROOT / "rag" / "__init__.py").name == "rag"
