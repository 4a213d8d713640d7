"""``dateline conversations``, and the list in the left column without a browser."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any, cast

import gradio as gr
import pytest

from rag.errors import LimitError
from rag.settings import KeepSettings
from rag.types import ConversationInfo, ConversationPage
from tests.ui.conftest import Run
from tests.ui.fake_engine import FakeEngine, as_engine, make_article
from tests.ui.kept import stores
from ui.house import House
from ui.rail import RailRoom
from ui.rail_html import day_words, talks_html
from ui.talk import Talk

ASKED = "When was the harbour reopened?"
OTHER = "Who thanked forty volunteers?"


@pytest.fixture
def kept(fake: FakeEngine) -> str:
    info, _ = fake.talks.append("user:ada", None, fake.ask(ASKED))
    fake.talks.append("user:ada", info.id, fake.ask(OTHER))
    return info.id


def test_list_tells_whose_they_are_and_finds(run: Run, fake: FakeEngine, kept: str) -> None:
    fake.talks.append("user:bob", None, fake.ask(OTHER))
    lines = run("conversations", "list").stdout.splitlines()
    assert lines[0].split() == ["ID", "LAST", "TURN", "TURNS", "OWNER", "TITLE"]
    assert [line.split()[4] for line in lines[1:]] == ["bob", "ada"]
    found = run("conversations", "list", "--search", "reopened", "--json").stdout
    assert json.loads(found)["id"] == kept
    assert json.loads(found)["turns"] == 2
    assert len(run("conversations", "list", "--user", "bob").stdout.splitlines()) == 2
    nothing = run("conversations", "list", "--user", "eve")
    assert (nothing.exit_code, nothing.stdout) == (0, "")
    assert "No conversations" in nothing.stderr


def test_show_and_export_take_the_beginning_of_an_id(run: Run, kept: str, tmp_path: Path) -> None:
    shown = run("conversations", "show", kept[:6]).stdout
    assert "1. When was the harbour reopened?" in shown
    assert "“The harbour reopened on 3 May.”" in shown
    assert json.loads(run("conversations", "show", kept, "--json").stdout)["id"] == kept
    assert run("conversations", "export", kept[:6]).stdout.startswith(f"# {ASKED}")
    out = tmp_path / "talk.html"
    done = run("conversations", "export", kept, "--format", "html", "--out", str(out))
    assert (done.exit_code, done.stdout) == (0, "")
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")
    nowhere = run("conversations", "export", kept, "--out", str(tmp_path / "no" / "x.md"))
    assert nowhere.exit_code == 1
    assert "choose another --out" in nowhere.stderr


def test_rename_delete_restore_and_for_good(run: Run, fake: FakeEngine, kept: str) -> None:
    assert run("conversations", "rename", kept[:6], "Harbour").exit_code == 0
    assert "Harbour" in run("conversations", "list").stdout
    assert run("conversations", "rename", kept, "  ").exit_code == 2
    assert run("conversations", "delete", kept[:6]).exit_code == 0
    gone = run("conversations", "show", kept)
    assert gone.exit_code == 1
    assert "`dateline conversations list`" in gone.stderr
    assert run("conversations", "restore", kept).exit_code == 0
    assert run("conversations", "delete", kept, "--now").exit_code == 0
    assert run("conversations", "restore", kept).exit_code == 1
    assert fake.talks.page(None).found == 0


def test_an_id_of_several_is_not_guessed(run: Run, fake: FakeEngine) -> None:
    for _ in range(17):
        fake.talks.append("", None, fake.ask(ASKED))
    ids = [row.id for row in fake.talks.page(None).rows]
    shared = next(one[0] for one in ids if sum(other[0] == one[0] for other in ids) > 1)
    result = run("conversations", "show", shared)
    assert result.exit_code == 1
    assert "write more of the id" in result.stderr


def talk_of(fake: FakeEngine, owner: str = "browser:a", **given: Any) -> Talk:
    return Talk(as_engine(fake), owner=owner, **given)


def test_a_talk_goes_on_in_another_process(fake: FakeEngine) -> None:
    first = talk_of(fake)
    for question in (ASKED, OTHER, " "):
        list(first.ask(question))
    (row,) = fake.talks.page("browser:a").rows
    assert row.turns == 2  # the failed one is not kept
    second = talk_of(fake)
    shown = second.recall(row.id)
    assert shown is not None
    assert shown.count("<article") == 2
    assert "[2]</button>" in shown
    assert "quote found in the article" in second.last_cards()
    last = list(second.ask(OTHER))[-1].turn
    assert 'data-turn="3"' in last
    assert "[2]</button>" in last
    assert fake.talks.page("browser:a").rows[0].turns == 3
    assert second.recall(row.id) != second.recall(row.id)  # a cleared page shows it again


def test_two_pages_of_one_conversation_keep_its_numbers(fake: FakeEngine) -> None:
    first, second = talk_of(fake), talk_of(fake)
    list(first.ask(ASKED))
    (row,) = fake.talks.page("browser:a").rows
    second.recall(row.id)
    assert "[2]</button>" in list(second.ask(OTHER))[-1].turn
    assert "[3]</button>" in list(first.ask("Who liked the old harbour lights?"))[-1].turn
    assert "[2]</button>" in list(first.ask(OTHER))[-1].turn
    stored = fake.talks.get("browser:a", row.id)
    assert stored is not None
    numbers = [turn.answer.citations[0].number for turn in stored.turns]
    assert numbers == [1, 2, 3, 2]


def test_nobody_recalls_what_is_anothers(fake: FakeEngine, kept: str) -> None:
    assert talk_of(fake).recall(kept) is None
    assert talk_of(fake, "user:ada").recall(kept) is not None


def test_a_fresh_talk_begins_another_conversation(fake: FakeEngine) -> None:
    talk = talk_of(fake)
    list(talk.ask(ASKED))
    talk.fresh()
    list(talk.ask(OTHER))
    assert [row.title for row in fake.talks.page("browser:a").rows] == [OTHER, ASKED]


def test_an_old_quote_of_a_changed_article_says_so(fake: FakeEngine, kept: str) -> None:
    fake.corpus.stored["harbour"] = make_article(body="All of it was rewritten by the desk.")
    talk = talk_of(fake, "user:ada")
    shown = talk.recall(kept)
    assert shown is not None
    assert "The harbour reopened on" in shown
    assert "The article has changed since" in talk.last_cards()
    fake.corpus.stored.clear()
    assert "no longer here" in talk.last_cards()


def test_what_cannot_be_kept_is_shown_and_told() -> None:
    fake = FakeEngine([make_article()])
    fake.talks, fake.feedback, fake.ended_logins = stores(KeepSettings(max_turns=1))
    talk = talk_of(fake)
    list(talk.ask(ASKED))
    last = list(talk.ask(ASKED))[-1].turn
    assert 'data-state="done"' in last
    assert "begin a new conversation" in last


def test_too_many_questions_are_a_friendly_turn(fake: FakeEngine) -> None:
    def admit() -> None:
        raise LimitError("Too many questions: 30 a minute are answered. Try again in 9 seconds.")

    last = list(talk_of(fake, admit=admit).ask(ASKED))[-1].turn
    assert "Try again in 9 seconds" in last
    assert fake.seen == []


def test_thumbs_are_kept_with_the_questions_before(fake: FakeEngine) -> None:
    talk = talk_of(fake)
    list(talk.ask(ASKED))
    list(talk.ask(OTHER))
    assert talk.rate(2, False, "It was fifty.")
    assert not talk.rate(9, True)
    (rating,) = fake.feedback.all()
    assert (rating.up, rating.reason, rating.history) == (False, "It was fifty.", (ASKED,))
    assert rating.answer.question == OTHER
    assert talk.notebook.rated() == {2: False}
    assert talk.rate(2, None)
    assert fake.feedback.all() == []


def event_of(**data: object) -> gr.EventData:
    return gr.EventData(None, data)


def test_the_rail_answers_what_is_not_there(fake: FakeEngine, kept: str) -> None:
    room = RailRoom(cast("House", type("Shared", (), {"engine": fake})()))
    talk = talk_of(fake)
    for handler in (room.rename, room.delete, room.undelete):
        assert "no longer here" in handler(talk, event_of(id=kept, title="Mine"))
    assert "no longer here" in room.open(talk, event_of(id=kept))[3]
    mine = talk_of(fake, "user:ada")
    assert "cannot be empty" in room.rename(mine, event_of(id=kept, title=" "))
    assert "Deleted: “<bdi>When was" in room.delete(mine, event_of(id=kept))
    assert "It is back" in room.undelete(mine, event_of(id=kept))
    assert "No conversation holds" in room.list(mine, event_of(query="absent"))
    assert ASKED in room.list(mine, event_of(query="harbour", page=True))


def info(number: int, updated: float, title: str = "T") -> ConversationInfo:
    return ConversationInfo(
        id=f"id{number}", owner="", title=title, created=0, updated=updated, turns=number
    )


def test_the_list_is_grouped_by_day_and_escaped() -> None:
    today = dt.date(2026, 11, 22)
    noon = dt.datetime(2026, 11, 22, 12).timestamp()
    rows = (info(1, noon, '"><img src=x onerror=a>'), info(2, noon - 86400), info(3, noon - 86400))
    shown = talks_html(
        ConversationPage(rows=rows, found=120), today=today, page=1, current="id2", note="<p>n</p>"
    )
    assert shown.startswith("<p>n</p><h2>Today</h2>")
    assert shown.count("<h2>") == 2
    assert "<img" not in shown
    assert shown.count('aria-current="true"') == 1
    assert "1 question<" in shown
    assert "2 of 3" in shown
    assert 'data-talks="0"' in shown


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "Today"), (-1, "Today"), (1, "Yesterday"), (3, "Thursday"), (7, "15 November 2026")],
)
def test_days_in_words(days: int, words: str) -> None:
    today = dt.date(2026, 11, 22)
    assert day_words(today - dt.timedelta(days=days), today) == words
