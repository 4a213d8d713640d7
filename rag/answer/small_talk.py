"""Turns that ask nothing of the articles: 'hello', 'thank you', 'test'.

A search would find something for any words; what it finds would be no answer to a greeting.
"""

from __future__ import annotations

import re

from rag.types import Note, NoteKind

_SAID = frozenset(
    """hi hello hey howdy greetings thanks thank thx cheers bye goodbye ok okay cool great perfect
    awesome wow lol haha sorry test testing yes no yep nope""".split()
)
_BESIDE = frozenset("there everyone all you so very much a lot again for that it and".split())
_PHRASES = (
    ("good", "morning"), ("good", "afternoon"), ("good", "evening"), ("good", "day"),
    ("good", "night"), ("good", "bye"), ("how", "are", "you"), ("see", "you"), ("got", "it"),
    ("i", "see"), ("never", "mind"),
)  # fmt: skip
_MOST = 8  # words; who says more says something

NOTE = Note(
    kind=NoteKind.MISSING,
    text="This asks nothing that articles could tell: ask who, what, when, where, why or how.",
)


def is_small_talk(text: str) -> bool:
    """Whether a turn is a greeting, thanks or the like, and nothing else."""
    words = tuple(re.findall(r"[^\s,.!?]+", text.lower()))
    if not words or len(words) > _MOST:
        return False
    at, said = 0, False
    while at < len(words):
        phrase = next((p for p in _PHRASES if words[at : at + len(p)] == p), None)
        if phrase is None and words[at] not in _SAID | _BESIDE:
            return False
        said = said or phrase is not None or words[at] in _SAID
        at += len(phrase) if phrase else 1
    return said
