"""Evaluation runs in the browser.

The server is shared: the room may still tell of a run that another test asked for, so whoever
asks for one waits for a new one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, expect

_ENDED = "#evaluation-now .ended a"
_ANOTHER = """([ended, before]) => {
  const now = document.querySelector(ended)?.getAttribute("href");
  return now && now !== before;
}"""


@contextmanager
def run_ends(page: Page) -> Iterator[None]:
    """Asked for inside; afterwards the run is done, and stands first in the list."""
    ended = page.locator(_ENDED)
    before = ended.get_attribute("href") if ended.count() else None
    yield
    page.wait_for_function(_ANOTHER, arg=[_ENDED, before], timeout=60_000)
    expect(page.locator("#evaluation-now")).to_contain_text("The run is done")
    address = ended.get_attribute("href")
    assert address
    first = page.locator("#evaluation-room table.runs tbody tr").first.locator("th a")
    expect(first).to_have_attribute("href", address)
