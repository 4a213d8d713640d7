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
from functools import cache, lru_cache
from importlib import resources

_SENTENCES = re.compile(r"[.!?][\"'”’)]*\s+[\"'“‘(]?[A-Z]")
_CLOCK = re.compile(
    r"^\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?\s*(?:\(?(?:GMT|UTC|[A-Z]{2,4}T)\)?"
    r"(?:[+-]\d{1,2}(?::?\d{2})?)?)?(?P<rest>.{0,40})$",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"^[\s,|-]*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|(?:mon|tue|wed|thu|fri|sat|"
    r"sun)\b)?[\s,|-]*"
    r"(?:\d{1,2}[a-z]{0,2}[\s/.-]*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d\d)|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d|$)",
    re.IGNORECASE,
)
_ABOUT = frozenset(
    "the this that these those us our his her their its a an how what why when where who".split()
)
_LONGEST_PHRASE = 70  # characters of a line that is compared as a phrase
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


_WHOLE = (Furniture.LEGAL, Furniture.CAPTION)  # these may run over several sentences


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
    data = tomllib.loads(
        resources.files("rag.articles").joinpath("data/furniture.toml").read_text("utf-8")
    )
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


@lru_cache(maxsize=1 << 14)
def kind_of(line: str) -> Furniture | None:
    """What the wording of a line gives it away as, or None."""
    if len(line) > _LONGEST:
        return None
    known = wordings()
    if len(line) <= _LONGEST_PHRASE:
        phrase = bare(line)
        if phrase in known.exact:
            return known.exact[phrase]
        if is_clock(line):
            return Furniture.CLOCK
        if not phrase:
            return None if any(map(str.isdigit, line)) else Furniture.NAV
        if _ends_in_section(phrase):
            return Furniture.END
        words = phrase.split()
        if 2 <= len(words) <= 8 and all(known.exact.get(word) is Furniture.NAV for word in words):
            return Furniture.NAV  # 'Home About Archive Contact'
    for kind, pattern in known.patterns:
        if pattern.match(line) and (kind in _WHOLE or len(line) < 130 or _sole(line)):
            return kind
    return None


def _sole(line: str) -> bool:
    """Whether a line is one sentence at most."""
    return not _SENTENCES.search(line)


def is_clock(line: str) -> bool:
    """Whether a line is a time of day, as a page's clock shows it."""
    match = _CLOCK.match(line)
    return match is not None and _DAY.match(match["rest"]) is not None


def bare(line: str) -> str:
    """A line without case, bullets, counts and surrounding punctuation."""
    phrase = line.casefold().replace("’", "'")
    first, last = 0, len(phrase)
    while first < last and not phrase[first].isalpha():
        first += 1
    while first < last and not phrase[last - 1].isalpha():
        last -= 1
    phrase = phrase[first:last]
    return (
        phrase[:-1].rstrip("0123456789,.([ ")
        if phrase.endswith("k") and len(phrase) > 2 and phrase[-2].isdigit()
        else phrase
    )


def _ends_in_section(phrase: str) -> bool:
    """'DW recommends', 'More from Reuters', 'Related: Iraq': heads of lists of stories."""
    words = phrase.split()
    return (
        (len(words) <= 3 and words[-1] in {"recommends", "recommended"})
        or (len(words) in (2, 3, 4) and words[0] == "about" and words[1] not in _ABOUT)
        or (
            len(words) <= 5
            and phrase.startswith(
                ("more from ", "latest from ", "related to ", "more in ", "read more on ")
            )
        )
        or (
            len(words) <= 4
            and phrase.startswith(("latest ", "most "))
            and words[-1] in {"stories", "news", "articles", "posts", "videos"}
        )
    )


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
