"""Questions that say their verb once: 'When did Weller meet the mayor, and when the unions?'.

`by_gap` asks the whole question of each thing. Only what plainly stands for the object is taken
for it: the same question word again, and behind it a name or a noun with its article.
"""

from __future__ import annotations

import re

from rag.answer.parts_types import Part, asked
from rag.answer.parts_verbs import VERB

_WORD = r"[\w.'’-]+"
_NAME = rf"(?:[A-Z]|al-){_WORD}"
_THING = rf"(?:(?:the|an?|his|her|their|its)\s+{_WORD}|{_NAME})(?:\s+{_WORD}){{0,4}}"
_GAPPED = re.compile(
    # the question word, any of its letters small or great
    r"^(?P<asking>(?i:when|where|why|how|(?:in|on|at|by|under|for)\s+(?:which|what)\s+[\w-]+|"
    r"(?:which|what)\s+(?:day|date|month|year|city|town|country|place)))\s+"
    # who acts; the verb behind a name begins with a small letter
    rf"(?P<acts>(?:did|does|do|will|would)\s+(?:the\s+[a-z][\w-]*|{_NAME}(?:\s+{_NAME}){{0,3}}|"
    r"he|she|they)\s+[a-z]+(?:\s+(?:with|to|for|on|in|at|about|from|into))?)\s+"
    rf"(?P<one>{_THING})\s*,?\s+and\s+(?P<again>[A-Za-z]+(?:\s+\w+){{0,2}}?)\s+(?P<two>{_THING})$"
)
# A verb makes it another clause; 'the united front' has none.
_CLAUSE = re.compile(
    rf"(?<=\w\s)(?<!\bthe\s)(?<!\ba\s)(?<!\ban\s){VERB}\b|"
    r"\b(?:is|was|are|were|be|been|did|does|do|has|have|had|will|would|can|could|should|may|who|that|and)\b",
    re.IGNORECASE,
)


def by_gap(text: str) -> tuple[Part, ...]:
    """The question once for each of two objects; empty for any other."""
    found = _GAPPED.match(text.rstrip("?!. "))
    if found is None or found["again"].lower() != found["asking"].lower():
        return ()
    if any(_CLAUSE.search(found[thing]) for thing in ("one", "two")):
        return ()  # another clause, which says what it asks itself
    # 'When did Weller visit Peru and when Prado?': a name alone may as well be who acted
    if re.fullmatch(rf"{_NAME}(?:\s+{_NAME})*", found["two"]):
        return ()
    return tuple(
        Part(
            question=asked(f"{found['asking']} {found['acts']} {found[thing]}"),
            lead=asked(f"{found['asking']} {found['acts']} {found[thing]}"),
        )
        for thing in ("one", "two")
    )
