"""Questions that compare times: 'How did … change between 2014 and 2017?', 'in 2013 and in 2017'.

`by_period` gives one part a period, each with its days, so that it can be looked up among the
articles of that time. A stretch ('between 2013 and 2017' where no change is asked for) is one
time, not two.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from rag.answer.followup_names import is_plural_noun
from rag.answer.followup_needs import AUX
from rag.answer.parts_types import Part, asked
from rag.retrieve.time import TimeExpression, parse_times, question_times
from rag.retrieve.time_types import day_of
from rag.types import DateRange

_LEAD = re.compile(
    r"[\s,]*\b(?:both\s+)?(?:between|from|in|during|on|of|at|since|for|back\s+in)\s+"
    r"(?:the\s+)?(?:(?:years?|months?|period)\s+)?$",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"[\s,]*(?:differ\w*\s+|compar\w+\s+|as\s+opposed\s+)?"
    r"(?:(?:and|to|until|till|through|with|from|vs\.?|versus|than|or|against|[–—-])\s*)?"
    r"(?:(?!(?:who|what|when|where|why|how)\b)[\w'’]+\s+){0,3}?(?:(?:in|of|during|on|from)\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_COMMA = re.compile(r"\s*,\s*")  # 'in 2011, 2014 and 2020'
_LISTED = re.compile(
    r"\s*[,?]?\s*(?:and(?:\s+(?:again|then|later))?|or|as\s+well\s+as|versus|vs\.?)\s+"
    r"(?P<again>(?:in|on|during)\s+)?(?:the\s+)?",
    re.IGNORECASE,
)
_CHANGED = (
    r"(?:\w+ly\s+)?(?:chang\w+|evolv\w+|develop\w*|shift\w*|differ\w*|grow\w*|grew|improv\w+|worsen\w*|"
    r"compar\w+|progress\w*)"
)
_WHAT_CHANGED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"^how\s+{AUX}\s+(?P<what>.+?)\s+{_CHANGED}\b(?P<more>.*)$",
        rf"^(?:did|has|have|had)\s+(?P<what>.+?)\s+{_CHANGED}\b(?P<more>.*)$",
        r"^what\s+(?:has\s+|had\s+|have\s+)?changed\s+(?:about\s+)?(?P<what>.+?)(?P<more>)$",
        rf"^what\s+{AUX}\s+the\s+(?:differences?|changes?)\s+(?:(?:in|of|to)\s+)?(?P<what>.+?)(?P<more>)$",
        r"^(?:please\s+)?compare\s+(?P<what>.+?)(?P<more>)$",
    )
)
_BARE_HOW = re.compile(
    r"^how\s+(?:did|do|does|has|have|had|was|were|is|are)\s+(?P<what>.+)$", re.IGNORECASE
)
_PREPOSED = re.compile(
    r"(?:of|in|on|about|towards?|for|with|to|at|among|under|after)\b", re.IGNORECASE
)
_DURING = re.compile(r"\b(?:in|on|during)\b", re.IGNORECASE)
# Words that only a whole question or sentence has, and a search by keywords lacks.
_SENTENCE = re.compile(
    rf"\b(?:who|whom|whose|what|which|when|where|why|how|{AUX}|between|from|to|the|a|by|after|"
    r"before|until|since|till|tell|give|show|me|please)\b|[?,;:]",
    re.IGNORECASE,
)
_COUNTS = re.compile(r"^(?:in\s+total\s+)?how\s+(?:many|much|often|long)\b", re.IGNORECASE)
# What a thing was at a time can be asked of 'Kerry's view of Syria', not of 'Syria'.
_OF = r"\s+(?:of|in|on|about|towards?|between|for|with|to)\s+"
_ASPECT = re.compile(rf"['’]s?\s+\w|\b\w+{_OF}\w", re.IGNORECASE)


def by_period(text: str, today: int) -> tuple[Part, ...]:
    """A part for each time that a question compares or lists; empty for any other."""
    times = question_times(text, today)
    told = [e for e in times.expressions if e.resolved]
    if len(told) < 2 or len(told) != len(times.expressions):
        return ()
    gaps = [text[a.end : b.start] for a, b in pairwise(told)]
    if any(a.first <= b.last and b.first <= a.last for a, b in pairwise(told)):
        return ()
    if times.change:
        return _compared(text, told, gaps)
    return _listed(text, told, gaps)


def _compared(text: str, told: list[TimeExpression], gaps: list[str]) -> tuple[Part, ...]:
    if not all(_LINK.fullmatch(gap) for gap in gaps):
        return ()
    lead = _LEAD.search(text[: told[0].start])
    before = text[: lead.start() if lead else told[0].start].strip(" ,")
    after = text[told[-1].end :].strip(" ,?!.")
    if not _PREPOSED.match(after):
        after = ""  # 'between the 2013 and 2015 meetings': of the times, not of the thing
    what = _what_changed(before, after, told_inside=bool(re.search(r"differ|compar", gaps[0])))
    if what is None:
        return ()
    whose = [what, *(_owned_by(gap, what) for gap in gaps)]
    return tuple(
        replace(_part(f"{_wording(w)} {_when(e)}", e), otherwise=_widely(w, e))
        for w, e in zip(whose, told, strict=True)
    )


# What says nothing of its own: to ask for it is to ask what happened.
_EMPTY = re.compile(
    r"^(?:the\s+)?(?:fortunes?|situation|fate|standing|circumstances|state\s+of\s+affairs|conditions?)\s+"
    r"(?:of|in|for)\s+(?P<of>.+)$",
    re.IGNORECASE,
)


def _widely(what: str, time: TimeExpression) -> str:
    """What happened with those whose fortunes are asked for, at a time; empty for all else."""
    found = _EMPTY.match(what)
    return asked(f"What happened with {found['of']} {_when(time)}") if found else ""


_OWNER = re.compile(r"\b[A-Z][\w.-]*(?:\s+[A-Z][\w.-]*)*['’]s?(?=\s)")


def _owned_by(gap: str, what: str) -> str:
    """'Weller's view in 2013 with Prado's in 2015': the second period is of another's view."""
    owner = _OWNER.search(gap)
    return _OWNER.sub(owner[0], what, count=1) if owner else what


def _what_changed(before: str, after: str, *, told_inside: bool) -> str | None:
    """The thing that a change is asked of: 'NATO's view of Russia'; None where none is plain."""
    stem = f"{before} {after}".strip()
    for pattern in _WHAT_CHANGED:
        if match := pattern.match(stem):
            more = match["more"].strip(" ,")
            return f"{match['what']} {more}".strip()
    if told_inside and (match := _BARE_HOW.match(before)):
        return match["what"]
    return None


def _wording(what: str) -> str:
    if re.match(r"(?:in|at|for|with)\s", what, re.IGNORECASE):
        return f"What happened {what}"
    if _ASPECT.search(what):
        return f"What {'were' if _plural(what) else 'was'} {what}"
    return f"What happened with {what}"


def _plural(what: str) -> bool:
    """Whether the head of a phrase is plural: 'relations with Iran', 'NATO's plans'."""
    head = re.split(_OF, what, maxsplit=1)[0]
    return is_plural_noun(head.split()[-1])


def _listed(text: str, told: list[TimeExpression], gaps: list[str]) -> tuple[Part, ...]:
    """'Who led NATO in 2013 and in 2017?': the question once for each time."""
    row = len(told) > 2 and all(_COMMA.fullmatch(gap) for gap in gaps[:-1])
    row = row and re.search(r"\bor\b", gaps[-1]) is None
    links = [_LISTED.fullmatch(gap) for gap in (gaps[-1:] if row else gaps)]
    before = text[: told[0].start]
    lead = _LEAD.search(before)
    if not all(links) or not _said_once(before.rstrip(" ,:–-"), lead):
        return ()
    repeated = row or all(link is not None and link["again"] for link in links)
    if not repeated and (_COUNTS.match(text) or any(map(_next_to, told, told[1:]))):
        return ()  # 'how many in 2013 and 2017', 'in 2013 and 2014': may be meant together
    before, after = before[: lead.start() if lead else None].rstrip(" ,:–-"), text[told[-1].end :]
    return tuple(_part(f"{before} {_when(e)}{after}", e) for e in told)


def _said_once(before: str, lead: re.Match[str] | None) -> bool:
    """Whether what stands before the times is said of each: '… in', or a search's bare words."""
    if lead is not None:
        return _DURING.search(lead[0]) is not None
    return bool(before.strip()) and not _SENTENCE.search(before)


def _next_to(one: TimeExpression, two: TimeExpression) -> bool:
    """Whether one time ends where the next begins."""
    ends, begins = day_of(one.last), day_of(two.first)
    return ends is not None and begins is not None and (begins - ends).days == 1


def _when(time: TimeExpression) -> str:
    """The time behind its preposition: 'in 2014', 'on 24 June 2014', 'last year'."""
    if time.relative:
        return time.text
    return f"{'on' if time.day else 'in'} {_the(time.text)}"


def _the(text: str) -> str:
    return f"the {text}" if re.match(r"(?:\d{3}0s|(?:early|mid|late)\b.*\d0s)", text) else text


def _part(question: str, time: TimeExpression) -> Part:
    when = _when(time)
    return Part(
        question=asked(question),
        lead=when[:1].upper() + when[1:],
        period=DateRange(first=time.first, last=time.last),
    )


# 'Who was its head in 2013, and who later?'
LATER = re.compile(
    r"^(?:and\s+)?(?P<wh>who|what)\s+(?:(?:is|was|were|are)\s+)?(?:it\s+)?"
    r"(?:later(?:\s+on)?|afterwards?|after\s+that|since\s+then)$",
    re.IGNORECASE,
)


def later(clause: str, first: str) -> Part | None:
    """The first question, of the time after the one that it names."""
    match, times = LATER.match(clause), [t for t in parse_times(first) if t.resolved]
    ends = day_of(times[-1].last) if len(times) == 1 else None
    if match is None or ends is None or not first.lower().startswith(match["wh"].lower()):
        return None
    if ends == date.max:
        return None  # nothing comes after the last day there is
    before, after = first[: times[0].start], first[times[0].end :]
    lead = _LEAD.search(before)
    if lead is None or not _DURING.search(lead[0]):
        return None  # 'until 2013', 'before 2013': what comes later is another question
    return Part(
        question=asked(f"{before[: lead.start()]}{after}"),
        lead="Later",
        period=DateRange(first=int(f"{ends + timedelta(days=1):%Y%m%d}")),
    )
