"""Signs against a short answer where somebody is asked for: whom it names, or that it does not."""

from __future__ import annotations

import re

from rag.retrieve.expect import is_number
from rag.retrieve.names import names
from rag.retrieve.shape import person_like
from rag.retrieve.time import parse_times
from rag.retrieve.words import is_function, tokens

_TENS = re.compile(r"\d{2}|\d+,\d|(?:\w+ty|hundred|thousand)$")
_LEADING = re.compile(
    r"\bwho (?:is |was |are |were |will |would |to |be |has |had )*"
    r"(?:command|lead|led|head|run|ran|chair|direct|succeed|replace)\w*\b",
    re.IGNORECASE,
)

# Who is asked for may bear the name that the question has.
_OF_ONE_NAME = re.compile(
    r"\b(?:famil(?:y|ies)|sons?|daughters?|wife|husband|widow|brothers?|sisters?|siblings?|father|"
    r"mother|parents?|cousins?|uncle|aunt|niece|nephew|child|children|kids?|twins?|relatives?|heirs?|"
    r"namesake|(?:first|given|full|real|whole)\s+name|married|related|grand\w+|spouse|clan)\b"
    r"|^\W*who(?:\s+is|\s+was|['’]s)\s+[\w.'’-]+\W*$|\bwhich\s+(?:of\s+the\s+)?(?-i:[A-Z])",
    re.IGNORECASE,
)


def named_already(question: str, said: str, span: str) -> bool:
    """Whether the question names by the surname alone whom the answer names in full.

    'Who took over from Berg?' is not answered by 'Ida Berg'; who Berg is, who Berg's son is, and
    which of the Bergs did it, may be answered so. ``said`` is the sentence with the span in it.
    """
    at = said.find(span)
    whole = next((said[start:end] for start, end in names(said) if start <= at < end), span)
    told = [t.key for t in tokens(whole) if t.text[:1].isupper()]
    asked = {t.key for t in tokens(question) if t.text[:1].isupper()}
    if len(told) < 2 or told[-1] not in asked or told[0] in asked:
        return False
    return not _OF_ONE_NAME.search(question)


def counts_or_dates(span: str) -> bool:
    """Whether a short answer has no word but those of times and numbers."""
    times = [(t.start, t.end) for t in parse_times(span)]
    words = [t for t in tokens(span) if not is_function(t.text)]
    return bool(words) and all(
        is_number(t.text) or any(a <= t.start < b for a, b in times) for t in words
    )


def a_crowd(question: str, span: str) -> bool:
    """Whether it is asked who leads, and a number of people is told: 'several hundred men'."""
    words = [t for t in tokens(span) if not is_function(t.text)]
    if not words or not _LEADING.search(question):
        return False
    first = words[0].text.lower()
    return first in ("several", "dozens", "hundreds", "thousands") or bool(_TENS.match(first))


def nameless(span: str, question: str) -> bool:
    """Whether a short answer has no person's own name that the question lacks."""
    return not person_like(f"– {span}", question)  # a name, though it stands first
