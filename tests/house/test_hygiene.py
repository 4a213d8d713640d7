"""What must never be in the tree: other people's machines, package hosts, changed seeds."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import ROOT, SKIPPED

SEEDS = {
    "000_d20460457c908205.txt": "8e6a09f998270c83940213d9f57d221b29ac311cd73308f7261f4068ca010174",
    "001_04bf2305ac1a0c60.txt": "dc14f6368965d2ed2812ab78f8441cf74c94538a5be57eea6bce6dbeba649fc3",
    "002_6968b23cb49e1c58.txt": "278ce3b511735469f5bab495404d4169ca5566084c7cb06570d252e2b1e1b93a",
    "003_2e667484c972bbe6.txt": "19534a494a10ddf1d5f2afe33f2d854c2201bb4b888a66526028d4b72baed4df",
    "004_547e70f2a7fabf6a.txt": "3694606c7185da266bbdbaa32f14ceab1a046c34fec00e7d4927da32d58dbf50",
}
# Written in pieces, so that this file does not hold what it looks for.
HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("".join(("python", "hosted")), "org"),
        ("registry", "npmjs", "org"),
        ("conda", "anaconda", "org"),
    )
)
OPTIONS = tuple(f"--{name}" for name in ("index-" + "url", "find-" + "links", "trusted-" + "host"))
_FOLDERS = ("wo" + "rk", "ro" + "ot", r"home/[a-z]\w*", r"Users/\w+", r"tmp/\w+")
PLACES = re.compile(rf"(?<![\w.])/(?:{'|'.join(_FOLDERS)})/")


def test_seeds_are_what_they_were() -> None:
    texts = (ROOT / "seeds").glob("*.txt")
    assert {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in texts} == SEEDS


def test_no_package_host_and_no_machine() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in texts()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if betrays(line)
    ]
    assert not wrong, "\n".join(["package hosts or machine paths:", *wrong])


def betrays(line: str) -> bool:
    """Whether a line names a package host, an option that points to one, or somebody's folder."""
    return any(word in line for word in (*HOSTS, *OPTIONS)) or bool(PLACES.search(line))


def texts() -> Iterator[Path]:
    """All text files that git keeps or would keep; the seeds are other people's words."""
    for path in kept_files():
        if path.parts[-2] != "seeds" and b"\0" not in path.read_bytes()[:8192]:
            yield path


def kept_files() -> list[Path]:
    """Files of the repository; without git, all below the known folders."""
    if (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z", "-co", "--exclude-standard"]
        told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        names = [os.fsdecode(name) for name in told.stdout.split(b"\0") if name]
        return [path for name in names if (path := ROOT / name).is_file()]
    known = [path for path in ROOT.iterdir() if path.name not in {".venv", *SKIPPED}]
    found = [inner for path in known for inner in ([path] if path.is_file() else path.rglob("*"))]
    return [path for path in found if path.is_file() and SKIPPED.isdisjoint(path.parts)]


@pytest.mark.parametrize(
    ("line", "bad"),
    [
        (f"https://files.{HOSTS[1]}/x.whl", True),
        (f"{OPTIONS[0]} https://example.org/simple", True),
        (f"DATA = '/{_FOLDERS[1]}/data'", True),
        ("see /" + "tmp/x/notes.md", True),
        ("https://example.org/" + _FOLDERS[0] + "/article/1", False),
        ("tmp_path / 'x'", False),
    ],
)
def test_betrayal_is_recognised(line: str, bad: bool) -> None:
    assert betrays(line) is bad
