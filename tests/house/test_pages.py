"""Pages say what is: README tree, links, settings, the error tree, the changelog."""

from __future__ import annotations

import fnmatch
import re
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

import rag.errors
from docs.settings_page import PAGE, render
from rag.errors import DatelineError
from rag.settings import Settings, load_settings
from tests.house.source import ROOT, SKIPPED

README = (ROOT / "README.md").read_text(encoding="utf-8")
OPENED = ("rag", "ui", "evals", "tests", "docs")  # folders whose folders the tree names
LISTED = ("rag",)  # and whose files as well


def test_the_tree_of_the_readme_is_the_disk() -> None:
    drawn, real = set(tree(README)), on_disk()
    assert drawn == real, f"only drawn: {drawn - real}; only on disk: {real - drawn}"


def test_every_line_of_the_tree_has_a_phrase() -> None:
    assert all(len(phrase.split()) >= 2 for phrase in tree(README).values()), tree(README)


def tree(page: str) -> dict[str, str]:
    """Path -> phrase of the tree that a page draws in a block marked ``text tree``."""
    block = re.search(r"```text tree\n(.*?)```", page, re.DOTALL)
    assert block, "the README draws its tree in a block that opens with ```text tree"
    found: dict[str, str] = {}
    above = ""
    for line in block.group(1).splitlines():
        name, _, phrase = line.strip().partition(" ")
        nested = line.startswith(" ")
        above = above if nested else name
        found[(above if nested else "") + name] = phrase.strip()
    return found


def on_disk() -> set[str]:
    """The same for what is there; folders end in a slash."""
    ignored = [
        line.strip("/") for line in (ROOT / ".gitignore").read_text().split() if line[0] != "#"
    ]

    def kept(path: Path) -> bool:
        name = path.name
        known = {".git", *SKIPPED}
        return name not in known and not any(fnmatch.fnmatch(name, rule) for rule in ignored)

    top = [path for path in ROOT.iterdir() if kept(path)]
    below = [
        path
        for folder in OPENED
        for path in (ROOT / folder).iterdir()
        if kept(path) and (path.is_dir() or folder in LISTED)
    ]
    return {
        path.relative_to(ROOT).as_posix() + ("/" if path.is_dir() else "")
        for path in [*top, *below]
        if path.is_file() or any(kept(inner) for inner in path.iterdir())
    }


def pages() -> list[Path]:
    """All pages written for people."""
    return [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "seeds" / "README.md"]


def links(page: Path) -> list[str]:
    """Targets of a page's links to files."""
    found = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    return [target.partition("#")[0] for target in found if not re.match(r"[a-z]+:|#", target)]


def test_links_lead_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)} -> {target}"
        for page in pages()
        if page.exists()
        for target in links(page)
        if not (page.parent / target).exists()
    ]
    assert not broken


def test_every_page_is_linked_from_the_readme() -> None:
    linked = {(ROOT / target).resolve() for target in links(ROOT / "README.md")}
    folders = {path for path in linked if path.is_dir()}
    lost = [
        page.relative_to(ROOT).as_posix()
        for page in (ROOT / "docs").rglob("*.md")
        if page not in linked and folders.isdisjoint(page.parents)
    ]
    assert not lost


def test_settings_page_is_as_made() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(), "run: make docs"


def test_settings_page_lists_every_setting_and_nothing_else() -> None:
    """Walks the settings by itself, so that a mistake of the page's maker shows."""
    listed = re.findall(
        r"^\| `(DATELINE_[A-Z0-9_]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted(listed) == sorted(variables(Settings, "DATELINE_"))


def variables(model: type[BaseModel], prefix: str) -> list[str]:
    """Environment variables of a model's settings."""
    found = []
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            found += variables(kind, f"{prefix}{name.upper()}__")
        else:
            found.append(prefix + name.upper())
            assert field.description, f"{name} has no description"
    return found


def test_a_setting_is_read_from_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in variables(Settings, "DATELINE_"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATELINE_RETRIEVE__CANDIDATES", "40")
    settings = load_settings()
    assert settings.retrieve.candidates == 40
    assert settings == Settings(retrieve={"candidates": 40})  # type: ignore[arg-type]


def test_the_error_tree_is_drawn_as_it_is() -> None:
    drawn = drawn_tree(rag.errors.__doc__ or "")
    real = {kind.__name__: kind.__bases__[0].__name__ for kind in below(DatelineError)}
    assert drawn == real


def drawn_tree(docstring: str) -> dict[str, str]:
    """Class -> its base, as the branches of a docstring show them."""
    found: dict[str, str] = {}
    path: list[tuple[int, str]] = []
    for line in docstring.splitlines():
        match = re.match(r"^([ │├└─]*)([A-Z]\w*Error)\b", line)
        if not match:
            continue
        depth, name = len(match.group(1)), match.group(2)
        path = [step for step in path if step[0] < depth]
        if path:
            found[name] = path[-1][1]
        path.append((depth, name))
    return found


def below(kind: type[DatelineError]) -> list[type[DatelineError]]:
    """All subclasses that rag.errors defines."""
    found: list[type[DatelineError]] = []
    for child in kind.__subclasses__():
        if child.__module__ == "rag.errors":
            found += [child, *below(child)]
    return found


def test_the_changelog_knows_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "version"
    ]
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (\S+)", text, re.MULTILINE)
    assert headings[0] in {"Unreleased", version}
    first = text.split("\n## ")[1]
    assert re.search(r"^- \S+ \S+", first, re.MULTILINE), "the newest section tells no outcome"


def test_the_readers_of_this_module() -> None:
    assert tree("```text tree\na/  one phrase\n  b.py  two words\nc  x\n```") == {
        "a/": "one phrase",
        "a/b.py": "two words",
        "c": "x",
    }
    drawing = "AError\n├── BError  why\n│   └── CError\n└── DError"
    assert drawn_tree(drawing) == {"BError": "AError", "CError": "BError", "DError": "AError"}
