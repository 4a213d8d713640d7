"""Makes near misses: pairs in which nearly everything is right and nothing answers.

``retrieved`` takes a passage that looks like an answer to BM25; ``removed`` takes the
answer's sentence out of the passage; ``swapped`` puts another name, number or year into the
question. The last two teach what matters most to a person: right subject, wrong year.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from rag.models.reader_training.disguise import sentences
from rag.models.reader_training.lexical import Bm25
from rag.models.reader_training.pairs import Pair

_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_NUMBER = re.compile(r"\b\d{1,3}(?:,\d{3})*(?:\.\d+)?\b")
_MONTH = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
_NAME = re.compile(r"\b[A-Z][a-z]+(?:[ -][A-Z][a-z]+)*\b")
_SMALL = frozenset(
    "The A An In On At By For And But Or If When Where Who What Which Why How It He She They "
    "This That These Those Their His Her Its As After Before During Since From To With Some Many "
    "Most Other Also However While Although There I You We My Is Was Are Were Do Does Did".split()
)
_TYPES = (("year", _YEAR), ("month", _MONTH), ("number", _NUMBER), ("name", _NAME))
_MANY = 400  # values of one type from which a few are drawn
_OPENING = re.compile(r"^\W*\w+")


class Pool:
    """The typed values of each article, to swap in."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        values: dict[tuple[str, str], set[str]] = defaultdict(set)
        for title, text in texts:
            for kind, value, _, _ in typed(text):
                values[title, kind].add(value)
        self._values = {key: sorted(found) for key, found in values.items()}

    def others(self, title: str, kind: str, value: str, rng: random.Random) -> list[str]:
        """Values of the same type and article that are not this one nor a part of it.

        Of many a few are drawn, for one of them is all that is wanted.
        """
        known = self._values.get((title, kind), [])
        if len(known) > _MANY:
            known = sorted(rng.sample(known, _MANY))
        near = len(value.split())
        return [
            v
            for v in known
            if v not in value
            and value not in v
            and (kind != "name" or abs(len(v.split()) - near) < 2)
        ]


def typed(text: str) -> list[tuple[str, str, int, int]]:
    """Years, months, numbers and names of a text, with their place; no two overlap."""
    found: list[tuple[str, str, int, int]] = []
    for kind, pattern in _TYPES:
        for match in pattern.finditer(text):
            value = match.group()
            if kind == "name" and (value in _SMALL or value.split()[0] in _SMALL):
                continue
            if any(match.start() < b and match.end() > a for _, _, a, b in found):
                continue
            found.append((kind, value, match.start(), match.end()))
    return sorted(found, key=lambda f: f[2])


def swapped(pair: Pair, pool: Pool, rng: random.Random) -> Pair | None:
    """The question with one value of its own, found in the text too, turned into another."""
    opening = _OPENING.match(pair.question)
    first = opening.end() if opening else 0
    mine = [t for t in typed(pair.question) if t[2] >= first and t[1] in pair.text]
    if not mine:
        return None
    kind, value, start, end = rng.choice(mine)
    others = pool.others(pair.title, kind, value, rng)
    absent = [v for v in others if v not in pair.text]
    if (kind in ("year", "number") and rng.random() < 0.5) or not others:
        other = _another_number(kind, value, rng)
    else:
        other = rng.choice(absent if absent and rng.random() < 0.7 else others)
    if not other or other == value:
        return None
    question = pair.question[:start] + other + pair.question[end:]
    return pair.with_(
        id=pair.id + "~swap",
        question=question,
        spans=(),
        near=pair.spans[:1],
        answerable=False,
    )


def _another_number(kind: str, value: str, rng: random.Random) -> str:
    """A near year, or a number of the same look; empty for other types."""
    if kind == "year":
        return str(int(value) + rng.choice((-10, -5, -3, -2, -1, 1, 2, 3, 5, 10)))
    if kind == "number":
        return "".join(rng.choice("123456789") if c.isdigit() else c for c in value)
    return ""


def removed(pair: Pair) -> Pair | None:
    """The text without the sentence that answers; None where the answer stands elsewhere too."""
    spans = sentences(pair.text)
    start, end = pair.spans[0]
    answer = pair.text[start:end].lower()
    kept = [(a, b) for a, b in spans if b <= start or a >= end]
    if not kept or len(kept) == len(spans):
        return None
    text = " ".join(pair.text[a:b].strip() for a, b in kept)
    if answer in text.lower() or len(text) < 120:
        return None
    return pair.with_(id=pair.id + "~cut", text=text, spans=(), answerable=False)


class Retrieved:
    """Passages of the same article, or of the whole set, that look like an answer."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        self._texts = list(dict.fromkeys((p.title, p.text) for p in pairs))
        self._whole = Bm25([text for _, text in self._texts])
        by_title: dict[str, list[str]] = defaultdict(list)
        for title, text in self._texts:
            by_title[title].append(text)
        self._local = {t: (x, Bm25(x)) for t, x in by_title.items() if 3 <= len(x) < 200}

    def other(self, pair: Pair, rng: random.Random) -> Pair | None:
        """One of the five best passages that do not hold the answer's words."""
        answer = pair.text[pair.spans[0][0] : pair.spans[0][1]].lower()
        if pair.title in self._local and rng.random() < 0.6:
            texts, index = self._local[pair.title]
            found = [(pair.title, texts[i]) for i in index.best(pair.question, 6)]
        else:
            found = [self._texts[i] for i in self._whole.best(pair.question, 6)]
        usable = [f for f in found if f[1] != pair.text and answer not in f[1].lower()]
        if not usable:
            return None
        title, text = rng.choice(usable[:4])
        return pair.with_(id=pair.id + "~far", title=title, text=text, spans=(), answerable=False)
