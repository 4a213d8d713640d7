"""Words as the index knows them: one analysis for what is stored and what is asked.

``terms`` gives the stems that tantivy is fed and queried with, so that no query syntax
exists and both sides cannot drift apart. ``surface`` gives the lower-case words behind
them, for spelling help. Scripts written without spaces are split into single characters,
which BM25 then treats as words.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import snowballstemmer

MAX_WORD = 40
"""Longer runs are addresses and encoded data, not words that anyone asks for."""

# Han, kana, Thai, Lao, Khmer, Burmese and Tibetan are written without spaces between words.
_UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
)
# Marks that belong to the letter before them: a word is not to break at an accent or vowel sign.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u0900-\u0963\u0966-\u0dff\u200c\u200d"
)
_TOKEN = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])(?:[^\W_]|[{_MARKS}]))+")
_PLAIN = re.compile(r"[a-z0-9]+")

_local = threading.local()  # a stemmer keeps state: one for each thread


def surface(text: str) -> list[str]:
    """The words of a text in order: lower case, accents folded, at most 40 characters."""
    lowered = text.lower()
    found: list[str]
    if lowered.isascii():
        found = _PLAIN.findall(lowered)
    else:
        found = [_fold(word) for word in _TOKEN.findall(unicodedata.normalize("NFC", lowered))]
    return [word for word in found if 0 < len(word) <= MAX_WORD]


def terms(text: str) -> list[str]:
    """The stems of a text in order."""
    return [stem(word) for word in surface(text)]


def stems(words: Sequence[str]) -> list[str]:
    """The stem of each word that `surface` gave."""
    return [stem(word) for word in words]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The English stem of a lower-case word; words of other scripts stay as they are."""
    if (stemmer := getattr(_local, "stemmer", None)) is None:
        stemmer = _local.stemmer = snowballstemmer.stemmer("english")
    stemmed: str = stemmer.stemWord(word)
    return stemmed


@lru_cache(maxsize=50_000)
def _fold(word: str) -> str:
    """A word without accents, where folding leaves one: 'résumé' is found as 'resume'."""
    if word.isascii():
        return word
    folded = "".join(
        mark for mark in unicodedata.normalize("NFKD", word) if not unicodedata.combining(mark)
    )
    return unicodedata.normalize("NFC", folded).lower()
