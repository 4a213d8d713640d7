"""Reports: what they say, that hostile text stays text, and that the page asks for nothing."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from evals.compare import compare
from evals.report import as_markdown, as_page, write_reports
from evals.report.pictures import curve, intervals, latencies
from evals.runfile import Run, load_run
from evals.runner import Plan, run_cases
from evals.summary import summarise
from tests.evals.fakes import ScriptedSystem, by_id, case, right, unanswerable, wrong

EVIL = "</script><script>document.title='taken'</script><img src=x onerror=alert(1)> | [x](http://evil.test)"
CASES = [
    case("a.1", critical=True),
    case("b.1", question=EVIL, tags=("date", "second")),
    case("c.1", split="test", question="A secret of the test split?"),
    unanswerable("no.1"),
]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Run]:
    def make(system: ScriptedSystem, name: str) -> Run:
        plan = Plan(suite="made", cases=CASES, system=system, command="dateline eval run made")
        return run_cases(plan, tmp_path_factory.mktemp(name))

    hostile = replace(wrong(), text=f"{EVIL} [1]", short=EVIL)
    bad = by_id({"b.1": hostile, "c.1": wrong(), "no.1": right()})
    return make(ScriptedSystem(), "good"), make(ScriptedSystem(reply=bad), "bad")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield started
        started.close()


def opened(
    browser: Browser, path: Path, scheme: str = "light"
) -> tuple[Page, list[str], list[str]]:
    page = browser.new_context(color_scheme=scheme).new_page()  # type: ignore[arg-type]
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.goto(path.as_uri())
    return page, requests, errors


def test_three_reports_are_written_and_the_json_reads_back(
    runs: tuple[Run, Run], tmp_path: Path
) -> None:
    good, bad = runs
    names = [path.name for path in write_reports(bad, tmp_path, compare(good, bad))]
    assert names == ["report.json", "report.md", "report.html"]
    again = load_run(tmp_path)
    assert again.summary.metrics == bad.summary.metrics
    assert gate_relevant(again) == gate_relevant(bad)
    config = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["config"]
    assert set(config) >= {"cases", "system", "created", "command", "environment", "split"}


def gate_relevant(run: Run) -> list[tuple[str, object, object]]:
    return [(row.id, row.figure("passed"), row.answer) for row in run.rows]


def test_the_markdown_tells_figures_flips_and_failures_but_no_test_case(
    runs: tuple[Run, Run],
) -> None:
    good, bad = runs
    text = as_markdown(bad, comparison=compare(good, bad))
    assert "| answer_ok | 33.3% (" in text
    assert "| false_answer | 100.0% (" in text
    assert "to wrong | b.1" in text
    assert "### Against the earlier run" in text
    assert "| answer_ok | 100.0% (n 3) | 33.3% (n 3) | -66.7 (" in text
    named = as_page(bad, compare(good, bad), "the baseline <b>.json")
    assert "Against the baseline &lt;b&gt;.json" in named
    assert "1 cases of the test split failed" in text
    failures = text.split("### Failed cases (dev)")[1]
    assert "b.1" in failures
    assert "A secret of the test split?" not in failures
    assert "3 answerable cases are too few to call any difference significant" in text


def test_hostile_text_cannot_break_out_of_a_markdown_cell(runs: tuple[Run, Run]) -> None:
    text = as_markdown(runs[1])
    line = next(line for line in text.splitlines() if line.startswith("| b.1 "))
    assert line.count(" | ") == 3
    assert "<script" not in text
    assert "](http" not in text


def test_the_page_holds_no_markup_from_a_case_and_no_other_address(runs: tuple[Run, Run]) -> None:
    page = as_page(runs[1])
    assert page.count("<script") == 2
    assert "<img" not in page
    outside = page.replace('id="data">', "\0").split("\0")[0]
    assert "://" not in outside
    assert "src=" not in outside


def test_an_invalid_run_says_so_first() -> None:
    row_less = Run(
        config={"suite": "made", "count": 1, "repeats": 1}, rows=(), invalid=("1 of 1 rows <b>",)
    )
    page = as_page(row_less)
    assert "This run is not valid" in page
    assert "1 of 1 rows &lt;b&gt;" in page
    assert "This run is not valid" in as_markdown(row_less)


def test_pictures_are_well_formed_and_draw_what_they_are_given(runs: tuple[Run, Run]) -> None:
    summary = summarise(runs[1].rows)
    for svg, drawn in (
        (intervals(summary.metrics, frozenset({"uncited"})), len(summary.metrics)),
        (curve([(0.5, 0.0), (1.0, 0.25)], "<x>", "y"), 2),
        (latencies({"read": {"p50": 1.0, "p95": 4.0}, "total": {"p50": 2.0, "p95": 9.0}}), 0),
    ):
        root = ET.fromstring(svg)
        assert len(root.findall("circle")) == drawn
        assert root.get("aria-label")
    bars = ET.fromstring(latencies({"read": {"p50": 2.0, "p95": 4.0}})).findall("rect")
    wide, narrow = (float(bar.get("width") or 0) for bar in bars)
    assert wide == pytest.approx(2 * narrow, abs=0.2)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_opens_from_disk_without_a_request(
    browser: Browser, runs: tuple[Run, Run], tmp_path: Path, scheme: str
) -> None:
    good, bad = runs
    write_reports(bad, tmp_path, compare(good, bad))
    page, requests, errors = opened(browser, tmp_path / "report.html", scheme)
    rows = page.locator("#cases > li")
    assert rows.count() == 4
    assert rows.nth(0).locator(".badge").all_text_contents() == ["flipped to wrong"]
    rows.nth(0).locator("summary").click()
    shown = rows.nth(0).locator(".sides").text_content() or ""
    assert EVIL in shown
    assert "date: July 1" in shown
    assert "he would meet a July 1 deadline" in shown
    assert page.title() == "Evaluation of made"
    page.select_option("#outcome", "passed")
    assert rows.count() == 1
    page.select_option("#outcome", "")
    page.fill("#find", "secret")
    assert page.locator("#count").inner_text() == "1 of 4 cases"
    assert (len(requests), errors) == (1, [])
    page.context.close()


def test_five_thousand_cases_open_in_two_seconds(browser: Browser, tmp_path: Path) -> None:
    cases = [case(f"q{at}.1") for at in range(50)]
    run = run_cases(Plan(suite="made", cases=cases, system=ScriptedSystem()), tmp_path / "run")
    rows = tuple(
        replace(run.rows[at % 50], id=f"q{at}.1", question=f"Question number {at}?")
        for at in range(5_000)
    )
    path = tmp_path / "report.html"
    path.write_text(as_page(replace(run, rows=rows)), encoding="utf-8")
    began = time.perf_counter()
    page, _, errors = opened(browser, path)
    page.wait_for_selector("#cases > li")
    assert time.perf_counter() - began < 2.0
    page.fill("#find", "number 4999")
    assert page.locator("#cases > li").count() == 1
    page.fill("#find", "")
    page.locator("#more").scroll_into_view_if_needed()
    page.locator("#cases > li").nth(150).wait_for(state="attached")
    assert errors == []
    page.context.close()
