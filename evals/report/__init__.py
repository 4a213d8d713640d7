"""Reports of a run: JSON, Markdown for a pull request, and one self-contained HTML page.

    write_reports(run, folder, comparison, "the baseline seeds.json")

None of them asks for anything from another place when it is opened.
"""

from __future__ import annotations

import json
from pathlib import Path

from evals.compare import Comparison
from evals.report.markdown import as_markdown
from evals.report.page import as_page
from evals.report.wording import EARLIER
from evals.runfile import Run, as_report

__all__ = ["as_markdown", "as_page", "write_reports"]


def write_reports(
    run: Run, folder: Path, comparison: Comparison | None = None, against: str = EARLIER
) -> list[Path]:
    """Writes ``report.json``, ``report.md`` and ``report.html`` into the folder."""
    texts = {
        "report.json": json.dumps(as_report(run), ensure_ascii=False, indent=1),
        "report.md": as_markdown(run, comparison, against),
        "report.html": as_page(run, comparison, against),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]
