"""Mentions made of names: two side by side ('Kerry and Barzani'), or one with a noun behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.answer.followup_names import VERBS, Mention, Sort, is_plural_noun, sort_of
from rag.retrieve.words import is_function, key


def pairs_of(text: str, names: Sequence[Mention]) -> list[Mention]:
    """'Kerry and Barzani': two names side by side are also one plural."""
    found = []
    for one, two in pairwise(names):
        gap = text[one.start + len(one.text) : two.start]
        if not (one.plural or two.plural) and re.fullmatch(r"\s+(?:and|&)\s+(?:the\s+)?", gap):
            found.append(
                Mention(
                    text=text[one.start : two.start + len(two.text)],
                    words=one.words + two.words,
                    sort=Sort.GROUP,
                    gender=None,
                    plural=True,
                    named=True,
                    start=one.start,
                )
            )
    return found


# 'the Turkey earthquake': a noun behind a name, with the end of its phrase behind it.
_HEAD = re.compile(
    r"\s(?P<noun>[a-z][a-z-]{2,})(?=\s+(?:in|on|at|of|to|for|by|with|from|and|during|after|before|is|are|"
    r"was|were|has|had|have|will|would|be|been|\w+ed)\b|\s*[?.,;:!]|\s*$)"
)


def headed(text: str, names: Sequence[Mention]) -> list[Mention]:
    """Things that bear a name: neither the place nor the body, but 'the Turkey earthquake'."""
    found = []
    for name in names:
        end = name.start + len(name.text)
        noun = _HEAD.match(text, end) if name.the and not name.plural else None
        if noun is None or _ASKED_OF.search(text[: name.start]):
            continue
        word = noun["noun"]
        if is_function(word) or word in VERBS or re.search(r"(?:ed|ing|ly)$", word):
            continue
        sort = sort_of([word])
        found.append(
            Mention(
                text=f"{name.text} {word}",
                words=(*name.words, key(word)),
                sort=sort if sort in (Sort.GROUP, Sort.PLACE, Sort.WORK) else Sort.THING,
                gender=None,
                plural=is_plural_noun(word),
                named=False,
                start=name.start,
                the=True,
            )
        )
    return found


# 'Did the Nets win?': what follows a subject is no noun of its phrase.
_ASKED_OF = re.compile(
    r"\b(?:do|does|did|will|would|can|could|should|may|might)\s+the\s+$", re.IGNORECASE
)
