"""Pictures of the page, at three widths, light and dark, to be looked at.

``python -m ui.screenshots --out DIR`` starts the page over ``seeds/`` in a fresh data
directory and walks through it. It needs Playwright (of the dev group) and a Chromium:
``--browser PATH`` or DATELINE_CHROMIUM names it, else the one on PATH is taken.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rag.errors import DatelineError, UsageError
from ui.served import served

if TYPE_CHECKING:
    from playwright.sync_api import Page

SIZES = ((390, 844), (1280, 800), (1920, 1080))
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ANSWERED = "When will al-Maliki form a new government?"
_REFUSED = "What did Kerry say about China?"
_ACROSS = "Who led NATO?"
_SAMPLE = "24"  # cases of the evaluation that is shown


@click.command()
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Where to put them.")
@click.option("--browser", help="Path of a Chromium.")
@click.option(
    "--seed-from",
    type=click.Path(exists=True, path_type=Path),
    default=Path("seeds"),
    help="The articles to show.",
)
def main(out: Path, browser: str | None, seed_from: Path) -> None:
    """Make pictures of every room and state."""
    out.mkdir(parents=True, exist_ok=True)
    path = browser or os.environ.get("DATELINE_CHROMIUM") or _on_path()
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            served(data_dir=Path(folder), seed_from=seed_from) as page,
        ):
            _all(page.address, path, out)
    except DatelineError as error:
        raise click.ClickException(str(error)) from error


def _on_path() -> str:
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    raise UsageError("No Chromium was found: name one with --browser PATH.")


def _all(address: str, browser: str, out: Path) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=list(FLAGS))
        for width, height in SIZES:
            for scheme in ("light", "dark"):
                context = chromium.new_context(
                    viewport={"width": width, "height": height},
                    color_scheme="dark" if scheme == "dark" else "light",
                    has_touch=width < 768,
                    reduced_motion="reduce",  # a picture of the end, not of the way there
                )
                page = context.new_page()
                page.goto(address)
                _walk(page, out, f"{width}-{scheme}")
                context.close()
        chromium.close()


def _walk(page: Page, out: Path, name: str) -> None:
    def shoot(state: str) -> None:
        page.screenshot(path=out / f"{state}-{name}.png")
        click.echo(f"{state}-{name}.png", err=True)

    page.wait_for_selector(".welcome h1")
    shoot("first")
    _ask(page, _ANSWERED)
    shoot("answer")
    page.locator("#live .turn button[data-open]").first.click()
    page.wait_for_selector("#side:not([data-loading]) #reader mark")
    shoot("reader")
    page.keyboard.press("Escape")
    page.locator("#live [data-act=why]").click()
    page.wait_for_selector("#live table.why")
    shoot("why")
    _ask(page, _ACROSS)
    shoot("across")
    _ask(page, _REFUSED)
    shoot("refusal")
    if page.locator(".drawer-toggle").is_visible():
        page.locator(".drawer-toggle").click()
    page.fill("#first", "2014")
    page.press("#first", "Tab")
    page.wait_for_selector(".chips li")
    shoot("filters")
    page.keyboard.press("Escape")
    page.locator(".masthead [data-room=articles]").click()
    page.wait_for_selector("#list tbody tr")
    page.wait_for_selector("#timeline svg")
    shoot("articles")
    _rooms(page, shoot)


def _rooms(page: Page, shoot: Callable[[str], None]) -> None:
    """The rooms behind the navigation: an evaluation, a case of it, settings and health."""
    page.locator(".masthead [data-room=evaluation]").click()
    page.wait_for_selector("#evaluation-form")
    shoot("evaluation")
    page.fill("#evaluation-most", _SAMPLE)
    page.locator("#evaluation-form button").click()
    page.wait_for_selector("#evaluation-now .ended a", timeout=120_000)
    shoot("runs")
    page.locator("#evaluation-now .ended a").click()
    page.wait_for_selector(".pictures")
    shoot("run")
    page.locator(".tabs a").last.click()
    page.locator("table.cases th a").first.click()
    page.wait_for_selector(".beside")
    shoot("case")
    page.locator(".masthead [data-room=settings]").click()
    page.wait_for_selector(".facts-of")
    shoot("settings")


def _ask(page: Page, question: str) -> None:
    turns = page.locator(".turn").count()
    page.fill("#question", question)
    page.press("#question", "Enter")
    page.wait_for_function(
        "count => document.querySelectorAll('.turn').length > count && "
        "document.querySelector('#live .turn')?.dataset.state !== 'working'",
        arg=turns,
    )


if __name__ == "__main__":
    main()
