"""What is installed: locks, weights, declared dependencies, the wheel, the two commands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.environment import LIMIT, installed_bytes, pinned
from tests.house.source import PACKAGES, ROOT, SKIPPED, modules, ours

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME, DEV = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
HEAVY = ("torch", "tensorflow", "transformers", "nvidia", "triton")
TOOLS = {"hypothesis", "mypy", "playwright", "pytest", "ruff"}


def names(requirements: list[str]) -> set[str]:
    """Canonical names of requirements."""
    return {canonicalize_name(Requirement(text).name) for text in requirements}


DECLARED = names(PROJECT["project"]["dependencies"])
EXTRAS = {
    name for group in PROJECT["project"]["optional-dependencies"].values() for name in names(group)
} - {"dateline"}  # one extra is the sum of others


def pins(lock: Path) -> dict[str, str]:
    """Line of each pin with its version and marker -> the hashes that follow it."""
    blocks = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())
    return {block.partition(" \\\n")[0]: block.partition(" \\\n")[2] for block in blocks}


def test_the_runtime_holds_no_torch_and_no_tools() -> None:
    assert not [name for name in pinned(DEV) if name.startswith(HEAVY)]
    assert set(pinned(DEV)) >= TOOLS
    assert TOOLS.isdisjoint(pinned(RUNTIME))


@pytest.mark.parametrize("lock", [RUNTIME, DEV], ids=lambda path: path.name)
def test_every_pin_is_exact_and_hashed(lock: Path) -> None:
    for pin, hashes in pins(lock).items():
        assert re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==\S+( ; .+)?$", pin), pin
        lines = hashes.replace("\\", "").split()
        assert lines, f"{pin} has no hash"
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", line) for line in lines), pin


def test_the_lock_for_tests_holds_the_one_for_running() -> None:
    assert pins(RUNTIME).items() <= pins(DEV).items(), "run: make lock"


def test_what_is_declared_is_locked() -> None:
    versions = dict(re.match(r"([^=\[]+)\S*?==(\S+)", pin).groups() for pin in pins(DEV))  # type: ignore[union-attr, misc]
    groups = PROJECT["dependency-groups"]
    texts = [t for t in groups["build"] + groups["dev"] if isinstance(t, str)]
    for text in [*PROJECT["project"]["dependencies"], *texts]:
        wanted = Requirement(text)
        assert wanted.specifier.contains(versions[canonicalize_name(wanted.name)]), text


def test_the_environment_weighs_less_than_a_gigabyte() -> None:
    weight = sum(map(installed_bytes, ["pip", *pinned(RUNTIME)]))
    assert 100_000_000 < weight < LIMIT


def imported() -> set[str]:
    """Distributions that our installed code imports."""
    owners = packages_distributions()
    heads = {
        found.module.partition(".")[0]
        for module in modules(*PACKAGES)
        for found in module.imports
        if not ours(found.module)
    } - set(sys.stdlib_module_names)
    unknown = {head for head in heads if head not in owners}
    assert {canonicalize_name(head) for head in unknown} <= EXTRAS, f"not installed: {unknown}"
    return {canonicalize_name(owner) for head in heads - unknown for owner in owners[head]}


def test_what_is_imported_is_declared() -> None:
    # llama-index-core's namespace is shared with its own helpers.
    indirect = {"llama-index-instrumentation", "llama-index-workflows"}
    # Tools of those who develop: screenshots, the fixtures for users' own suites, mutation.
    tools = {"hypothesis", "playwright", "pytest"}
    assert imported() - indirect - tools <= DECLARED | EXTRAS


def test_what_is_declared_is_imported() -> None:
    assert imported() >= DECLARED


def test_every_dependency_has_its_reason() -> None:
    page = (ROOT / "docs" / "decisions" / "0002-dependencies.md").read_text(encoding="utf-8")
    reasons = set(re.findall(r"^\| `([a-z0-9-]+)` \|", page, re.MULTILINE))
    assert reasons == DECLARED | EXTRAS | names(
        [t for t in PROJECT["dependency-groups"]["dev"] if isinstance(t, str)]
        + PROJECT["dependency-groups"]["build"]
    )


@pytest.mark.slow
def test_the_wheel_holds_code_models_and_assets(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("dateline-*.whl")
    with zipfile.ZipFile(wheel) as opened:
        inside = {name for name in opened.namelist() if not name.startswith("dateline-")}
    assert inside == {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and SKIPPED.isdisjoint(path.parts)
    }


def test_make_explains_every_target() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", text, re.MULTILINE)
    told = subprocess.run(["make"], cwd=ROOT, check=True, capture_output=True, text=True)
    explained = re.findall(r"^  make (\S+) +\S", told.stdout, re.MULTILINE)
    assert sorted(explained) == sorted(phony.split())
    assert {"chat", "setup", "test", "lint", "eval", "bench", "size"} <= set(explained)


def test_an_old_python_is_told_in_one_sentence(tmp_path: Path) -> None:
    """With no Python on the path but one that refuses, ``make setup`` says what it needs."""
    (tmp_path / "Makefile").write_text((ROOT / "Makefile").read_text(encoding="utf-8"))
    for name in ("requirements.lock", "pyproject.toml"):
        (tmp_path / name).touch()
    told = subprocess.run(
        ["make", "setup", "PYTHONS=no-such-python"],
        cwd=tmp_path, check=False, capture_output=True, text=True,
        env={**os.environ, "PYTHON": ""},
    )  # fmt: skip
    assert told.returncode == 2
    assert "Dateline needs Python 3.11 or newer" in told.stderr
    assert not (tmp_path / ".venv").exists()


def test_continuous_integration_runs_tests_and_checks() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    text = script.read_text(encoding="utf-8")
    assert "set -euo pipefail" in text
    assert re.search(r"^make test\b", text, re.MULTILINE)
    assert re.search(r"^make lint\b", text, re.MULTILINE)
