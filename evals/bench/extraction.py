r"""How well articles are told from the pages around them.

::

    python -m evals.bench.extraction --data DIR [--articles articles.jsonl.gz] [--json]

``--data`` is a folder in the layout of the article-extraction-benchmark. For its pages, dev
and test apart (`extraction_pages`):

- *html*: the HTML reader's story against the gold text;
- *naive text*: the page rendered to all its visible text, menus included, then cleaned as a
  .txt file is; beside it the same text with no cleaning;
- *dates*: of pages whose address carries a whole day, how often the date read from the
  visible text alone is that day, the day before or after (time zones), or missing.

Precision and recall are averaged over pages and F1 is taken of the averages, as that
benchmark does; both over tokens (``\\w+``) and over its 4-gram shingles.

``--articles`` is a dump of extracted texts: how many of their sentences cleaning keeps
(as records, and as if each were a .txt file), and how records are read per second.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from statistics import fmean

from evals.bench.extraction_pages import Page, f1, load_pages, overlap, visible_text
from rag.articles import read_articles
from rag.articles.clean import repair
from rag.articles.draft import Draft
from rag.articles.extracted import read_extracted
from rag.articles.html import read_html
from rag.articles.normalise import normalise
from rag.articles.page import read_page
from rag.articles.urls import date_in_url
from rag.errors import ArticleError
from rag.types import Article

_SENTENCE = re.compile(r"(?<=[.!?\"”])\s+")


def measure_pages(pages: Sequence[Page]) -> dict[str, float]:
    """The figures of some pages, by name."""
    html_bodies = [_html_body(page) for page in pages]
    naive = [visible_text(page.html) for page in pages]
    drafts = [read_page(text) for text in naive]
    figures: dict[str, float] = {"pages": len(pages)}
    for name, texts in (
        ("html", html_bodies),
        ("none", naive),
        ("clean", [draft.body for draft in drafts]),
    ):
        for size, unit in ((1, "token"), (4, "shingle")):
            scores = [
                overlap(text, normalise(page.gold), size)
                for text, page in zip(texts, pages, strict=True)
            ]
            precision, recall = fmean(p for p, _ in scores), fmean(r for _, r in scores)
            figures |= {
                f"{name}.{unit}.precision": precision,
                f"{name}.{unit}.recall": recall,
                f"{name}.{unit}.f1": f1(precision, recall),
            }
    return figures | _dates(pages, drafts)


def _html_body(page: Page) -> str:
    try:
        return read_html(page.html, page.url).body
    except ArticleError:
        return ""  # nothing found scores 0


def _dates(pages: Sequence[Page], drafts: Sequence[Draft]) -> dict[str, float]:
    known = right = near = missing = 0
    for page, draft in zip(pages, drafts, strict=True):
        truth = date_in_url(page.url)
        if truth is None or truth.month is None or truth.day is None:
            continue
        known += 1
        found = draft.date
        if found is None or found.month is None or found.day is None:
            missing += 1
            continue
        days = abs(
            (
                date(found.year, found.month, found.day) - date(truth.year, truth.month, truth.day)
            ).days
        )
        right += days == 0
        near += days == 1
    return {
        "dates.known": known,
        "dates.same": right,
        "dates.next_day": near,
        "dates.missing": missing,
    }


def measure_articles(path: Path, limit: int) -> dict[str, float]:
    """What cleaning does to texts that were extracted before, and how fast a dump is read."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        records = [json.loads(line) for line in stream]
    step = max(1, len(records) // limit)
    sample = records[::step]
    started, cpu = time.perf_counter(), time.process_time()
    articles = [item for item in read_articles([path]) if isinstance(item, Article)]
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    return {
        "records": len(records),
        "articles": len(articles),
        "seconds": seconds,
        "cpu_seconds": cpu,
        "kept.as_records": _kept(
            sample, lambda record: read_extracted(record["text"], record["title"])
        ),
        "kept.as_txt": _kept(sample, lambda record: read_page(record["text"])),
    } | _dump_dates(records)


def _kept(records: Iterable[dict[str, str]], read: Callable[[dict[str, str]], Draft]) -> float:
    """Share of the sentences whose line is still there, in the story, the comments or the front."""
    total = kept = 0
    for record in records:
        draft = read(record)
        lines = {draft.title, draft.byline, draft.credit, *draft.body.split("\n")}
        for comment in draft.comments:
            lines |= {*comment.text.split("\n"), *comment.head}
        for line in normalise(record["text"]).split("\n"):
            sentences = sum(bool(part) for part in _SENTENCE.split(line))
            total += sentences
            kept += sentences * (repair(line) in lines)
    return kept / max(1, total)


def _dump_dates(records: Sequence[dict[str, str]]) -> dict[str, float]:
    """The date in a record's address against its ``published`` field."""
    known = same = 0
    for record in records:
        found = date_in_url(record["url"])
        if found is None or found.day is None:
            continue
        known += 1
        same += f"{found.year:04d}/{found.month:02d}/{found.day:02d}" == record["published"]
    return {"url_dates.known": known, "url_dates.same": same}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures, one a line or as JSON."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.bench.extraction", description=__doc__.split("\n")[0]
    )
    parser.add_argument(
        "--data", type=Path, required=True, help="folder with html/ and ground_truth.json.gz"
    )
    parser.add_argument("--articles", type=Path, help="a .jsonl.gz dump of extracted articles")
    parser.add_argument(
        "--sample", type=int, default=1500, help="articles of the dump that are compared"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    pages = list(load_pages(options.data))
    report = {
        split: measure_pages([page for page in pages if page.split == split])
        for split in ("dev", "test")
    }
    report["all"] = measure_pages(pages)
    if options.articles is not None:
        report["dump"] = measure_articles(options.articles, options.sample)
    if options.json:
        print(json.dumps(report, indent=1))
        return 0
    for split, figures in report.items():
        for name, value in figures.items():
            print(f"{split:5} {name:28} " + (f"{value:.3f}" if value % 1 else f"{value:g}"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
