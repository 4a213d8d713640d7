"""A visitor asks, reads the answer, and checks it in its article."""

from __future__ import annotations

import json
import re
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Seen, ask, words
from ui.served import Served

pytestmark = pytest.mark.browser
ASKED = "When will al-Maliki form a new government?"
_PASTE = """(text) => {
  const box = document.querySelector("#question");
  const clipboard = new DataTransfer();
  clipboard.setData("text/plain", text);
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: clipboard, bubbles: true }));
  document.execCommand("insertText", false, text);
}"""


def _answer(site: Served, question: str) -> dict[str, Any]:
    request = urllib.request.Request(
        f"{site.address}api/ask",
        data=json.dumps({"question": question}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as reply:
        answer: dict[str, Any] = json.load(reply)
    return answer


def test_the_first_page_says_what_this_is_and_offers_questions(page: Page) -> None:
    expect(page.locator(".welcome")).to_contain_text("5 articles and nothing else")
    starter = page.locator(".starter").first
    question = words(starter.text_content())
    starter.click()
    turn = page.locator("#live .turn[data-state=done]")
    expect(turn.locator(".question")).to_have_text(question)
    expect(turn.locator(".cite").first).to_be_visible()
    expect(page.locator(".welcome")).to_be_hidden()


def test_an_answer_and_exactly_its_quote_highlighted_in_the_article(
    page: Page, site: Served
) -> None:
    turn = ask(page, ASKED)
    wanted = _answer(site, ASKED)
    expect(turn.locator(".answer")).to_contain_text("July 1")
    quote = wanted["citations"][0]["quote"]
    turn.get_by_role("button", name="[1]").first.click()
    mark = page.locator("#reader mark#quoted")
    expect(mark).to_be_visible()
    expect(mark).to_be_in_viewport()
    marked = "".join(page.locator("#reader mark").all_text_contents())
    assert words(marked) == words(quote)
    head = page.locator(".reader-head")
    expect(head).to_contain_text("RFE/RL")
    expect(head.get_by_role("heading")).to_contain_text("Kerry In Brussels")


def test_a_card_shows_publisher_date_origin_age_and_the_checked_quote(page: Page) -> None:
    ask(page, ASKED)
    card = page.locator("#cards .card").first
    expect(card).to_contain_text("[1]")
    expect(card).to_contain_text("RFE/RL")
    expect(card).to_contain_text("25 June 2014")
    known = card.get_by_text("date set by the editor")
    expect(known).to_have_attribute("title", re.compile("by hand"))
    expect(card).to_contain_text("years ago")
    expect(card).to_contain_text("quote found in the article")
    card.get_by_role("button").click()
    expect(page.locator("#reader mark#quoted")).to_be_in_viewport()


def test_escape_goes_back_to_the_cards_and_the_focus_to_the_button(page: Page) -> None:
    turn = ask(page, ASKED)
    button = turn.locator(".cite").first
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#reader mark#quoted")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#cards .card").first).to_be_visible()
    expect(page.locator("#reader")).to_be_hidden()
    expect(button).to_be_focused()


def test_a_refusal_is_its_own_shape(page: Page) -> None:
    turn = ask(page, "What is the price of a barrel of oil in Norway?")
    expect(turn.locator(".verdict")).to_have_text("The articles do not say.")
    expect(turn.locator(".answer, .cite, .short")).to_have_count(0)
    near = turn.locator(".near")
    expect(near.first).to_be_visible()
    size = turn.locator(".verdict").evaluate("e => getComputedStyle(e).fontWeight")
    assert size == "400"
    expect(page.locator("#cards")).to_contain_text("Nothing is cited")
    expect(page.locator("#cards .card, .turn .check")).to_have_count(0)  # once, and without ticks
    near.first.click()
    expect(page.locator("#reader mark#quoted")).to_be_in_viewport()


def test_the_box_tells_what_is_empty_and_what_did_not_fit(page: Page) -> None:
    box, told = page.locator("#question"), page.locator("#asking")
    page.locator("#send").click()
    expect(told).to_have_text("Type a question first.")
    expect(box).to_be_focused()
    page.keyboard.type("Who")
    expect(told).to_have_text("")
    expect(page.locator("#count")).to_have_text("")
    page.evaluate(_PASTE, "x" * 2_100)
    expect(told).to_have_text("The question was cut at 2,000 characters: 103 did not fit.")
    expect(page.locator("#count")).to_have_text("2,000 of 2,000")
    box.fill("")
    expect(told).to_have_text("")


def _height(part: Locator) -> float:
    """Of what is drawn, in pixels: where it stands may change while the page scrolls."""
    return float(part.evaluate("e => e.getBoundingClientRect().height"))


def test_a_very_long_question_is_folded_above_its_answer(page: Page) -> None:
    turn = ask(page, "When will al-Maliki form a new government? " * 12)
    folded = _height(turn.locator(".question"))
    assert folded <= 4 * 26 + 1
    turn.get_by_role("button", name="Show all").click()
    expect(turn.get_by_role("button", name="Show less")).to_be_visible()
    assert _height(turn.locator(".question")) > folded
    turn.get_by_role("button", name="Show less").click()
    expect(turn.get_by_role("button", name="Show all")).to_be_visible()
    assert _height(turn.locator(".question")) == folded


def test_a_follow_up_shows_how_it_was_understood_and_can_be_edited(page: Page) -> None:
    ask(page, "What did Kerry tell Masud Barzani?")
    turn = ask(page, "And when did he tell him that?")
    understood = turn.locator(".understood")
    expect(understood).to_contain_text("Kerry")
    question = words(understood.locator("q").text_content())
    understood.get_by_role("button", name="Edit").click()
    expect(page.locator("#question")).to_be_focused()
    expect(page.locator("#question")).to_have_value(question)


def test_numbers_are_stable_and_earlier_turns_still_open(page: Page) -> None:
    first = ask(page, ASKED)
    number = words(first.locator(".cite").first.text_content())
    ask(page, "How many people have been killed in Iraq?")
    again = ask(page, ASKED)
    assert words(again.locator(".cite").first.text_content()) == number
    quote = words(first.locator(".statement").first.text_content())
    page.locator(".turn").first.locator(".cite").first.click()
    mark = page.locator("#reader mark#quoted")
    expect(mark).to_be_visible()
    assert words(mark.text_content())[:20] in quote


def test_a_new_conversation_starts_over(page: Page) -> None:
    ask(page, ASKED)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator(".welcome h1")).to_be_visible()
    expect(page.locator("#cards .card")).to_have_count(0)
    turn = ask(page, ASKED)
    assert turn.get_attribute("data-turn") == "1"


def test_by_keyboard_alone(page: Page) -> None:
    ask(page, "How many people have been killed in Iraq?")
    page.locator("body").click(position={"x": 5, "y": 500})
    page.keyboard.press("/")
    expect(page.locator("#question")).to_be_focused()
    page.keyboard.type(ASKED)
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    page.locator("#live .turn[data-turn='2'][data-state=done]").wait_for()
    cites = page.locator(".turn .cite")
    assert cites.count() >= 2
    cites.first.focus()
    page.keyboard.press("ArrowRight")
    expect(cites.nth(1)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(cites.first).to_be_focused()
    ring = cites.first.evaluate("e => getComputedStyle(e).outlineStyle")
    assert ring == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#reader mark#quoted")).to_be_visible()


def test_what_changed_is_announced(page: Page) -> None:
    turn = ask(page, ASKED)
    lead = words(turn.locator(".short, .statement").first.inner_text())
    live = page.locator("#announce")
    expect(live).to_have_attribute("aria-live", "polite")
    expect(live).to_contain_text(lead)
    expect(live).to_contain_text("source")


def test_an_empty_question_is_not_sent_and_a_very_long_one_is_bounded(page: Page) -> None:
    page.locator("#question").fill("   ")
    page.locator("#question").press("Enter")
    expect(page.locator(".turn")).to_have_count(0)
    assert page.locator("#question").get_attribute("maxlength") == "2000"


@pytest.mark.parametrize("page", ["phone"], indirect=True)
def test_on_a_phone_the_source_is_a_sheet(page: Page) -> None:
    turn = ask(page, ASKED)
    expect(page.locator("#side")).to_be_hidden()
    turn.locator(".cite").first.tap()
    mark = page.locator("#reader mark#quoted")
    expect(mark).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator("#side")).to_be_hidden()
    box = page.locator("#question").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 844
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for button in page.locator(".turn button:visible, #send, .masthead a").all():
        size = button.bounding_box()
        assert size is not None
        if button.evaluate("e => !e.classList.contains('cite')"):
            assert size["height"] >= 44, button.inner_text()


def test_nothing_of_gradio_shows(page: Page, seen: Seen) -> None:
    expect(page.locator("footer")).to_be_hidden()
    assert "Gradio" not in page.locator("body").inner_text()
    assert page.title() == "Dateline"
    assert len(seen.requests) > 5
