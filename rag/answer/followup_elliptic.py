"""Fragments that borrow the question before them: 'why?', 'and in 2013?', 'what about Russia?'.

`complete` gives the whole question that a fragment means, or None when the words are a
question of their own. Only words of the fragment and of the conversation are used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.answer.followup_mentions import Mention, mentions
from rag.answer.followup_names import Sort, is_place
from rag.retrieve.time import parse_times
from rag.types import Turn

_AUX = r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might|must)"
_QUESTION = re.compile(
    rf"^(?P<lead>(?:(?:and|but|so|in|on|at|by|for|from|to|with|of|about)\s+)*)"
    rf"(?P<wh>(?:who|whom|whose|what|which|when|where|why|how)\b(?:(?!\s+{_AUX}\b)\s+[^\s?]+){{0,5}})"
    rf"\s+(?P<aux>{_AUX})\s+(?P<rest>[^?]+)\??\s*$",
    re.IGNORECASE,
)
_YES_NO = re.compile(
    rf"^(?:and\s+|but\s+|so\s+)?(?P<aux>{_AUX})\s+(?P<rest>[^?]+)\??\s*$", re.IGNORECASE
)
_SUBJECT = re.compile(
    r"^(?P<wh>who|what|which\b(?:\s+[\w'’-]+){1,2}?)\s+(?P<rest>[^?]+)\??\s*$", re.IGNORECASE
)
_BARE = re.compile(
    r"^(?:and|but|so|ok|okay)?[\s,]*(?P<wh>why(?:\s+not|\s+so|\s+is\s+(?:that|this|it))?|when|where|how(?:\s+so|\s+come)?|"
    r"for\s+how\s+long|how\s+long|since\s+when|until\s+when|by\s+whom|with\s+whom|to\s+whom|from\s+whom|for\s+what|with\s+what|"
    r"(?:in|at|to|on|from)\s+(?:which|what)\s+[\w-]+|(?:on|by|at)\s+(?:which|what)|what\s+for|what\s+(?:year|day|date|month|time))\s*[?!.]*$",
    re.IGNORECASE,
)
_SURE = re.compile(
    r"^(?:and|but|so)?[\s,]*(?:(?:are|r)\s+you\s+(?:really\s+|quite\s+|absolutely\s+)?(?:sure|certain|serious|positive)(?:\s+(?:about|of)\s+(?:that|this|it))?|"
    r"(?:is|was)\s+(?:that|this|it)\s+(?:really\s+)?(?:true|right|correct|so|certain|a\s+fact)|really|"
    r"how\s+do\s+you\s+know(?:\s+(?:that|this))?|says\s+who|according\s+to\s+wh(?:o|om)|source|"
    r"where\s+does\s+(?:it|that)\s+say\s+(?:that|so)|can\s+you\s+(?:confirm|verify|check)\s+(?:that|this|it))\s*[?!.]*$",
    re.IGNORECASE,
)
_WHO_SAID = re.compile(
    r"^(?:and|but|so)?[\s,]*who\s+(?P<verb>said|says|claimed|claims|reported|reports|announced|confirmed|told\s+(?:you|us|them))"
    r"\s+(?:that|this|so|it)\s*[?!.]*$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"^(?:and|but|so|ok|okay)?[\s,]*(?:what|how)\s+about\s+(?P<what>[^?]+?)\s*[?!.]*$",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"^(?:please\s+|can\s+you\s+|could\s+you\s+)?(?:tell\s+me\s+more|more(?:\s+details?)?|go\s+on|continue|explain(?:\s+that)?|"
    r"(?:and\s+)?(?:what|anything)\s+else|elaborate|give\s+me\s+(?:more\s+)?details?|any\s+details?)(?:\s+about\s+(?:that|this|it))?\s*[?!.]*$",
    re.IGNORECASE,
)
_CONNECTED = re.compile(
    r"^(?:and|or|but|also)[\s,]+(?P<what>(?!(?:who|what|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had|"
    r"will|would|can|could|should)\b)[^?]{1,60}?)\s*\?*$",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"^(?P<what>(?:in|on|at|by|for|from|to|with|during|before|after|since|until|about)\s+[^?]{1,40}?)\s*\?+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Parts:
    """A question cut at its question word and auxiliary; either may be empty."""

    lead: str
    wh: str
    aux: str
    rest: str


def parts_of(question: str) -> Parts:
    """Cut a question; one that cannot be cut has all of it in ``rest``."""
    text = re.sub(r"^(?:and|but|so)\s+", "", question.strip(), flags=re.IGNORECASE)
    if match := _QUESTION.match(text):
        return Parts(
            lead=match["lead"], wh=match["wh"], aux=match["aux"], rest=match["rest"].strip()
        )
    if match := _YES_NO.match(text):
        return Parts(lead="", wh="", aux=match["aux"], rest=match["rest"].strip())
    if match := _SUBJECT.match(text):
        return Parts(lead="", wh=match["wh"], aux="", rest=match["rest"].strip())
    return Parts(lead="", wh="", aux="", rest=text.rstrip("?!. "))


def clause(turn: Turn) -> str:
    """What the question of a turn was about, as a clause: 'al-Maliki will form a government'."""
    parts = parts_of(turn.effective_question)
    if not parts.aux:
        who = turn.short or ""
        return f"{who} {parts.rest}".strip() if parts.wh and who else parts.rest
    named = [m for m in mentions(parts.rest) if m.named and m.start <= 4]
    rest = parts.rest
    if named:
        cut = rest.find(named[0].text) + len(named[0].text)
        aux = "" if parts.aux.lower() in ("do", "does", "did") else f" {parts.aux}"
        return f"{rest[:cut]}{aux}{rest[cut:]}"
    return rest


def complete(question: str, turns: Sequence[Turn]) -> str | None:
    """The whole question that a fragment means, or None when it is no fragment."""
    if not turns:
        return None
    last = turns[-1]
    before, text = last.effective_question.strip(), question.strip()
    parts = parts_of(before)
    if _SURE.match(text):
        return before
    if match := _WHO_SAID.match(text):
        return f"Who {match['verb']} that {clause(last)}?"
    if _MORE.match(text):
        return f"What else is told about this: {clause(last)}?" if clause(last) else None
    if match := _BARE.match(text):
        return _asked_again(match["wh"], parts, last)
    if match := _ABOUT.match(text):
        return _swapped(before, match["what"])
    if match := _CONNECTED.match(text) or _PREPOSITION.match(text):
        return _swapped(before, match["what"])
    return None


def _asked_again(wh: str, parts: Parts, last: Turn) -> str | None:
    """The question before, with another question word."""
    word = re.sub(r"\s+(?:so|come|is\s+(?:that|this|it))$", "", wh.strip(), flags=re.IGNORECASE)
    word = word[0].upper() + word[1:]
    if parts.aux:
        return f"{word} {parts.aux} {parts.rest}?"
    told = clause(last)
    return f"{word} is it that {told}?" if told else None


def _swapped(before: str, what: str) -> str | None:
    """The question before, with the new words in the place of their like."""
    what = what.strip().rstrip("?!. ")
    bare = re.sub(
        r"^(?:in|on|at|by|for|from|to|with|during|before|after|since|until|about)\s+(?:the\s+)?",
        "",
        what,
        flags=re.IGNORECASE,
    )
    times = parse_times(what)
    if times:
        old = parse_times(before)
        prepared = what if what != bare else f"in {what}"
        if old:
            lead = re.search(
                r"\b(?:in|on|at|by|during|before|after|since|until|from)\s+(?:the\s+)?$",
                before[: old[-1].start],
                re.IGNORECASE,
            )
            start = lead.start() if lead else old[-1].start
            return before[:start] + (prepared if lead else what) + before[old[-1].end :]
        stem = re.sub(r"^when\b", "When", before.rstrip("?!. "), flags=re.IGNORECASE)
        return f"{stem} {prepared}?"
    new = mentions(bare)
    like = _like(new[0], mentions(before)) if new and new[0].named else None
    if like is not None:
        return before[: like.start] + bare + before[like.start + len(like.text) :]
    if what != bare:
        return f"{before.rstrip('?!. ')} {what}?"
    return None


def _like(new: Mention, old: Sequence[Mention]) -> Mention | None:
    """The name of the question before that is of the same sort as the new one; the last of them."""
    named = [m for m in old if m.named]
    same = [m for m in named if _sort(m) is _sort(new)]
    if same:
        return same[-1]
    open_ = [m for m in named if Sort.UNKNOWN in (_sort(m), _sort(new))]
    return open_[-1] if open_ else None


def _sort(mention: Mention) -> Sort:
    return Sort.PLACE if is_place(mention.text) else mention.sort
