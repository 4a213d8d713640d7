"""All of the page by keyboard alone: no pointer is used, and the focus is always to be seen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import words
from tests.browser.runs import run_ends

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
MOST_TABS = 90
_STOP = """(wanted) => {
  const here = document.activeElement;
  const style = getComputedStyle(here);
  const box = here.getBoundingClientRect();
  return {
    name: here.outerHTML.slice(0, 120),
    there: here === wanted,
    ring: style.outlineStyle !== "none" || style.boxShadow !== "none",
    shown: box.width > 0 && box.height > 0 && style.visibility === "visible",
  };
}"""


def tab_to(page: Page, wanted: Locator, *, back: bool = False) -> None:
    """Go on with Tab until the wanted element has the focus; every stop must be visible."""
    key = "Shift+Tab" if back else "Tab"
    element = wanted.element_handle()
    for _ in range(MOST_TABS):
        page.keyboard.press(key)
        stop = page.evaluate(_STOP, element)
        if stop["name"].startswith("<body"):
            continue  # the way round leads through the browser's own controls
        assert stop["shown"], f"the focus is on what cannot be seen: {stop['name']}"
        if stop["there"]:
            assert stop["ring"], f"nothing shows the focus: {stop['name']}"
            return
    raise AssertionError(f"{MOST_TABS} times {key} did not lead to {wanted}")


def enter(page: Page, room: str) -> None:
    """Into a room by the navigation above."""
    tab_to(page, page.locator(f".masthead [data-room={room}]"), back=True)
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_have_attribute("data-room", room)


def test_everything_once_by_keyboard_alone(page: Page) -> None:
    _ask_and_read(page)
    _articles(page)
    _filters(page)
    _evaluation(page)
    enter(page, "settings")
    tab_to(page, page.locator("[data-act=settings-check]"))
    page.keyboard.press("Enter")
    expect(page.locator("#settings-found")).to_contain_text("Everything is in order.")


def _ask_and_read(page: Page) -> None:
    """Ask, open a citation, look at the next quote, come back."""
    keys = page.keyboard
    tab_to(page, page.locator(".masthead [data-room=ask]"))
    keys.press("/")
    question = page.locator("#question")
    expect(question).to_be_focused()
    keys.type("When will al-Maliki form a new government, and how many people have been killed?")
    keys.press("Enter")
    turn = page.locator("#live .turn:not([data-state=working])")
    turn.wait_for()
    cite = turn.locator(".cite").first
    tab_to(page, cite, back=True)
    keys.press("Enter")
    mark = page.locator("#reader mark#quoted")
    expect(mark).to_be_visible()
    first = words(mark.text_content())
    expect(page.locator("#reader :focus")).to_have_count(1)
    expect(page.locator("#reader .steps")).to_be_visible()
    keys.press("ArrowRight")
    page.wait_for_function(
        "first => document.querySelector('#reader mark#quoted')?.textContent"
        ".replace(/\\s+/g, ' ').trim() !== first",
        arg=first,
    )
    keys.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()
    expect(page.locator("#cards .card").first).to_be_visible()
    expect(page.locator(".cite:focus")).to_have_count(1)


def _articles(page: Page) -> None:
    """Search the list, open one, close it."""
    keys = page.keyboard
    enter(page, "articles")
    rows = page.locator("#list tbody tr")
    expect(rows).to_have_count(5)
    tab_to(page, page.locator("#browse"))
    keys.type("Sputnik")
    expect(rows).to_have_count(1)
    tab_to(page, rows.locator("[data-read]"))
    keys.press("Enter")
    expect(page.locator("#reader .body")).to_be_visible()
    expect(page.locator("#reader h2")).to_contain_text("NATO")
    keys.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()


def _filters(page: Page) -> None:
    """Narrow to a year, and lift it again by its chip."""
    keys = page.keyboard
    enter(page, "ask")
    tab_to(page, page.locator("#first"))
    keys.type("2014")
    keys.press("Tab")
    chip = page.locator("#chips .chips button")
    expect(chip).to_be_visible()
    tab_to(page, chip)
    keys.press("Enter")
    expect(page.locator("#chips .chips")).to_have_count(0)


def _evaluation(page: Page) -> None:
    """Run a small one, look at it and at a case."""
    keys = page.keyboard
    enter(page, "evaluation")
    expect(page.locator("#evaluation-form")).to_be_visible()
    room = page.locator("#evaluation-room")
    ended = room.locator(".ended a")
    with run_ends(page):
        tab_to(page, page.locator("#evaluation-most"))
        keys.type("3")
        keys.press("Enter")
    tab_to(page, ended, back=True)
    keys.press("Enter")
    expect(room.locator(".pictures")).to_be_visible()
    tab_to(page, room.locator(".tabs a").last)
    keys.press("Enter")
    expect(room.locator("table.cases tbody tr")).to_have_count(3)
    tab_to(page, room.locator("table.cases tbody a").first)
    keys.press("Enter")
    expect(room.locator(".beside")).to_be_visible()


def test_a_slash_leads_to_the_question_box_from_every_room(page: Page) -> None:
    for room in ("articles", "evaluation", "settings"):
        link = page.locator(f".masthead [data-room={room}]")
        link.click()
        expect(page.locator("body")).to_have_attribute("data-room", room)
        expect(link).to_be_focused()
        page.keyboard.press("/")
        page.keyboard.type(room)
        expect(page.locator("#question")).to_have_value(room)
        page.locator("#question").fill("")


def test_the_way_back_by_escape_is_named_while_there_is_one(page: Page) -> None:
    hint = page.locator(".keys .esc")
    page.locator(".starter").first.click()
    expect(hint).to_be_hidden()
    page.locator("#live .cite").first.click()
    expect(hint).to_be_visible()
    page.locator("#question").press("Escape")
    expect(page.locator("#cards .card").first).to_be_visible()
    expect(hint).to_be_hidden()
