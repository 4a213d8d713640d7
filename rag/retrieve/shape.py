"""Whether a sentence can hold the kind of answer that a question asks for.

'How many …' needs a number that the question does not bring itself, 'who' a name, 'in which
country' a country. A near-miss has all the words of a question and lacks just that. English
names and numbers by their form alone; no dictionary but the table of countries.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rag.retrieve.expect import Expect, fits, is_number
from rag.retrieve.names import names
from rag.retrieve.time import parse_times
from rag.retrieve.words import countries, is_function, key, tokens

_COUNTRY = re.compile(
    r"\b(?:what|which)\s+(?:[\w-]+\s+){0,2}?(?:countr(?:y|ies)|nations?)\b", re.IGNORECASE
)
_TOWN = re.compile(
    r"\b(?:what|which)\s+(?:[\w-]+\s+){0,2}?(?:cit(?:y|ies)|towns?|villages?|capitals?)\b",
    re.IGNORECASE,
)
# 'How much of the land?' is answered by 'most of it' as well as by a number.
_OF_A_WHOLE = re.compile(
    r"\bhow (?:much|many) of\b|\b(?:what|which) (?:share|part|proportion|portion|fraction)\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:most|all|every|majority|bulk|whole|entire(?:ty)?|much|nothing|none)\b", re.IGNORECASE
)
# Capitalised words that name an office, a body, a day: no person's own name.
_NO_PERSON = frozenset(
    key(word)
    for word in """president vice prime minister premier chancellor secretary general foreign state
    defense defence interior finance ambassador senator governor mayor king queen prince princess
    pope emir sultan sheikh chief head leader director chairman chairwoman spokesman spokeswoman
    spokesperson commander captain colonel sergeant officer judge justice professor doctor mr mrs
    ms dr sir lord lady representative special envoy deputy acting former government parliament
    congress senate house council commission committee court ministry department agency office
    union alliance party league group army navy force forces police security press news service
    university institute bank company corporation province region city county north south east
    west northern southern eastern western central january february march april may june july
    august september october november december monday tuesday wednesday thursday friday saturday
    sunday islam islamic christian jewish muslim sunni shia shiite kurdish european asian african
    arab western europe asia africa""".split()
)


def lacks(question: str, kind: Expect, sentence: str) -> bool:
    """Whether the sentence holds nothing of the kind beyond the question's own words."""
    if kind is Expect.NUMBER:
        return not (_numbers(sentence) - _numbers(question) or _a_part(question, sentence))
    if kind is Expect.DATE:
        return not fits(kind, sentence)
    if kind is Expect.PERSON:
        return not person_like(sentence, question)
    if _COUNTRY.search(question):
        return not countries(sentence) - countries(question)
    return False


def misfits(question: str, kind: Expect, span: str) -> bool:
    """Whether a short answer is of another kind than the one asked for."""
    if _COUNTRY.search(question):
        return not countries(span)
    if _TOWN.search(question):
        return a_country_for_a_town(question, span)
    return not (fits(kind, span) or _a_part(question, span))


def a_country_for_a_town(question: str, span: str) -> bool:
    """Whether a town is asked for and a country told, none that is called as its seat is."""
    if not _TOWN.search(question):
        return False
    left = [t for t in tokens(span) if not is_function(t.text)]
    seats = [countries(t.text) for t in left]
    alike = any(seat.startswith(t.text) for t, of in zip(left, seats, strict=True) for seat in of)
    return bool(left) and all(seats) and not alike


def _a_part(question: str, told: str) -> bool:
    """Whether it is asked how much of a whole, and told in words: 'most', 'all'."""
    return bool(_OF_A_WHOLE.search(question) and _PART.search(told))


def person_like(text: str, question: str = "") -> bool:
    """Whether some capitalised word can be a person's own name, and is not the question's."""
    asked = {t.key for t in tokens(question)}
    for start, end in names(text):
        for token in tokens(text[start:end]):
            plain = token.text[0].isupper() and not token.text.isupper()
            if (
                plain
                and token.key not in asked
                and token.key not in _NO_PERSON
                and not countries(token.text)
            ):
                return True
    return False


@lru_cache(maxsize=256)  # the question is asked of every candidate, a sentence in both waves
def _numbers(text: str) -> frozenset[str]:
    """Keys of numbers and number words, without those of dates and times."""
    taken = [(t.start, t.end) for t in parse_times(text)]
    return frozenset(
        token.key
        for token in tokens(text)
        if is_number(token.text) and not any(a <= token.start < b for a, b in taken)
    )
