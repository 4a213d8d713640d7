"""The settings room without a browser: what it tells, and what it keeps to itself."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from rag.index.report import Check
from rag.settings import Settings, load_settings
from rag.types import PublishedDate
from tests.ui.fake_engine import make_article
from ui.room_settings import checks_html, errors_html, groups_html, is_owner
from ui.room_settings_errors import KEPT, RecentErrors
from ui.room_settings_facts import amount, answering, indexed, machine, memory_bytes, versions

SECRET = "sk-do-not-show"


def told(*groups: object) -> str:
    return groups_html(groups)  # type: ignore[arg-type]


@pytest.fixture
def errors() -> Iterator[RecentErrors]:
    kept = RecentErrors()
    uninstall = kept.install()
    yield kept
    uninstall()


def with_model(monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("DATELINE_ANSWERER", "llm")
    monkeypatch.setenv("DATELINE_LLM_PROVIDER", "openai-like")
    monkeypatch.setenv("DATELINE_LLM_MODEL", "small-model")
    monkeypatch.setenv("DATELINE_LLM_BASE_URL", "http://127.0.0.1:8000/v1")
    monkeypatch.setenv("DATELINE_LLM_API_KEY", SECRET)
    return load_settings()


def test_every_setting_names_the_variable_that_changes_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    html = told(answering(load_settings(), private=True))
    assert "offline" in html
    for name in ("DATELINE_ANSWERER", "DATELINE_ANSWER__THRESHOLD", "DATELINE_ANSWER__READER"):
        assert name in html
    monkeypatch.setenv("DATELINE_ANSWER__THRESHOLD", "0.35")
    assert "35% confidence" in told(answering(load_settings(), private=True))


def test_the_model_is_told_and_its_key_never(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = with_model(monkeypatch)
    for private in (True, False):
        html = told(answering(settings, private=private))
        assert "openai-like small-model" in html
        assert SECRET not in html
        assert ("127.0.0.1" in html) is private
    assert SECRET not in told(machine(settings))


def test_what_is_indexed() -> None:
    newest, oldest = make_article("a"), make_article("b", published=PublishedDate(year=2003))
    undated = make_article("c", published=PublishedDate(), publisher=None)
    html = told(indexed([one.info for one in (newest, oldest, undated)]))
    for name, value in (
        ("Articles", "3"),
        ("Publishers", "1"),
        ("Newest", "4 May 2016"),
        ("Oldest", "2003"),
        ("Without a date", "1"),
    ):
        assert f'<dt>{name}</dt><dd dir="auto">{value}' in html
    assert "Newest" not in told(indexed([]))


def test_versions_disk_and_memory(tmp_path: Path) -> None:
    assert "gradio" in told(versions())
    (tmp_path / "file").write_bytes(b"x" * 1_500_000)
    html = told(machine(load_settings(data_dir=tmp_path)))
    assert "1.5 MB" in html
    assert str(tmp_path) in html
    assert "Memory of this server" in html
    assert told(machine(load_settings(data_dir=tmp_path / "not-there")))


def test_memory_where_the_system_does_not_tell(tmp_path: Path) -> None:
    status = tmp_path / "status"
    status.write_text("Name:\tx\nVmHWM:\t  2048 kB\nVmRSS:\t  1024 kB\n", encoding="ascii")
    assert memory_bytes(status) == (1024 * 1024, 2048 * 1024)
    now, _ = memory_bytes(tmp_path / "none")
    assert now is None


@pytest.mark.parametrize(
    ("size", "shown"), [(1, "1 kB"), (812_000, "812 kB"), (23_400_000, "23.4 MB")]
)
def test_amounts(size: int, shown: str) -> None:
    assert amount(size) == shown


def test_errors_are_kept_without_anybodys_words(errors: RecentErrors) -> None:
    log = logging.getLogger("ui.talk")
    try:
        raise ValueError(f"{SECRET} asked: who is my neighbour?")
    except ValueError:
        log.exception("a question could not be answered: %s", SECRET)
    logging.getLogger("httpx").error("GET http://host/?key=%s", SECRET)
    logging.getLogger("other").error(SECRET)
    log.info("not worth keeping")
    html = errors_html(errors.newest())
    assert "a question could not be answered: %s" in html
    assert "ValueError" in html
    assert "httpx" in html
    assert SECRET not in html
    assert "neighbour" not in html
    assert html.count("<li>") == 3
    assert html.index("other") < html.index("ui.talk")  # the newest first


def test_only_the_last_errors_are_kept_and_none_is_told_as_none(errors: RecentErrors) -> None:
    assert "None since the server started" in errors_html(errors.newest())
    for number in range(KEPT + 20):
        logging.getLogger("rag").warning(str(number))
    assert len(errors.newest()) == KEPT
    assert errors.newest()[0].message == str(KEPT + 19)


def test_listening_keeps_the_servers_own_log_and_ends(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    uninstall = RecentErrors().install()
    logging.getLogger("ui.talk").error("a trace belongs into the log")
    uninstall()
    assert "a trace belongs into the log" in capsys.readouterr().err
    assert root.handlers == []


def test_checks_are_told_with_a_sign_and_an_alert_where_one_is_wrong() -> None:
    good = Check(name="catalogue", ok=True, message="5 articles")
    bad = Check(name="<b>terms", ok=False, message="<img src=x>")
    assert 'role="status"' in checks_html([good])
    html = checks_html([good, bad])
    assert 'role="alert"' in html
    assert "✕ &lt;b&gt;terms" in html
    assert "<img" not in html


@pytest.mark.parametrize(
    ("host", "headers", "user", "owner"),
    [
        ("127.0.0.1", {}, "", True),
        ("::1", {"accept": "*/*"}, "", True),
        ("10.0.0.7", {}, "", False),
        ("127.0.0.1", {"X-Forwarded-For": "10.0.0.7"}, "", False),
        ("127.0.0.1", {}, "ada", False),
    ],
)
def test_the_machine_is_shown_to_whom_sits_at_it_alone(
    host: str, headers: dict[str, str], user: str, owner: bool
) -> None:
    request = SimpleNamespace(
        client=SimpleNamespace(host=host), headers=headers, scope={"dateline.user": user}
    )
    assert is_owner(request) is owner
