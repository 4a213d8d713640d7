"""The room of the articles: list, search, reading, adding, and filters that the chat honours."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ask
from ui.served import Served, served

pytestmark = pytest.mark.browser
STORY = """Lantern festival returns to Ostrava

OSTRAVA, 12 March 2019 - The lantern festival returned to Ostrava after a break of nine years.

Organiser Jana Kovarikova said that 4,215 paper lanterns were lit along the river on Tuesday.

The next festival will take place in the city of Brno, she told reporters.
"""


def test_the_list_names_every_article_and_opens_it(page: Page) -> None:
    page.get_by_role("link", name="Articles").click()
    rows = page.locator("#list tbody tr")
    expect(rows).to_have_count(5)
    expect(rows.filter(has_text="Baghdad Post")).to_contain_text("8 November 2017")
    page.locator("#browse").fill("baghdad post")
    expect(rows).to_have_count(1)
    rows.first.locator("[data-read]").click()
    expect(page.locator("#reader h2")).to_contain_text("constructed")
    expect(page.locator("#reader mark")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()


@pytest.mark.parametrize("page", ["wide", "phone"], indirect=True)
def test_titles_stand_on_the_first_screen_each_in_little_height(page: Page) -> None:
    page.goto(f"{page.url}#articles")
    rows = page.locator("#list tbody tr")
    expect(rows).to_have_count(5)
    expect(page.locator("#timeline svg").first).to_be_visible()
    expect(rows.nth(1)).to_be_in_viewport()
    boxes = [row.bounding_box() for row in rows.all()]
    # three lines of title and two of where and when, in the widest letters that a machine has
    assert all(box is not None and box["height"] <= 132 for box in boxes)


def test_comments_stand_apart_in_the_reader(page: Page) -> None:
    page.get_by_role("link", name="Articles").click()
    page.locator("#browse").fill("DipNote")
    rows = page.locator("#list tbody tr")
    expect(rows).to_have_count(1)
    rows.first.locator("[data-read]").click()
    comments = page.get_by_role("region", name="Readers’ comments")
    expect(comments.locator("li")).to_have_count(4)
    expect(comments).to_contain_text("Alivia")
    expect(page.locator("#reader .body")).not_to_contain_text("Alivia")


def test_filters_show_as_chips_and_are_honoured(page: Page) -> None:
    page.locator("#publisher").select_option("DW")
    page.locator("#first").fill("2015")
    page.locator("#first").press("Tab")
    chips = page.locator("#chips .chips li")
    expect(chips).to_have_count(2)
    expect(chips.first).to_contain_text("since 2015-01-01")
    turn = ask(page, "What did Kerry say?")
    for byline in turn.locator(".cite, .near .from").all():
        label = byline.get_attribute("aria-label") or byline.inner_text()
        assert "DW" in label
    page.locator("#chips").get_by_role("button", name="Lift the filter DW").click()
    expect(chips).to_have_count(1)


def test_a_wrong_date_is_told(page: Page) -> None:
    page.locator("#first").fill("June")
    page.locator("#first").press("Tab")
    expect(page.locator("#chips [role=alert]")).to_contain_text("is not a date")


@pytest.fixture(scope="module")
def changing(
    tmp_path_factory: pytest.TempPathFactory, seeds: Path
) -> Iterator[tuple[Served, Path]]:
    """A page of its own, whose articles these tests may change, and its data directory."""
    folder = tmp_path_factory.mktemp("changing")
    with served(data_dir=folder / "data", seed_from=seeds, log=folder / "log") as site:
        yield site, folder / "data"
    told = (folder / "log").read_text(encoding="utf-8")
    assert "Traceback" not in told, told


@pytest.fixture
def there(browser: Browser, changing: tuple[Served, Path]) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(changing[0].address)
    page.locator(".welcome h1").wait_for()
    yield page
    context.close()


@pytest.fixture
def town() -> str:
    """A name that no text here has, so that a second try finds nothing of the first."""
    return "".join(random.choice("bdfgklmnprst") + random.choice("aeiou") for _ in range(5)).title()


def test_uploaded_files_are_reported_one_by_one_and_answered_from(
    there: Page, tmp_path: Path, town: str
) -> None:
    page = there
    story = STORY.replace("Ostrava", town).replace("OSTRAVA", town.upper())
    (tmp_path / f"{town}.txt").write_text(story, encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    page.get_by_role("link", name="Articles").click()
    page.locator("#upload input[type=file]").set_input_files(
        [tmp_path / f"{town}.txt", tmp_path / "empty.txt"]
    )
    report = page.locator("#report")
    expect(report.locator("li")).to_have_count(2)
    added = report.locator("li.added")
    expect(added).to_contain_text(f"Added: Lantern festival returns to {town} · 12 March 2019")
    expect(added).to_contain_text(f"{town}.txt")
    expect(report.locator("li.failed")).to_contain_text("empty.txt")
    expect(page.locator("#list table")).to_contain_text(f"Lantern festival returns to {town}")
    page.get_by_role("link", name="Ask").click()
    turn = ask(page, f"How many paper lanterns were lit along the river in {town}?")
    expect(turn.locator(".answer")).to_contain_text("4,215")


def test_what_may_be_added_is_stated_and_another_kind_is_refused(
    there: Page, tmp_path: Path
) -> None:
    page = there
    page.get_by_role("link", name="Articles").click()
    expect(page.locator("#articles-head")).to_contain_text("at most 20 MB a file and 50 files")
    (tmp_path / "<b>program.exe").write_bytes(b"x")
    page.locator("#upload input[type=file]").set_input_files(tmp_path / "<b>program.exe")
    expect(page.locator("#report li.failed")).to_contain_text("allowed are .txt")


def test_a_removed_article_can_be_had_back_and_is_gone_otherwise(
    there: Page, changing: tuple[Served, Path], tmp_path: Path, town: str
) -> None:
    page = there
    story = STORY.replace("Ostrava", town).replace("antern", "obsidian")
    (tmp_path / f"{town}.txt").write_text(story, encoding="utf-8")
    page.get_by_role("link", name="Articles").click()
    page.locator("#upload input[type=file]").set_input_files(tmp_path / f"{town}.txt")
    row = page.locator("#list tbody tr").filter(has_text=f"returns to {town}")
    expect(row).to_have_count(1)
    row.get_by_role("button", name="Remove").click()
    expect(row).to_have_count(0)
    undo = page.locator("#removals").get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    seconds = page.locator("#removals [data-left]")
    begun = int(seconds.inner_text())
    page.wait_for_function(
        "begun => Number(document.querySelector('#removals [data-left]').textContent) < begun",
        arg=begun,
    )
    page.keyboard.press("Enter")
    expect(page.locator("#removals")).to_contain_text("It stays.")
    expect(row).to_have_count(1)
    kept = changing[1] / "uploads" / f"{town}.txt"
    assert kept.exists()
    row.get_by_role("button", name="Remove").click()
    expect(page.locator("#removals")).to_contain_text("was removed.", timeout=30_000)
    expect(row).to_have_count(0)
    assert not kept.exists()
    page.reload()
    page.get_by_role("link", name="Articles").click()
    expect(page.locator("#list tbody tr").first).to_be_visible()
    expect(row).to_have_count(0)


def test_the_page_answers_from_what_the_command_line_adds_meanwhile(
    there: Page, changing: tuple[Served, Path], tmp_path: Path, town: str
) -> None:
    question = f"How many stone {town.lower()}s were carved along the canal in {town}?"
    refused = ask(there, question)
    expect(refused.locator(".verdict")).to_be_visible()
    story = STORY.replace("Ostrava", town).replace("lantern", town.lower())
    story = story.replace("Lantern", town).replace("4,215 paper", "7,302 stone")
    story = story.replace("lit along the river", "carved along the canal")
    (tmp_path / "carved.txt").write_text(story, encoding="utf-8")
    command = ["ingest", str(tmp_path / "carved.txt"), "--data-dir", str(changing[1])]
    subprocess.run(
        [sys.executable, "-m", "ui", *command], check=True, capture_output=True, timeout=60
    )
    turn = ask(there, question)
    expect(turn.locator(".answer")).to_contain_text("7,302")


def test_the_second_start_is_quick_and_the_end_is_clean(tmp_path: Path, seeds: Path) -> None:
    log = tmp_path / "log"
    with served(data_dir=tmp_path / "data", seed_from=seeds, log=log) as first:
        assert first.address.startswith("http://127.0.0.1:")
    assert first.process.returncode == 0
    with served(data_dir=tmp_path / "data", seed_from=seeds, log=log) as second:
        assert isinstance(second, Served)
        second.process.terminate()
        assert second.process.wait(15) == 0
    told = log.read_text(encoding="utf-8")
    assert told.count("5 articles: 5 added") == 1
    assert "Traceback" not in told
