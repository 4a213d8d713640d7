"""A passage as evidence: what its words, quotations, dates, numbers and names bear out.

One `Source` per passage of a prompt; everything is read once, when first needed. The
article's date counts as told, and so do its title and publisher, which stand in the header.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from rapidfuzz.distance import DamerauLevenshtein

from rag.answer.judge import Judged
from rag.answer.writing.numbers import Number, in_digits, numbers
from rag.retrieve.names import names
from rag.retrieve.time import Grain, TimeExpression, parse_times
from rag.retrieve.words import expand, keys, tokens
from rag.types import PublishedDate, Span

_QUOTES = str.maketrans(
    dict.fromkeys("“”„‟«»″＂", '"') | dict.fromkeys("‘’‚‛ʼ′`´", "'") | dict.fromkeys("‐‑‒–—−", "-")
)
# What turns a country's name into its people's.
_DEMONYM = re.compile(r"(?:n|i|s|an|is|ns|ian|ish|ese|ans|ians|er|ers)")
_FUZZY = 5


@lru_cache(maxsize=256)
def times_of(text: str, published: PublishedDate) -> tuple[TimeExpression, ...]:
    """The dates of a text, read against a day of publication; a sentence is read often."""
    return tuple(parse_times(text, published))


def folded(text: str) -> str:
    """Text as quotations are compared: one kind of quote, dash and space, in lower case."""
    text = unicodedata.normalize("NFKC", text).translate(_QUOTES).replace("''", '"')
    return " ".join(re.sub(r"-{2,}", "-", text).casefold().split())


@dataclass(frozen=True, kw_only=True)
class Source:
    """One passage under the id by which the prompt offered it. Not slotted: it caches."""

    id: str
    judged: Judged

    @property
    def text(self) -> str:
        """The passage, verbatim."""
        return self.judged.candidate.passage.text

    @property
    def published(self) -> PublishedDate:
        """When its article appeared."""
        return self.judged.candidate.article.published

    @cached_property
    def folded(self) -> str:
        """Its words for quotations; the header's follow."""
        article = self.judged.candidate.article
        return f"{folded(self.text)}\n{folded(article.title)}"

    @cached_property
    def _in_digits(self) -> str:
        return in_digits(self.folded)

    @cached_property
    def keys(self) -> frozenset[str]:
        """Keys of its words and of the header's, with their aliases."""
        candidate = self.judged.candidate
        told = (self.text, candidate.passage.header, candidate.passage.author or "")
        named = (candidate.article.publisher or "", candidate.article.author or "")
        return frozenset().union(*(keys(one) for one in (*told, *named)))

    @cached_property
    def times(self) -> tuple[TimeExpression, ...]:
        """The dates that it tells, relative ones counted from its article's date."""
        return tuple(parse_times(self.text, self.published))

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """Its numbers, those of dates left out."""
        return tuple(numbers(self.text, [(t.start, t.end) for t in self.times]))

    @cached_property
    def digits(self) -> frozenset[str]:
        """All runs of digits, those of dates too, and the day, month and year of its date."""
        date = self.published
        own = [str(part) for part in (date.year, date.month, date.day) if part is not None]
        return frozenset(part.lstrip("0") or "0" for part in re.findall(r"\d+", self.text)) | {*own}

    @cached_property
    def name_ends(self) -> tuple[frozenset[str], frozenset[tuple[str, str]], frozenset[str]]:
        """First words, neighbours and last words of its names of several words, as keys."""
        runs = [name_keys(self.text[a:b]) for a, b in names(self.text)]
        runs = [run for run in runs if len(run) > 1]
        pairs = frozenset(pair for run in runs for pair in pairwise(run))
        return frozenset(r[0] for r in runs), pairs, frozenset(r[-1] for r in runs)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Its sentences, as spans of its own text."""
        passage = self.judged.candidate.passage
        return tuple((a - passage.start, b - passage.start) for a, b in passage.sentences)

    def holds_key(self, key: str) -> bool:
        """Whether a word stands here, or an alias, a people's name, or a near spelling."""
        return holds(self.keys, key)

    def tells_number(self, number: Number, *, ordinal_of_day: bool) -> bool:
        """Whether a number stands here; 'the 24th' may be the day of a date."""
        if any(number.agrees(other) for other in self.numbers):
            return True
        if not ordinal_of_day:
            return False
        days = {t.day for t in self.times} | {self.published.day}
        return any(reading in days for reading in number.readings)

    def tells_time(self, said: TimeExpression, *, published: bool = True) -> bool:
        """Whether a date, read against this article's date, is told here or is that date.

        Without ``published`` the article's own date does not count.
        """
        words = re.escape(in_digits(folded(said.text)))
        if re.search(rf"(?<!\w){words}(?!\w)", self._in_digits):
            return True
        own = self.published if published else PublishedDate()
        if said.resolved and own.first and said.first <= own.first and own.last <= said.last:
            return True
        return any(same_time(said, told) for told in self.times) or self._bounds(said)

    def _bounds(self, said: TimeExpression) -> bool:
        """A run of days whose two ends are both told."""
        if said.grain is not Grain.RANGE or not said.resolved:
            return False
        ends = {t.first for t in self.times}, {t.last for t in self.times}
        return said.first in ends[0] and said.last in ends[1]


def same_time(said: TimeExpression, told: TimeExpression) -> bool:
    """Whether one date bears out another: the same days, or days inside a coarser saying."""
    if said.resolved and told.resolved:
        if said.grain is Grain.RANGE:
            return (said.first, said.last) == (told.first, told.last)
        return said.first <= told.first and told.last <= said.last
    return (
        said.month is not None
        and said.month == told.month
        and (said.day is None or said.day == told.day)
    )


def holds(held: frozenset[str], key: str) -> bool:
    """Whether keys hold a name's key, its alias, its people's name or a near spelling."""
    if key in held or expand([key]) & held:
        return True
    return any(_kin(key, other) for other in held)


def _kin(one: str, two: str) -> bool:
    if one[:2] != two[:2] or not (one.isalpha() and two.isalpha()):
        return False
    short, long = sorted((one, two), key=len)
    if len(short) >= 4 and long.startswith(short) and _DEMONYM.fullmatch(long[len(short) :]):
        return True
    return (
        len(short) >= _FUZZY
        and len(long) - len(short) <= 1
        and DamerauLevenshtein.distance(one, two, score_cutoff=1) <= 1
    )


def name_keys(text: str) -> list[str]:
    """Keys of the words of a name, in order."""
    return [t.key for t in tokens(text)]
