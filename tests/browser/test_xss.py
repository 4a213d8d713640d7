"""Hostile text through every door of the page: nothing runs, all of it is shown as text.

Each of the attacks calls a canary that stands in the page (tests/browser/outside.py), and
each goes through every channel: what an article, its reader, a file name, a model, a suite
of cases or the visitor can bring. An attempt that became markup and was only stopped by the
content policy fails here as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Dialog, Locator, Page, expect

from tests.browser.attacks import ATTACKS, CHANNELS, LETTERS, PAIRS, article, record, zebra
from tests.browser.conftest import Seen, ask, watch
from tests.browser.outside import ran, violations
from tests.browser.runs import run_ends
from tests.browser.states import enter
from tests.servers.script import Asked, Script, plain
from tests.servers.server import ScriptedServer
from ui.served import Served, served

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles whose every field is an attack."""
    folder = tmp_path_factory.mktemp("hostile") / "articles"
    folder.mkdir()
    for number, attack in enumerate(ATTACKS):
        page = folder / f"{zebra(number)}.html"
        page.write_text(article(number, attack), encoding="utf-8")
    lines = [record(number, attack) for number, attack in enumerate(ATTACKS)]
    (folder / "dump.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def hostile(folder: Path) -> Iterator[Served]:
    """The page over them."""
    with served(data_dir=folder.parent / "data", seed_from=folder) as site:
        yield site


@pytest.fixture
def visit(browser: Browser, seen: Seen) -> Iterator[_Visit]:
    """Pages of one visitor; afterwards nothing may have run or opened a dialog."""
    visit = _Visit(browser, seen)
    yield visit
    visit.end()


class _Visit:
    def __init__(self, browser: Browser, seen: Seen) -> None:
        self._context = browser.new_context(viewport={"width": 1440, "height": 900})
        self._seen = seen
        self._pages: list[Page] = []
        self._dialogs: list[str] = []
        self._ran: list[str] = []
        self._stopped: list[str] = []

    def open(self, address: str) -> Page:
        page = self._context.new_page()
        page.on("dialog", self._refuse)
        watch(page, self._seen)
        page.goto(address)
        page.locator("body[data-ready=yes]").wait_for()
        self._pages.append(page)
        return page

    def _refuse(self, dialog: Dialog) -> None:
        self._dialogs.append(dialog.message)
        dialog.dismiss()

    def close(self, page: Page) -> None:
        """Leave a page; each that stays open holds one of the browser's few connections."""
        self._ran += ran(page)
        self._stopped += violations(page)
        self._pages.remove(page)
        page.close()

    def end(self) -> None:
        for page in list(self._pages):
            self.close(page)
        self._context.close()
        assert self._ran == [], "an attack ran"
        assert self._dialogs == [], "an attack opened a dialog"
        assert self._stopped == [], "an attack became markup; only the content policy stopped it"
        assert self._seen.errors == []


def shown(place: Locator, text: str) -> None:
    """The text stands there as a reader would read it, and brought no element of its own."""
    expect(place).to_contain_text(text)
    strange = place.locator("img, iframe, script, math, base, [onload], [onerror], [onfocus]")
    expect(strange).to_have_count(0)
    expect(place.locator("[ontoggle], [srcdoc], a[href^='javascript']")).to_have_count(0)


def test_there_are_more_than_sixty_attempts() -> None:
    assert len(ATTACKS) * len(CHANNELS) > 60


def test_titles_publishers_authors_bodies_and_comments(visit: _Visit, hostile: Served) -> None:
    page = visit.open(hostile.address)
    enter(page, "articles")
    rows = page.locator("#list tbody tr")
    expect(rows).to_have_count(2 * len(ATTACKS))
    for number in range(len(ATTACKS)):
        row = rows.filter(has_text=f"Title {zebra(number)}")
        shown(row, f"attack({number + 1})")
        row.locator("[data-read]").click()
        reader = page.locator("#reader")
        expect(reader.locator("h2")).to_contain_text(zebra(number))
        shown(reader.locator(".reader-head"), f"attack({number + 1})")
        shown(reader.locator(".body"), f"attack({number + 1})")
        page.keyboard.press("Escape")
        row = rows.filter(has_text=f"Weighed {LETTERS[number]}")
        row.locator("[data-read]").click()
        expect(reader.locator("h2")).to_contain_text(f"Weighed {LETTERS[number]}")
        shown(reader.locator(".comments"), f"attack({number + 1})")
        page.keyboard.press("Escape")
    shown(page.locator("#timeline"), "")
    shown(page.locator("#rail"), "")


def test_answers_cards_whys_and_refusals(visit: _Visit, hostile: Served) -> None:
    page = visit.open(hostile.address)
    for number in range(0, len(ATTACKS), 2):
        turn = ask(page, f"Who said that the {zebra(number)} was well fed?")
        shown(turn, "attack(")
        shown(page.locator("#cards"), "attack(")
        why = turn.locator("[data-act=why]")
        if why.count():
            why.click()
            expect(turn.locator("[data-delivery] *").first).to_be_attached()
            shown(turn, "attack(")


def test_questions_become_names_of_conversations_and_both_stay_text(
    visit: _Visit, hostile: Served
) -> None:
    page = visit.open(hostile.address)
    for attack in PAIRS:
        turn = ask(page, f"{attack} who?")
        shown(turn.locator(".question"), f"{attack} who?")
        page.get_by_role("button", name="New conversation").click()
        shown(page.locator("#talks"), f"{attack} who?"[:30])
    page.reload()
    page.locator("body[data-ready=yes]").wait_for()
    expect(page.locator("#talks .talk")).to_have_count(len(PAIRS))
    page.locator("#talks .talk").first.click()
    shown(page.locator("#ask-room .turn").first, PAIRS[-1])


def test_conversations_are_renamed_to_attacks(visit: _Visit, hostile: Served) -> None:
    page = visit.open(hostile.address)
    ask(page, "Who was well fed?")
    for attack in ATTACKS:
        page.locator("#talks summary").first.click()
        field = page.locator(".talk-title").first
        field.fill(attack)
        field.press("Enter")
        expect(page.locator("#talks .talk").first).to_contain_text(attack[:40])
        shown(page.locator("#talks"), attack[:40])


def test_file_names(visit: _Visit, hostile: Served, tmp_path: Path) -> None:
    names = [f"{attack.replace('/', '')[:100]}.exe" for attack in ATTACKS]
    for name in names:
        (tmp_path / name).write_bytes(b"MZ")
    page = visit.open(hostile.address)
    enter(page, "articles")
    page.locator("#upload input[type=file]").set_input_files([tmp_path / name for name in names])
    report = page.locator("#report")
    expect(report.locator(".failed")).to_have_count(len(names), timeout=30_000)
    shown(report, "onerror=attack(1)")
    enter(page, "evaluation")
    suite = tmp_path / f"{ATTACKS[0]}.jsonl"
    suite.write_text("{}", encoding="utf-8")
    page.locator("#evaluation-file input[type=file]").set_input_files(suite)
    shown(page.locator("#evaluation-told"), "onerror=attack(1)")


def test_addresses_and_searches(visit: _Visit, hostile: Served) -> None:
    page = visit.open(hostile.address)
    enter(page, "articles")
    for attack in ATTACKS:
        page.locator("#browse").fill(attack)
        page.locator("#browse").press("Enter")
        expect(page.locator("#list .count")).to_contain_text(" of ")
        shown(page.locator("#list"), "")
    for place in ("first", "last"):
        for attack in ATTACKS[:3]:
            page.evaluate(
                "([place, text]) => window.datelineSend('narrow', {[place]: text})",
                [place, attack],
            )
    for attack in ATTACKS:
        page.evaluate(
            "name => { location.hash = `#evaluation/run/${encodeURIComponent(name)}`; }", attack
        )
        expect(page.locator("#evaluation-room")).to_be_visible()
        shown(page.locator("#evaluation-view"), "no run of that name")
    every = " ".join(ATTACKS)
    linked = visit.open(f"{hostile.address}?q={quote(every)}&c={quote(every[:200])}#{every}")
    expect(linked.locator("#question")).to_have_value(every)
    shown(linked.locator("#dateline"), "")


def test_cases_of_an_evaluation(visit: _Visit, hostile: Served, tmp_path: Path) -> None:
    cases = [
        {
            "id": f"{attack}.{number}",
            "question": f"{attack} who kept {zebra(number)}?",
            "facts": [{"type": "text", "value": f"{attack} value", "aliases": [attack]}],
            "evidence": [[{"article": f"{zebra(number)}.html", "quote": f"dawn {attack}"}]],
            "tags": [attack],
            "history": [f"{attack} earlier?"],
        }
        for number, attack in enumerate(ATTACKS)
    ]
    suite = tmp_path / "hostile.jsonl"
    suite.write_text("\n".join(json.dumps(case) for case in cases), encoding="utf-8")
    page = visit.open(hostile.address)
    enter(page, "evaluation")
    page.locator("#evaluation-file input[type=file]").set_input_files(suite)
    expect(page.locator("#evaluation-told")).to_contain_text("The suite hostile is there")
    page.locator("#evaluation-suite").select_option("hostile")
    with run_ends(page):
        page.locator("#evaluation-form button").click()
    room = page.locator("#evaluation-room")
    room.locator("table.runs th a").first.click()
    room.locator(".tabs a").last.click()
    links = room.locator("table.cases th a")
    expect(links).to_have_count(len(ATTACKS))
    for attack in ATTACKS:
        shown(room.locator("table.cases"), attack[:40])
    addresses = [link.get_attribute("href") or "" for link in links.all()]
    for address in addresses:
        page.evaluate("address => { location.hash = address; }", address)
        expect(room.locator(".beside")).to_be_visible()
        expect(room.locator(".beside")).to_contain_text("value")
        shown(room.locator("#evaluation-view"), "attack")
        page.go_back()
        expect(links).to_have_count(len(ATTACKS))


def test_what_a_model_writes(
    visit: _Visit, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []

    def play(_asked: Asked) -> Script:
        return plain(" ".join(f"The keeper was {attack} Maria Novak [1]." for attack in said))

    with ScriptedServer("ollama") as server:
        server.play = play
        monkeypatch.setenv("DATELINE_ANSWERER", "llm")
        monkeypatch.setenv("DATELINE_LLM_PROVIDER", "ollama")
        monkeypatch.setenv("DATELINE_LLM_MODEL", "scripted")
        monkeypatch.setenv("DATELINE_LLM_BASE_URL", server.url)
        with served(data_dir=tmp_path / "data", seed_from=folder) as site:
            page = visit.open(site.address)
            for number in (0, 5):
                said[:] = ATTACKS[number : number + 5]
                turn = ask(page, f"Who said that the {zebra(number)} was well fed?")
                expect(turn.locator(".question")).to_contain_text(zebra(number))
                shown(turn, "")
                shown(page.locator("#cards"), "")
            assert len(server.asked) >= 2
            told = page.locator("#ask-room").inner_text()
            shown(page.locator("#talks"), "")
            visit.close(page)
    assert "attack(" in told


def test_markup_that_came_through_would_still_not_run(browser: Browser, hostile: Served) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(hostile.address)
    page.locator(".welcome h1").wait_for()
    for attack in ATTACKS:
        page.evaluate(
            "text => document.querySelector('#welcome').insertAdjacentHTML('beforeend', text)",
            attack,
        )
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'),"
        "{textContent: 'attack(0)'}))"
    )
    page.wait_for_function("window.violations.length > 1")
    assert ran(page) == []
    context.close()
