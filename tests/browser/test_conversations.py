"""Conversations in the left column: kept over a restart, found, renamed, deleted, exported."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import ALLOWED, SIZES, Seen, ask, watch, words
from ui.served import Served, served

pytestmark = pytest.mark.browser
ASKED = "When will al-Maliki form a new government?"
OTHER = "How many people have been killed in Iraq?"
HOSTILE = "\"><img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"


@pytest.fixture
def visitor(
    browser: Browser, seen: Seen, request: pytest.FixtureRequest
) -> Iterator[BrowserContext]:
    """A browser of its own; afterwards nothing may have left this machine."""
    shape: str = getattr(request, "param", "wide")
    width, height = SIZES[shape]
    context = browser.new_context(
        viewport={"width": width, "height": height}, has_touch=shape == "phone"
    )
    yield context
    context.close()
    left = [url for url in seen.requests if (urlsplit(url).hostname or "") not in ALLOWED]
    assert left == []
    assert seen.errors == []


def arrive(context: BrowserContext, address: str, seen: Seen) -> Page:
    """The page, ready."""
    page = context.new_page()
    watch(page, seen)
    page.goto(address)
    page.locator(".welcome h1").wait_for()
    return page


def talk(page: Page, title: str) -> object:
    return page.locator("#talks .talk", has_text=title)


def more(page: Page, title: str) -> None:
    """Open the menu of a conversation."""
    page.locator("#talks summary").and_(page.get_by_label(f"More about {title}")).click()


@pytest.mark.timeout(300)  # two servers are started
def test_a_conversation_survives_a_restart_and_goes_on(
    tmp_path: Path, seeds: Path, visitor: BrowserContext, seen: Seen
) -> None:
    with served(data_dir=tmp_path / "data", seed_from=seeds) as first:
        page = arrive(visitor, first.address, seen)
        expect(page.locator("#talks")).to_contain_text("Nothing asked yet")
        turn = ask(page, ASKED)
        number = words(turn.locator(".cite").first.text_content())
        quote = words(turn.locator(".statement").first.text_content())
        expect(page.locator("#talks .talk")).to_contain_text([ASKED])
        ask(page, OTHER)
        page.close()
    with served(data_dir=tmp_path / "data") as second:
        page = arrive(visitor, second.address, seen)
        expect(page.locator("#talks h2")).to_have_text("Today")
        page.locator("#talks .talk").click()
        expect(page.locator(".turn .question")).to_have_text([ASKED, OTHER])
        expect(page.locator(".turn").last).to_be_in_viewport()
        expect(page.locator("#talks .talk[aria-current]")).to_have_count(1)
        expect(page.locator("#cards .card").first).to_contain_text("quote found in the article")
        first_turn = page.locator(".turn").first
        assert words(first_turn.locator(".statement").first.text_content()) == quote
        first_turn.locator(".cite").first.click()
        expect(page.locator("#reader mark#quoted")).to_be_in_viewport()
        again = ask(page, "And when will he form it?")
        expect(again.locator(".understood")).to_contain_text("al-Maliki")
        assert again.get_attribute("data-turn") == "3"
        assert words(again.locator(".cite").first.text_content()) == number
        expect(page.locator("#talks .talk")).to_have_count(1)


def test_a_reload_shows_the_conversation_again_and_a_new_arrival_does_not(
    site: Served, visitor: BrowserContext, seen: Seen
) -> None:
    page = arrive(visitor, site.address, seen)
    ask(page, ASKED)
    expect(page.locator("#talks .talk[aria-current]")).to_have_count(1)
    page.reload()
    expect(page.locator(".turn .question")).to_have_text([ASKED])
    expect(page.locator("#cards .card").first).to_contain_text("quote found in the article")
    expect(ask(page, "And where?").locator(".understood")).to_contain_text("al-Maliki")
    page.get_by_role("button", name="New conversation").click()
    page.reload()
    expect(page.locator(".welcome h1")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)
    page.locator("#talks .talk").click()
    expect(page.locator("#talks .talk[aria-current]")).to_have_count(1)
    page.goto(site.address)
    expect(page.locator(".welcome h1")).to_be_visible()


def test_two_browsers_see_only_their_own(
    site: object, browser: Browser, visitor: BrowserContext, seen: Seen
) -> None:
    address: str = site.address  # type: ignore[attr-defined]
    page = arrive(visitor, address, seen)
    ask(page, ASKED)
    mine = page.locator("#talks .talk")
    expect(mine).to_have_count(1)
    link = page.locator("#talks a", has_text="JSON").get_attribute("href")
    other = browser.new_context()
    theirs = arrive(other, address, seen)
    expect(theirs.locator("#talks")).to_contain_text("Nothing asked yet")
    assert other.request.get(f"{address.rstrip('/')}{link}").status == 404
    assert visitor.request.get(f"{address.rstrip('/')}{link}").status == 200
    ask(theirs, OTHER)
    theirs.reload()
    expect(theirs.locator("#talks .talk")).to_contain_text([OTHER])
    expect(theirs.locator("#talks")).not_to_contain_text(ASKED)
    other.close()


def test_search_rename_delete_and_undo_by_keyboard(
    site: object, visitor: BrowserContext, seen: Seen
) -> None:
    page = arrive(visitor, site.address, seen)  # type: ignore[attr-defined]
    ask(page, ASKED)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#talks [aria-current]")).to_have_count(0)
    ask(page, OTHER)
    expect(page.locator("#talks .talk")).to_contain_text([OTHER, ASKED])

    page.get_by_label("Search conversations").last.fill("maliki government")
    expect(page.locator("#talks .talk")).to_contain_text([ASKED])
    expect(page.locator("#talks .talk")).to_have_count(1)
    page.get_by_label("Search conversations").last.fill("no such word")
    expect(page.locator("#talks")).to_contain_text("No conversation holds these words")
    page.get_by_label("Search conversations").last.fill("")
    expect(page.locator("#talks .talk")).to_have_count(2)

    menu = page.locator("#talks summary").first
    menu.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    field = page.locator(".talk-title").first
    expect(field).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type(HOSTILE)
    page.keyboard.press("Enter")
    renamed = page.locator("#talks .talk").first
    expect(renamed).to_contain_text("<img src=x onerror=")
    expect(renamed).to_be_focused()
    expect(page.locator("#talks img, #talks script")).to_have_count(0)
    assert page.title() == "Dateline"

    menu = page.locator("#talks summary").first
    menu.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(page.locator("#talks details[open]")).to_have_count(0)
    page.keyboard.press("Enter")
    page.locator("#talks [data-act=talk-delete]").first.press("Enter")
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    expect(page.locator("#talks .talks-note")).to_contain_text("Gone for good in 24 hours.")
    expect(page.locator("#talks .talk")).to_have_count(1)
    expect(page.locator(".welcome h1")).to_be_visible()  # it was the one that was open
    page.keyboard.press("Enter")
    expect(page.locator("#talks .talk")).to_have_count(2)
    page.locator("#talks .talk").first.press("Enter")
    expect(page.locator(".turn .question")).to_have_text([OTHER])


def test_the_menu_of_every_conversation_is_seen_whole_and_near_its_button(
    site: object, visitor: BrowserContext, seen: Seen
) -> None:
    page = arrive(visitor, site.address, seen)  # type: ignore[attr-defined]
    for _ in range(8):
        ask(page, ASKED)
        page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#talks .talk")).to_have_count(8)
    page.set_viewport_size({"width": 1280, "height": 700})
    for place in (0, 4, 7):
        button = page.locator("#talks summary").nth(place)
        button.focus()
        page.keyboard.press("Enter")
        menu = page.locator("#talks details[open] .talk-more")
        for part in menu.locator("input, button, a").all():
            expect(part).to_be_in_viewport(ratio=1)
            part.click(trial=True)  # nothing lies over it
        page.keyboard.press("Escape")
        expect(menu).to_have_count(0)
        expect(button).to_be_focused()
    button.click()
    expect(menu).to_be_visible()
    page.locator(".brand").click()
    expect(menu).to_have_count(0)


def test_the_conversation_that_stands_there_is_exported_at_its_head(
    site: object, visitor: BrowserContext, seen: Seen
) -> None:
    page = arrive(visitor, site.address, seen)  # type: ignore[attr-defined]
    head = page.locator("#talk-head")
    expect(head).to_be_hidden()
    ask(page, ASKED)
    head.locator("summary").click()
    with page.expect_download() as waiting:
        head.get_by_role("link", name="JSON").click()
    told = json.loads(waiting.value.path().read_text(encoding="utf-8"))
    assert told["turns"][0]["question"] == ASKED
    page.get_by_role("button", name="New conversation").click()
    expect(head).to_be_hidden()


def test_exports_hold_the_citations(
    site: object, visitor: BrowserContext, seen: Seen, tmp_path: Path
) -> None:
    page = arrive(visitor, site.address, seen)  # type: ignore[attr-defined]
    turn = ask(page, ASKED)
    quote = words(turn.locator(".statement span").first.text_content()).split("[")[0].strip()
    files = {}
    for label in ("Markdown", "HTML", "JSON"):
        if not page.locator("#talks details[open]").count():
            page.locator("#talks summary").first.click()
        with page.expect_download() as waiting:
            page.locator("#talks").get_by_role("link", name=label).click()
        path = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(path)
        files[label] = path.read_text(encoding="utf-8")
    told = json.loads(files["JSON"])
    (one,) = told["turns"]
    assert one["question"] == ASKED
    assert one["citations"][0]["state"] == "found"
    assert quote.strip("“”")[:30] in one["citations"][0]["quote"]
    assert "RFE/RL" in files["Markdown"]
    sheet = visitor.new_page()
    watch(sheet, seen)
    sheet.set_content(files["HTML"])
    expect(sheet.get_by_role("heading", level=1)).to_have_text(ASKED)
    expect(sheet.locator(".source").first).to_contain_text("25 June 2014")
    expect(sheet.locator(".source").first).to_contain_text("quote found in the article")


@pytest.mark.parametrize("visitor", ["phone"], indirect=True)
def test_on_a_phone_the_list_is_in_a_drawer_with_large_targets(
    site: object, visitor: BrowserContext, seen: Seen
) -> None:
    page = arrive(visitor, site.address, seen)  # type: ignore[attr-defined]
    ask(page, ASKED)
    page.get_by_role("button", name="New conversation").wait_for(state="hidden")
    page.get_by_role("button", name="Menu").tap()
    page.locator("#talks summary").tap()
    places = [
        page.locator(place).bounding_box() for place in ("#talks-head", "#talks", "#rail-body")
    ]
    assert all(place is not None for place in places)
    assert len({round(place["x"]) for place in places if place}) == 1  # one below the other
    assert [place["y"] for place in places if place] == sorted(p["y"] for p in places if p)
    expect(page.locator(".talk-more [data-act=talk-delete]")).to_be_in_viewport(ratio=1)
    for target in page.locator("#rail button:visible, #rail summary:visible, #talks a").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 44, target.inner_text()
    page.locator(".talk-more [data-act=talk-delete]").tap()
    page.get_by_role("button", name="Undo").tap()  # the drawer stays open for it
    expect(page.locator(".turn")).to_have_count(0)
    page.locator("#talks .talk").tap()
    expect(page.locator("#rail")).to_be_hidden()
    expect(page.locator(".turn .question")).to_have_text([ASKED])
