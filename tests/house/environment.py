"""What the installed runtime weighs: ``python -m tests.house.environment`` prints it.

Counted are the distributions that ``requirements.lock`` names (and pip, which every
environment holds), by the files that they recorded, compiled ones included, in blocks on
disk. Tools for tests are not counted where they are installed beside them.
"""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

LOCK = Path(__file__).resolve().parents[2] / "requirements.lock"
LIMIT = 1_000_000_000


def pinned(lock: Path = LOCK) -> list[str]:
    """Names of the distributions in a lock, each once, in its order."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    names = (found.group(1) for line in lines if (found := re.match(r"([a-z0-9._-]+)==", line)))
    return list(dict.fromkeys(names))


def installed_bytes(name: str) -> int:
    """Bytes on disk of one distribution; 0 where this platform does not need it."""
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return 0
    return sum(_on_disk(path) for path in _files(found))


def _files(found: Distribution) -> set[Path]:
    return {Path(str(found.locate_file(file))) for file in found.files or []}


def _on_disk(path: Path) -> int:
    return path.stat().st_blocks * 512 if path.is_file() else 0


def main() -> None:
    """Print the heaviest distributions and the sum."""
    sizes = {name: installed_bytes(name) for name in ["pip", *pinned()]}
    for name, size in sorted(sizes.items(), key=lambda item: -item[1]):
        if size >= 10_000_000:
            print(f"{size / 1e6:8.0f} MB  {name}")
    rest = sum(size for size in sizes.values() if size < 10_000_000)
    print(f"{rest / 1e6:8.0f} MB  all others")
    print(f"{sum(sizes.values()) / 1e6:8.0f} MB  in all; allowed are {LIMIT / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
