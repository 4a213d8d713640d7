"""What the buttons of one conversation open: quotes in their articles, cards, reasons.

A key names what a button opens: ``t3c0`` is the first citation of turn 3, ``t3n0`` the first
of its closest passages, ``t3w0`` the first passage that was considered for it. HTML only; no
Gradio, no browser.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence

from rag.engine import Engine
from rag.types import Answer, Article, Citation, Considered, Filters, Span
from ui.copies import place_of
from ui.render_reader import Steps, missing_html, reader_html
from ui.render_sources import cards_html, empty_html, uncited_html
from ui.render_why import why_html

_KEY = re.compile(r"t(\d{1,6})([cnw])(\d{1,4})", re.ASCII)
_CHANGED = "The article was changed since; these words no longer stand in it."
_LINK_CHANGED = "The words that this link points at no longer stand here: the article was changed."


class Opened:
    """The answers of one conversation by turn, and what their buttons stand for."""

    def __init__(self, engine: Engine, today: Callable[[], dt.date]) -> None:
        self._engine = engine
        self._today = today
        self.answers: dict[int, Answer] = {}
        self._passages: dict[int, tuple[Citation, ...]] = {}

    def forget(self, turn: int) -> None:
        """Let go of a turn; its buttons open nothing any more."""
        self.answers.pop(turn, None)
        self._passages.pop(turn, None)

    def cards(self, turn: int) -> str:
        """The sources of one turn."""
        answer = self.answers.get(turn)
        if answer is None:
            return empty_html()
        if answer.abstained:
            return uncited_html(len(answer.nearest))
        cited = answer.citations
        keys = [f"t{turn}c{place}" for place in range(len(cited))]
        articles = {
            one.article.id: article
            for one in cited
            if (article := self._article(one.article.id)) is not None
        }
        return cards_html(cited, keys, articles, self._today())

    def by_key(self, key: str) -> tuple[str, str]:
        """The reader at what a button opens, and the cards of its turn."""
        turn, letter, place, listed = self._stands_for(key)
        citation = listed[place] if place < len(listed) else None
        article = self._article(citation.article.id) if citation else None
        if citation is None or article is None:
            return missing_html(citation), self.cards(turn)
        steps = Steps(
            place=place + 1,
            of=len(listed),
            key=key,
            before=f"t{turn}{letter}{place - 1}" if place > 0 else "",
            after=f"t{turn}{letter}{place + 1}" if place + 1 < len(listed) else "",
        )
        meant = _span(article, citation)
        beside = [one for one in listed if one.article.id == article.id and one is not citation]
        reader = reader_html(
            article,
            meant,
            self._today(),
            others=[span for one in beside if (span := _span(article, one)) is not None],
            steps=steps,
            citation=citation,
            notice="" if meant else _CHANGED,
        )
        return reader, self.cards(turn)

    def linked(self, token: str) -> str:
        """The reader at the words that a link names; it tells when they are no longer there."""
        place = place_of(token)
        article = self._article(place.article_id) if place else None
        if place is None or article is None:
            return missing_html()
        if place.holds(article.text):
            return reader_html(article, (place.start, place.end), self._today())
        return reader_html(article, None, self._today(), notice=_LINK_CHANGED)

    def read(self, article_id: str) -> str:
        """The reader at the top of an article."""
        article = self._article(article_id)
        if article is None:
            return missing_html()
        return reader_html(article, None, self._today(), back="Close")

    def why(self, turn: int, filters: Filters) -> str:
        """What was considered for an answer, as it was found; looked up when it is asked for."""
        answer = self.answers.get(turn)
        if answer is None:
            return '<p class="hint">This turn is no longer remembered.</p>'
        considered = self._considered(answer, filters)
        self._passages[turn] = tuple(_as_citation(weighed) for weighed in considered)
        keys = [f"t{turn}w{place}" for place in range(len(considered))]
        cited: dict[str, list[Citation]] = {}
        for one in answer.citations:
            cited.setdefault(one.passage_id, []).append(one)
        return why_html(considered, keys, cited, self._engine.settings.answer.threshold)

    def _considered(self, answer: Answer, filters: Filters) -> list[Considered]:
        """Over all parts of the question, each passage once; the catalogue weighs none."""
        if answer.mode == "catalogue":
            return []
        questions = [part.question for part in answer.parts] or [answer.effective_question]
        found: dict[str, Considered] = {}
        for question in questions:
            for one in self._engine.considered(question, filters):
                found.setdefault(one.candidate.passage.id, one)
        return list(found.values())

    def _article(self, article_id: str) -> Article | None:
        return self._engine.corpus.article(article_id)

    def _stands_for(self, key: str) -> tuple[int, str, int, Sequence[Citation]]:
        """Turn, letter and place of a key, and the list that it points into."""
        found = _KEY.fullmatch(key)
        if found is None:
            return 0, "c", 0, ()
        turn, letter, place = int(found[1]), found[2], int(found[3])
        answer = self.answers.get(turn)
        if letter == "w":
            return turn, letter, place, self._passages.get(turn, ())
        listed = () if answer is None else answer.nearest if letter == "n" else answer.citations
        return turn, letter, place, listed


def _span(article: Article, citation: Citation) -> Span | None:
    """Where the quoted words stand; found again where the article was changed meanwhile."""
    if article.text[citation.start : citation.end] == citation.quote:
        return citation.start, citation.end
    start = article.text.find(citation.quote)
    return (start, start + len(citation.quote)) if start >= 0 else None


def _as_citation(one: Considered) -> Citation:
    """A considered passage as something that the reader can open."""
    passage = one.candidate.passage
    start, end = one.sentence or (passage.start, passage.end)
    return Citation(
        number=0,
        article=one.candidate.article,
        passage_id=passage.id,
        kind=passage.kind,
        start=start,
        end=end,
        quote=passage.text[start - passage.start : end - passage.start],
        comment_author=passage.author,
    )
