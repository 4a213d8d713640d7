"""The application around the page: API, headers, closed doors, and nothing sent out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import ui
from rag.settings import load_settings
from tests.ui.fake_engine import FakeEngine, as_engine, make_article
from ui.api import MAX_BODY_BYTES
from ui.serve import application

ASKED = "When was the harbour reopened?"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = load_settings(data_dir=tmp_path_factory.mktemp("data"))
    app = application(as_engine(FakeEngine([make_article()])), settings, hosts=("testserver",))
    with TestClient(app) as client:
        yield client


def test_healthz_answers(client: TestClient) -> None:
    told = client.get("/healthz").json()
    assert told == {"status": "ok", "generation": 1, "boot": client.get("/healthz").json()["boot"]}


def test_the_api_answers_like_the_command_line(client: TestClient) -> None:
    reply = client.post("/api/ask", json={"id": "7", "question": ASKED, "history": [ASKED]})
    assert reply.status_code == 200
    answer = reply.json()
    assert answer["id"] == "7"
    assert answer["short"] == "3 May"
    assert answer["citations"][0]["quote"] == "The harbour reopened on 3 May."


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({"question": 1}, "must be an object like"),
        ([], "must be an object like"),
        ({"question": "x", "extra": 1}, "Unknown key 'extra'"),
        ({"question": "x", "history": "y"}, '"history" must be a list'),
        ({"question": "x", "history": ["y"] * 51}, "at most 50"),
        ({"question": "x", "from": "June"}, "is not a date"),
        ({"question": "x", "from": 2014}, '"from" must be a string'),
        ({"question": "x", "comments": "no"}, '"comments" must be true or false'),
        ({"question": "   "}, "question is empty"),
    ],
)
def test_a_wrong_request_is_told_in_a_sentence(client: TestClient, body: Any, told: str) -> None:
    reply = client.post("/api/ask", json=body)
    assert reply.status_code == 400
    assert told in reply.json()["error"]


def test_bodies_are_bounded_and_forms_of_other_sites_refused(client: TestClient) -> None:
    huge = client.post("/api/ask", json={"question": "x" * MAX_BODY_BYTES})
    assert huge.status_code == 413
    form = client.post(
        "/api/ask", content=b'{"question": "x"}', headers={"content-type": "text/plain"}
    )
    assert form.status_code == 415
    assert (
        client.post(
            "/api/ask", content=b"{", headers={"content-type": "application/json"}
        ).status_code
        == 400
    )


def test_a_defect_is_not_shown(client: TestClient) -> None:
    reply = client.post("/api/ask", json={"question": "break"})
    assert reply.status_code == 500
    assert "a defect" not in reply.text


def test_the_page_allows_this_host_alone_and_scripts_by_nonce(client: TestClient) -> None:
    reply = client.get("/")
    policy = reply.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    (nonce,) = re.findall(r"'nonce-([^']+)'", policy)
    script_policy = next(part for part in policy.split(";") if "script-src" in part)
    assert "'unsafe-inline'" not in script_policy
    assert "http" not in policy
    tags = re.findall(r"<script[^>]*>", reply.text)
    assert tags
    assert all(f'nonce="{nonce}"' in tag for tag in tags)
    assert nonce not in client.get("/").text
    assert reply.headers["x-content-type-options"] == "nosniff"


def test_the_page_names_no_other_host_to_load_from(client: TestClient) -> None:
    loaded = re.findall(r'<(?:script|link|img)[^>]*(?:src|href)="([^"]+)"', client.get("/").text)
    assert loaded
    assert not [address for address in loaded if "//" in address]


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/vibe-edit/",
        "/gradio_api/info",
        "/gradio_api/openapi.json",
        "/gradio_api/call/ask",
        "/gradio_api/proxy=http://example.org/",
        "/monitoring",
        "/docs",
        "/openapi.json",
        "/gradio_api/run-history/records",
        "/svelte/x.js",
    ],
)
def test_what_the_page_does_not_need_is_closed(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404


def test_other_host_names_are_refused(client: TestClient) -> None:
    reply = client.get("/healthz", headers={"host": "evil.example"})
    assert reply.status_code == 421


def test_files_of_this_machine_are_not_served(client: TestClient, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    for path in (
        f"/gradio_api/file={secret}",
        f"/file={secret}",
        f"/gradio_api/file={Path('pyproject.toml').resolve()}",
        "/page/../cli.py",
        "/page/%2e%2e/cli.py",
    ):
        assert client.get(path).status_code in {403, 404}, path


def test_own_assets_are_served(client: TestClient) -> None:
    assets = sorted(path.name for path in (Path(ui.__file__).parent / "assets").iterdir())
    assert {"page.js", "core.js", "page.css", "reading.css"} <= set(assets)
    for name in assets:
        reply = client.get(f"/page/{name}")
        assert reply.status_code == 200
        assert "http" not in reply.text.replace("http://www.w3.org", "")
