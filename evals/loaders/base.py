"""What the loaders share: reading, splitting by article, typing an answer, writing a suite."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evals.case import Case, Gold
from evals.cases import as_row
from evals.facts import Fact, FactError, FactType, check_value

_DEV_SHARE = 115  # of 256: about 45% of the articles
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]?[A-Z0-9])|\n+")
_YEAR_OR_MONTH = re.compile(
    r"\b(?:1[5-9]|20)\d\d\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Outside:
    """Cases, and the articles that they are about; no articles where the set brings none."""

    cases: tuple[Case, ...]
    articles: tuple[dict[str, str], ...] = ()

    def thinned(self, most: int | None) -> Outside:
        """At most so many cases, evenly spread; all articles stay, for they are the haystack."""
        if most is None or len(self.cases) <= most:
            return self
        kept = tuple(self.cases[at * len(self.cases) // most] for at in range(most))
        return replace(self, cases=kept)

    def write(self, folder: Path) -> list[Path]:
        """Writes ``cases.jsonl`` and, where there are articles, ``articles.jsonl``."""
        folder.mkdir(parents=True, exist_ok=True)
        tables: dict[str, Sequence[dict[str, Any]]] = {
            "cases.jsonl": [as_row(case) for case in self.cases],
            "articles.jsonl": self.articles,
        }
        written = []
        for name, rows in tables.items():
            if rows:
                lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
                (folder / name).write_text("".join(lines), encoding="utf-8")
                written.append(folder / name)
        return written


def read_text(path: Path) -> str:
    """A text file, unpacked where its name ends in .gz."""
    raw = path.read_bytes()
    return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a .jsonl file."""
    for line in read_text(path).splitlines():
        if line.strip():
            yield json.loads(line)


def split_of(article: str) -> str:
    """The side that all questions about an article stand on, by a hash of its name."""
    return "dev" if hashlib.sha256(article.encode()).digest()[0] < _DEV_SHARE else "test"


def identity(prefix: str, *parts: str) -> str:
    """A case id that is the same for the same question, with one wording a group."""
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
    return f"{prefix}-{digest}.1"


def typed_fact(golds: Sequence[str]) -> Fact:
    """A fact whose type is read off the golds: a date, a number, a name, else words.

    All golds must be of the type; the order of trying is from the strictest on.
    """
    unique = list(dict.fromkeys(gold.strip() for gold in golds if gold.strip()))
    for kind in (FactType.DATE, FactType.NUMBER, FactType.NAME, FactType.TEXT):
        if all(_is(kind, gold) for gold in unique):
            return Fact(type=kind, value=unique[0], aliases=tuple(unique[1:]))
    raise ValueError(f"no gold of {list(golds)!r} holds a word")


def typed_facts(golds: Sequence[str]) -> tuple[Fact, ...]:
    """One fact, or none where no gold holds a word."""
    try:
        return (typed_fact(golds),)
    except ValueError:
        return ()


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence that holds a place of a text, or the sentences where it spans several."""
    cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    first = max(cut for cut in cuts if cut <= start)
    last = min((cut for cut in cuts if cut >= end), default=len(text))
    return text[first:last].strip()


def named(prefix: str, text: str) -> str:
    """An article's name by its words, the same where only the spaces differ."""
    return f"{prefix}-{hashlib.sha256(' '.join(text.split()).encode()).hexdigest()[:12]}"


def gold(article: str, quote: str = "") -> tuple[tuple[Gold, ...], ...]:
    """One group with one place."""
    return ((Gold(article=article, quote=quote),),)


def _is(kind: FactType, value: str) -> bool:
    if kind is FactType.DATE and not _YEAR_OR_MONTH.search(value):
        return False
    if kind is FactType.NAME and not (value[0].isupper() and len(value.split()) <= 4):
        return False
    if kind is FactType.NUMBER and len(value.split()) > 2:
        return False  # '28 member states': words that a right answer has to say
    try:
        check_value(kind, value)
    except FactError:
        return False
    return True
