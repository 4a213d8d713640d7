"""What the page's HTML says, and that no text of an article, user or file can become markup."""

from __future__ import annotations

import dataclasses
import datetime as dt
import html
import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.conversation import Conversation
from rag.index.report import IngestReport, IngestRow, RowStatus
from rag.types import (
    Answer,
    DateOrigin,
    DateRange,
    Filters,
    Note,
    NoteKind,
    PublishedDate,
    Statement,
    Support,
)
from tests.ui.fake_engine import FakeEngine, make_article
from ui import render_reader, shell
from ui.markup import esc, shortened
from ui.render_answer import answer_html, turn_html, working_html
from ui.render_articles import PAGE_ROWS, articles_html, listed
from ui.render_changes import report_html
from ui.render_reader import reader_html
from ui.render_sources import cards_html
from ui.words import age_words, date_words, lead_words, origin_title, origin_words

TODAY = dt.date(2026, 11, 21)
HOSTILE = (
    "<script>x()</script>",
    "\"><img src=x onerror='x()'>",
    "' onmouseover='x()",
    "</button><svg/onload=x()>",
    "&lt;b&gt;",
    "\u202egnp.exe",
    "{{constructor.constructor('x()')()}}",
    "${x()}",
    "[1](javascript:x())",
    "\x00\x08<b>",
)


class _Tags(HTMLParser):
    """Collects elements, attributes and the text inside marks."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.marked: list[str] = []
        self.text = ""
        self._inside = 0
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend(attrs)
        self._inside += tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self._inside -= tag == "mark"

    def handle_data(self, data: str) -> None:
        self.text += data
        if self._inside:
            self.marked.append(data)


def _answer(question: str = "When was the harbour reopened?") -> Answer:
    return FakeEngine([make_article()]).ask(question, conversation=Conversation())


def test_an_answer_leads_with_the_short_answer_and_ends_sentences_with_buttons() -> None:
    shown = answer_html(_answer(), 3)
    assert '<p class="short" dir="auto">3 May</p>' in shown
    assert '<button type="button" class="cite" data-open="t3c0"' in shown
    assert 'aria-label="[1] Coast Gazette, 4 May 2016">[1]</button>' in shown
    assert "<strong>" in shown
    assert "Understood as" not in shown


def test_the_lead_tells_dates_where_articles_differ() -> None:
    answer = _answer()
    quote = answer.statements[0].text
    plain = dataclasses.replace(answer, text=f"3 May. {quote} [1]")
    assert lead_words(plain) == "3 May"
    several = dataclasses.replace(answer, text=f"3 May (2016); 5 June (2011). {quote} [1]")
    assert lead_words(several) == "3 May (2016); 5 June (2011)"
    assert lead_words(dataclasses.replace(answer, short=None)) == ""
    assert lead_words(dataclasses.replace(answer, text=f"So it was: {quote}")) == "3 May"


def test_the_question_as_understood_shows_only_when_it_differs() -> None:
    shown = answer_html(_answer("And when was the harbour reopened?"), 1)
    assert "Understood as" in shown
    assert "(the harbour)" in shown
    assert 'data-act="edit"' in shown


def test_a_refusal_is_never_styled_as_an_answer() -> None:
    shown = answer_html(_answer("What colour is the mountain?"), 2)
    assert 'class="refusal"' in shown
    assert "The articles do not say." in shown
    assert "Closest passages" in shown
    assert 'data-open="t2n0"' in shown
    assert 'class="answer"' not in shown
    assert 'class="cite"' not in shown


def test_a_long_question_is_folded_and_a_short_one_is_not() -> None:
    long = turn_html(1, "word " * 80, "", state="done")
    assert 'class="question long"' in long
    assert "Show all" in long
    assert "Show all" not in turn_html(1, "When was the harbour reopened?", "", state="done")


def test_support_is_shown_where_a_citation_was_not_quoted() -> None:
    answer = _answer()
    doubtful = dataclasses.replace(
        answer,
        statements=(
            Statement(text="It reopened.", numbers=(1,), support=Support.MATCHED),
            Statement(text="It cost much.", numbers=(), support=Support.UNSUPPORTED),
        ),
    )
    shown = answer_html(doubtful, 1)
    assert 'class="statement matched"' in shown
    assert 'class="statement unsupported"' in shown
    assert "not found in the sources" in shown


def test_markers_in_text_without_statements_become_buttons_and_strange_ones_stay_text() -> None:
    answer = dataclasses.replace(_answer(), statements=(), text="It did [1], they say [7].")
    shown = answer_html(answer, 1)
    assert shown.count('class="cite"') == 1
    assert "they say [7]." in shown


def test_the_rewriting_note_is_not_told_twice() -> None:
    note = Note(kind=NoteKind.REWRITTEN, text="Understood as: x")
    assert "Notes" not in answer_html(dataclasses.replace(_answer(), notes=(note,)), 1)


def test_half_a_marker_is_held_back_while_streaming() -> None:
    assert "[" not in _Tags(working_html("writing", "It reopened on 3 May. [1")).text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_in_every_part_of_the_page(text: str) -> None:
    article = make_article(
        title=text,
        publisher=text,
        body=f"{text} harbour reopened here",
        comment=(text, text),
        source=text,
    )
    engine = FakeEngine([article])
    answer = engine.ask("harbour reopened " + text)
    report = IngestReport(
        rows=(IngestRow(source=text, article_id=None, status=RowStatus.FAILED, message=text),)
    )
    everywhere = {
        "turn": turn_html(1, text, answer_html(answer, 1), state="done"),
        "refusal": answer_html(engine.ask("nothing of that kind"), 1),
        "cards": cards_html(answer.citations, ["t1c0"], {article.id: article}, TODAY),
        "reader": reader_html(article, None, TODAY),
        "list": articles_html(listed([article.info], "", 0)),
        "working": working_html("writing", f"so far {text}"),
        "rail": shell.rail_html(Counter([text])),
        "welcome": shell.welcome_html(1, [text]),
        "chips": shell.chips_html(Filters(publishers=(text,), comments=False)),
        "report": report_html(report),
    }
    for part, markup in everywhere.items():
        seen = _Tags(markup)
        assert not {"script", "img", "svg"} & set(seen.tags), part
        assert not [name for name, _ in seen.attributes if name.startswith("on")], part
        readable = " ".join(re.sub(r"[\x00-\x08]", "\ufffd", text).split())
        assert readable in " ".join(seen.text.split()), part


@given(st.text(max_size=400))
def test_escaped_text_has_no_markup_and_keeps_its_length(text: str) -> None:
    safe = esc(text)
    assert not set("<>\"'") & set(safe)
    assert len(html.unescape(safe)) == len(text) or "&" in text or "\r" in text


@given(
    st.text(alphabet="ab <&>\n\u05d0\U0001f600", min_size=1, max_size=300),
    st.integers(0, 300),
    st.integers(1, 120),
)
def test_exactly_the_quoted_words_are_marked(body: str, start: int, length: int) -> None:
    article = make_article(body="x" + body, comment=("A", "y" + body))
    start = min(start, len(article.text) - 1)
    end = min(start + length, len(article.text))
    shown = _Tags(reader_html(article, (start, end), TODAY))
    wanted = article.text[start:end]
    assert re.sub(r"\s", "", "".join(shown.marked)) == re.sub(r"\s", "", wanted)
    if wanted.strip():
        assert shown.attributes.count(("id", "quoted")) <= 1


def test_an_offset_that_is_none_marks_nothing() -> None:
    for span in ((-1, 4), (5, 5), (8, 3), (0, 10**9)):
        assert not _Tags(reader_html(make_article(), span, TODAY)).marked


def test_a_huge_article_is_bounded_and_still_shows_the_quote() -> None:
    body = "word " * 200_000 + "The one sentence. " + "word " * 200_000
    article = make_article(body=body)
    start = article.text.index("The one sentence.")
    shown = reader_html(article, (start, start + 17), TODAY)
    assert _Tags(shown).marked == ["The one sentence."]
    assert len(shown) < 3 * render_reader.WHOLE_CHARS
    assert "characters are not shown here" in shown


def test_comments_stand_apart_with_their_authors() -> None:
    shown = reader_html(make_article(), None, TODAY)
    before, _, after = shown.partition("Readers’ comments")
    assert "old harbour lights" not in before
    assert "old harbour lights" in after
    assert "Ada" in after


def test_a_card_tells_who_when_how_known_and_that_the_quote_was_compared() -> None:
    answer = _answer()
    article = make_article()
    shown = cards_html(answer.citations, ["t1c0"], {article.id: article}, TODAY)
    text = _Tags(shown).text
    assert "[1]" in text
    assert "4 May 2016 · date read from the text · 10 years ago" in text
    assert "quote found in the article" in text
    changed = dataclasses.replace(article, text=article.text.replace("3 May", "9 May"))
    assert "has changed" in cards_html(answer.citations, ["t1c0"], {article.id: changed}, TODAY)
    assert "no longer here" in cards_html(answer.citations, ["t1c0"], {}, TODAY)


def test_a_comments_card_is_tagged() -> None:
    answer = _answer("Who liked the old harbour lights?")
    shown = cards_html(answer.citations, ["t1c0"], {}, TODAY)
    assert '<p class="tag" dir="auto">reader comment by Ada</p>' in shown


def test_the_list_is_searched_and_paged() -> None:
    infos = [make_article(f"a{i}", title=f"Title {i}").info for i in range(PAGE_ROWS + 3)]
    assert len(listed(infos, "", 0).rows) == PAGE_ROWS
    assert len(listed(infos, "", 99).rows) == 3
    assert [info.id for info in listed(infos, "TITLE 52", 0).rows] == ["a52"]
    assert "No title or publisher holds this" in articles_html(listed(infos, "zebra", 0))
    assert "There are no articles yet" in articles_html(listed([], "", 0))


def test_words_for_dates() -> None:
    day = PublishedDate(year=2014, month=6, day=25, origin=DateOrigin.EDITOR)
    month = PublishedDate(year=2014, month=6, origin=DateOrigin.TEXT, modified=True)
    assert date_words(day) == "25 June 2014"
    assert date_words(PublishedDate()) == "date unknown"
    assert origin_words(day) == "date set by the editor"
    assert origin_words(month) == "date read from the text, last modified, month only"
    assert origin_words(PublishedDate()) == ""
    assert "by hand" in origin_title(day)
    assert age_words(day, dt.date(2026, 6, 24)) == "11 years ago"
    assert age_words(day, dt.date(2026, 6, 25)) == "12 years ago"
    assert age_words(day, dt.date(2014, 6, 25)) == "today"
    assert age_words(day, dt.date(2014, 7, 1)) == "6 days ago"
    assert age_words(day, dt.date(2013, 7, 1)) == "dated in the future"
    assert age_words(month, dt.date(2014, 8, 1)) == "2 months ago"
    assert age_words(PublishedDate(year=2014), dt.date(2015, 1, 1)) == "1 year ago"
    assert age_words(PublishedDate(), TODAY) == ""


def test_chips_carry_what_lifts_them() -> None:
    filters = Filters(dates=DateRange(first=20140101), publishers=("DW",), comments=False)
    shown = shell.chips_html(filters)
    assert re.findall(r'data-lift="([^"]+)"', shown) == ["dates", "publisher:DW", "comments"]
    assert "since 2014-01-01" in shown
    assert shell.chips_html(Filters()) == ""


def test_long_text_is_cut_at_a_word() -> None:
    assert shortened("one two three four", 11) == "one two…"
    assert shortened("a" * 30, 11) == "a" * 10 + "…"
