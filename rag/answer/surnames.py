"""A person told by the surname: 'David Cameron' is 'Prime Minister Cameron' further down.

The news names a person in full once, with a title the next time, and then by the surname.
"""

from __future__ import annotations

import re

from rag.answer.followup_names import is_given, is_title


def surname(name: str) -> str:
    """What is left of a person's name without titles and given name; empty where nothing went."""
    words = name.split()
    left = list(words)
    while len(left) > 1 and (is_title(left[0]) or is_given(left[0])):
        del left[0]
    person = len(left) < len(words) and left[0][:1].isupper() and not is_title(left[-1])
    return " ".join(left) if person else ""


def told_by_surname(name: str, text: str) -> bool:
    """Whether a text has the surname of a name, and not always behind another given name."""
    last = surname(name)
    if not last:
        return False
    given = {word.lower() for word in name.split()}
    return any(
        not is_given(found["before"] or "") or found["before"].lower() in given
        for found in re.finditer(rf"(?:(?P<before>[\w-]+)\.?\s+)?\b{re.escape(last)}\b", text)
    )
