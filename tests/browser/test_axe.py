"""axe-core on every room and state, light and dark, wide and on a phone.

No violation of serious or critical kind anywhere. The script comes with its package; nothing
is loaded from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SIZES
from tests.browser.states import enter, moments, walk
from ui.served import Served, served

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
GRAVE = {"serious", "critical"}
Scheme = Literal["light", "dark"]


def faults(page: Page, state: str) -> list[str]:
    """What axe finds wrong in a state, one line a kind and element."""
    results = Axe().run(page, options={"resultTypes": ["violations"]}).response
    return [
        f"{state}: {violation['id']}: {node['target']} {node['failureSummary'][:300]}"
        for violation in results["violations"]
        if violation["impact"] in GRAVE
        for node in violation["nodes"]
    ]


def visit(browser: Browser, address: str, shape: str, scheme: Scheme) -> Page:
    """A visitor's page in the colours of their system."""
    width, height = SIZES[shape]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        has_touch=shape == "phone",
        color_scheme=scheme,
        reduced_motion="reduce",  # a colour half-way through a transition is no fault
    )
    page = context.new_page()
    page.goto(address)
    page.locator(".welcome h1").wait_for()
    return page


@pytest.mark.parametrize(
    ("shape", "scheme"),
    [("wide", "light"), ("wide", "dark"), ("phone", "light"), ("phone", "dark")],
)
def test_no_room_and_no_state_shuts_anybody_out(
    browser: Browser, site: Served, tmp_path: Path, shape: str, scheme: Scheme
) -> None:
    page = visit(browser, site.address, shape, scheme)
    found: list[str] = []
    states = 0
    for state in walk(page, tmp_path):
        states += 1
        found += faults(page, state)
    page.context.close()
    assert states > 15
    assert found == [], "\n".join(dict.fromkeys(found))


@pytest.fixture
def changing(tmp_path: Path, seeds: Path) -> Iterator[Served]:
    """A page whose articles this one test may remove."""
    with served(data_dir=tmp_path / "changing", seed_from=seeds) as page:
        yield page


@pytest.mark.parametrize(
    ("shape", "scheme"),
    [("wide", "light"), ("wide", "dark"), ("phone", "light"), ("phone", "dark")],
)
def test_what_shows_for_a_moment_shuts_nobody_out(
    browser: Browser, changing: Served, shape: str, scheme: Scheme
) -> None:
    page = visit(browser, changing.address, shape, scheme)
    found: list[str] = []
    for state in moments(page):
        found += faults(page, state)
    page.context.close()
    assert found == [], "\n".join(dict.fromkeys(found))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A page without articles."""
    with served(data_dir=tmp_path_factory.mktemp("empty")) as page:
        yield page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_very_first_page_without_articles(
    browser: Browser, empty: Served, scheme: Scheme
) -> None:
    page = visit(browser, empty.address, "wide", scheme)
    expect(page.locator(".welcome")).to_contain_text("There are no articles yet")
    found = faults(page, "no articles")
    for room, shown in (
        ("articles", "#list .hint"),
        ("evaluation", "#evaluation-form"),
        ("settings", ".facts-of"),
    ):
        enter(page, room)
        expect(page.locator(shown).first).to_be_visible()
        found += faults(page, f"no articles, {room}")
    page.context.close()
    assert found == [], "\n".join(dict.fromkeys(found))
