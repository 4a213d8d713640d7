"""Words of questions and sentences: tokens, stems, content words, names.

Used wherever words of a question are compared with words of an article. Two tokens are
the same when their *keys* are: lower case, accents folded, stemmed (Snowball's English
stemmer), and joined over a short table of aliases ('UN', 'United Nations').

It does not split sentences (the index does) and knows no grammar.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import snowballstemmer

# An acronym with stops (U.S.), a number with its separators (1,075; 2.5), or a word; a
# hyphen separates, because articles and readers disagree on it (al-Maliki, al Maliki).
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’ʼ](?!s\b)[^\W\d_]+)*|\w+", re.UNICODE
)
_POSSESSIVE = re.compile(r"['’ʼ]s?\b")

STOPWORDS = frozenset(
    """a about above after again against all also am an and any are aren't as at be because been
    before being below between both but by can can't cannot could couldn't did didn't do does
    doesn't doing don't down during each even ever few for from further had hadn't has hasn't have
    haven't having he he'd he'll he's her here here's hers herself him himself his how how's i i'd
    i'll i'm i've if in into is isn't it it's its itself just let's like many may me might more
    most much must mustn't my myself no nor not of off on once only or other ought our ours
    ourselves out over own same shall shan't she she'd she'll she's should shouldn't so some such
    than that that's the their theirs them themselves then there there's these they they'd they'll
    they're they've this those through to too under until up upon us very was wasn't we we'd we'll
    we're we've were weren't what what's when when's where where's which while who who's whom whose
    why why's will with won't would wouldn't you you'd you'll you're you've your yours yourself
    yourselves""".split()
)

# Words that shape a question without being about anything: an article need not hold them.
QUESTION_WORDS = frozenset(
    """tell say said says told give name list describe explain happen happened happening know mean
    kind type sort please according article articles story stories report reported news text
    passage question answer people person thing things one ones anyone someone somebody anybody
    exactly actually currently now today recently whether""".split()
)


class Token(NamedTuple):
    """A word with its place in the text that it was read from."""

    text: str
    start: int
    end: int

    @property
    def key(self) -> str:
        """What two tokens must share to count as the same word."""
        return key(self.text)


@lru_cache(maxsize=65_536)
def key(word: str) -> str:
    """The comparable form of one word: 'Militants' and 'militant' give the same key."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    letters = folded.replace(".", "")
    if letters.isupper() and len(letters) > 1 and letters.lower() in STOPWORDS | {"who"}:
        # 'US' is not 'us' and 'IS' is not 'is'; any other acronym may be typed in lower case.
        return letters
    if re.fullmatch(r"(?:[^\W\d_]\.){2,}", folded):
        folded = letters
    folded = folded.replace("’", "'").replace("ʼ", "'").lower()
    if folded[:1].isdigit():
        return folded.replace(",", "")
    return str(_stemmer().stemWord(folded))


# A longer text is read anew each time, so that what is remembered stays small.
_MEMORABLE = 4_000


def tokens(text: str) -> list[Token]:
    """All tokens of a text in order; possessive endings are left out."""
    return list(_remembered(text) if len(text) <= _MEMORABLE else _read(text))


def _read(text: str) -> tuple[Token, ...]:
    found = (Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text))
    return tuple(t for t in found if not _is_possessive(text, t))


# One question looks at the same passages and sentences for many reasons.
_remembered = lru_cache(maxsize=1024)(_read)


def content(text: str) -> list[Token]:
    """The tokens that carry meaning: no stop words, no question scaffolding."""
    return [t for t in tokens(text) if not is_function(t.text)]


def is_function(word: str) -> bool:
    """Whether a word is a stop word or question scaffolding; acronyms never are."""
    if len(word) > 1 and word.isupper():
        return False
    lower = word.lower().replace("’", "'")
    return lower in STOPWORDS or lower in QUESTION_WORDS or (len(lower) == 1 and lower.isalpha())


def keys(text: str) -> set[str]:
    """Keys of all tokens of a text, with the aliases that its words stand for."""
    found = [t.key for t in tokens(text)]
    return set(found) | expand(found)


def expand(sequence: Iterable[str]) -> set[str]:
    """Keys that stand for the same thing as a run of these keys, by the table of aliases."""
    run = list(sequence)
    out: set[str] = set()
    index = _aliases()
    for i, first in enumerate(run):
        for phrase, group in index.get(first, ()):
            if tuple(run[i : i + len(phrase)]) == phrase:
                out |= group
    return out


def other_names(name: str) -> list[str]:
    """What the table of aliases calls the bearer of a name besides: 'DW' is 'Deutsche Welle'."""
    wanted = name.casefold()
    return [
        other
        for group in _same_things()
        if wanted in {same.casefold() for same in group}
        for other in group
        if other.casefold() != wanted
    ]


def akin(sequence: Iterable[str]) -> set[str]:
    """Keys of what these keys stand for in the news: a government's seat and its country."""
    held = frozenset(sequence)
    seats = _seats()
    near = set().union(*(seats.get(k, frozenset()) for k in held))
    return near.union(*(others for house, others in _houses() if house <= held))


def countries(text: str) -> set[str]:
    """The countries that a text names, by noun or adjective, each told by its seat."""
    run = [t.key for t in tokens(text)]
    index = _countries()
    return {
        seat
        for i, first in enumerate(run)
        for phrase, seat in index.get(first, ())
        if tuple(run[i : i + len(phrase)]) == phrase
    }


def _is_possessive(text: str, token: Token) -> bool:
    return token.text in ("s", "S") and token.start > 0 and text[token.start - 1] in "'’ʼ"


@cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


@cache
def _same_things() -> list[list[str]]:
    """Each thing of the table with all its names."""
    groups: list[list[str]] = tomllib.loads(_beside("aliases.toml"))["same"]
    return groups


@cache
def _aliases() -> dict[str, list[tuple[tuple[str, ...], frozenset[str]]]]:
    """First key of each alias -> the alias as keys, and the keys of its one-word companions."""
    same = _same_things()
    countries = tomllib.loads(_beside("countries.toml")).values()
    index: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
    for names in (*same, *countries):
        phrases = [_phrase(name) for name in names]
        group = frozenset(k for phrase in phrases for k in phrase if not is_function(k))
        for phrase in phrases:
            index.setdefault(phrase[0], []).append((phrase, group))
    return index


@cache
def _countries() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """First key of each name of a country -> the whole name as keys, and the country's seat."""
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for seat, names in tomllib.loads(_beside("countries.toml")).items():
        for name in names:
            phrase = _phrase(name)
            index.setdefault(phrase[0], []).append((phrase, seat))
    return index


@cache
def _houses() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Names of several words that stand for a government: their keys, and those of its names."""
    table: dict[str, list[str]] = tomllib.loads(_beside("aliases.toml"))["houses"]
    return tuple(
        (
            frozenset(k for k in _phrase(house) if not is_function(k)),
            frozenset(phrase[0] for name in names if len(phrase := _phrase(name)) == 1),
        )
        for house, names in table.items()
    )


@cache
def _seats() -> dict[str, frozenset[str]]:
    """Keys of one word that stand for each other loosely: seats and countries, bodies."""
    index: dict[str, set[str]] = {}
    pairs = [*tomllib.loads(_beside("countries.toml")).items()]
    pairs += [(names[0], names[1:]) for names in tomllib.loads(_beside("aliases.toml"))["loose"]]
    for seat, names in pairs:
        town = _phrase(seat)
        lands = {phrase[0] for name in names if len(phrase := _phrase(name)) == 1}
        if len(town) == 1:
            index.setdefault(town[0], set()).update(lands)
            for land in lands:
                index.setdefault(land, set()).add(town[0])
    return {k: frozenset(v) for k, v in index.items()}


def _phrase(name: str) -> tuple[str, ...]:
    return tuple(t.key for t in tokens(name))


def _beside(name: str) -> str:
    return Path(__file__).with_name(name).read_text("utf-8")
