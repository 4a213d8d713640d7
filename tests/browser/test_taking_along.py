"""Taking an answer along: copies, links that open it again, why it was given, asking again."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from tests.browser.conftest import ask, words
from ui.served import Served

pytestmark = pytest.mark.browser
ASKED = "When will al-Maliki form a new government?"


def _allow_copying(page: Page, site: Served) -> None:
    page.context.grant_permissions(
        ["clipboard-read", "clipboard-write"], origin=site.address.rstrip("/")
    )


def _copied(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def test_an_answer_is_copied_as_text_and_as_markdown(page: Page, site: Served) -> None:
    _allow_copying(page, site)
    turn = ask(page, ASKED)
    turn.locator(".menu summary").click()
    turn.get_by_role("button", name="Text with sources").click()
    expect(page.locator("#announce")).to_have_text("Copied.")
    text = _copied(page)
    assert text.startswith(ASKED)
    assert "July 1" in text
    assert "\nSources\n[1] “" in text
    assert "RFE/RL" in text.split("Sources")[1]
    turn.get_by_role("button", name="Markdown").click()
    page.wait_for_function("async () => (await navigator.clipboard.readText()).startsWith('## ')")
    assert "\n> — " in _copied(page)
    page.keyboard.press("Escape")
    expect(turn.locator(".menu summary")).to_be_focused()
    expect(turn.get_by_role("button", name="Markdown")).to_be_hidden()


def test_a_link_opens_exactly_the_quoted_words_again(page: Page, site: Served) -> None:
    _allow_copying(page, site)
    ask(page, ASKED)
    card = page.locator("#cards .card").first
    quote_text = words(card.locator("blockquote").text_content())
    card.locator(".menu summary").click()
    card.get_by_role("button", name="Link to the words").click()
    expect(page.locator("#announce")).to_have_text("Copied.")
    address = _copied(page)
    assert address.startswith(f"{site.address}?c=")
    page.goto(address)
    mark = page.locator("#reader mark#quoted")
    expect(mark).to_be_in_viewport()
    assert words(mark.text_content()) == quote_text
    assert "c=" not in page.url
    changed = address[:-8] + "00000000"
    page.goto(changed)
    expect(page.locator("#reader [role=alert]")).to_contain_text("no longer stand here")
    expect(page.locator("#reader mark")).to_have_count(0)
    expect(page.locator("#reader h2")).to_contain_text("Kerry In Brussels")


@pytest.mark.parametrize("token", ["nonsense", "../../etc.1-2.00000000", "x" * 5000, "%00"])
def test_a_link_to_nothing_says_so(page: Page, site: Served, token: str) -> None:
    page.goto(f"{site.address}?c={quote(token)}")
    expect(page.locator("#reader [role=alert]")).to_contain_text("no longer here")


def test_a_question_in_a_link_is_shown_and_asked_only_when_the_visitor_says_so(
    page: Page, site: Served
) -> None:
    hostile = f"<img src=x onerror=window.ran=1> {ASKED}"
    page.goto(f"{site.address}?q={quote(hostile)}")
    expect(page.locator("#question")).to_have_value(hostile)
    expect(page.locator("#given")).to_contain_text("came with a link")
    expect(page.locator(".turn")).to_have_count(0)
    assert "q=" not in page.url
    page.locator("#send").click()
    expect(page.locator(".turn .question")).to_have_text(hostile)
    page.locator("#live .turn:not([data-state=working])").wait_for()
    expect(page.locator("#given")).to_be_hidden()
    assert page.evaluate("window.ran") is None
    page.goto(f"{site.address}?q={'x' * 9000}")
    expect(page.locator("#given")).to_be_visible()
    assert len(page.locator("#question").input_value()) == 2000


def test_why_shows_what_was_considered_and_opens_it(page: Page) -> None:
    turn = ask(page, ASKED)
    button = turn.get_by_role("button", name="Why this answer")
    button.click()
    rows = turn.locator("table.why tbody tr")
    expect(rows.first).to_be_visible()
    chosen = turn.locator("tr.chosen")
    expect(chosen).to_have_count(1)
    expect(chosen).to_contain_text("cited as [1]")
    expect(chosen).to_contain_text("%")
    expect(chosen).to_contain_text("25 June 2014")
    expect(chosen.locator("mark")).to_contain_text("told Kerry he would meet a July 1 deadline")
    expect(turn.locator(".considered .hint")).to_contain_text("in the order in which")
    assert rows.count() > 3
    other = turn.locator("table.why tr:not(.chosen) .passage").first
    shown = words(other.locator(".text").text_content())[:40]
    other.click()
    expect(page.locator("#reader")).to_contain_text(shown)
    page.keyboard.press("Escape")
    button.click()
    expect(turn.locator("table.why")).to_be_hidden()


def test_a_question_is_edited_and_asked_again(page: Page) -> None:
    first = ask(page, ASKED)
    first.get_by_role("button", name="Edit").click()
    expect(page.locator("#question")).to_have_value(ASKED)
    expect(page.locator("#question")).to_be_focused()
    page.locator("#question").fill("How many people have been killed in Iraq?")
    page.keyboard.press("Enter")
    second = page.locator(".turn[data-turn='2'][data-state=done]")
    expect(second.locator(".question")).to_have_text("How many people have been killed in Iraq?")
    first = page.locator(".turn").first
    first.get_by_role("button", name="Ask again").click()
    third = page.locator(".turn[data-turn='3'][data-state=done]")
    expect(third.locator(".question")).to_have_text(ASKED)


def test_quotes_are_stepped_through_in_the_reader(page: Page) -> None:
    turn = ask(page, "Why did Kerry travel to Brussels and what did he say in Iraq?")
    cites = turn.locator(".statement .cite")
    if cites.count() < 2:
        turn = ask(page, "What did Kerry say about Iraq?")
        cites = turn.locator(".statement .cite")
    assert cites.count() >= 2
    cites.first.click()
    steps = page.locator("#reader .steps")
    expect(steps).to_contain_text(f"Quote 1 of {cites.count()}")
    first = words(page.locator("#reader mark#quoted").text_content())
    page.get_by_role("button", name="Next quote").click()
    expect(steps).to_contain_text("Quote 2 of")
    expect(page.locator("#reader mark#quoted")).to_be_in_viewport()
    assert words(page.locator("#reader mark#quoted").text_content()) != first
    expect(cites.nth(1)).to_have_attribute("aria-current", "true")
    page.keyboard.press("ArrowLeft")
    expect(steps).to_contain_text("Quote 1 of")
    page.keyboard.press("Escape")
    expect(cites.first).to_be_focused()


def test_the_question_as_understood_is_edited_and_asked_as_it_stands(page: Page) -> None:
    ask(page, "What did Kerry tell Masud Barzani?")
    turn = ask(page, "And when did he tell him that?")
    turn.locator(".understood").get_by_role("button", name="Edit").click()
    expect(page.locator("#given")).to_contain_text("Asked as it stands")
    edited = page.locator("#question").input_value()
    page.keyboard.press("Enter")
    third = page.locator(".turn[data-turn='3']:not([data-state=working])")
    expect(third.locator(".question")).to_have_text(edited)
    expect(third.locator(".understood")).to_have_count(0)
    expect(page.locator("#given")).to_be_hidden()


def test_a_reason_sent_while_the_thumb_is_on_its_way_is_kept(page: Page) -> None:
    turn = ask(page, ASKED)
    slow: list[tuple[Route, APIResponse]] = []

    def both_at_the_end(route: Route) -> None:
        slow.append((route, route.fetch()))
        if len(slow) == 2:
            for held, answer in slow:
                held.fulfill(response=answer)

    page.route("**/run/predict", both_at_the_end)
    turn.get_by_role("button", name="Helpful", exact=True).click()
    page.keyboard.type("the date is right")
    page.keyboard.press("Enter")
    expect(turn.locator(".told")).to_contain_text("your verdict and your reason are kept")


def test_a_thumb_is_kept_with_its_reason_and_taken_back(page: Page) -> None:
    turn = ask(page, ASKED)
    up = turn.get_by_role("button", name="Helpful", exact=True)
    up.click()
    expect(up).to_have_attribute("aria-pressed", "true")
    reason = turn.locator("form.rate input")
    expect(reason).to_be_focused()
    page.keyboard.type("<b>the date is right</b>")
    page.keyboard.press("Enter")
    expect(reason).to_be_hidden()
    expect(up).to_be_focused()
    told = turn.locator(".told")
    expect(told).to_contain_text("your verdict and your reason are kept")
    expect(page.locator("#rail")).not_to_contain_text("Thank you")
    page.keyboard.press("Enter")
    expect(up).to_have_attribute("aria-pressed", "false")
    expect(told).to_have_text("Taken back.")
    page.keyboard.press("Enter")
    expect(told).to_contain_text("your verdict is kept")
