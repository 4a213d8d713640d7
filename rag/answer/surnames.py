"""A person told by the surname: 'David Cameron' is 'Prime Minister Cameron' further down.

The news names a person in full once, with a title the next time, and then by the surname.
"""

from __future__ import annotations

import re

from rag.answer.followup_names import gender_of, is_given, is_title


def surname(name: str) -> str:
    """What is left of a person's name without titles and given name; empty where nothing went."""
    words = name.split()
    left = list(words)
    while len(left) > 1 and (is_title(left[0]) or is_given(left[0])):
        del left[0]
    last = left[-1] if left else ""
    person = last[:1].isupper() and not is_title(last) and len(left) == 1
    # 'Pope Francis' has no surname; 'Justice Department', 'Virginia Tech' are nobody's names
    bare = is_given(last) or _NOBODY.search(last) is not None
    return last if len(left) < len(words) and person and not bare else ""


# What bodies, places and prizes end in, and persons hardly ever.
_NOBODY = re.compile(
    r"(?:department|university|college|falls|tech|motors|electric|foods|bank|house|party|court|"
    r"council|office|committee|democrats|republicans|america|street|park|islands?|county|city|"
    r"times|post|journal|airlines|airways|hospital|school|church|museum|assembly|beach|law|act|"
    r"award|prize|cup|league)$",
    re.IGNORECASE,
)
_HIS, _HERS = re.compile(r"mr|sir|lord|mister"), re.compile(r"mrs|ms|miss|lady|dame|madam")


def told_by_surname(name: str, text: str) -> bool:
    """Whether a text has the surname of a name, and not always behind another given name."""
    last = surname(name)
    if not last:
        return False
    given = {word.lower() for word in name.split()}
    return any(
        _may_be(found["before"] or "", name, given)
        for found in re.finditer(
            rf"(?:(?<![\w-])(?P<before>[\w-]{{1,30}})\.?\s)?\b{re.escape(last)}\b(?!\s[A-Z][a-z])",
            text,
        )
    )


def _may_be(before: str, name: str, given: set[str]) -> bool:
    """Whether the word before a surname leaves room for the one who is meant."""
    lower, gender = before.lower(), gender_of(name.split())
    if (gender == "he" and _HERS.fullmatch(lower)) or (gender == "she" and _HIS.fullmatch(lower)):
        return False
    return not is_given(before) or lower in given
