"""A real server over the seeds, a real Chromium, and a record of every request it makes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.outside import HERE, Outside
from ui.screenshots import FLAGS
from ui.served import Served, served

ALLOWED = HERE
expect.set_options(timeout=20_000)  # a busy machine is no defect
SIZES = {"phone": (390, 844), "wide": (1440, 900)}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What failed in the browser is tried once more, and then listed as RERUN for us to look at.

    A browser, a server and a test share two cores with other tests here. A test that needs its
    second try is a finding (most that were met were faults of the page), but no reason for a
    user to distrust an installation. ``--reruns 0`` shows them as failures.
    """
    once_more = config.getoption("reruns") is None
    for item in items:
        if once_more and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@dataclass
class Seen:
    """What a page did besides showing something."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, seeds: Path) -> Iterator[Served]:
    """The page over the five seeds, in a process of its own."""
    folder = tmp_path_factory.mktemp("page")
    with served(data_dir=folder / "data", seed_from=seeds, log=folder / "log") as page:
        yield page
    told = (folder / "log").read_text(encoding="utf-8")
    assert "Traceback" not in told, told


@pytest.fixture(scope="session")
def outside() -> Outside:
    """What the pages of a test ask for."""
    return Outside()


@pytest.fixture(autouse=True)
def nothing_leaves_this_machine(outside: Outside) -> Iterator[None]:
    """Holds in every browser test, whichever pages it opens; see tests/browser/outside.py."""
    outside.begin()
    yield
    outside.check()


@pytest.fixture(scope="module")  # while Playwright runs, no other test can use asyncio
def browser(chromium: str, outside: Outside) -> Iterator[Browser]:
    """One Chromium for all tests; each has a profile of its own in it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        outside.watch_all_of(browser)
        yield browser
        browser.close()


@pytest.fixture
def seen() -> Seen:
    """Requests and script errors of the test's pages."""
    return Seen()


@pytest.fixture
def page(
    browser: Browser, site: Served, seen: Seen, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """A fresh visitor's page, ready; afterwards no script may have failed."""
    shape: str = getattr(request, "param", "wide")
    width, height = SIZES[shape]
    context = browser.new_context(
        viewport={"width": width, "height": height}, has_touch=shape == "phone"
    )
    page = context.new_page()
    watch(page, seen)
    page.goto(site.address)
    page.locator(".welcome h1").wait_for()
    yield page
    context.close()
    assert seen.errors == []


def watch(page: Page, seen: Seen) -> None:
    """Record what the page asks for, and what goes wrong in it."""

    def told(message: Any) -> None:
        if message.type == "error":
            seen.errors.append(message.text)

    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on("console", told)


def ask(page: Page, question: str) -> Any:
    """Ask as a person does, and wait until the turn is finished; the turn."""
    before = page.locator(".turn").count()
    page.locator("#question").fill(question)
    page.locator("#question").press("Enter")
    turn = page.locator(".turn").nth(before)
    turn.and_(page.locator(":not([data-state=working])")).wait_for()
    return turn


def words(text: str | None) -> str:
    """Text with its white space flattened."""
    return re.sub(r"\s+", " ", text or "").strip()
