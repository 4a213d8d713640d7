"""Fragments that borrow the question before them: 'why?', 'and in 2013?', 'what about Russia?'.

`complete` gives the whole question that a fragment means, or None when the words are a
question of their own. Only words of the fragment and of the conversation are used.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.followup_asked import Parts, clause, cut, noun_of, parts_of, with_object
from rag.answer.followup_mentions import mentions
from rag.answer.followup_names import Mention, Sort, is_place
from rag.answer.followup_needs import AUX
from rag.retrieve.time import parse_times
from rag.types import Turn

_BARE = re.compile(
    r"^(?:and|but|so|ok|okay)?[\s,]*(?P<wh>why(?:\s+not|\s+so|\s+there|\s+is\s+(?:that|this|it))?|when|where|how(?:\s+so|\s+come)?|"
    r"for\s+how\s+long|how\s+long|since\s+when|until\s+when|by\s+whom|with\s+whom|to\s+whom|from\s+whom|for\s+what|with\s+what|"
    r"(?:in|at|to|on|from|for|under|with|by|of|against|about|over|into)\s+(?:which|what|whose)\s+[\w-]+|"
    r"(?:on|by|at)\s+(?:which|what)|against\s+whom|about\s+what|by\s+when|"
    r"(?:with|by|for|to|of|from|in)\s+how\s+(?:many|much)(?:\s+[\w-]+)?|how\s+often|what\s+for|what\s+(?:year|day|date|month|time))\s*[?!.]*$",
    re.IGNORECASE,
)
_SURE = re.compile(
    r"^(?:and|but|so)?[\s,]*(?:(?:are|r)\s+you\s+(?:really\s+|quite\s+|absolutely\s+)?(?:sure|certain|serious|positive)(?:\s+(?:about|of)\s+(?:that|this|it))?|"
    r"(?:is|was)\s+(?:that|this|it)\s+(?:really\s+)?(?:true|right|correct|so|certain|a\s+fact)|really|"
    r"how\s+do\s+you\s+know(?:\s+(?:that|this))?|says\s+who|according\s+to\s+wh(?:o|om)|source|"
    r"where\s+does\s+(?:it|that)\s+say\s+(?:that|so)|can\s+you\s+(?:confirm|verify|check)\s+(?:that|this|it))\s*[?!.]*$",
    re.IGNORECASE,
)
# 'When did that happen?', 'Why did he do that?': the question before, asked with this word.
_HAPPENED = re.compile(
    rf"^(?:and|but|so)?[\s,]*(?P<wh>why|when|where|how)\s+{AUX}\s+(?:(?:that|this|it|all\s+(?:that|this))"
    r"(?:\s+(?:all\s+)?(?:happen|occur|happened|take\s+place|so|the\s+case))?"
    r"|(?:he|she|they|it)\s+do\s+(?:that|this|it|so))\s*[?!.]*$",
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
    r"^(?!.*\b(?:who|whom|what|which|when|where|why|how)\b)(?P<what>(?:in|on|at|by|for|from|to|with|during|before|after|since|until|about)\s+[^?]{1,40}?)\s*\?+$",
    re.IGNORECASE,
)

# 'And how many in July?': the same question word with another time or place.
_SAME_WORD = re.compile(
    r"^(?:and|but|so|or)?[\s,]*(?P<wh>how\s+many|how\s+much|whom|who|what|where|which|when|why)\s+"
    r"(?P<what>(?:in|on|at|from|during|after|before|for|by|since|with|to)\s+[^?]{1,40}?)\s*\?*$",
    re.IGNORECASE,
)
_ADVERB = re.compile(
    r"(?:later|earlier|afterwards|before|now|today|recently|before\s+that|after\s+that|since\s+then)",
    re.IGNORECASE,
)


_AT_A_PLACE = re.compile(r"\s(?:in|at|near|to|from)\s+(?:the\s+)?[A-Z]")
_STEP = re.compile(
    r"the\s+(?:day|week|month|year)\s+(?:after|before)|"
    r"the\s+(?:next|following|previous)\s+(?:day|week|month|year)",
    re.IGNORECASE,
)


def complete(question: str, turns: Sequence[Turn]) -> str | None:
    """The whole question that a fragment means, or None when it is no fragment."""
    if not turns:
        return None
    last, text = turns[-1], question.strip()
    before = last.effective_question.strip()
    if match := _WHO_SAID.match(text):
        return f"Who {match['verb']} that {clause(last)}?"
    if match := _BARE.match(text) or _HAPPENED.match(text):
        if match["wh"].lower().endswith("there") and not _AT_A_PLACE.search(before):
            return None  # the place is the answer, and the question has no room for it
        return _asked_again(match["wh"], parts_of(before), last)
    if match := _ABOUT.match(text):
        return _swapped(before, match["what"])
    if (match := _SAME_WORD.match(text)) and before.lower().startswith(match["wh"].lower()):
        return _swapped(before, match["what"])
    if match := _CONNECTED.match(text) or _PREPOSITION.match(text):
        return _swapped(before, match["what"])
    return _repeated(before, text)


def _repeated(before: str, text: str) -> str | None:
    """'Are you sure?' asks the same again, 'Tell me more' for more of the same."""
    if _SURE.match(text):
        return before
    if not _MORE.match(text):
        return None
    named = next((m for m in mentions(before) if m.named), None)
    return f"What else is told about {named.shown}?" if named else before


def _asked_again(wh: str, parts: Parts, last: Turn) -> str | None:
    """The question before, with another question word."""
    word = re.sub(
        r"\s+(?:so|come|there|is\s+(?:that|this|it))$",
        "",
        wh.strip(),
        flags=re.IGNORECASE,
    )
    word = word[0].upper() + word[1:]
    if parts.aux:
        noun = "" if parts.lead else noun_of(parts.wh)
        if noun and not parts.wh.lower().startswith("how"):
            noun = f"the {noun}"
        subject, rest = cut(parts.rest)
        if subject:
            whole = f"{subject} {with_object(rest, noun)}"
        elif _DETERMINED.match(rest):
            whole = f"{rest} {noun}"  # 'did the army capture the city'
        else:
            whole = f"{noun} {rest}" if noun else f"{last.short or ''} {rest}"
        return f"{word} {parts.aux.lower()} {whole.strip()}?"
    told = clause(last)
    if re.match(r"(?:who|what|which|how|when|where|why)\b", told, re.IGNORECASE):
        return None
    be = "was" if _PAST.search(told) else "is"
    return f"{word} {be} it that {told}?" if told else None


_DETERMINED = re.compile(r"(?:the|an?|his|her|its|their|this|that)\s", re.IGNORECASE)
_PAST = re.compile(r"\b(?:was|were|had|did|died|won|lost|met|took|made|said|\w{2,}ed)\b")


_TO = re.compile(r"\s*(?:and|to|until|till|through|[-–])\s*(?:the\s+)?", re.IGNORECASE)
_TIME_LEAD = re.compile(
    r"\b(?:in|on|at|by|during|before|after|since|until|from|between)\s+(?:the\s+)?$", re.IGNORECASE
)
_OF = re.compile(r"\b(?:for|in|of|about|with|to|from|on)\s+(?:the\s+)?$", re.IGNORECASE)
_LED = re.compile(r"(?:between|from)\b", re.IGNORECASE)


def _swapped(before: str, what: str) -> str | None:
    """The question before, with the new words in the place of their like."""
    what = what.strip().rstrip("?!. ")
    if _STEP.fullmatch(what) and not parse_times(before):
        stem = re.sub(r"\s+(?:on\s+)?that\s+(?:day|week|month|year)$", "", before.rstrip("?!. "))
        return f"{stem} {what.lower()}?"
    bare = re.sub(
        r"^(?:in|on|at|by|for|from|to|with|of|against|during|before|after|since|until|about)\s+(?:the\s+)?",
        "",
        what,
        flags=re.IGNORECASE,
    )
    times = parse_times(what)
    if times:
        old = parse_times(before)
        led = what != bare or _LED.match(what) is not None
        prepared = what if led else f"in {what}"
        if old:
            ranged = len(old) > 1 and _TO.fullmatch(before, old[-2].end, old[-1].start)
            first = old[-2 if ranged else -1].start
            lead = _TIME_LEAD.search(before[:first])
            start = lead.start() if lead else first
            return before[:start] + (prepared if lead else what) + before[old[-1].end :]
        stem = re.sub(r"^when\b", "When", before.rstrip("?!. "), flags=re.IGNORECASE)
        return f"{stem} {prepared}?"
    if _ADVERB.fullmatch(what):
        return f"{before.rstrip('?!. ')} {what.lower()}?"
    new = mentions(bare)
    old_names = [m for m in mentions(before) if m.named]
    like = _like(new[0], mentions(before)) if new and new[0].named else None
    if like is None and new and new[0].named and len(old_names) == 1:
        # 'What changed for NATO?', 'And Iraq?': of whatever kind, it is what was asked about
        like = old_names[0] if _OF.search(before[: old_names[0].start]) else None
    if like is not None:
        ahead = before[: like.start]
        if not re.search(r"\bthe\s", what, re.IGNORECASE) and like.the:
            ahead = re.sub(r"\bthe\s+$", "", ahead)  # 'of the Taliban', 'and of Iran?'
        return ahead + bare + before[like.start + len(like.text) :]
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
