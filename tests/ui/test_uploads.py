"""Uploads: what is taken, under which name, and what is said of the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.index.report import RowStatus
from tests.ui.fake_engine import FakeEngine, as_engine
from ui.render_articles import articles_head_html
from ui.uploads import MAX_FILES, add_uploads, fit_name, kinds_words


@pytest.mark.parametrize(
    ("given", "fit"),
    [
        ("story.txt", "story.txt"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\news\\story one.html", "story_one.html"),
        ("<img src=x>.md", "img_src_x_.md"),
        ("...", "upload.txt"),
        (".hidden.txt", "hidden.txt"),
        ("новости.txt", "новости.txt"),
        ("a" * 300 + ".txt", "a" * 116 + ".txt"),
    ],
)
def test_names_are_made_fit(given: str, fit: str) -> None:
    assert fit_name(given) == fit


def test_files_are_kept_under_their_names_and_ingested(fake: FakeEngine, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    story = tmp_path / "in" / "my story.txt"
    story.write_text("A story.", encoding="utf-8")
    report, refused = add_uploads(as_engine(fake), [str(story)], tmp_path / "kept", 1000)
    assert fake.ingested == [str(tmp_path / "kept" / "my_story.txt")]
    assert (tmp_path / "kept" / "my_story.txt").read_text(encoding="utf-8") == "A story."
    assert report.counts["added"] == 1
    assert refused == ()


def test_wrong_kind_and_size_are_told_and_the_rest_is_taken(
    fake: FakeEngine, tmp_path: Path
) -> None:
    for name, size in (("a.exe", 3), ("b.tar.gz", 3), ("big.txt", 50), ("fine.txt", 3)):
        (tmp_path / name).write_bytes(b"x" * size)
    files = [str(tmp_path / name) for name in ("a.exe", "b.tar.gz", "big.txt", "fine.txt")]
    report, refused = add_uploads(as_engine(fake), files, tmp_path / "kept", 10)
    assert [row.source for row in refused] == ["a.exe", "b.tar.gz", "big.txt"]
    assert all(row.status is RowStatus.FAILED for row in refused)
    assert "allowed are .txt" in refused[0].message
    assert kinds_words() in refused[0].message
    assert kinds_words() in articles_head_html(10, 5)
    assert "at most 10" in refused[2].message
    assert len(report.rows) == 1


def test_too_many_files_are_refused_by_name(fake: FakeEngine, tmp_path: Path) -> None:
    files = []
    for number in range(MAX_FILES + 2):
        (tmp_path / f"{number}.txt").write_text("x", encoding="utf-8")
        files.append(str(tmp_path / f"{number}.txt"))
    report, refused = add_uploads(as_engine(fake), files, tmp_path / "kept", 10)
    assert len(report.rows) == MAX_FILES
    assert [row.source for row in refused] == ["50.txt", "51.txt"]


def test_nothing_usable_ingests_nothing(fake: FakeEngine, tmp_path: Path) -> None:
    (tmp_path / "a.exe").write_bytes(b"MZ")
    report, refused = add_uploads(as_engine(fake), [str(tmp_path / "a.exe")], tmp_path / "kept", 10)
    assert report.rows == ()
    assert len(refused) == 1
    assert fake.ingested == []
