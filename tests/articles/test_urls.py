"""Pages fetched because their address was given: bounded, and only over http and https."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from rag.articles import read_articles
from rag.articles.urls import date_in_url
from rag.settings import ReadSettings
from rag.types import Article, DateOrigin, Rejected

STORY = "The council of Ashford voted on Monday to rebuild the old bridge over the river Wey. " * 3
PAGES: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/2019/03/04/bridge": (
        200,
        {"Content-Type": "text/html; charset=utf-8"},
        (
            f"<html><head><title>Bridge to be rebuilt</title></head><body><article><p>{STORY}</p>"
            f"<p>{STORY}</p></article></body></html>"
        ).encode(),
    ),
    "/plain.txt": (200, {"Content-Type": "text/plain"}, STORY.encode()),
    "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/moved": (302, {"Location": "/plain.txt"}, b""),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/file": (302, {"Location": "file:///etc/hostname"}, b""),
    "/large": (200, {"Content-Type": "text/plain"}, b"word " * 20_000),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, headers, body = PAGES.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def _direct(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def fetch(url: str, **settings: int) -> Article | Rejected:
    (item,) = read_articles([url], ReadSettings(**settings))
    return item


def test_a_page_is_read_and_dated_by_its_address(site: str) -> None:
    article = fetch(site + "/2019/03/04/bridge")
    assert isinstance(article, Article)
    assert (article.title, article.source) == ("Bridge to be rebuilt", site + "/2019/03/04/bridge")
    assert article.published.iso == "2019-03-04"


def test_plain_text_and_redirects(site: str) -> None:
    direct, moved = fetch(site + "/plain.txt"), fetch(site + "/moved")
    assert isinstance(direct, Article)
    assert isinstance(moved, Article)
    assert direct.body == moved.body == STORY.strip()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/nowhere", "404"),
        ("/picture", "'image/png'"),
        ("/file", "is not allowed"),
        ("/loop", "answered 302"),
        ("/large", "larger than 1,000 bytes"),
    ],
)
def test_what_cannot_be_read_is_said(site: str, path: str, words: str) -> None:
    item = fetch(site + path, max_file_bytes=1000)
    assert isinstance(item, Rejected)
    assert words in item.reason


def test_nobody_listens() -> None:
    item = fetch("http://127.0.0.1:9/")
    assert isinstance(item, Rejected)
    assert "could not be fetched" in item.reason


@pytest.mark.parametrize("url", ["file:///etc/hostname", "gopher://example.org/", "ftp://a.b/c"])
def test_other_schemes_are_refused(url: str) -> None:
    item = fetch(url)
    assert isinstance(item, Rejected)
    assert "http:// and https://" in item.reason


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2020/04/19/story/", (2020, 4, 19)),
        ("https://a.example/news/2020-04-19-story", (2020, 4, 19)),
        ("https://a.example/2020/apr/19/story", (2020, 4, 19)),
        ("https://a.example/story-20200419", (2020, 4, 19)),
        ("https://a.example/2020/04/story", (2020, 4, None)),
        ("https://a.example/2020/13/45/story", None),
        ("https://a.example/article/19600369", None),
        ("https://a.example/?d=2020-04-19", None),
    ],
)
def test_dates_in_addresses(url: str, day: tuple[int, int | None, int | None] | None) -> None:
    found = date_in_url(url)
    assert (found and (found.year, found.month, found.day)) == day
    assert found is None or found.origin is DateOrigin.URL


def test_slow_libraries_are_imported_when_first_needed() -> None:
    code = (
        "import sys, rag.articles; "
        "print([m for m in ('trafilatura', 'dateparser', 'htmldate', 'pypdf', 'charset_normalizer')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
