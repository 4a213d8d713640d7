"""What a question demands of its evidence: the names, numbers and times that it speaks of.

A near-miss has most of the question's words and the wrong year, or the right year and
another person. So every demand must be met somewhere: a name in the passage or at least in
its article, a number in the passage, a time in the passage or in the article's date. What is
not met is reported with the word, so that a refusal can say what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from rag.retrieve.names import names
from rag.retrieve.time import QuestionTimes, TimeExpression, parse_times
from rag.retrieve.words import akin, is_function, key, keys, tokens
from rag.types import ArticleInfo, DateRange, Passage

# How much of a probability is left for each kind of demand that nothing meets. Set on the
# dev questions; docs/experiments.md has the sweep.
NAME_ABSENT = 0.25
NAME_AKIN = 0.9  # a country for its seat of government, or the reverse
WORD_ABSENT = 0.6  # a rare word without a capital: a name typed carelessly, or another word
NAME_ELSEWHERE = 0.85
NUMBER_ABSENT = 0.4
TIME_ABSENT = 0.25

_SHORTEST_FUZZY = 5


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
    """How a passage meets a question's demands: a factor in (0, 1], and what is missing."""

    factor: float
    missing: tuple[str, ...]


def demands(
    question: str,
    times: QuestionTimes,
    frequencies: Mapping[str, int],
    ordinary: Collection[str],
) -> Demands:
    """Reads the demands of a question.

    ``frequencies`` counts passages by word; a word that none holds, and that is no
    ``ordinary`` English word, may be a name typed without its capital.
    """
    taken = [(t.start, t.end) for t in times.expressions]
    found: list[tuple[str, frozenset[str]]] = []
    for start, end in _named(question):
        if _inside(start, end, taken):
            continue
        held = frozenset(t.key for t in tokens(question[start:end]) if not is_function(t.text))
        if held:
            found.append((question[start:end], held))
    known = frozenset().union(*(k for _, k in found)) if found else frozenset()
    rare = []
    for token in tokens(question):
        lower = token.text.lower()
        if (
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
    factor = 1.0
    missing: list[str] = []
    here = keys(passage.text) | keys(passage.header)
    for name, name_keys in wanted.names:
        left = _named_here(name_keys, here, article_keys)
        factor *= left
        if left == NAME_ABSENT:
            missing.append(name)
    lacking = [word for word in wanted.words if not _holds(here, frozenset({key(word)}))]
    if lacking:
        factor *= WORD_ABSENT
        missing.extend(lacking)
    for number in wanted.numbers:
        if key(number) not in here:
            factor *= NUMBER_ABSENT
            missing.append(number)
    echoed = any(words in passage.text.lower() for words in wanted.echoes)
    if wanted.times and not echoed and not _in_time(wanted.times, passage, article):
        factor *= TIME_ABSENT
    if wanted.days and not _on_days(wanted.days, passage, article):
        factor *= TIME_ABSENT
    return Met(factor=factor, missing=tuple(missing))


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
) -> float:
    """What is left of a probability by where the name stands: here, in its article, nowhere."""
    if _holds(here, wanted):
        return 1.0
    if akin(wanted) & here:
        return NAME_AKIN
    article = article_keys()
    if _holds(article, wanted) or akin(wanted) & article:
        return NAME_ELSEWHERE
    return NAME_ABSENT


def _holds(held: Collection[str], wanted: frozenset[str]) -> bool:
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
