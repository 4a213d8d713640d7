"""The door: who comes in, who does not, how long, how often, and whose is what."""

from __future__ import annotations

import base64
import json
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from rag.errors import LimitError, SettingsError, UsageError
from rag.settings import Settings
from rag.users import Users
from tests.ui.conftest import Run
from tests.ui.fake_engine import FakeEngine, as_engine, make_article
from ui.login import SECRET, Door, door_for, private_secret
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


def door(tmp_path: Path, users: Path, **serve: object) -> Door:
    made = door_for(as_engine(FakeEngine()), settings_of(tmp_path, users, **serve))
    assert made is not None
    return made


def test_tries_are_bounded_by_name_and_by_address(tmp_path: Path, users_file: Path) -> None:
    tried = door(tmp_path, users_file, login_tries=2)
    for _ in range(2):
        assert tried.enter("ada", "wrong", "10.0.0.1") is None
    with pytest.raises(LimitError, match=r"Too many tries to sign in. Try again in 15 minutes"):
        tried.enter("ada", PASSWORD, "10.0.0.1")
    assert tried.enter("ada", PASSWORD, "10.0.0.2") is not None  # nobody is locked out by others
    for number in range(8):
        assert tried.enter(f"name{number}", "wrong", "10.0.0.1") is None
    with pytest.raises(LimitError):
        tried.enter("bob", "wrong", "10.0.0.1")


def test_coming_in_forgets_the_tries_before(tmp_path: Path, users_file: Path) -> None:
    tried = door(tmp_path, users_file, login_tries=2)
    for _ in range(3):
        assert tried.enter("ada", "wrong", "10.0.0.1") is None
        assert tried.enter("ada", PASSWORD, "10.0.0.1") is not None


def test_questions_are_bounded_by_user_and_by_address(tmp_path: Path, users_file: Path) -> None:
    limits = door(
        tmp_path, users_file, questions_per_minute=2, questions_per_minute_address=3
    ).limits
    limits.question("ada", "10.0.0.1")
    limits.question("ada", "10.0.0.1")
    with pytest.raises(LimitError, match=r"Too many questions: 2 a minute.*in \d+ seconds"):
        limits.question("ada", "10.0.0.2")
    limits.question("bob", "10.0.0.1")
    with pytest.raises(LimitError, match="3 a minute"):
        limits.question("bob", "10.0.0.1")


def test_a_log_in_ends_with_its_time_its_password_and_its_user(tmp_path: Path) -> None:
    users = Users(tmp_path / "users.toml")
    users.add("ada", PASSWORD)
    users.add("bob", PASSWORD)
    first = door(tmp_path, users.path)
    cookie = first.enter("ada", PASSWORD, "") or ""
    assert first.user(cookie) == "ada"
    again = door(tmp_path, users.path)
    assert again.user(cookie) == "ada"  # a restart ends nothing
    assert door(tmp_path, users.path, login_hours=1e-9).user(cookie) is None
    users.add("ada", "another password")
    assert again.user(cookie) is None
    cookie = again.enter("ada", "another password", "") or ""
    users.remove("ada")
    assert again.user(cookie) is None
    assert again.enter("ada", "another password", "") is None
    for made_up in ("", "x", "null", cookie + "x", "x" * 5000):
        assert again.user(made_up) is None


def test_the_secret_is_private_and_stays(tmp_path: Path) -> None:
    made = private_secret(tmp_path)
    assert private_secret(tmp_path) == made
    assert stat.S_IMODE((tmp_path / SECRET).stat().st_mode) == 0o600
    (tmp_path / SECRET).chmod(0o644)
    private_secret(tmp_path)
    assert stat.S_IMODE((tmp_path / SECRET).stat().st_mode) == 0o600
    (tmp_path / SECRET).write_text("short")
    with pytest.raises(SettingsError, match="damaged"):
        private_secret(tmp_path)


def test_the_file_of_users_holds_hashes_alone(tmp_path: Path) -> None:
    users = Users(tmp_path / "deep" / "users.toml")
    assert users.add("ada", PASSWORD)
    assert not users.add("ada", "a second one")
    text = users.path.read_text()
    assert "second" not in text
    assert "$argon2id$" in text
    assert stat.S_IMODE(users.path.stat().st_mode) == 0o600
    assert users.verify("ada", "a second one")
    assert not users.verify("ada", PASSWORD)
    for name in ("", "a b", "../x", "ä", "x" * 65, 'a"', "a\n"):
        with pytest.raises(UsageError, match="cannot be a user's name"):
            users.add(name, PASSWORD)
    for password in ("short", "x" * 1025):
        with pytest.raises(UsageError, match="8 to 1,024"):
            users.add("bob", password)


def test_a_wrong_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "users.toml"
    with pytest.raises(SettingsError, match="cannot be read"):
        door(tmp_path, path)
    path.write_text("ada = plain")
    with pytest.raises(SettingsError, match="no TOML"):
        door(tmp_path, path)
    path.write_text('ada = "plain"')
    with pytest.raises(SettingsError, match="has no argon2 hash"):
        door(tmp_path, path)
    path.write_text("")
    with pytest.raises(SettingsError, match="Nobody may log in"):
        door(tmp_path, path)


def test_the_command_line_adds_lists_and_removes(run: Run, tmp_path: Path) -> None:
    file = str(tmp_path / "users.toml")
    added = run("users", "add", "ada", "--file", file, stdin=f"{PASSWORD}\n{PASSWORD}\n")
    assert (added.exit_code, added.stdout) == (0, "")
    assert "may log in now" in added.stderr
    assert PASSWORD not in added.stderr
    assert (
        run("users", "add", "bob", "--stdin", "--file", file, stdin="another one\n").exit_code == 0
    )
    assert run("users", "list", "--file", file).stdout == "ada\nbob\n"
    assert Users(Path(file)).verify("bob", "another one")
    assert run("users", "remove", "bob", "--file", file).exit_code == 0
    assert run("users", "remove", "bob", "--file", file).exit_code == 1
    nowhere = run("users", "list")
    assert nowhere.exit_code == 2
    assert "DATELINE_SERVE__USERS" in nowhere.stderr
