"""Hostile articles and questions in a real browser: everything is shown, nothing runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ALLOWED, Seen, ask, watch
from ui.served import Served, served

pytestmark = pytest.mark.browser
ATTACKS = [
    "<script>window.ran=1</script>",
    "<img src=x onerror=window.ran=1>",
    '"><svg onload=window.ran=1>',
    "' autofocus onfocus='window.ran=1",
    "<iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
    "<a href=javascript:window.ran=1>go</a>",
    "</textarea><script>window.ran=1</script>",
    "${window.ran=1}",
    "{{#with this}}{{lookup (lookup this 'constructor') 'name'}}{{/with}}",
    "`+(window.ran=1)+`",
    "<img src=http://203.0.113.7/track.png>",
    "![x](http://203.0.113.7/t.png)",
    "<style>@import 'http://203.0.113.7/a.css'</style>",
    "<link rel=prefetch href=http://203.0.113.7/p>",
    "<meta http-equiv=refresh content='0;url=http://203.0.113.7/'>",
    "<form action=http://203.0.113.7/><button>x</button></form>",
    "<base href=http://203.0.113.7/>",
    "<object data=data:text/html,x></object>",
    "\u202e\u2066reversed",
    "<math><mi xlink:href=data:x,<script>window.ran=1</script>>",
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A page over articles whose every field is an attack."""
    folder = tmp_path_factory.mktemp("hostile")
    lines = [
        json.dumps(
            {
                "url": f"https://news.example/{number}?{attack}",
                "title": f"{attack} Title {number}",
                "authors": [f"{attack} Author"],
                "published": "2020-01-02",
                "text": f"The zebra{number} crossed the river at dawn {attack} and then rested. "
                f"Its keeper Maria Novak said that the zebra{number} was {attack} well fed. "
                "Nobody else saw the crossing that morning.",
            }
        )
        for number, attack in enumerate(ATTACKS)
    ]
    (folder / "dump.jsonl").write_text("\n".join(lines), encoding="utf-8")
    with served(data_dir=folder / "data", seed_from=folder / "dump.jsonl") as site:
        yield site


@pytest.fixture
def open_page(browser: Browser, hostile: Served, seen: Seen) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    watch(page, seen)
    page.goto(hostile.address)
    page.locator(".welcome h1").wait_for()
    yield page
    assert page.evaluate("window.ran") is None
    assert page.url.startswith(hostile.address)
    context.close()
    left = [url for url in seen.requests if (urlsplit(url).hostname or "") not in ALLOWED]
    assert left == []
    assert seen.errors == []


def test_attacks_in_titles_addresses_and_text_are_shown_as_text(open_page: Page) -> None:
    page = open_page
    page.get_by_role("link", name="Articles").click()
    rows = page.locator("#list tbody tr")
    expect(rows).to_have_count(len(ATTACKS))
    expect(page.locator("#list table")).to_contain_text("onerror=window.ran=1")
    for number in range(len(ATTACKS)):
        row = rows.filter(has_text=f"Title {number}").first
        row.locator("[data-read]").click()
        body = page.locator("#reader .body")
        expect(body).to_contain_text(f"zebra{number} crossed")
    assert page.locator("#dateline iframe, #dateline object, #dateline img").count() == 0


@pytest.mark.parametrize("number", [0, 1, 2, 7, 8, 10, 14, 16])
def test_attacks_in_answers_and_cards_are_shown_as_text(open_page: Page, number: int) -> None:
    page = open_page
    ask(page, f"Who said that the zebra{number} was well fed?")
    opened = page.locator("#live .cite, #live .near").first
    opened.click()
    expect(page.locator("#reader mark#quoted")).to_be_visible()


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_in_questions_are_shown_as_text(open_page: Page, attack: str) -> None:
    turn = ask(open_page, f"{attack} who?")
    expect(turn.locator(".question")).to_have_text(f"{attack} who?", use_inner_text=False)


def test_injected_markup_would_not_run_even_if_it_came_through(open_page: Page, seen: Seen) -> None:
    open_page.evaluate(
        "document.querySelector('#cards').insertAdjacentHTML("
        "'beforeend', '<img src=x onerror=\"window.ran=1\">')"
    )
    open_page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'),"
        "{textContent: 'window.ran=1'}))"
    )
    expect(open_page.locator("#cards img")).to_have_count(1)
    open_page.wait_for_function("document.querySelector('#cards img').complete")
    assert open_page.evaluate("window.ran") is None
    assert any("Content Security Policy" in error for error in seen.errors)
    seen.errors.clear()


def test_a_file_name_that_is_an_attack_is_shown_as_text(open_page: Page, tmp_path: Path) -> None:
    name = "<img src=x onerror=window.ran=1>.exe"
    (tmp_path / name).write_bytes(b"MZ")
    open_page.get_by_role("link", name="Articles").click()
    open_page.locator("#upload input[type=file]").set_input_files(tmp_path / name)
    row = open_page.locator("#report li.failed")
    expect(row).to_contain_text("onerror=window.ran=1")
    expect(row).to_contain_text("files of this kind are not read")
