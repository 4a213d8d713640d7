"""The picture of the corpus: it counts right, and choosing in it narrows list and chat alike."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import ask

pytestmark = pytest.mark.browser


@pytest.fixture
def articles(page: Page) -> Page:
    """The room of the articles over the five seeds."""
    page.get_by_role("link", name="Articles").click()
    expect(page.locator("table.articles:not(.plain) tbody tr")).to_have_count(5)
    return page


def test_every_article_stands_in_the_picture_and_in_its_table(articles: Page) -> None:
    page = articles
    bars = page.locator("#timeline .bar:not([aria-disabled])")
    counted = [int((bar.get_attribute("aria-label") or "").split(": ")[1].split()[0])
               for bar in bars.all()]  # fmt: skip
    undated = page.locator("#timeline figcaption").inner_text()
    assert sum(counted) == 5 or "without a date" in undated
    page.locator(".as-table summary").click()
    figures = page.locator(".as-table tbody .figure").all_inner_texts()
    assert sum(map(int, figures)) == 5
    expect(page.locator(".as-table tbody")).to_contain_text("RFE/RL")


def test_a_bar_narrows_list_and_chat_and_a_chip_lifts_it(articles: Page) -> None:
    page = articles
    bar = page.locator("#timeline .bar[aria-label^='June 2014: ']")
    bar.click()
    chips = page.locator("#list-chips .chips li")
    expect(chips).to_have_text(["2014-06-01 to 2014-06-30 ×"])
    expect(bar).to_have_class("bar on")
    rows = page.locator("table.articles:not(.plain) tbody tr")
    expect(rows.filter(has_text="2017")).to_have_count(0)
    narrowed = rows.count()
    assert 0 < narrowed < 5
    expect(page.locator("#list .count")).to_have_text(f"{narrowed} of 5 articles")
    page.get_by_role("link", name="Ask").click()
    expect(page.locator("#chips .chips li")).to_have_count(1)
    turn = ask(page, "Who constructed a new road in Iraq?")
    for label in turn.locator(".near .from").all_inner_texts():
        assert "2014" in label
    page.locator("#chips").get_by_role("button", name="Lift").click()
    expect(page.locator(".chips li")).to_have_count(0)
    page.get_by_role("link", name="Articles").click()
    expect(rows).to_have_count(5)


def test_by_keyboard_and_by_publisher(articles: Page) -> None:
    page = articles
    bars = page.locator("#timeline .bar")
    bars.first.focus()
    page.keyboard.press("ArrowRight")
    expect(bars.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(bars.last).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#list-chips .chips li")).to_have_count(1)
    page.locator(".by-publisher summary").click()
    page.locator(".by-publisher").get_by_role("button", name="DW").click()
    expect(page.locator("#list-chips .chips li")).to_have_count(2)
    page.get_by_role("button", name="Lift the filter 20").first.click()
    rows = page.locator("table.articles:not(.plain) tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("DW")


def test_the_table_tells_passages_and_is_searched_by_date(articles: Page) -> None:
    page = articles
    row = page.locator("table.articles:not(.plain) tbody tr").filter(has_text="RFE/RL")
    figure = int(row.locator("td.figure").first.inner_text().split()[0])
    assert figure > 1
    page.locator("#browse").fill("2017-11")
    expect(page.locator("table.articles:not(.plain) tbody tr")).to_have_count(1)
    page.locator("#browse").fill("no such words")
    expect(page.locator("#list .hint")).to_have_text("No title or publisher holds this.")
