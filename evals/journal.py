"""The folder of a run: what is being run, and every row as soon as it is done.

``config.json`` is written first. ``rows.jsonl`` grows by one line a row, each on disk
before the next; a line that a kill cut short is dropped when the run is taken up again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

from evals.rows import Row, as_json, from_json
from evals.systems import RunError

# What may differ between a run and its resumption.
_FREE = frozenset({"created", "command", "workers", "environment"})


class Journal:
    """The open journal of one run; use it in a ``with``."""

    def __init__(self, folder: Path, config: Mapping[str, Any], *, resume: bool) -> None:
        """Raises `RunError` where the folder holds another run, or any without ``resume``."""
        self.folder = folder
        self.config = dict(config)
        self.rows: dict[tuple[str, int], Row] = {}
        self._file: BinaryIO | None = None
        there = folder / "config.json"
        if there.exists():
            self._take_up(there, resume=resume)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            _write_whole(there, json.dumps(self.config, indent=1, ensure_ascii=False))

    def __enter__(self) -> Self:
        """Opens the rows for appending."""
        self._file = (self.folder / "rows.jsonl").open("ab")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Closes the rows."""
        if self._file is not None:
            self._file.close()

    def add(self, row: Row) -> None:
        """Puts a row on disk."""
        assert self._file is not None, "the journal is used in a with statement"
        self._file.write(json.dumps(as_json(row), ensure_ascii=False).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())
        self.rows[row.key] = row

    def _take_up(self, there: Path, *, resume: bool) -> None:
        if not resume:
            raise RunError(
                f"{self.folder} holds a run already; add --resume to finish it, "
                "or give another --out"
            )
        before = json.loads(there.read_text(encoding="utf-8"))
        differ = sorted(
            key
            for key in {*before, *self.config} - _FREE
            if before.get(key) != self.config.get(key)
        )
        if differ:
            raise RunError(
                f"{self.folder} holds a run that differs in {', '.join(differ)}; "
                "give the same options as then, or another --out"
            )
        self.config = before
        self.rows = _read_rows(self.folder / "rows.jsonl")


def _read_rows(path: Path) -> dict[tuple[str, int], Row]:
    """The whole rows of a journal; the file is cut behind the last of them."""
    if not path.exists():
        return {}
    data = path.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    if len(whole) < len(data):
        with path.open("rb+") as file:
            file.truncate(len(whole))
    rows = (from_json(json.loads(line)) for line in whole.splitlines())
    return {row.key: row for row in rows}


def _write_whole(path: Path, text: str) -> None:
    """Writes a file so that a kill leaves it whole or absent."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
