"""The door itself: cookies and their end, limits, the secret, the file of users, its command."""

from __future__ import annotations

import stat
import time
from pathlib import Path

import pytest

from rag.errors import LimitError, SettingsError, UsageError
from rag.settings import Settings
from rag.users import Users
from tests.ui.conftest import Run
from tests.ui.fake_engine import FakeEngine, as_engine
from ui.login import SECRET, Door, door_for, private_secret
from ui.serve import warning_for

PASSWORD = "correct horse"


@pytest.fixture(scope="module")
def users_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("users") / "users.toml"
    Users(path).add("ada", PASSWORD)
    return path


def _settings(folder: Path, users: Path, serve: dict[str, object]) -> Settings:
    return Settings(data_dir=folder, serve={"users": users, **serve})  # type: ignore[arg-type]


def door(tmp_path: Path, users: Path, **serve: object) -> Door:
    made = door_for(as_engine(FakeEngine()), _settings(tmp_path, users, serve))
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


def test_a_log_in_ends_with_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    users = Users(tmp_path / "users.toml")
    users.add("ada", PASSWORD)
    one = door(tmp_path, users.path, login_hours=1)
    cookie = one.enter("ada", PASSWORD, "") or ""
    now = time.time()
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: now + 3590)
    assert one.user(cookie) == "ada"
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: now + 3610)
    assert one.user(cookie) is None


def test_a_log_in_ends_with_its_password_and_its_user(tmp_path: Path) -> None:
    users = Users(tmp_path / "users.toml")
    users.add("ada", PASSWORD)
    users.add("bob", PASSWORD)
    first = door(tmp_path, users.path)
    cookie = first.enter("ada", PASSWORD, "") or ""
    assert first.user(cookie) == "ada"
    again = door(tmp_path, users.path)
    assert again.user(cookie) == "ada"  # a restart ends nothing
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


def test_serving_others_without_a_log_in_is_warned_of(tmp_path: Path, users_file: Path) -> None:
    for host in ("127.0.0.1", "localhost", "::1"):
        assert warning_for(host, Settings(data_dir=tmp_path)) == ""
    warning = warning_for("0.0.0.0", Settings(data_dir=tmp_path))
    assert "anyone who can reach this address" in warning
    assert "dateline users add" in warning
    assert warning_for("0.0.0.0", _settings(tmp_path, users_file, {})) == ""
