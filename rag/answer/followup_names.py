"""What a name is the name of, as far as general knowledge tells: ``names.toml``.

`sort_of` gives person, group, place or work, and `gender_of` he or she, from given names,
titles and kinds of bodies. What the lists do not know stays unknown and may be anything.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from rag.retrieve.words import countries


class Sort(StrEnum):
    """What kind of thing a mention stands for."""

    PERSON = "person"
    GROUP = "group"
    PLACE = "place"
    WORK = "work"
    THING = "thing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """A name or noun phrase. ``words`` are comparable keys, titles left out."""

    text: str
    words: tuple[str, ...]
    sort: Sort
    gender: str | None
    plural: bool
    named: bool
    start: int
    score: float = 0.0
    the: bool = False  # stands behind 'the'

    @property
    def shown(self) -> str:
        """The mention as it can stand in a sentence by itself."""
        if not self.named and not re.match(r"(?:the|an?)\b", self.text, re.IGNORECASE):
            return f"the {self.text}"
        return f"the {self.text}" if self.the and self.named else self.text


@cache
def _lists() -> dict[str, frozenset[str]]:
    table = tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))
    return {name: frozenset(words.split()) for name, words in table.items()}


def is_title(word: str) -> bool:
    """Whether a word stands before names: 'Mr', 'President', 'Secretary'."""
    lists, lower = _lists(), word.lower().rstrip(".")
    return any(lower in lists[name] for name in ("title_he", "title_she", "title_any"))


def is_given(word: str) -> bool:
    """Whether a word is a common given name."""
    lists, lower = _lists(), word.lower()
    return lower in lists["he"] or lower in lists["she"]


def is_place(word: str) -> bool:
    """Whether a word is a well-known place or a kind of one."""
    return word.lower() in _lists()["place"]


def gender_of(words: Sequence[str]) -> str | None:
    """'he' or 'she' where a title or the given name tells; None where neither or both do."""
    lists = _lists()
    lowered = [w.lower().rstrip(".") for w in words]
    for word in lowered:
        if word in lists["title_he"]:
            return "he"
        if word in lists["title_she"]:
            return "she"
    given = next((w for w in lowered if not is_title(w)), None)
    if given is None:
        return None
    he, she = given in lists["he"], given in lists["she"]
    if he == she:
        return None
    return "he" if he else "she"


def sort_of(words: Sequence[str]) -> Sort:
    """Person, group, place, work, or unknown, for the words of one name."""
    lists = _lists()
    lowered = [w.lower().rstrip(".") for w in words]
    if not lowered:
        return Sort.UNKNOWN
    known = _common(lowered)
    if known is not Sort.UNKNOWN:
        return known
    if len(words) == 1 and re.fullmatch(r"(?:[A-Z]\.?){2,6}s?", words[0]):
        return Sort.GROUP
    given = lowered[0] in lists["he"] or lowered[0] in lists["she"]
    return Sort.PERSON if given else Sort.UNKNOWN


# An office inside a name, and one or two words of a person behind it.
_INNER_OFFICE = re.compile(
    r"\S (?:secretary|director|attorney)[ -]general (?:\S+ )?\S+$"
    r"|\S (?:prime|foreign|finance|interior|defen[cs]e) minister (?:\S+ )?\S+$"
    r"|\S (?:president|chancellor|premier|ambassador|chairman|chairwoman|spokesman|spokeswoman) "
    r"(?:\S+ )?\S+$"
)


def _common(lowered: Sequence[str]) -> Sort:
    """What the common nouns in a name tell: 'Council', 'Province', 'Treaty'."""
    lists, first, last = _lists(), lowered[0], lowered[-1]
    if len(lowered) > 1 and is_title(first) and last not in lists["group"]:
        return Sort.PERSON
    if _INNER_OFFICE.search(" ".join(lowered)) and last not in lists["group"] | lists["work"]:
        return Sort.PERSON  # 'NATO Secretary General Weller'
    if any(w in lists["group"] for w in lowered):
        return Sort.GROUP
    if last in lists["work"] or first in lists["work"]:
        return Sort.WORK
    given = first in lists["he"] or first in lists["she"]
    if (last in lists["place"] and not given) or first in ("lake", "mount", "fort", "port", "cape"):
        return Sort.PLACE
    if first == "the":
        return Sort.GROUP if last.endswith("s") else Sort.THING
    return Sort.UNKNOWN


def is_plural_noun(word: str) -> bool:
    """Whether the last word of a phrase looks plural; irregular plurals of people included."""
    lower = word.lower()
    if lower in ("people", "men", "women", "children", "police", "troops", "media", "data"):
        return True
    if word[:1].isupper() and lower.endswith("is"):
        return bool(countries(word[:-1]))  # Iraqis, Saudis
    return len(lower) > 3 and lower.endswith("s") and not lower.endswith(("ss", "us", "is", "ics"))


OPENERS = _lists()["opener"]
VERBS = _lists()["verb"]
INNER = _lists()["inner"]
