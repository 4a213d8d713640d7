"""A run as a file: ``report.json``, and the smaller baseline that is kept beside the code.

    run = load_run(path)          # a report, a baseline, or the folder of a run

A baseline keeps the figures and verdicts of each case and none of the texts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals.case import Case
from evals.rows import Row, as_json, from_json
from evals.summary import Summary, summarise
from evals.systems import RunError


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """A run that came to its end. ``invalid`` lists why it may not be relied on; empty is valid."""

    config: Mapping[str, Any]
    rows: tuple[Row, ...]
    invalid: tuple[str, ...]

    @property
    def summary(self) -> Summary:
        """The figures of the rows."""
        return summarise(self.rows)

    @property
    def name(self) -> str:
        """What to call it in a table."""
        return f"{self.config.get('suite')} {self.config.get('created', '')}".strip()


def finished(
    config: Mapping[str, Any], rows: Mapping[tuple[str, int], Row], cases: Sequence[Case]
) -> Run:
    """The run of these rows, in the order of the cases, with what is wrong with it."""
    wanted = [(case.id, repeat) for repeat in range(int(config["repeats"])) for case in cases]
    there = tuple(rows[key] for key in wanted if key in rows)
    return Run(config=config, rows=there, invalid=tuple(_faults(config, there)))


def _faults(config: Mapping[str, Any], rows: Sequence[Row]) -> list[str]:
    faults = []
    expected = int(config["count"]) * int(config["repeats"])
    if len({row.key for row in rows}) != len(rows):
        faults.append("a case has more than one row")
    if len(rows) != expected:
        faults.append(f"{expected - len(rows)} of {expected} rows are missing")
    failed = [row for row in rows if row.error is not None]
    if failed:
        faults.append(f"{len(failed)} rows failed, the first: {failed[0].id}: {failed[0].error}")
    return faults


def as_report(run: Run) -> dict[str, Any]:
    """The whole run as plain JSON values."""
    summary = run.summary
    return {
        "kind": "dateline-run",
        "config": dict(run.config),
        "invalid": list(run.invalid),
        **_figures(summary),
        "by_tag": {name: asdict(e) for name, e in summary.by_tag.items()},
        "latency": summary.latency,
        "risk_coverage": summary.risk_coverage,
        "recall_at": summary.recall_at,
        "rows": [as_json(row) for row in run.rows],
    }


def as_baseline(run: Run, limits: Mapping[str, float]) -> dict[str, Any]:
    """The run without its texts, with the limits that a gate against it keeps."""
    return {
        "kind": "dateline-baseline",
        "config": {key: run.config[key] for key in _BASELINE_CONFIG},
        "limits": dict(limits),
        "invalid": list(run.invalid),
        **_figures(run.summary),
        "rows": [_lean(as_json(row)) for row in run.rows],
    }


def load_run(path: Path) -> Run:
    """A run from its report, its folder, or a baseline. Raises `RunError` for anything else."""
    data = _load(path)
    try:
        rows = tuple(from_json(_full(row)) for row in data["rows"])
        config = data["config"]
        faults = _faults(config, rows)
    except (KeyError, TypeError, ValueError) as error:
        raise RunError(f"{path} is not a run of dateline eval: {error!r}") from error
    return Run(
        config=config, rows=rows, invalid=tuple(dict.fromkeys([*data.get("invalid", ()), *faults]))
    )


def load_limits(path: Path) -> dict[str, float]:
    """The limits that a baseline states; empty where it is a plain report."""
    limits = _load(path).get("limits", {})
    return {str(name): float(value) for name, value in limits.items()}


def _load(path: Path) -> dict[str, Any]:
    file = path / "report.json" if path.is_dir() else path
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise RunError(f"{file} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise RunError(f"{file} is no JSON: {error}") from error
    if not isinstance(data, dict) or data.get("kind") not in ("dateline-run", "dateline-baseline"):
        raise RunError(f"{file} is neither a report nor a baseline of dateline eval")
    return data


def _figures(summary: Summary) -> dict[str, Any]:
    return {
        "metrics": {name: asdict(e) for name, e in summary.metrics.items()},
        "plain": summary.plain,
    }


_BASELINE_CONFIG = (
    *("schema", "suite", "split", "cases", "count", "repeats", "seconds"),
    *("system", "command", "created"),
)
# What a baseline leaves out of a row, and what stands there when it is read again.
_LEFT_OUT: dict[str, Any] = {
    **dict.fromkeys(("question", "answer", "understood"), ""),
    **dict.fromkeys(("history", "citations", "recall_at"), ()),
    "expected": {},
    "ms": {},
    **dict.fromkeys(("short", "judged", "tokens"), None),
}


def _lean(row: Mapping[str, Any]) -> dict[str, Any]:
    figures = {k: v for k, v in row["figures"].items() if v is not None and k != "why"}
    return {**{k: v for k, v in row.items() if k not in _LEFT_OUT}, "figures": figures}


def _full(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**_LEFT_OUT, **row}
