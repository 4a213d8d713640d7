"""Ordinary English words, taken from the encoder's own vocabulary.

A word that the vocabulary holds whole is common in English text; a misspelling or a rare
name is not. Of many a noun it holds the singular alone ('foe'), so regular plurals count as well.
Used to leave correct words alone and to notice unusual ones.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path


@cache
def ordinary_words(tokenizer: Path) -> frozenset[str]:
    """Lower-case words of three letters or more in the vocabulary of a tokenizer.json."""
    vocabulary = json.loads(tokenizer.read_text("utf-8"))["model"]["vocab"]
    words = {w for w in vocabulary if len(w) > 2 and w.isalpha()}
    return frozenset(words | {_plural(w) for w in words if _is_regular(w)})


def _is_regular(word: str) -> bool:
    """Whether its plural can be told: not of 'hero', 'leaf' and 'wife', nor of what is one."""
    return len(word) > 2 and not word.endswith(("o", "f", "fe", "s", "man", "child"))


def _plural(word: str) -> str:
    """As English writes it: foes, dishes, parties, days."""
    if word.endswith(("x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"
