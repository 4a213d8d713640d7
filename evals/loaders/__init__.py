"""Question sets made by others, by path, as cases and articles of ours.

    outside = load_outside("squad", [Path("dev-v2.0.json")])
    outside.write(Path("build/squad"))     # cases.jsonl, and articles.jsonl to ingest

Each loader states what it takes from its format and what it leaves. Nothing is downloaded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from evals.loaders.base import Outside
from evals.loaders.clapnq import load_clapnq
from evals.loaders.coqa import load_coqa
from evals.loaders.plain_csv import load_csv
from evals.loaders.realtimeqa import load_realtimeqa
from evals.loaders.squad import load_squad
from evals.systems import RunError

FORMATS: Mapping[str, Callable[[Sequence[Path]], Outside]] = {
    "squad": load_squad,
    "realtimeqa": load_realtimeqa,
    "coqa": load_coqa,
    "clapnq": load_clapnq,
    "csv": load_csv,
}


def load_outside(format_name: str, paths: Sequence[Path], *, most: int | None = None) -> Outside:
    """A set in one of `FORMATS`, thinned out evenly to at most so many cases."""
    if format_name not in FORMATS:
        raise RunError(f"there is no format {format_name!r}; there are: {', '.join(FORMATS)}")
    try:
        outside = FORMATS[format_name](paths)
    except (OSError, KeyError, TypeError, ValueError, IndexError) as error:
        names = ", ".join(str(path) for path in paths)
        raise RunError(f"{names} cannot be read as {format_name}: {error!r}") from error
    return outside.thinned(most)
