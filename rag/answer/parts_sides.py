"""Questions that set two sides against each other: 'How do Weller's and Prado's views differ?'.

`by_side` gives one part a side. A side is a name, and what is compared is theirs or is what
they say; 'the difference between a virus and a worm' is one question about one thing.
"""

from __future__ import annotations

import re

from rag.answer.followup_names import is_plural_noun
from rag.answer.parts_types import Part, asked

_NAME = r"(?:[Tt]he\s+)?[A-Z][\w.-]*(?:\s+(?:[A-Z][\w.-]*|al-\w+|de|van|bin|of(?=\s+[A-Z])))*"
_A, _B = rf"(?P<a>{_NAME})", rf"(?P<b>{_NAME})"
_OWN = r"(?:['’]s|(?<=s)['’])"
_NOUN = r"(?P<noun>[a-z][\w-]*(?:\s+(?!(?:on|of|about|towards?|for|in|differ\w*|compar\w*|with|to|and)\b)[a-z][\w-]*)?)"
_TAIL = r"(?P<tail>\s+(?:on|of|about|towards?|for|in|over|against)\s+(?!\d).+?)?"
_END = r"\s*[?.!]*$"
_AGAINST = r"(?:with|to|and|against)"
_SAYS = r"(?P<verb>says?|said|thinks?|thought|writes?|wrote|wants?|wanted|claims?|claimed|tells?|told|promised?)"

_THEIRS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^[Hh]ow\s+(?:do|did|does)\s+{_A}{_OWN}?\s+and\s+{_B}{_OWN}\s+{_NOUN}{_TAIL}\s+(?:differ|compare)\w*{_END}",
        rf"^[Hh]ow\s+(?:do|did|does)\s+{_A}{_OWN}\s+{_NOUN}{_TAIL}\s+(?:differ\s+from|compare\s+(?:with|to))\s+"
        rf"{_B}(?:{_OWN}(?:\s+(?P=noun))?)?{_END}",
        rf"^(?:[Pp]lease\s+)?[Cc]ompare\s+{_A}{_OWN}\s+{_NOUN}{_TAIL}\s+{_AGAINST}\s+{_B}{_OWN}"
        rf"(?:\s+(?P=noun))?(?P<tail2>\s+(?:on|of|about|towards?|for|in)\s+(?!\d).+?)?{_END}",
        rf"^(?:[Pp]lease\s+)?[Cc]ompare\s+{_A}{_OWN}?\s+and\s+{_B}{_OWN}\s+{_NOUN}{_TAIL}{_END}",
        rf"^[Ww]hat\s+(?:is|are|was|were)\s+the\s+differences?\s+between\s+{_A}{_OWN}?\s+and\s+{_B}{_OWN}\s+"
        rf"{_NOUN}{_TAIL}{_END}",
    )
)
_SAID = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^(?:[Pp]lease\s+)?[Cc]ompare\s+what\s+{_A}\s+and\s+{_B}\s+{_SAYS}{_TAIL}{_END}",
        rf"^(?:[Pp]lease\s+)?[Cc]ompare\s+what\s+{_A}\s+{_SAYS}{_TAIL}\s+{_AGAINST}\s+what\s+{_B}\s+"
        rf"\w+(?P<tail2>\s+(?:on|of|about|towards?|for|in)\s+.+?)?{_END}",
        rf"^[Ww]hat\s+(?:do|did|does)\s+{_A}\s+and\s+{_B}\s+each\s+{_SAYS}{_TAIL}{_END}",
        rf"^[Hh]ow\s+(?:do|did)\s+{_A}\s+and\s+{_B}\s+(?P<verb>differ|disagree)(?P<tail>\s+(?:on|over|about)\s+.+?){_END}",
    )
)
_BASE = {
    "says": "say", "said": "say", "thinks": "think", "thought": "think", "writes": "write",
    "wrote": "write", "wants": "want", "wanted": "want", "claims": "claim", "claimed": "claim",
    "tells": "tell", "told": "tell", "promised": "promise",
    "differ": "say", "disagree": "say",
}  # fmt: skip


def by_side(text: str) -> tuple[Part, ...]:
    """A part for each of two sides that a question compares; empty for any other."""
    for pattern in _THEIRS:
        if match := pattern.match(text):
            tail = _tail(match)
            be = "are" if is_plural_noun(match["noun"].split()[-1]) else "is"
            return tuple(
                Part(question=asked(f"What {be} {_owned(side)} {match['noun']}{tail}"), lead=side)
                for side in (match["a"], match["b"])
            )
    for pattern in _SAID:
        if match := pattern.match(text):
            verb = _BASE.get(match["verb"], match["verb"])
            tail = re.sub(r"^\s+(?:on|over)\b", " about", _tail(match))
            return tuple(
                Part(question=asked(f"What did {side} {verb}{tail}"), lead=side)
                for side in (match["a"], match["b"])
            )
    return ()


def _tail(match: re.Match[str]) -> str:
    return match["tail"] or match.groupdict().get("tail2") or ""


def _owned(side: str) -> str:
    return f"{side}'" if side.endswith("s") else f"{side}'s"
