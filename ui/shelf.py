"""What the page knows of the corpus as a whole, read again only when the corpus has changed.

Every visitor sees the same shelf. A corpus of thousands of articles is listed, counted and
drawn from memory, so that the page opens as fast over many articles as over few.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rag.engine import Engine
from rag.types import ArticleInfo, Filters
from ui.render_timeline import timeline_html
from ui.shell import rail_html, welcome_html
from ui.timeline import Timeline, timeline_of

STARTERS = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Stock:
    """The articles at one moment, newest first, with what is made of them once."""

    generation: int
    infos: tuple[ArticleInfo, ...]
    publishers: Counter[str]
    welcome: str
    rail: str
    timeline: Timeline
    timeline_html: str


class Shelf:
    """See the module's docstring. Safe between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._stock: Stock | None = None

    def now(self) -> Stock:
        """The articles as they are now."""
        with self._lock:
            generation = self._engine.corpus.generation()
            if self._stock is None or self._stock.generation != generation:
                self._stock = self._read(generation)
            return self._stock

    def _read(self, generation: int) -> Stock:
        infos = tuple(self._engine.corpus.articles())
        publishers = Counter(info.publisher for info in infos if info.publisher)
        starters = self._engine.starters(STARTERS) if infos else []
        timeline = timeline_of(infos)
        return Stock(
            generation=generation,
            infos=infos,
            publishers=publishers,
            welcome=welcome_html(len(infos), starters),
            rail=rail_html(publishers),
            timeline=timeline,
            timeline_html=timeline_html(timeline),
        )


def allowed(infos: Sequence[ArticleInfo], filters: Filters) -> list[ArticleInfo]:
    """Those that the filters let through, by the rules of the search (`rag.index.filters`)."""
    kept = list(infos)
    if filters.publishers:
        kept = [info for info in kept if info.publisher in filters.publishers]
    if filters.articles:
        kept = [info for info in kept if info.id in filters.articles]
    if filters.dates is not None:
        first, last = filters.dates.first, filters.dates.last
        kept = [
            info
            for info in kept
            if info.published.first
            and info.published.last >= first
            and info.published.first <= last
        ]
    return kept
