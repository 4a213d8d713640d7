"""Colours, motion, widths, paper, right-to-left text, and a conversation of 300 turns."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ask, words
from ui.served import Served

pytestmark = pytest.mark.browser
ASKED = "When will al-Maliki form a new government?"
PAPER = {"light": "rgb(251, 250, 247)", "dark": "rgb(21, 21, 23)"}


def _paper(page: Page) -> str:
    colour: str = page.evaluate(
        "getComputedStyle(document.querySelector('#dateline')).backgroundColor"
    )
    return colour


def test_colours_follow_the_system_until_the_visitor_chooses(page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    assert _paper(page) == PAPER["dark"]
    button = page.get_by_role("button", name="Colours: as the system")
    button.click()
    expect(page.get_by_role("button", name="Colours: light")).to_be_visible()
    assert _paper(page) == PAPER["light"]
    page.reload()
    page.locator(".welcome h1").wait_for()
    assert _paper(page) == PAPER["light"]
    page.get_by_role("button", name="Colours: light").click()
    page.emulate_media(color_scheme="light")
    assert _paper(page) == PAPER["dark"]
    page.get_by_role("button", name="Colours: dark").click()
    assert _paper(page) == PAPER["light"]
    assert page.evaluate("localStorage.getItem('dateline-theme')") is None


def test_who_asks_for_less_motion_gets_none(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    ask(page, ASKED)
    moving = page.evaluate(
        "[...document.querySelectorAll('#dateline, #dateline *')].filter(e => {"
        "const s = getComputedStyle(e);"
        "return s.animationName !== 'none' || parseFloat(s.transitionDuration) > 0;}).length"
    )
    assert moving == 0


@pytest.mark.parametrize("size", [(360, 740), (768, 1024), (1280, 800), (3840, 2160)])
def test_from_a_small_phone_to_a_wall(
    browser: Browser, site: Served, size: tuple[int, int]
) -> None:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.goto(site.address)
    page.locator(".welcome h1").wait_for()
    turn = ask(page, ASKED)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    line = turn.locator(".statement").first.bounding_box()
    assert line is not None
    letters = page.evaluate(
        "() => {const c = document.createElement('canvas').getContext('2d');"
        "c.font = getComputedStyle(document.querySelector('.statement')).font;"
        "return c.measureText('n'.repeat(72)).width;}"
    )
    assert line["width"] <= letters * 1.05
    question = page.locator("#question")
    expect(question).to_be_in_viewport()
    page.locator(".masthead [data-room=articles]").click()
    expect(page.locator("#list tbody tr").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    room = page.locator("#articles-room")
    assert room.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
    context.close()


def test_a_conversation_is_printed_with_its_sources_and_nothing_else(page: Page) -> None:
    first = ask(page, ASKED)
    quote = words(first.locator(".printed q").first.text_content())
    assert len(quote) > 20
    expect(first.locator(".printed")).to_be_hidden()
    second = ask(page, "How many people have been killed in Iraq?")
    page.emulate_media(media="print")
    turns = page.locator(".turn")
    expect(turns).to_have_count(2)
    for turn in turns.all():
        expect(turn.locator(".question")).to_be_visible()
        expect(turn.locator(".printed")).to_be_visible()
        expect(turn.locator(".actions")).to_be_hidden()
    expect(turns.first.locator(".printed")).to_contain_text("RFE/RL, 25 June 2014")
    for gone in ("#masthead", "#rail", "#side", "#foot"):
        expect(page.locator(gone)).to_be_hidden()
    last = second.locator(".printed").bounding_box()
    assert last is not None
    assert page.evaluate("document.documentElement.scrollHeight") >= last["y"] + last["height"]


def test_text_from_right_to_left_stands_so(page: Page) -> None:
    turn = ask(page, "متى سيشكل المالكي حكومة جديدة؟")
    assert turn.locator(".question").evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert turn.locator(".verdict, .answer").first.evaluate(
        "e => getComputedStyle(e).direction"
    ) == "ltr"  # fmt: skip


def test_after_300_turns_a_new_one_touches_none_of_them(page: Page) -> None:
    ask(page, ASKED)
    page.evaluate(
        "() => {const one = document.querySelector('#live .turn');"
        "const past = document.querySelector('#past');"
        "for (let n = 0; n < 300; n++) {const copy = one.cloneNode(true);"
        "copy.dataset.turn = `past-${n}`; past.append(copy);}"
        "window.touched = 0; window.later = new MutationObserver((all) => {"
        "for (const m of all) if (m.target !== past || m.removedNodes.length) window.touched++;});"
        "window.later.observe(past, {childList: true, subtree: true, characterData: true});}"
    )
    turn = ask(page, "How many people have been killed in Iraq?")
    expect(turn).to_be_in_viewport()
    assert page.evaluate("window.touched") == 0
    expect(page.locator(".turn")).to_have_count(302)
    skipped = page.locator("#past .turn").nth(100)
    assert skipped.evaluate("e => getComputedStyle(e).contentVisibility") == "auto"
    seen = "e => e.checkVisibility({contentVisibilityAuto: true})"
    assert skipped.locator(".short").evaluate(seen) is False
    page.locator("#scroller").evaluate("e => { e.scrollTop = 0; }")
    expect(page.locator("#past .turn").first.locator(".question")).to_be_in_viewport()
    page.locator("#past .turn").first.locator(".cite").first.click()
    expect(page.locator("#reader mark#quoted")).to_be_in_viewport()


def test_a_first_visit_teaches_at_a_glance(page: Page) -> None:
    welcome = page.locator(".welcome")
    expect(welcome).to_contain_text("where the articles do not say, it is built to say so")
    expect(welcome.locator(".starter")).to_have_count(3)
    welcome.get_by_role("link", name="add your own").click()
    expect(page.get_by_role("heading", name="Articles", exact=True)).to_be_visible()
