"""Requests with and without a log-in: who comes in, who is led where, whose is what."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from rag.settings import Settings
from rag.users import Users
from tests.ui.fake_engine import FakeEngine, as_engine, make_article
from ui.serve import application

PASSWORD, ASKED = "correct horse", "When was the harbour reopened?"


@pytest.fixture(scope="module")
def users_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("users") / "users.toml"
    users = Users(path)
    users.add("ada", PASSWORD)
    users.add("bob", PASSWORD + "!")
    return path


def settings_of(folder: Path, users: Path, **serve: object) -> Settings:
    return Settings(data_dir=folder, serve={"users": users, **serve})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def engine() -> FakeEngine:
    return FakeEngine([make_article()])


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory, users_file: Path, engine: FakeEngine
) -> Iterator[TestClient]:
    settings = settings_of(tmp_path_factory.mktemp("data"), users_file, login_tries=1000)
    app = application(as_engine(engine), settings, hosts=("testserver",))
    with TestClient(app, follow_redirects=False) as client:
        yield client


@pytest.fixture
def client(served: TestClient) -> TestClient:
    served.cookies.clear()
    served.headers.pop("authorization", None)
    return served


def sign_in(client: TestClient, name: str, password: str, after: str = "") -> int:
    page = client.get("/login", params={"next": after} if after else {})
    word = re.findall(r'name="form" value="([^"]+)"', page.text)[0]
    fields = {"form": word, "name": name, "password": password, "next": after}
    return client.post("/login", data=fields).status_code


def basic(name: str, password: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


@pytest.mark.parametrize(
    "path",
    [
        "/config", "/gradio_api/queue/data?session_hash=x", "/gradio_api/upload",
        "/gradio_api/file=x", "/page/page.js", "/conversations/x.md", "/theme.css",
        "/gradio_api/heartbeat/x", "/nothing", "/%6cogin/x", "/login/", "/logout",
    ],
)  # fmt: skip
def test_without_a_log_in_there_is_nothing(client: TestClient, path: str) -> None:
    for reply in (client.get(path), client.post(path)):
        assert reply.status_code in {401, 404}, path
        assert "harbour" not in reply.text.lower()
    assert client.post("/gradio_api/queue/join", json={}).status_code == 401
    assert client.post("/api/ask", json={"question": ASKED}).status_code == 401
    assert client.get("/healthz").status_code == 200


def test_a_browser_is_led_to_the_form_and_back(client: TestClient) -> None:
    reply = client.get("/?q=who")
    assert (reply.status_code, reply.headers["location"]) == (303, "/login?next=%3Fq%3Dwho")
    page = client.get(reply.headers["location"])
    assert page.headers["cache-control"] == "no-store"
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert "<script" not in page.text
    assert client.get("/page/login.css").status_code == 200
    word = re.findall(r'name="form" value="([^"]+)"', page.text)[0]
    fields = {"form": word, "name": "ada", "password": PASSWORD, "next": "?q=who"}
    entered = client.post("/login", data=fields)
    assert (entered.status_code, entered.headers["location"]) == (303, "/?q=who")
    assert client.get("/").status_code == 200
    assert client.get("/").headers["cache-control"] == "no-store"
    assert client.get("/login").headers["location"] == "/"
    assert client.post("/api/ask", json={"question": ASKED}).json()["short"] == "3 May"


@pytest.mark.parametrize("after", ["//evil.example", "https://evil.example", "/\\evil", "\r\nX: y"])
def test_nobody_is_sent_elsewhere(client: TestClient, after: str) -> None:
    page = client.get("/login")
    word = re.findall(r'name="form" value="([^"]+)"', page.text)[0]
    fields = {"form": word, "name": "ada", "password": PASSWORD, "next": after}
    assert client.post("/login", data=fields).headers["location"] == "/"


@pytest.mark.parametrize(
    ("name", "password"),
    [("ada", "wrong"), ("nobody", PASSWORD), ("", ""), ("ada", PASSWORD * 200), ("bob", PASSWORD)],
)
def test_wrong_names_and_passwords_are_told_alike(
    client: TestClient, name: str, password: str
) -> None:
    page = client.get("/login")
    word = re.findall(r'name="form" value="([^"]+)"', page.text)[0]
    fields = {"form": word, "name": name, "password": password}
    reply = client.post("/login", data=fields)
    assert reply.status_code in {400, 403}
    assert "dateline_login" not in reply.cookies
    assert client.get("/").status_code == 303


def test_what_is_typed_comes_back_as_text(client: TestClient) -> None:
    page = client.get("/login", params={"next": '?"><script>1</script>'})
    assert "<script" not in page.text
    word = re.findall(r'name="form" value="([^"]+)"', page.text)[0]
    reply = client.post("/login", data={"form": word, "name": '"><img src=x>', "password": "x"})
    assert "<img" not in reply.text


def test_forms_of_other_sites_are_not_believed(client: TestClient) -> None:
    fields = {"form": "", "name": "ada", "password": PASSWORD}
    assert client.post("/login", data=fields).status_code == 400
    word = re.findall(r'name="form" value="([^"]+)"', client.get("/login").text)[0]
    fields["form"] = word
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        assert client.post("/login", data=fields, headers=headers).status_code == 400
    word = re.findall(r'name="form" value="([^"]+)"', client.get("/login").text)[0]
    fields["form"] = word
    assert client.post("/login", data=fields, headers={"sec-fetch-site": "same-origin"}).is_redirect
    foreign = {"sec-fetch-site": "cross-site"}
    assert client.post("/logout", headers=foreign).status_code == 403
    assert client.post("/gradio_api/queue/join", json={}, headers=foreign).status_code == 403
    assert client.get("/").status_code == 200


def test_the_cookie_is_for_this_site_alone_and_ends_with_logging_out(client: TestClient) -> None:
    page = client.get("/login")
    word = re.findall(r'name="form" value="([^"]+)"', page.text)[0]
    reply = client.post("/login", data={"form": word, "name": "ada", "password": PASSWORD})
    told = next(c for c in reply.headers.get_list("set-cookie") if c.startswith("dateline_login="))
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=43200"} <= set(told.split("; "))
    assert "Secure" not in told
    stolen = client.cookies["dateline_login"]
    assert client.post("/logout").status_code == 303
    assert client.get("/").status_code == 303
    client.cookies.set("dateline_login", stolen)
    assert client.get("/").status_code == 303
    client.cookies.set("dateline_login", stolen[:-2] + "AA")
    assert client.get("/").status_code == 303


def test_over_https_cookies_are_secure(served: TestClient) -> None:
    with TestClient(served.app, base_url="https://testserver", follow_redirects=False) as safe:
        assert "; Secure" in safe.get("/login").headers["set-cookie"]


def test_programs_send_name_and_password(client: TestClient) -> None:
    asked = {"question": ASKED}
    reply = client.post("/api/ask", json=asked, headers=basic("ada", PASSWORD))
    assert reply.json()["short"] == "3 May"
    refused = client.post("/api/ask", json=asked, headers=basic("ada", "wrong"))
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"].startswith("Basic")
    for header in ("Basic !!", "Basic " + "A" * 9000, "Bearer x", "Basic Og=="):
        bad = client.post("/api/ask", json=asked, headers={"authorization": header})
        assert bad.status_code == 401
    assert client.get("/config", headers=basic("ada", PASSWORD)).status_code == 401


def test_conversations_of_users_are_apart(client: TestClient, engine: FakeEngine) -> None:
    kept, _ = engine.talks.append("user:ada", None, engine.ask(ASKED))
    assert sign_in(client, "ada", PASSWORD) == 303
    assert ASKED in client.get(f"/conversations/{kept.id}.md").text
    client.cookies.clear()
    assert sign_in(client, "bob", PASSWORD + "!") == 303
    assert client.get(f"/conversations/{kept.id}.md").status_code == 404


def test_a_page_belongs_to_the_user_who_opened_it(client: TestClient) -> None:
    joined = {"data": [], "fn_index": 0, "session_hash": "adaspage"}
    assert sign_in(client, "ada", PASSWORD) == 303
    assert client.post("/gradio_api/queue/join", json=joined).status_code != 403
    client.cookies.clear()
    assert sign_in(client, "bob", PASSWORD + "!") == 303
    text = {"content-type": "text/plain"}
    for reply in (
        client.post("/gradio_api/queue/join", json=joined),
        client.post("/gradio_api/run/predict", json=joined),
        client.post("/gradio_api/run/predict", content=json.dumps(joined), headers=text),
        client.get("/gradio_api/queue/data", params={"session_hash": "adaspage"}),
        client.get("/gradio_api/heartbeat/adaspage"),
    ):
        assert reply.status_code == 403
        assert "somebody else" in reply.text
    huge = client.post("/gradio_api/queue/join", content=b"[" * (5 * 2**20))
    assert huge.status_code == 413
