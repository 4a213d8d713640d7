"""Pages with gold article text, as a naive scraper would see them, and how texts are compared.

Reads the article-extraction-benchmark's layout: ``html/<id>.html.gz`` and
``ground_truth.json.gz`` ({id: {"articleBody", "url"}}). The ids are hashes, so their parity
splits the pages by chance: even ids are dev (rules and weights may be tuned on them), odd
ids are test (only reported).
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

_TOKEN = re.compile(r"\w+")
_BLOCKS = frozenset(
    "address article aside blockquote body br button caption dd div dl dt fieldset figcaption "
    "figure footer form h1 h2 "
    "h3 h4 h5 h6 header hr html label li main nav ol option p pre section select table tbody "
    "td tfoot th thead tr ul".split()
)
_APART = frozenset("p h1 h2 ul ol section article".split())
_UNSEEN = frozenset(
    "script style noscript template svg iframe object math audio video canvas head".split()
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One page: its HTML, its address and the article text that people marked in it."""

    id: str
    html: str
    gold: str
    url: str

    @property
    def split(self) -> str:
        """``dev`` or ``test``, by the parity of the id."""
        return "dev" if int(self.id[:8], 16) % 2 == 0 else "test"


def load_pages(folder: Path) -> Iterator[Page]:
    """Every page of the benchmark, by id."""
    with gzip.open(folder / "ground_truth.json.gz", "rt", encoding="utf-8") as stream:
        gold = json.load(stream)
    for name in sorted(gold):
        data = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        yield Page(
            id=name,
            html=data.decode("utf-8", "replace"),
            gold=gold[name]["articleBody"],
            url=gold[name]["url"],
        )


def visible_text(page: str) -> str:
    """All text that a page shows, menus and footers included, under the page's title."""
    reader = _Visible()
    reader.feed(page)
    reader.close()
    lines = (line.strip() for line in "".join([*reader.title, "\n", *reader.parts]).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Visible(HTMLParser):
    """Gathers what is shown, each block on a line of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.title: list[str] = []
        self.parts: list[str] = []
        self._unseen: list[str] = []
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Enter an element; ``body`` ends whatever was left open in the head."""
        del attrs
        if tag == "body":
            self._unseen.clear()
        self._in_title = tag == "title" and not self.title
        if tag in _UNSEEN:
            self._unseen.append(tag)
        elif tag in _BLOCKS and not self._unseen:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Leave an element and all that was left open inside it."""
        self._in_title = False
        if tag in self._unseen:
            del self._unseen[self._unseen.index(tag) :]
        elif tag in _BLOCKS and not self._unseen:
            self.parts.append("\n\n" if tag in _APART else "\n")

    def handle_data(self, data: str) -> None:
        """Text: of the title, or shown."""
        if self._in_title:
            self.title.append(data)
        elif not self._unseen:
            self.parts.append(re.sub(r"\s+", " ", data))


def overlap(found: str, gold: str, size: int = 1) -> tuple[float, float]:
    """Precision and recall over token n-grams as multisets; both 0 where either text is empty."""
    have, want = _grams(found, size), _grams(gold, size)
    common = sum((have & want).values())
    return common / max(1, sum(have.values())), common / max(1, sum(want.values()))


def f1(precision: float, recall: float) -> float:
    """Their harmonic mean, 0 when both are."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _grams(text: str, size: int) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text)
    if not tokens:
        return Counter()
    return Counter(tuple(tokens[i : i + size]) for i in range(max(1, len(tokens) - size + 1)))
