"""The evaluation room in a real browser: start, watch, stop, go on, look, compare, reload."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import ask, words
from tests.browser.runs import run_ends

pytestmark = pytest.mark.browser
KERRY = "When will al-Maliki form a new government?"


def _case(number: int, question: str, value: str, **more: object) -> str:
    evidence = [[{"article": "000_d20460457c908205.txt", "quote": "a July 1 deadline"}]]
    facts = [{"type": "text", "value": value}]
    return json.dumps(
        {"id": f"deadline{number}.1", "question": question, "facts": facts, "evidence": evidence}
        | more
    )


def _suite(folder: Path, name: str, lines: list[str]) -> Path:
    path = folder / f"{name}.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _enter(page: Page) -> Locator:
    page.locator(".masthead nav").get_by_role("link", name="Evaluation").click()
    room = page.locator("#evaluation-room")
    expect(room.get_by_role("heading", name="Evaluation")).to_be_visible()
    expect(room.locator("#evaluation-form")).to_be_visible()
    return room


def _bring(page: Page, file: Path) -> None:
    page.locator("#evaluation-file input[type=file]").set_input_files(file)


def _run(page: Page, suite: str, most: str = "") -> None:
    page.locator("#evaluation-suite").select_option(suite)
    page.locator("#evaluation-most").fill(most)
    page.locator("#evaluation-form").get_by_role("button", name="Start").click()


def test_a_suite_of_ones_own_is_run_looked_at_and_compared(page: Page, tmp_path: Path) -> None:
    right = _case(1, KERRY, "July 1")
    wrong = _case(2, f"{KERRY} Tell the day.", "July 9")
    silent = json.dumps({"id": "none.1", "question": "Who won the Tour?", "answerable": False})
    room = _enter(page)
    _bring(page, _suite(tmp_path, "mine", [right, wrong, silent]))
    expect(room).to_contain_text("The suite mine is there")
    rows = room.locator("table.runs tbody tr")
    before = rows.count()  # other tests of this server may have run suites
    for _ in range(2):
        with run_ends(page):
            _run(page, "mine")
    expect(rows).to_have_count(before + 2)
    expect(rows.first).to_contain_text("50.0%")
    expect(rows.first.locator("svg").first).to_be_visible()

    rows.first.get_by_role("link").click()
    expect(room.locator(".pictures svg").first).to_be_visible()
    expect(room.locator(".pictures")).to_contain_text("False answers")
    failed = room.locator("table.cases tbody tr")
    expect(failed).to_have_count(1)
    expect(failed).to_contain_text("Tell the day")
    failed.get_by_role("link").click()
    expect(room.locator(".beside")).to_contain_text("July 9")
    expect(room.locator(".beside .told")).to_contain_text("July 1")
    expect(room.locator(".beside .verdict-line")).to_contain_text("wrong")
    room.get_by_role("button", name="Show it in the article").last.click()
    mark = page.locator("#reader mark#quoted")
    expect(mark).to_be_in_viewport()
    assert words(mark.text_content()) == "a July 1 deadline"

    page.reload()  # the address is the view
    expect(room.locator(".beside")).to_contain_text("July 9")
    room.get_by_role("link", name="Back to the run").click()
    expect(failed).to_have_count(1)
    page.go_back()
    expect(room.locator(".beside")).to_be_visible()
    _enter(page)
    room.locator("#evaluation-compare").get_by_role("button", name="Compare").click()
    expect(room.locator("#evaluation-view")).to_contain_text("No case flipped.")
    expect(room.locator("#evaluation-view")).to_contain_text("P, corrected")


def test_a_run_is_watched_survives_a_reload_lets_chats_go_on_and_is_stopped(page: Page) -> None:
    room = _enter(page)
    _run(page, "seeds")
    running = room.locator(".panel.running")
    expect(running).to_contain_text("of 309 asked")
    expect(running).to_contain_text("left", timeout=30_000)
    expect(running.locator("dl")).to_contain_text("Passed")
    expect(room.locator("#evaluation-form").get_by_role("button", name="Start")).to_be_disabled()

    page.locator(".masthead nav").get_by_role("link", name="Ask").click()
    turn = ask(page, KERRY)
    expect(turn.locator(".answer")).to_contain_text("July 1")

    page.goto(re.sub(r"#.*", "", page.url))
    page.locator(".welcome h1").wait_for()
    _enter(page)
    expect(running).to_be_visible()
    running.get_by_role("button", name="Stop").click()
    ended = room.locator("#evaluation-now .ended")
    expect(ended).to_contain_text("Stopped", timeout=30_000)
    expect(room.locator("table.runs tbody tr").first).to_contain_text("Not finished")
    asked = int(re.findall(r"(\d+) of 309", words(ended.text_content()))[0])
    assert 0 < asked < 309

    ended.get_by_role("button", name="Go on with it").click()
    expect(running).to_be_visible()
    page.wait_for_function(
        "done => document.querySelector('.running progress')?.value >= done", arg=asked
    )
    running.get_by_role("button", name="Stop").click()
    expect(ended).to_contain_text("Stopped", timeout=30_000)


def test_what_cannot_be_run_is_told(page: Page, tmp_path: Path) -> None:
    room = _enter(page)
    _bring(page, _suite(tmp_path, "broken", ['{"id": "a.1"}', "no json"]))
    alert = room.locator("#evaluation-told [role=alert]")
    expect(alert).to_contain_text("broken.jsonl is not a usable dataset")
    expect(alert).to_contain_text("line 2")
    _run(page, "seeds", "many")
    expect(alert).to_contain_text("a whole number above 0")
    page.goto(f"{page.url}/run/no-such-run")
    expect(room.locator("#evaluation-view [role=alert]")).to_contain_text("no run of that name")
    room.get_by_role("link", name="All runs").click()
    expect(room.locator("#evaluation-form")).to_be_visible()


def test_a_small_sample_says_how_unsure_it_is(page: Page) -> None:
    room = _enter(page)
    with run_ends(page):
        _run(page, "seeds", "4")
    row = room.locator("table.runs tbody tr").first
    told = words(row.inner_text())
    low, high = (float(number) for number in re.findall(r"(\d+\.\d) to (\d+\.\d)", told)[0])
    assert high - low > 20, told
