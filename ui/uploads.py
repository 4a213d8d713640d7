"""Uploaded files become articles: checked, kept under their own names, ingested; no Gradio.

They are kept in ``uploads`` inside the data directory, because an article's id comes from
its path: the same name again is the same article, changed. The folder is never served.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from rag.engine import Engine
from rag.errors import DatelineError
from rag.index.report import IngestProgress, IngestReport, IngestRow, RowStatus

KINDS = (".txt", ".md", ".html", ".htm", ".pdf", ".jsonl", ".jsonl.gz")
MAX_FILES = 50
_UNFIT = re.compile(r"[^\w.()'+-]+")


def kinds_words() -> str:
    """The kinds that are read, as a sentence has them."""
    return f"{', '.join(KINDS[:-1])} and {KINDS[-1]}"


def fit_name(name: str) -> str:
    """The file's name without folders and without what a file system may trip over."""
    bare = name.replace("\\", "/").rsplit("/", 1)[-1]
    fit = _UNFIT.sub("_", bare).strip("._")
    return fit[-120:] or "upload.txt"


def add_uploads(
    engine: Engine,
    files: Sequence[str],
    folder: Path,
    max_bytes: int,
    *,
    progress: Callable[[IngestProgress], None] | None = None,
    cancel: Callable[[], bool] | None = None,
) -> tuple[IngestReport, tuple[IngestRow, ...]]:
    """Ingest the files that may be; the others are rows of their own with their reason."""
    taken, refused = sort_out(files, folder, max_bytes)
    if not taken:
        return IngestReport(rows=()), refused
    return engine.ingest(taken, progress=progress, cancel=cancel), refused


def sort_out(
    files: Sequence[str], folder: Path, max_bytes: int
) -> tuple[list[Path], tuple[IngestRow, ...]]:
    """Copy the files that may be into the folder; the others are rows with their reason."""
    refused: list[IngestRow] = []
    taken: list[Path] = []
    for place, file in enumerate(files):
        path = Path(file)
        why = "" if place < MAX_FILES else f"only {MAX_FILES} files are taken at a time."
        why = why or _why_not(path, max_bytes)
        if why:
            refused.append(
                IngestRow(source=path.name, article_id=None, status=RowStatus.FAILED, message=why)
            )
            continue
        folder.mkdir(parents=True, exist_ok=True)
        kept = folder / fit_name(path.name)
        try:
            shutil.copyfile(path, kept)
        except OSError as error:
            raise DatelineError(
                f"The upload cannot be kept: {error.strerror or error}; is the disk full?"
            ) from error
        taken.append(kept)
    return taken, tuple(refused)


def forget_upload(source: str, folder: Path) -> None:
    """Delete an uploaded file whose article was removed; files elsewhere are left alone."""
    path = Path(source)
    if path.parent == folder and path.is_file():
        path.unlink()


def _why_not(path: Path, max_bytes: int) -> str:
    if not path.name.lower().endswith(KINDS):
        return f"files of this kind are not read; allowed are {kinds_words()}."
    size = path.stat().st_size
    if size > max_bytes:
        return f"it holds {size:,} bytes; at most {max_bytes:,} are allowed."
    return ""
