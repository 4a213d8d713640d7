"""What a visitor sees while an answer is being written, and when the server goes away."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = pytest.mark.browser
ASKED = "When was the harbour reopened?"


@pytest.fixture
def slow() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of a page whose answers take their time, and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "tests.browser.slow_page", str(port)])
    address = f"http://127.0.0.1:{port}/"
    try:
        _until_ready(f"{address}healthz")
        yield address, process
    finally:
        process.terminate()
        process.wait(15)


def _until_ready(address: str) -> None:
    ends = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            assert time.monotonic() < ends, "the page did not start"
            time.sleep(0.1)
        else:
            return


@pytest.fixture
def slow_page(
    browser: Browser, slow: tuple[str, subprocess.Popen[bytes]]
) -> Iterator[tuple[Page, subprocess.Popen[bytes]]]:
    """A visitor of that page."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(slow[0])
    page.locator(".welcome h1").wait_for()
    yield page, slow[1]
    context.close()


def _send(page: Page, question: str) -> None:
    page.locator("#question").fill(question)
    page.locator("#question").press("Enter")


def test_the_answer_grows_and_can_be_stopped_and_the_next_one_comes(
    slow_page: tuple[Page, subprocess.Popen[bytes]],
) -> None:
    page, _ = slow_page
    _send(page, f"{ASKED} slowly")
    shown = page.locator("#live .statement")
    shown.wait_for()
    first = len(shown.inner_text())
    page.wait_for_function(
        "n => document.querySelector('#live .statement').innerText.length > n", arg=first
    )
    expect(page.locator("#send")).to_be_hidden()
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#live .turn[data-state=stopped]")).to_contain_text("Stopped")
    expect(page.locator("#send")).to_be_visible()
    _send(page, ASKED)
    turn = page.locator("#live .turn[data-turn='2'][data-state=done]")
    turn.wait_for()
    expect(turn.locator(".cite")).to_have_count(1)
    expect(page.locator(".turn")).to_have_count(2)


def test_two_visitors_do_not_wait_for_each_other_or_see_each_other(
    browser: Browser, slow_page: tuple[Page, subprocess.Popen[bytes]]
) -> None:
    page, _ = slow_page
    _send(page, f"{ASKED} slowly")
    page.locator("#live .statement").wait_for()
    context = browser.new_context()
    other = context.new_page()
    other.goto(page.url)
    other.locator(".welcome h1").wait_for()
    _send(other, ASKED)
    other.locator("#live .turn[data-state=done]").wait_for()
    expect(page.locator("#live .turn")).to_have_attribute("data-state", "working")
    expect(other.locator(".turn")).to_have_count(1)
    context.close()


def test_a_server_that_went_away_is_told(
    slow_page: tuple[Page, subprocess.Popen[bytes]],
) -> None:
    page, process = slow_page
    _send(page, f"{ASKED} slowly")
    page.locator("#live .statement").wait_for()
    process.kill()
    process.wait(15)
    alert = page.locator("#connection")
    expect(alert).to_contain_text("The server does not answer", timeout=20_000)
    expect(page.locator("#send")).to_be_visible()
    expect(page.locator("#live .turn")).to_contain_text("Ask again once it is back")


def test_a_server_that_is_started_again_is_found_and_the_page_loads_anew(
    slow_page: tuple[Page, subprocess.Popen[bytes]],
) -> None:
    page, process = slow_page
    port = page.url.rsplit(":", 1)[1].split("/")[0]
    process.kill()
    process.wait(15)
    page.evaluate("window.dispatchEvent(new Event('offline'))")
    line = page.locator("#connection")
    expect(line).to_contain_text("Looking for it again", timeout=20_000)
    again = subprocess.Popen([sys.executable, "-m", "tests.browser.slow_page", port])
    try:
        expect(line).to_contain_text("started again", timeout=60_000)
        line.get_by_role("button", name="Load again").click()
        page.locator(".welcome h1").wait_for()
        expect(line).to_be_hidden()
        _send(page, ASKED)
        page.locator("#live .turn[data-state=done]").wait_for()
    finally:
        again.terminate()
        again.wait(15)


def test_what_is_stopped_while_it_still_waits_stands_in_the_box_again(
    slow_page: tuple[Page, subprocess.Popen[bytes]],
) -> None:
    page, _ = slow_page
    waiting: list[Route] = []

    def first_waits(route: Route) -> None:
        waiting.append(route)
        if len(waiting) > 1:
            route.continue_()

    page.route("**/queue/join*", first_waits)
    _send(page, f"{ASKED} slowly")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#question")).to_have_value(f"{ASKED} slowly")
    expect(page.locator("#given")).to_contain_text("Stopped before the answer was begun.")
    waiting[0].continue_()  # it comes to the server after all, and late
    _send(page, ASKED)
    page.locator("#live .turn[data-state=done]").wait_for()
    expect(page.locator(".turn .question")).to_have_text([ASKED])


def test_a_frame_that_comes_after_the_stop_is_not_taken_for_news(
    slow_page: tuple[Page, subprocess.Popen[bytes]],
) -> None:
    page, _ = slow_page
    _send(page, f"{ASKED} slowly")
    page.locator("#live .turn[data-state=working] .statement").wait_for()
    late = page.locator("#live .turn").evaluate("turn => turn.outerHTML")
    page.get_by_role("button", name="Stop").click()
    page.locator("#live .turn[data-state=stopped]").wait_for()

    # what was on its way is put in the place of what came before it
    page.evaluate(
        "window.sent = []; const send = window.datelineSend;"
        "window.datelineSend = (name, data) => { window.sent.push(name); send(name, data); };"
    )
    page.locator("#live .turn").evaluate("(turn, late) => { turn.outerHTML = late; }", late)
    page.wait_for_function("window.sent.includes('stop')")
    expect(page.locator("#stop")).to_be_hidden()
    expect(page.locator("#send")).to_be_visible()
