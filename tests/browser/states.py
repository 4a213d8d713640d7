"""A walk through every room and state of the page over the seeds, for checks that look at all.

``for state in walk(page): …`` stops at each; the name says where it is. Rooms are taken from
the page's own navigation, so that a new one is walked into without a word here.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import ask
from tests.browser.runs import run_ends

ANSWERED = "When will al-Maliki form a new government?"
REFUSED = "What is the price of a barrel of oil in Norway?"
FOLLOWED = ("What did Kerry tell Masud Barzani?", "And when did he tell him that?")


def enter(page: Page, room: str) -> None:
    """Go into a room by the navigation."""
    page.locator(f".masthead [data-room={room}]").click()
    expect(page.locator("body")).to_have_attribute("data-room", room)


def rooms(page: Page) -> list[str]:
    """The rooms that the navigation names."""
    links = page.locator(".masthead [data-room]").all()
    return [name for link in links if (name := link.get_attribute("data-room"))]


def walk(page: Page, folder: Path) -> Iterator[str]:
    """Every state; ``folder`` takes files to upload."""
    yield "first words"
    yield from _asking(page)
    for room in rooms(page)[1:]:
        enter(page, room)
        expect(page.locator(f"#{room}-room h1").first).to_be_visible()
        yield f"the room {room}"
    yield from _articles(page, folder)
    yield from _evaluation(page)
    yield from _settings(page)


# It fades in, and half faded no colour has its contrast.
_OPAQUE = """(shown) => {
  for (let at = shown; at; at = at.parentElement) {
    if (getComputedStyle(at).opacity !== "1") return false;
  }
  return true;
}"""


def moments(page: Page) -> Iterator[str]:
    """What shows for a moment and goes again. An article is removed for good."""
    page.locator("#send").click()
    expect(page.locator("#asking")).not_to_be_empty()
    yield "nothing was asked"
    turn = ask(page, f"{ANSWERED} " * 12)
    turn.get_by_role("button", name="Not helpful").click()
    expect(turn.locator(".told")).not_to_be_empty()
    yield "a long question, and thanks for a verdict"
    page.locator("#talk-head summary").click()
    yield "ways to export"
    if page.locator(".drawer-toggle").is_visible():
        page.locator(".drawer-toggle").click()
    page.locator("#talks summary").click()
    expect(page.locator(".talk-more")).to_be_visible()
    yield "the menu of a conversation"
    page.locator(".talk-more [data-act=talk-delete]").click()
    expect(page.locator("#talks .talks-note button")).to_be_attached()
    yield "a deleted conversation"
    enter(page, "articles")
    page.locator("#list [data-remove]").first.click()
    expect(page.locator("#removals [data-keep]")).to_be_visible()
    yield "an article on its way out"
    page.context.set_offline(True)
    page.evaluate("window.datelineSend('survey', {})")
    toast = page.locator(".toast-body").first
    expect(toast).to_be_visible()
    page.wait_for_function(_OPAQUE, arg=toast.element_handle())
    yield "a toast: the server does not answer"


def _asking(page: Page) -> Iterator[str]:
    turn = ask(page, ANSWERED)
    yield "an answer"
    turn.locator("[data-act=why]").click()
    expect(turn.locator("table.why")).to_be_visible(timeout=20_000)
    turn.get_by_role("button", name="Not helpful").click()
    turn.locator("details.menu summary").first.click()
    yield "why, a thumb and what can be copied"
    page.keyboard.press("Escape")
    page.locator("#live .cite").first.click()
    expect(page.locator("#reader mark#quoted")).to_be_visible()
    yield "the reader at a quote"
    page.keyboard.press("Escape")
    for question in FOLLOWED:
        ask(page, question)
    yield "a follow-up as understood"
    ask(page, REFUSED)
    yield "a refusal"
    page.evaluate("window.datelineSend('ask', {question: 'x '.repeat(3000)})")
    expect(page.locator("#live .turn[data-state=failed]")).to_be_visible()
    yield "a question that cannot be asked"
    if page.locator(".drawer-toggle").is_visible():
        page.locator(".drawer-toggle").click()
        yield "the drawer"
    page.locator("#first").fill("2014")
    page.locator("#first").press("Tab")
    expect(page.locator("#chips .chips li")).to_be_visible()
    yield "filters as chips"
    page.locator("#first").fill("yesterday")
    page.locator("#first").press("Tab")
    expect(page.locator("#chips .failed")).to_be_attached()
    yield "a filter that is none"
    page.locator("#first").fill("")
    page.locator("#first").press("Tab")
    expect(page.locator("#chips .failed")).to_have_count(0)
    page.keyboard.press("Escape")


def _articles(page: Page, folder: Path) -> Iterator[str]:
    enter(page, "articles")
    page.locator("#list [data-read]").first.click()
    expect(page.locator("#reader .body")).to_be_visible()
    yield "an article read"
    page.keyboard.press("Escape")
    page.locator("#browse").fill("no such title anywhere")
    expect(page.locator("#list .hint")).to_be_visible()
    yield "a search that finds no article"
    page.locator("#browse").fill("")
    bad = folder / "program.exe"
    bad.write_bytes(b"MZ")
    page.locator("#upload input[type=file]").set_input_files(bad)
    expect(page.locator("#report li.failed")).to_be_visible()
    yield "a file that is refused"


def _evaluation(page: Page) -> Iterator[str]:
    enter(page, "evaluation")
    room = page.locator("#evaluation-room")
    for most in ("3", "4"):
        page.locator("#evaluation-most").fill(most)
        with run_ends(page):
            page.locator("#evaluation-form button").click()
    yield "a list of runs"
    page.locator("#evaluation-compare button").click()
    expect(room.locator("#evaluation-view [role=alert]")).to_be_visible()
    yield "runs that cannot be compared"
    room.locator(".way a").click()
    room.locator("table.runs th a").first.click()
    expect(room.locator(".pictures")).to_be_visible()
    room.locator(".tabs a").last.click()
    expect(room.locator("table.cases th a").first).to_be_visible()
    yield "a run"
    room.locator("table.cases th a").first.click()
    expect(room.locator(".beside")).to_be_visible()
    yield "a case beside its evidence"
    enter(page, "evaluation")
    page.locator("#evaluation-most").fill("")
    page.locator("#evaluation-form button").click()
    expect(room.locator(".panel.running")).to_be_visible()
    yield "a run under way"
    room.locator(".panel.running button").click()
    expect(room.locator("#evaluation-now .ended")).to_be_visible(timeout=30_000)
    yield "a run that was stopped"


def _settings(page: Page) -> Iterator[str]:
    enter(page, "settings")
    expect(page.locator(".facts-of")).to_be_visible()
    page.locator("[data-act=settings-check]").click()
    expect(page.locator("#settings-found .checks")).to_be_visible()
    yield "settings, checked"
