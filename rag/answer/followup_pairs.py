"""Who 'they' are: the subject of the question before where it was several, or two who met."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.followup_asked import cut, noun_of, parts_of
from rag.answer.followup_mentions import mentions
from rag.answer.followup_names import VERBS, Mention, Sort, is_plural_noun
from rag.retrieve.time import parse_times
from rag.retrieve.words import is_function
from rag.types import Turn

_EACH_OTHER = re.compile(
    r"\b(?:meet|met|meeting|talk\w*|sp[eo]ak|spoke|discuss\w*|agree\w*|sign\w*|marr\w+|divorc\w+|fight|fought|"
    r"debate\w*|negotiat\w+|collaborat\w+|split|break\s+up|together|each\s+other|both|in\s+common)\b",
    re.IGNORECASE,
)


# Those who met are also those who 'said' something then.
_SAYS = re.compile(r"\bthey\s+(?:say|said|tell|announce|declare|agree|state)\b", re.IGNORECASE)


def plural_of(turn: Turn) -> str | None:
    """The subject of the question before, where it was several: 'the Opec oil ministers'."""
    parts = parts_of(turn.effective_question)
    if is_plural_noun(noun_of(parts.wh)):
        return None  # 'Which books did they write?': the books may be meant as well
    rest = re.sub(r"^the\s+", "", parts.rest, flags=re.IGNORECASE)
    subject, tail = cut(rest)
    if not parts.aux or not subject:
        return None
    if re.search(r"\s(?:and|&)\s", subject):
        return subject
    words = tail.split()
    for end, word in enumerate(words[:_NOUNS], 1):
        if not word.isalpha() or is_function(word) or word in VERBS:
            return None
        if is_plural_noun(word):
            # 'Kenya hold elections' is a verb with its object: another verb must follow.
            verb = words[end] if end < len(words) else ""
            follows = verb.isalpha() and not is_function(verb) and not parse_times(verb)
            return f"the {subject} {' '.join(words[:end])}" if follows else None
    return None


_NOUNS = 3  # words after a name within which its plural noun stands


def pair(text: str, turns: Sequence[Turn], present: Sequence[Mention]) -> str | None:
    """'Where did they meet?' after 'Did Kerry meet Barzani?': the two of the last exchange."""
    before = parts_of(turns[-1].effective_question)
    met = (
        _EACH_OTHER.search(turns[-1].effective_question)
        and _SAYS.search(text)
        and cut(before.rest)[0]
        and not is_plural_noun(noun_of(before.wh))
    )
    if not met and not _EACH_OTHER.search(text):
        return None
    last, single = turns[-1], [m for m in present if m.named and not m.plural]
    known = frozenset(w for m in single for w in m.words)
    asked = mentions(last.effective_question, known)
    if any(m.plural for m in asked if m.named):
        return None
    told = mentions(last.short or last.answer)
    people = [
        m
        for m in [*asked, *told]
        if m.named and not m.plural and m.sort in (Sort.PERSON, Sort.UNKNOWN)
    ]
    names = list(dict.fromkeys(m.words[-1] for m in people if m.words))
    if len(names) < 2:
        return _those_at(last.effective_question, people[0]) if names else None
    one, two = (next(m for m in people if m.words and m.words[-1] == n) for n in names[:2])
    return f"{one.shown} and {two.shown}"


_EVENT = re.compile(
    r"\b(?:an?|the|his|her|their)\s+(?P<event>(?:[a-z][\w-]*\s+){0,3}?"
    r"(?:meeting|talks?|summit|conference|call|dinner|lunch|visit|session|ceremony))\b"
)


def _those_at(asked: str, one: Mention) -> str | None:
    """'With whom did Weller have a meeting?', and nobody said: those at the meeting with him."""
    found = _EVENT.search(asked)
    return f"those at the {found['event']} with {one.shown}" if found else None
