"""The runs and suites that the evaluation room offers: folders on disk, and nothing of Gradio.

`RunShelf` lists what ``dateline eval run`` and the page wrote, loads a run by the name that
its folder has, and keeps the suites that visitors bring. A name from outside is only ever
compared with the names that are there; none becomes a path.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals.cases import DATASETS, Case, load_cases
from evals.metrics.intervals import Estimate
from evals.runfile import Run, load_run
from evals.systems import RunError
from rag.errors import UsageError

SHIPPED = "seeds"
_SUITES = "suites"  # the folder of the suites that visitors brought
_PLAIN = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class RunCard:
    """A run as a line of the list. ``invalid`` is what is wrong with it, or how it stopped."""

    name: str  # the folder's
    suite: str
    split: str
    created: str
    count: int
    done: int
    mode: str
    passed: Estimate | None = None
    false_answer: Estimate | None = None
    p95_ms: float | None = None
    invalid: tuple[str, ...] = ()

    @property
    def finished(self) -> bool:
        """Whether it has a report."""
        return self.done >= self.count


class RunShelf:
    """Runs below some folders, newest first; the first folder is the one that is written to."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self._runs: dict[Path, tuple[int, Run]] = {}
        self._cards: dict[Path, tuple[int, RunCard]] = {}

    def cards(self) -> list[RunCard]:
        """Every run that can be read, newest first."""
        found = [card for folder in self._paths() if (card := self._card(folder)) is not None]
        return sorted(found, key=lambda card: (card.created, card.name), reverse=True)

    def card(self, name: str) -> RunCard | None:
        """The line of one run."""
        return next((card for card in self.cards() if card.name == name), None)

    def run(self, name: str) -> Run:
        """A finished run. Raises `UsageError` where there is none of that name."""
        folder = self._folder(name)
        report = folder / "report.json"
        try:
            stamp = report.stat().st_mtime_ns
            if self._runs.get(report, (0,))[0] != stamp:
                self._runs = {report: (stamp, load_run(report)), **_first(self._runs, 3)}
            return self._runs[report][1]
        except (OSError, RunError) as error:
            raise UsageError(
                f"The run {name} cannot be shown: it was not finished, or its report is damaged. "
                "Choose another, or run the suite again."
            ) from error

    def resumable(self, name: str) -> tuple[Path, Mapping[str, Any]]:
        """The folder and configuration of a run that was cut short."""
        folder = self._folder(name)
        config = _json(folder / "config.json")
        if config is None or (folder / "report.json").exists():
            raise UsageError(f"The run {name} is finished: start another.")
        return folder, config

    def done_of(self, folder: Path) -> int:
        """How many rows of a run are on disk."""
        return _lines(folder / "rows.jsonl")

    def fresh(self, suite: str) -> Path:
        """A folder for a new run, not made yet."""
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        place = self._folders[0] / f"{suite}-{stamp}"
        number = 2
        while place.exists():
            place = place.with_name(f"{suite}-{stamp}-{number}")
            number += 1
        return place

    def suites(self) -> list[str]:
        """The shipped suite, and those that visitors brought, by name."""
        brought = sorted(path.stem for path in self._brought().glob("*.jsonl"))
        return [SHIPPED, *(name for name in brought if name != SHIPPED)]

    def cases(self, suite: str, split: str) -> list[Case]:
        """The cases of a suite that `suites` names. Raises `UsageError` or `CaseError`."""
        if suite not in self.suites():
            raise UsageError(f"There is no suite of that name: {', '.join(self.suites())}.")
        path = DATASETS if suite == SHIPPED else self._brought()
        return load_cases(path / f"{suite}.jsonl", split=split)

    def bring(self, file: Path, most_bytes: int) -> str:
        """Checks a visitor's ``.jsonl`` file of cases and keeps it; the suite's name."""
        if file.suffix.lower() != ".jsonl":
            raise UsageError("A suite is a .jsonl file with one case a line.")
        if file.stat().st_size > most_bytes:
            raise UsageError(f"The file is too large: at most {most_bytes // 2**20} MB are read.")
        load_cases(file)
        name = _PLAIN.sub("-", file.stem).strip("-.")[:60] or "suite"
        if name == SHIPPED:
            name = "my-seeds"
        self._brought().mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, self._brought() / f"{name}.jsonl")
        return name

    def _brought(self) -> Path:
        return self._folders[0] / _SUITES

    def _paths(self) -> list[Path]:
        return [
            config.parent
            for folder in self._folders
            if folder.is_dir()
            for config in sorted(folder.glob("*/config.json"))
        ]

    def _folder(self, name: str) -> Path:
        for path in self._paths():
            if path.name == name:
                return path
        raise UsageError("There is no run of that name: choose one of the list.")

    def _card(self, folder: Path) -> RunCard | None:
        report = folder / "report.json"
        rows = folder / "rows.jsonl"
        newest = max((f.stat().st_mtime_ns for f in (report, rows) if f.exists()), default=0)
        if self._cards.get(folder, (-1,))[0] != newest:
            card = _card_of(folder, report if report.exists() else None)
            if card is None:
                return None
            self._cards[folder] = (newest, card)
        return self._cards[folder][1]


def _first(runs: dict[Path, tuple[int, Run]], most: int) -> dict[Path, tuple[int, Run]]:
    return dict(list(runs.items())[:most])


def _card_of(folder: Path, report: Path | None) -> RunCard | None:
    data = _json(report) if report else None
    config = data.get("config") if data else _json(folder / "config.json")
    if not isinstance(config, dict):
        return None
    try:
        count = int(config["count"]) * int(config["repeats"])
        figures = data.get("metrics", {}) if data else {}
        return RunCard(
            name=folder.name,
            suite=str(config["suite"]),
            split=str(config["split"]),
            created=str(config["created"]),
            count=count,
            done=count if data else _lines(folder / "rows.jsonl"),
            mode=mode_of(config),
            passed=_estimate(figures.get("passed")),
            false_answer=_estimate(figures.get("false_answer")),
            p95_ms=(data or {}).get("latency", {}).get("total", {}).get("p95"),
            invalid=tuple(map(str, data.get("invalid", ()))) if data else (),
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        return None


def mode_of(config: Mapping[str, Any]) -> str:
    """What answered in a run: the model that its settings name, or nothing but the articles."""
    system = config.get("system") or {}
    if system.get("system") != "dateline":
        return str(system.get("system") or "another program")
    settings = system.get("settings") or {}
    if settings.get("answerer", "offline") == "offline":
        return "offline"
    return str((settings.get("llm") or {}).get("model") or settings["answerer"])


def _estimate(data: object) -> Estimate | None:
    return Estimate(**data) if isinstance(data, dict) else None


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def _json(path: Path) -> dict[str, Any] | None:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return data if isinstance(data, dict) else None
