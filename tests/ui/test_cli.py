"""The command line's contract: what goes where, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.engine import Engine
from rag.errors import IndexingError
from rag.index.report import Check
from rag.settings import Settings
from tests.ui.conftest import Run
from tests.ui.fake_engine import FakeEngine, make_article

ASKED = "When was the harbour reopened?"


def test_ask_shows_answer_then_numbered_source_with_its_quote(run: Run) -> None:
    result = run("ask", ASKED)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "3 May"
    assert "The harbour reopened on 3 May. [1]" in lines
    assert "[1] Coast Gazette · 4 May 2016 · Harbour reopens after the storm" in lines
    assert "    “The harbour reopened on 3 May.”" in lines
    assert result.stderr == ""


def test_ask_json_is_one_object_with_the_contracts_keys(run: Run) -> None:
    result = run("ask", ASKED, "--json")
    answer = json.loads(result.stdout)
    assert result.stdout.count("\n") == 1
    assert answer["short"] == "3 May"
    assert set(answer) >= {
        "id",
        "question",
        "effective_question",
        "answer",
        "short",
        "abstained",
        "confidence",
        "mode",
        "citations",
        "notes",
        "ms",
    }
    (citation,) = answer["citations"]
    assert citation["n"] == 1
    text = make_article().text
    assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_a_refusal_has_its_own_shape(run: Run) -> None:
    result = run("ask", "What colour is the mountain?")
    assert result.exit_code == 0
    assert result.stdout.startswith("The articles do not say.")
    assert "Closest passages (they do not answer the question)" in result.stdout
    assert "Sources" not in result.stdout
    assert "[1]" not in result.stdout


def test_filters_reach_the_engine(run: Run, fake: FakeEngine) -> None:
    result = run(
        *("ask", ASKED, "--from", "2014", "--to", "2014-06", "--publisher", "A"),
        *("--publisher", "B", "--no-comments"),
    )
    assert result.exit_code == 0
    (_, filters) = fake.seen[-1]
    assert filters is not None
    assert filters.dates is not None
    assert (filters.dates.first, filters.dates.last) == (20140101, 20140630)
    assert filters.publishers == ("A", "B")
    assert not filters.comments


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", ""),
        ("ask", ASKED, "--batch", "-"),
        ("ask", ASKED, "--from", "June"),
        ("ask", ASKED, "--from", "2014-02-30"),
        ("ask", ASKED, "--from", "2015", "--to", "2014"),
        ("ask", "--batch", "no-such-file.jsonl"),
        ("ingest",),
        ("articles", "show"),
        ("remove",),
        ("chat", "--port", "70000"),
        ("no-such-command",),
        ("ask", ASKED, "--no-such-option"),
    ],
)
def test_wrong_use_exits_with_2_and_says_so_on_stderr(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error: " in result.stderr


def test_an_error_of_ours_is_one_line_and_exit_code_1(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(cls: object, settings: object = None) -> None:
        raise IndexingError("The index in 'x\x1b[31m'\nis damaged: run `dateline doctor`.")

    monkeypatch.setattr(Engine, "open", classmethod(fail))
    result = run("ask", ASKED)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == (
        "Error: The index in 'x\ufffd[31m' is damaged: run `dateline doctor`.\n"
    )


def test_a_wrong_setting_exits_with_2(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_SERVE__PORT", "many")
    result = run("ask", ASKED)
    assert result.exit_code == 2
    assert "serve.port" in result.stderr


def test_batch_answers_in_order_and_a_bad_line_becomes_a_row(run: Run) -> None:
    lines = [
        json.dumps({"id": "a", "question": ASKED}),
        "{not json",
        "",
        json.dumps({"id": 2, "question": "And the volunteers?", "history": [ASKED]}),
        json.dumps({"id": "c", "question": 7}),
        json.dumps({"id": "d", "question": "break"}),
        json.dumps({"id": "e", "question": "   "}),
        json.dumps({"id": "f", "question": "Who thanked volunteers?", "facts": []}),
    ]
    result = run("ask", "--batch", "-", stdin="\n".join(lines))
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert [row["id"] for row in rows] == ["a", None, "2", "c", "d", "e", "f"]
    assert ["error" in row for row in rows] == [False, True, False, True, True, True, False]
    assert rows[1]["line"] == 2
    assert "not JSON" in rows[1]["error"]
    assert rows[6]["short"] == "forty volunteers"


def test_a_batch_without_bad_lines_exits_with_0(run: Run) -> None:
    result = run("ask", "--batch", "-", stdin=json.dumps({"id": "a", "question": ASKED}))
    assert result.exit_code == 0
    assert result.stderr == ""


@pytest.mark.parametrize("first", [True, False])
def test_data_dir_may_stand_before_or_after_the_subcommand(
    run: Run, fake: FakeEngine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, first: bool
) -> None:
    seen: list[Settings] = []

    def note(cls: object, settings: Settings) -> FakeEngine:
        seen.append(settings)
        return fake

    monkeypatch.setattr(Engine, "open", classmethod(note))
    flag = ["--data-dir", str(tmp_path / "here")]
    result = run(*flag, "articles") if first else run("articles", *flag)
    assert result.exit_code == 0
    assert seen[0].data_dir == tmp_path / "here"


def test_the_later_data_dir_wins(
    run: Run, fake: FakeEngine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen: list[Settings] = []

    def note(cls: object, settings: Settings) -> FakeEngine:
        seen.append(settings)
        return fake

    monkeypatch.setattr(Engine, "open", classmethod(note))
    run("--data-dir", str(tmp_path / "a"), "articles", "--data-dir", str(tmp_path / "b"))
    assert seen[0].data_dir == tmp_path / "b"


def test_ingest_names_what_failed_and_takes_the_rest(run: Run, fake: FakeEngine) -> None:
    result = run("ingest", "one.txt", "bad.bin", "--json")
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    assert report["counts"]["added"] == 1
    assert report["counts"]["failed"] == 1
    assert [row["status"] for row in report["rows"]] == ["added", "failed"]
    human = run("ingest", "two.txt", "bad.bin")
    assert human.stdout == ""
    assert "failed: bad.bin: it is not text." in human.stderr
    assert "1 added, 1 failed" in human.stderr


def test_articles_lists_and_shows_exact_text(run: Run, fake: FakeEngine) -> None:
    fake.corpus.stored["evil"] = make_article(
        "evil", title="A \x1b]0;pwned\x07 title", body="Red \x9b31m words.", comment=None
    )
    listed = run("articles")
    assert "Harbour reopens after the storm" in listed.stdout
    assert "\x1b" not in listed.stdout
    shown = run("articles", "show", "evil")
    assert not set("\x1b\x07\x9b") & set(shown.stdout)
    exact = run("articles", "show", "evil", "--json")
    assert not set("\x1b\x07\x9b") & set(exact.stdout)
    assert json.loads(exact.stdout)["text"] == fake.corpus.stored["evil"].text
    rows = [json.loads(line) for line in run("articles", "--json").stdout.splitlines()]
    assert {row["id"] for row in rows} == {"harbour", "evil"}


def test_show_and_remove_tell_of_ids_that_are_not_there(run: Run, fake: FakeEngine) -> None:
    assert run("articles", "show", "nobody").exit_code == 1
    result = run("remove", "harbour", "nobody")
    assert result.exit_code == 1
    assert "'nobody'" in result.stderr
    assert fake.corpus.stored == {}


def test_doctor_exits_with_1_until_what_is_wrong_is_mended(run: Run, fake: FakeEngine) -> None:
    assert run("doctor").exit_code == 0
    fake.checks = [Check(name="vectors", ok=False, message="3 are missing")]
    result = run("doctor", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == [
        {"name": "vectors", "ok": False, "message": "3 are missing", "repaired": False}
    ]
    assert run("doctor", "--repair").exit_code == 0


def test_every_command_closes_the_engine(run: Run, fake: FakeEngine) -> None:
    for arguments in (["ask", ASKED], ["articles"], ["reindex"], ["doctor"], ["ingest", "a.bin"]):
        fake.closed = False
        run(*arguments)
        assert fake.closed, arguments
