"""Logging in, in a real browser: the form, two users apart, too many questions, the way out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from rag.users import Users
from tests.browser.conftest import ask
from tests.browser.test_axe import faults
from ui.served import Served, served

pytestmark = pytest.mark.browser
PASSWORD = "correct horse"
ASKED = "When will al-Maliki form a new government?"
OTHER = "How many people have been killed in Iraq?"


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Users:
    """Users with one password; `named` adds to them."""
    made = Users(tmp_path_factory.mktemp("users") / "users.toml")
    made.add("first", PASSWORD)
    return made


@pytest.fixture
def named(users: Users) -> Callable[[str], str]:
    """A user whom nobody was before, so that a second try finds nothing of the first."""

    def add(name: str) -> str:
        fresh = f"{name}-{uuid4().hex[:8]}"
        users.add(fresh, PASSWORD)
        return fresh

    return add


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory, users: Users, seeds: Path) -> Iterator[Served]:
    """A page that asks for a log-in and answers three questions a minute."""
    folder = tmp_path_factory.mktemp("closed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATELINE_SERVE__USERS", str(users.path))
        patch.setenv("DATELINE_SERVE__QUESTIONS_PER_MINUTE", "3")
        with served(data_dir=folder / "data", seed_from=seeds, log=folder / "log") as page:
            yield page
    told = (folder / "log").read_text(encoding="utf-8")
    assert "Traceback" not in told, told


@pytest.fixture
def contexts(browser: Browser) -> Iterator[list[BrowserContext]]:
    """Three browsers that know nothing of each other."""
    made = [browser.new_context(viewport={"width": 1440, "height": 900}) for _ in range(3)]
    yield made
    for context in made:
        context.close()


def sign_in(context: BrowserContext, address: str, name: str, password: str = PASSWORD) -> Page:
    """Open the page and fill the form as a person does, with the keyboard."""
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("heading", name="Dateline")).to_be_visible()
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(password)
    page.keyboard.press("Enter")
    return page


def test_a_wrong_password_is_told_and_the_right_one_opens_the_page(
    closed: Served, contexts: list[BrowserContext], named: Callable[[str], str]
) -> None:
    ada = named("ada")
    page = sign_in(contexts[0], closed.address, ada, "wrong password")
    expect(page.get_by_role("alert")).to_have_text("Name or password is wrong.")
    expect(page.get_by_label("Name")).to_have_value(ada)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert faults(page, f"log-in, {scheme}") == []
    expect(page.get_by_label("Password")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.locator(".welcome h1").wait_for()
    expect(page.locator("#rail")).to_contain_text(f"Signed in as {ada}")
    ask(page, ASKED)
    expect(page.locator("#talks .talk")).to_contain_text([ASKED])
    page.locator("#talks summary").click()
    assert faults(page, "the menu of a conversation") == []
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="Dateline")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Password")).to_be_visible()
    page.goto(closed.address)
    expect(page.get_by_label("Password")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_form_shuts_nobody_out_on_a_phone(
    closed: Served, browser: Browser, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, color_scheme=scheme
    )
    page = context.new_page()
    page.goto(closed.address)
    expect(page.get_by_label("Name")).to_be_focused()
    found = faults(page, "the form")
    page.get_by_label("Name").fill("first")
    page.get_by_label("Password").fill("wrong password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found += faults(page, "a wrong password")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
    assert found == []


def test_users_see_their_own_in_every_browser_and_nobody_elses(
    closed: Served, contexts: list[BrowserContext], named: Callable[[str], str]
) -> None:
    name = named("bob")
    bob = sign_in(contexts[0], closed.address, name)
    bob.locator(".welcome h1").wait_for()
    expect(bob.locator("#talks")).to_contain_text("Nothing asked yet")
    ask(bob, OTHER)
    expect(bob.locator("#talks .talk")).to_contain_text([OTHER])
    link = bob.locator("#talks a", has_text="JSON").get_attribute("href")
    elsewhere = sign_in(contexts[1], closed.address, name)
    elsewhere.locator(".welcome h1").wait_for()
    expect(elsewhere.locator("#talks .talk")).to_contain_text([OTHER])
    elsewhere.locator("#talks .talk").click()
    expect(elsewhere.locator(".turn .question")).to_have_text([OTHER])
    eve = sign_in(contexts[2], closed.address, named("eve"))
    eve.locator(".welcome h1").wait_for()
    expect(eve.locator("#talks")).to_contain_text("Nothing asked yet")
    there = f"{closed.address.rstrip('/')}{link}"
    assert contexts[2].request.get(there).status == 404
    assert contexts[1].request.get(there).status == 200


def test_too_many_questions_are_told_kindly_and_a_removed_user_is_led_out(
    closed: Served,
    contexts: list[BrowserContext],
    users: Users,
    named: Callable[[str], str],
) -> None:
    eve = named("eve")
    page = sign_in(contexts[0], closed.address, eve)
    page.locator(".welcome h1").wait_for()
    for _ in range(3):
        ask(page, OTHER)
    turn = ask(page, ASKED)
    expect(turn).to_have_attribute("data-state", "failed")
    expect(turn).to_contain_text("Too many questions: 3 a minute")
    expect(turn).to_contain_text("seconds")
    users.remove(eve)
    page.get_by_role("button", name="New conversation").click()
    expect(page.get_by_label("Password")).to_be_visible()


def test_the_form_works_without_scripts(closed: Served, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{closed.address}?q=who")
    page.get_by_label("Name").fill("first")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{closed.address}?q=who")
    expect(page.get_by_label("Password")).to_have_count(0)
    context.close()
