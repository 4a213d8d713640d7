"""Turns that ask nothing of the articles: 'hello', 'thank you', 'test'.

A search would find something for any words; what it finds would be no answer to a greeting.
"""

from __future__ import annotations

import re

from rag.types import Note, NoteKind

_SAID = (
    r"(?:hi|hello|hey|howdy|greetings|welcome|good\s+(?:morning|afternoon|evening|day|night)|how\s+are\s+you(?:\s+(?:doing|today))?|"
    r"thanks?(?:\s+(?:you|a\s+lot|so\s+much|very\s+much|again))*|thx|ta|cheers|"
    r"bye|goodbye|good\s*bye|see\s+you(?:\s+later)?|ok|okay|cool|great|nice|perfect|good|awesome|got\s+it|i\s+see|"
    r"yes|no|yep|nope|sure|please|sorry|never\s*mind|lol|haha|wow|test(?:ing)?|ping|there|everyone|all|again|very\s+much)"
)
_SMALL_TALK = re.compile(rf"^{_SAID}(?:[\s,.!?]+{_SAID})*[\s,.!?]*$", re.IGNORECASE)

NOTE = Note(
    kind=NoteKind.MISSING,
    text="This asks nothing that articles could tell: ask who, what, when, where, why or how.",
)


def is_small_talk(text: str) -> bool:
    """Whether a turn is a greeting, thanks or the like, and nothing else."""
    return _SMALL_TALK.match(" ".join(text.split())) is not None
