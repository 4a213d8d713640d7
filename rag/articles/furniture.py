"""Tells the furniture of a web page from its article, one line at a time.

``kind_of(line)`` names what a line is when its wording alone gives it away: a button, a
link to another story, the clock of the page, an agency credit, a caption's credit, a legal
notice, the head of a list of other stories. A line that says nothing of the kind is None,
and what it is must be judged from its neighbours. The wordings are data:
``data/furniture.toml``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from importlib import resources

_STRIP = re.compile(r"^[\W\d_]+|[\W_]+$")
_COUNT = re.compile(r"[\s(\[]*\d[\d,.]*[\s)\]]*k?$")
_SENTENCES = re.compile(r"[.!?][\"'”’)]*\s+[\"'“‘(]?[A-Z]")
_CLOCK = re.compile(
    r"^(?:updated )?\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:\(?(?:GMT|UTC|[A-Z]{2,4}T)\)?"
    r"(?:[+-]\d{1,2}(?::?\d{2})?)?)?[\s,|-]*(?:\w+[,.]? ?){0,2}\d{0,2}.{0,24}$",
    re.IGNORECASE,
)
_LONGEST = 400  # characters: no line of furniture that is told by its wording is longer


class Furniture(Enum):
    """What a line is when it is not the article."""

    NAV = auto()
    LINK = auto()  # a link to another story, inside or after the article
    CLOCK = auto()  # a time of day, with or without a date
    CREDIT = auto()  # agencies and colleagues
    CAPTION = auto()  # the credit of a picture
    LEGAL = auto()
    END = auto()  # the article is over
    COMMENTS = auto()  # readers' comments begin


@dataclass(frozen=True, kw_only=True, slots=True)
class Wordings:
    """The compiled content of ``data/furniture.toml``."""

    exact: dict[str, Furniture]
    comment_buttons: frozenset[str]
    patterns: tuple[tuple[Furniture, re.Pattern[str]], ...]
    about_outlet: re.Pattern[str]
    promise: re.Pattern[str]
    promo: re.Pattern[str]


@cache
def wordings() -> Wordings:
    """The wordings, read once."""
    data = tomllib.loads(resources.files("rag.articles").joinpath("data/furniture.toml").read_text("utf-8"))
    exact = {bare(phrase): Furniture.NAV for phrase in data["nav"]}
    exact |= {bare(phrase): Furniture.END for phrase in data["end"]}
    exact |= {bare(phrase): Furniture.COMMENTS for phrase in data["comments"]}
    return Wordings(
        exact=exact,
        comment_buttons=frozenset(data["comment_buttons"]),
        patterns=tuple(
            (kind, _any(data[key]))
            for kind, key in (
                (Furniture.LINK, "link_lines"),
                (Furniture.CREDIT, "credits"),
                (Furniture.CAPTION, "captions"),
                (Furniture.LEGAL, "legal"),
            )
        ),
        about_outlet=_any(data["about_outlet"]),
        promise=_any(data["promise"]),
        promo=_any(data["promise"] + data["promo"]),
    )


def kind_of(line: str) -> Furniture | None:
    """What the wording of a line gives it away as, or None."""
    if len(line) > _LONGEST:
        return None
    known = wordings()
    phrase = bare(line)
    if not phrase:
        return Furniture.CLOCK if is_clock(line) else Furniture.NAV
    if phrase in known.exact:
        return known.exact[phrase]
    if len(phrase) < 60 and _ends_in_section(phrase):
        return Furniture.END
    if len(line) < 60 and is_clock(line):
        return Furniture.CLOCK
    one_sentence = not _SENTENCES.search(line)
    for kind, pattern in known.patterns:
        if pattern.match(line) and (one_sentence or kind is Furniture.LEGAL):
            return kind
    return None


def is_clock(line: str) -> bool:
    """Whether a line is a time of day, as a page's clock shows it."""
    return bool(_CLOCK.match(line)) and len(line.split()) <= 8


def bare(line: str) -> str:
    """A line without case, bullets, counts and surrounding punctuation."""
    phrase = _STRIP.sub("", line.casefold().replace("’", "'"))
    return _STRIP.sub("", _COUNT.sub("", phrase))


def _ends_in_section(phrase: str) -> bool:
    """'DW recommends', 'More from Reuters', 'Related: Iraq': heads of lists of stories."""
    words = phrase.split()
    return (
        len(words) <= 3 and words[-1] in {"recommends", "recommended"}
        or len(words) <= 5 and phrase.startswith(("more from ", "latest from ", "related to ", "more in ", "read more on "))
        or len(words) <= 4 and phrase.startswith(("latest ", "most ")) and words[-1] in {"stories", "news", "articles", "posts", "videos"}
    )


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
