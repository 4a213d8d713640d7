"""Questions that set two sides against each other: 'How do Weller's and Prado's views differ?'.

`by_side` gives one part a side. A side is a name, and what is compared is theirs or is what
they say; 'the difference between a virus and a worm' is one question about one thing.
"""

from __future__ import annotations

import re

from rag.answer.followup_names import is_plural_noun
from rag.answer.parts_types import Part, asked

_NAME = r"(?:[Tt]he\s+)?[A-Z][\w.-]*(?:\s+(?:[A-Z][\w.-]*|al-\w+|de|van|bin|of(?=\s+[A-Z])))*"
_ABOUT = r"(?:on|of|about|towards?|for|in|over|against)"
_ENDS = r"(?:(?:differ|compar)\w*|(?:with|to|and)\b)"  # of the noun, where another may follow
_SIGNS = {
    "A": f"(?P<a>{_NAME})",
    "B": f"(?P<b>{_NAME})",
    "OWN": r"(?:['’]s|(?<=s)['’])",
    "NOUN": rf"(?P<noun>[a-z][\w-]*(?:\s+(?!{_ABOUT}\b|{_ENDS})[a-z][\w-]*)?)",
    "TAIL": rf"(?P<tail>\s+{_ABOUT}\s+(?!\d).+?)?",
    "OTHERTAIL": rf"(?P<tail2>\s+{_ABOUT}\s+(?!\d).+?)?",
    "SAY": "(?P<verb>says?|said|thinks?|thought|writes?|wrote|wants?|wanted|claim(?:s|ed)?|told)",
    "DO": "(?:do|did|does)",
    "COMPARE": "(?:[Pp]lease )?[Cc]ompare",
    "FROM": r"(?:differ\s+from|compare\s+(?:with|to))",
    "WITH": "(?:with|to|and|against)",
}


def _pattern(wording: str) -> re.Pattern[str]:
    """A wording with its signs filled in; a blank is any white space."""
    filled = re.sub(r"<([A-Z]+)>", lambda sign: _SIGNS[sign[1]], wording.replace(" ", r"\s+"))
    return re.compile(rf"^{filled}\s*[?.!]*$")


_THEIRS = tuple(
    map(
        _pattern,
        (
            r"[Hh]ow <DO> <A><OWN>? and <B><OWN> <NOUN><TAIL> (?:differ|compare)\w*",
            r"[Hh]ow <DO> <A><OWN> <NOUN><TAIL> <FROM> <B>(?:<OWN>(?: (?P=noun))?)?",
            r"<COMPARE> <A><OWN> <NOUN><TAIL> <WITH> <B><OWN>(?: (?P=noun))?<OTHERTAIL>",
            r"<COMPARE> <A><OWN>? and <B><OWN> <NOUN><TAIL>",
            r"[Ww]hat (?:is|are) the differences? between <A><OWN>? and <B><OWN> <NOUN><TAIL>",
        ),
    )
)
_SAID = tuple(
    map(
        _pattern,
        (
            r"<COMPARE> what <A> and <B> <SAY><TAIL>",
            r"<COMPARE> what <A> <SAY><TAIL> <WITH> what <B> \w+<OTHERTAIL>",
            r"[Ww]hat <DO> <A> and <B> each <SAY><TAIL>",
            r"[Hh]ow <DO> <A> and <B> (?P<verb>differ|disagree)<TAIL>",
        ),
    )
)
# What is measured at one time, told by two: 'the league's toll compared with the port's figure'.
_FINITE = (
    r"(?:is|was|were|are|has|have|had|did|does|do|will|would|can|could|who|what|when|why|how|where)"
)
_FIGURE = (
    r"(?:[Tt]he|[Nn]umber|(?!(?i:who|what|where|when|how|why|that|it|there|he|she)['’])[A-Z][\w-]*['’]s?)"
    rf"\s(?:(?!\b(?i:{_FINITE})\b)[^?:;])+?"
)
_MEASURED = re.compile(
    rf"^(?P<topic>[^:?]{{3,60}}:\s+)?(?:[Cc]ompare\s+)?(?P<a>{_FIGURE})\s+"
    rf"(?:compared\s+(?:with|to)|versus|vs\.?)\s+"
    r"(?!(?:the\s+)?(?:previous|last|same|year|month|week|day|quarter|season|past|one)\b)"
    rf"(?P<b>{_FIGURE})\s*[?.!]*$"
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
    if match := _MEASURED.match(text):
        topic = match["topic"] or ""
        sides = [re.sub(r"^The\b", "the", side) for side in (match["a"], match["b"])]
        return tuple(
            Part(question=asked(f"{topic}{_be(side)} {side}"), lead=side[:1].upper() + side[1:])
            for side in sides
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


def _be(side: str) -> str:
    head = re.split(r"\s+(?:of|in|on|for|that|which|who)\b", side, maxsplit=1)[0]
    return "What were" if is_plural_noun(head.split()[-1]) else "What was"


def _tail(match: re.Match[str]) -> str:
    return match["tail"] or match.groupdict().get("tail2") or ""


def _owned(side: str) -> str:
    return f"{side}'" if side.endswith("s") else f"{side}'s"
