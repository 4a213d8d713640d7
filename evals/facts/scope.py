"""Whether a mention is said as such: not denied, and not one of several.

Works on the words around a mention, so it serves every type. It is a reader of set
phrases and not of sentences: 'not July 1', 'rather than Kerry', 'July 1 or July 10'.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from evals.facts.fact import Mention

# Words that may stand between a denial and what it denies.
_LIGHT = (
    r"(?:on|in|at|by|the|a|an|to|of|for|from|with|be|been|being|was|were|is|are|it|that|as|set|due|"
    r"really|actually|exactly|even|yet|about|since|during|within|who|which|and|mr|mrs|ms|dr|"
    r"president|minister|secretary|prime|general|around|over|under|than|some)"
)
# 'not only', 'not until', 'no later than', 'no fewer than' do not deny what follows.
_NOT_A_DENIAL = (
    r"(?!\s+(?:only|just|merely|simply|until|till|before|later|earlier|sooner|less|more|fewer)\b)"
)
_DENIAL = (
    rf"(?:\b(?:not|never|nor|neither|cannot|without|except|excluding|no\s+longer|far\s+from|"
    rf"instead\s+of|rather\s+than|other\s+than|anyone\s+but|anything\s+but|all\s+but|no){_NOT_A_DENIAL}"
    rf"|n't\b{_NOT_A_DENIAL})"
)
_DENIED_BEFORE = re.compile(rf"{_DENIAL}(?:\s+{_LIGHT}\b)*[\s\"'(]*$", re.IGNORECASE)
_DENIED_AFTER = re.compile(
    r"^[\s\"')]*,?\s*(?:is|was|are|were)(?:\s+not|n't)\s+"
    r"(?:the\s+(?:one|answer|deadline|date|day|year|month|number|figure|total|right|correct)|"
    r"him\b|her\b|them\b|it\b|who\b|when\b|correct|right|true)"
    r"|^[\s\"')]*,?\s*(?:is|was|are|were)\s+(?:wrong|false|incorrect|untrue)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[.;:!?](?=\s)|\bbut\b(?<!anyone but)(?<!anything but)(?<!all but)", re.IGNORECASE
)
_OR = re.compile(
    r"^[\s\"')]*,?\s*(?:or|and/or|/|or\s+else|or\s+(?:perhaps|possibly|maybe|even))"
    r"\s*(?:(?:on|in|at|by|the|about|perhaps|possibly|maybe|even|it\s+was|it\s+is|was|is)\s+)*[\"'($€£]*$",
    re.IGNORECASE,
)
_AND_NOR = re.compile(r"^\s*,?\s*(?:or|nor|,)\s*(?:(?:on|in|at|by|the)\s+)*$", re.IGNORECASE)
_WINDOW = 90


def clause_before(text: str, start: int) -> str:
    """What stands before a place in its own clause, at most some ninety characters of it."""
    before = text[max(0, start - _WINDOW) : start]
    ends = [match.end() for match in _CLAUSE_END.finditer(before)]
    return before[ends[-1] :] if ends else before


def denied(text: str, mention: Mention, others: Sequence[Mention] = ()) -> bool:
    """Whether the mention stands under a denial, or in a list that does."""
    if _DENIED_BEFORE.search(clause_before(text, mention.start)):
        return True
    if _DENIED_AFTER.search(text[mention.end : mention.end + _WINDOW]):
        return True
    previous = [other for other in others if other.end <= mention.start]
    if not previous:
        return False
    nearest = max(previous, key=lambda other: other.end)
    if not _AND_NOR.match(text[nearest.end : mention.start]):
        return False
    return denied(text, nearest, previous)


def joined_by_or(text: str, one: Mention, other: Mention) -> bool:
    """Whether two mentions are offered as alternatives of each other."""
    first, second = sorted((one, other), key=lambda mention: mention.start)
    return bool(_OR.match(text[first.end : second.start]))
