"""How long a visitor waits for the page, with few articles and with many.

    python -m evals.bench.arrival --data-dir FEW --data-dir MANY [--visits 10] [--browser PATH]

starts ``dateline chat`` over each data directory in turn and visits it in headless Chromium,
each time as somebody new: milliseconds to the first paint, and until a question can be asked.
The first visit, which loads what later ones find loaded, is told apart.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from evals.bench.chats import serving
from evals.bench.latency import percentile

_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"


def visit(browser: Browser, address: str) -> tuple[float, float]:
    """Milliseconds to the first paint and until the page is ready."""
    context = browser.new_context()
    try:
        page = context.new_page()
        began = time.perf_counter()
        page.goto(address, wait_until="commit")
        page.locator("#question").wait_for()
        page.locator(".welcome h1").wait_for()
        ready = (time.perf_counter() - began) * 1000
        return float(page.evaluate(_PAINT)), ready
    finally:
        context.close()


def main() -> None:
    """Prints a line for each data directory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path, action="append", required=True)
    parser.add_argument("--visits", type=int, default=10)
    parser.add_argument("--browser", default=os.environ.get("DATELINE_CHROMIUM"))
    given = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=given.browser)
        for folder in given.data_dir:
            with serving("--data-dir", str(folder)) as running:
                first = visit(browser, running.address)
                later = [visit(browser, running.address) for _ in range(max(1, given.visits))]
            for name, seen in (
                ("first paint", [paint for paint, _ in later]),
                ("ready", [ready for _, ready in later]),
            ):
                print(
                    f"{folder.name:<20} {name:<12} p50 {percentile(seen, 0.5):5.0f} ms  "
                    f"p95 {percentile(seen, 0.95):5.0f} ms  ({len(seen)} visits)"
                )
            print(f"{folder.name:<20} first visit  ready {first[1]:5.0f} ms")
        browser.close()


if __name__ == "__main__":
    main()
