"""What a question demands of its evidence: the names, numbers and times that it speaks of.

A near-miss has most of the question's words and the wrong year, or the right year and
another person. So every demand must be met somewhere: a name in the passage or at least in
its article, a number in the passage, a time in the passage or in the article's date. What is
not met is reported with the word, so that a refusal can say what is missing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import DamerauLevenshtein

from rag.answer.regions import region
from rag.answer.surnames import told_by_surname
from rag.retrieve.names import names
from rag.retrieve.time import QuestionTimes, TimeExpression, parse_times
from rag.retrieve.words import akin, is_function, key, keys, tokens
from rag.types import ArticleInfo, DateRange, Passage


class Lack(StrEnum):
    """A demand that a passage does not meet."""

    AKIN = "akin"  # a country stands for its seat of government, or a surname for the whole name
    ELSEWHERE = "elsewhere"  # the name stands in the article, not in the passage
    NAME = "name"
    WORD = "word"  # a rare word without a capital: a name typed carelessly, or another word
    NUMBER = "number"
    TIME = "time"


# How much of a probability each leaves. Set on dev questions; docs/experiments.md has more.
LEFT = {
    Lack.AKIN: 0.9,
    Lack.ELSEWHERE: 0.85,
    Lack.NAME: 0.25,
    Lack.WORD: 0.8,
    Lack.NUMBER: 0.4,
    Lack.TIME: 0.25,
}

_SHORTEST_FUZZY = 5
# Capitals that name nothing: 'Western countries' are told one by one.
COMPASS = frozenset("western eastern northern southern".split())


@dataclass(frozen=True, kw_only=True, slots=True)
class Demands:
    """The names (as written, with their keys), numbers and times of one question."""

    names: tuple[tuple[str, frozenset[str]], ...]
    numbers: tuple[str, ...]
    times: tuple[DateRange, ...]
    words: tuple[str, ...] = ()  # without a capital, held by no article, and rare in English
    echoes: tuple[str, ...] = ()  # relative times as typed: an article may use the same words
    days: tuple[tuple[int, int | None], ...] = ()  # month and day where the year is not told


@dataclass(frozen=True, kw_only=True, slots=True)
class Met:
    """How a passage meets a question's demands: what it lacks, and the words that are missing."""

    lacks: tuple[Lack, ...]
    missing: tuple[str, ...]

    @property
    def factor(self) -> float:
        """What is left of a probability, in (0, 1]."""
        return math.prod(LEFT[lack] for lack in self.lacks)


def demands(
    question: str,
    times: QuestionTimes,
    frequencies: Mapping[str, int],
    ordinary: Collection[str],
    proper: Collection[str] = frozenset(),
) -> Demands:
    """Reads the demands of a question.

    ``frequencies`` counts passages by word; a word that none holds, and that is no
    ``ordinary`` English word, may be a name typed without its capital. ``proper`` are keys
    of words that the passages found write with a capital alone: such a word is a name.
    """
    taken = [(t.start, t.end) for t in times.expressions]
    if wanted := region(question):
        taken.append(wanted.span("region"))
    found: list[tuple[str, frozenset[str]]] = []
    for start, end in _named(question):
        if _inside(start, end, taken):
            continue
        if question[start:end].lower() in COMPASS:
            continue
        held = frozenset(t.key for t in tokens(question[start:end]) if not is_function(t.text))
        if held:
            found.append((question[start:end], held))
    known = frozenset().union(*(k for _, k in found)) if found else frozenset()
    rare = []
    for token in tokens(question):
        lower = token.text.lower()
        if token.key in proper and token.key not in known and not is_function(lower):
            if not _inside(token.start, token.end, taken):
                found.append((token.text, frozenset({token.key})))
        elif (
            token.key not in known
            and lower.isalpha()
            and len(lower) > 3
            and not is_function(lower)
            and frequencies.get(token.text, 1) == 0
            and lower not in ordinary
        ):
            rare.append(token.text)
    numbers = tuple(
        t.text
        for t in tokens(question)
        if t.text[0].isdigit() and not _inside(t.start, t.end, taken)
    )
    days = tuple(
        (e.month, e.day) for e in times.expressions if not e.resolved and e.month is not None
    )
    echoes = tuple(e.text.lower() for e in times.expressions if e.relative)
    return Demands(
        names=tuple(found),
        numbers=numbers,
        times=times.asked,
        words=tuple(rare),
        echoes=echoes,
        days=days,
    )


def meet(
    wanted: Demands,
    passage: Passage,
    article: ArticleInfo,
    article_keys: Callable[[], frozenset[str]],
) -> Met:
    """Weighs one passage against the demands. ``article_keys`` is only called where needed."""
    lacks: list[Lack] = []
    missing: list[str] = []
    here = keys(passage.text) | keys(passage.header)
    for name, name_keys in wanted.names:
        lack = _named_here(name_keys, here, article_keys)
        if lack in (Lack.ELSEWHERE, Lack.NAME) and told_by_surname(name, passage.text):
            lack = Lack.AKIN
        if lack is not None:
            lacks.append(lack)
        if lack is Lack.NAME:
            missing.append(name)
    absent = [word for word in wanted.words if not _holds(here, frozenset({key(word)}))]
    if absent:
        lacks.append(Lack.WORD)
        missing.extend(absent)
    for number in wanted.numbers:
        if key(number) not in here:
            lacks.append(Lack.NUMBER)
            missing.append(number)
    echoed = any(words in passage.text.lower() for words in wanted.echoes)
    if wanted.times and not echoed and not _in_time(wanted.times, passage, article):
        lacks.append(Lack.TIME)
    if wanted.days and not _on_days(wanted.days, passage, article):
        lacks.append(Lack.TIME)
    return Met(lacks=tuple(lacks), missing=tuple(missing))


def names_it(text: str, wanted: AbstractSet[str]) -> bool:
    """Whether a text has a name, an alias of it, or the seat of government that stands for it."""
    here = keys(text)
    return _holds(here, wanted) or bool(akin(wanted) & here)


def _named(question: str) -> list[tuple[int, int]]:
    """Capitalised runs; the question's first word only where it is no question word."""
    if question.isupper():
        return []
    spans = names(question)
    first = re.match(r"\s*([^\W\d_][\w.'’-]*)", question)
    if first and first.group(1)[0].isupper() and not any(a <= first.start(1) for a, _ in spans):
        word = first.group(1)
        # 'Kerry met whom?': a name can lead; 'Describe …' is ruled out by the word list.
        if word[1:].islower() and not is_function(word) and not word.endswith(("ed", "ing")):
            return spans
    return spans


def _named_here(
    wanted: frozenset[str], here: set[str], article_keys: Callable[[], frozenset[str]]
) -> Lack | None:
    """How far a name is from standing in the passage; None where it does."""
    if _holds(here, wanted):
        return None
    if akin(wanted) & here:
        return Lack.AKIN
    article = article_keys()
    if _holds(article, wanted) or akin(wanted) & article:
        return Lack.ELSEWHERE
    return Lack.NAME


def _holds(held: Collection[str], wanted: AbstractSet[str]) -> bool:
    """Whether each key of a name is held, as it is, by an alias, or one letter off."""
    return all(k in held or _near(k, held) for k in wanted)


def _near(wanted: str, held: Collection[str]) -> bool:
    if len(wanted) < _SHORTEST_FUZZY:
        return False
    return any(
        abs(len(k) - len(wanted)) <= 1
        and k[:1] == wanted[:1]
        and DamerauLevenshtein.distance(k, wanted, score_cutoff=1) <= 1
        for k in held
    )


def _in_time(wanted: tuple[DateRange, ...], passage: Passage, article: ArticleInfo) -> bool:
    published = article.published
    if published.first and any(_overlap(w, published.first, published.last) for w in wanted):
        return True
    told: list[TimeExpression] = parse_times(passage.text, published)
    if any(t.first and _overlap(w, t.first, t.last) for t in told for w in wanted):
        return True
    # An article without a date may be of any: only what it tells itself can speak against it.
    return not published.first and not any(t.first for t in told)


def _on_days(
    wanted: tuple[tuple[int, int | None], ...], passage: Passage, article: ArticleInfo
) -> bool:
    """Whether any of these days of the year is told, or is the day that the article appeared."""
    told = [(t.month, t.day) for t in parse_times(passage.text, article.published)]
    told.append((article.published.month, article.published.day))
    return any(
        month == m and (day is None or d is None or day == d)
        for month, day in wanted
        for m, d in told
    )


def _overlap(wanted: DateRange, first: int, last: int) -> bool:
    return first <= wanted.last and last >= wanted.first


def _inside(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(a < end and start < b for a, b in spans)
