"""The page about the command line is made from the commands and is up to date."""

from __future__ import annotations

from ui import docs


def test_the_page_about_the_command_line_is_up_to_date() -> None:
    assert docs.PAGE.read_text(encoding="utf-8") == docs.page(), "run python -m ui.docs"


def test_every_command_is_on_it() -> None:
    page = docs.page()
    for name in ("ask", "articles show", "chat", "doctor", "eval", "ingest", "reindex", "remove"):
        assert f"## dateline {name}\n" in page
