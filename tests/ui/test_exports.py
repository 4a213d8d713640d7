"""Exports are read again by parsers of their formats: nothing lost, nothing alive."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from rag.types import Answer, Statement, StoredConversation, Support
from tests.ui.fake_engine import FakeEngine, make_article
from ui.export import KINDS, exported, file_name
from ui.export_markdown import plain

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>](javascript:alert(1)) "
    "[x](http://evil.example) `code` # head \x1b[31m \u202e ]]> </style>"
)
ASKED = "When was the harbour reopened?"


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine([make_article()])


def stored(engine: FakeEngine, *answers: Answer) -> StoredConversation:
    kept = None
    for answer in answers:
        kept, _ = engine.talks.append("", kept.id if kept else None, answer)
    assert kept is not None
    found = engine.talks.get("", kept.id)
    assert found is not None
    return found


class Tags(HTMLParser):
    """The elements, attributes and words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self._style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        self._style = tag == "style"

    def handle_data(self, data: str) -> None:
        self.words += "" if self._style else data


def hostile_conversation(engine: FakeEngine) -> StoredConversation:
    answer = engine.ask(ASKED)
    (citation,) = answer.citations
    info = replace(citation.article, title=HOSTILE, publisher=HOSTILE, source=HOSTILE)
    bad = replace(
        answer,
        question=HOSTILE,
        effective_question=f"{HOSTILE} again",
        short=HOSTILE,
        text=f"{HOSTILE} [1]",
        statements=(Statement(text=HOSTILE, numbers=(1,), support=Support.UNSUPPORTED),),
        citations=(replace(citation, article=info, quote=HOSTILE, comment_author=HOSTILE),),
    )
    kept = stored(engine, bad)
    engine.talks.rename("", kept.info.id, HOSTILE[:80])
    again = engine.talks.get("", kept.info.id)
    assert again is not None
    return again


def test_json_is_the_answers_of_the_contract_with_the_state_of_each_quote(
    engine: FakeEngine,
) -> None:
    first, refused = engine.ask(ASKED), engine.ask("What colour is the mountain?")
    kept = stored(engine, first, refused)
    told = json.loads(exported(kept, "json", engine.corpus.article))
    assert told["title"] == ASKED
    assert [turn["n"] for turn in told["turns"]] == [1, 2]
    (citation,) = told["turns"][0]["citations"]
    assert citation["quote"] == "The harbour reopened on 3 May."
    assert citation["state"] == "found"
    assert told["turns"][0]["answer"] == first.text
    assert told["turns"][1]["nearest"][0]["state"] == "found"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", told["created"])


@pytest.mark.parametrize(
    ("article", "state", "words"),
    [
        (make_article(body="All of it was rewritten."), "changed", "the quote is the old text"),
        (None, "gone", "no longer here"),
    ],
)
def test_an_article_that_changed_or_went_breaks_nothing(
    engine: FakeEngine, article: object, state: str, words: str
) -> None:
    kept = stored(engine, engine.ask(ASKED))
    engine.corpus.stored.clear()
    if article is not None:
        engine.corpus.stored["harbour"] = article  # type: ignore[assignment]
    for kind in KINDS:
        text = exported(kept, kind, engine.corpus.article)
        assert "The harbour reopened on 3 May" in text, kind
        assert (f'"state": "{state}"' if kind == "json" else words) in text


def test_the_page_holds_every_source_and_asks_for_nothing(engine: FakeEngine) -> None:
    kept = stored(engine, engine.ask(ASKED), engine.ask("What colour is the mountain?"))
    page = Tags()
    page.feed(exported(kept, "html", engine.corpus.article))
    assert "Coast Gazette" in page.words
    assert "4 May 2016" in page.words
    assert "Harbour reopens after the storm" in page.words
    assert "The articles do not say." in page.words
    links = [attrs["href"] for tag, attrs in page.seen if tag == "a"]
    names = {attrs["id"] for _, attrs in page.seen if "id" in attrs}
    assert links == ["#s1-1"]
    assert {"s1-1"} == names
    policy = next(a for tag, a in page.seen if a.get("http-equiv") == "Content-Security-Policy")
    assert "default-src 'none'" in (policy["content"] or "")


def test_hostile_words_are_words_in_the_page(engine: FakeEngine) -> None:
    page = Tags()
    page.feed(exported(hostile_conversation(engine), "html", engine.corpus.article))
    assert {tag for tag, _ in page.seen} <= set(
        "html head meta title style body header h1 p time article h2 span a ol li b bdi mark "
        "blockquote".split()
    )
    assert not [name for _, attrs in page.seen for name in attrs if name.startswith("on")]
    assert "<script>alert(1)</script>" in page.words
    assert [tag for tag, _ in page.seen].count("style") == 1


def test_hostile_words_are_words_in_markdown(engine: FakeEngine) -> None:
    text = exported(hostile_conversation(engine), "md", engine.corpus.article)
    assert not re.search(r"(?<!\\)<", text)
    assert not re.search(r"(?<!\\)\]\(", text)
    assert "\x1b" not in text
    assert "\u202e" not in text
    heads = [line for line in text.splitlines() if line.startswith("#")]
    assert len(heads) == 2


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1. first", "1\\. first"),
        ("- item", "\\- item"),
        ("+ item", "\\+ item"),
        ("a *b* _c_", "a \\*b\\* \\_c\\_"),
        ("two\n\nlines", "two lines"),
        ("&lt;b&gt;", "\\&lt;b\\&gt;"),
    ],
)
def test_plain_words_stay_plain_in_markdown(text: str, shown: str) -> None:
    assert plain(text) == shown
    assert html.unescape(shown.replace("\\", "")) == html.unescape(" ".join(text.split()))


def test_file_names_fit_everywhere() -> None:
    assert file_name("When? – Später!", "md") == "when-spater.md"
    assert file_name("مرحبا", "json") == "conversation.json"
    assert file_name("../" * 50, "html") == "conversation.html"
    assert len(file_name("word " * 50, "md")) <= 63
