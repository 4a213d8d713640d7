"""The heads that readers' comments carry: who wrote, and when.

``find_heads(lines, …)`` recognises 'Eric in New Mexico writes:', 'Name says:', 'Name • 3
days ago', 'Posted by Name on March 3, 2012', 'Name, March 3, 2012 at 4:15 pm' and, where a
comment section was announced, a name and a date on lines of their own. Whether what they
head are comments at all is decided in `comments`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.articles.dates import FoundDate, find_dates
from rag.articles.furniture import bare, kind_of, wordings

_NAME = r"[\w@][\w.@'’-]*(?: [\w@(][\w.@'’()-]*){0,4}"
_TIME = (
    r"(?:\s*(?:,|at|@|-|–)?\s*\d{1,2}[:.]\d{2}(?::\d{2})?"
    r"\s*(?:[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,4}\)?)?)"
)
_CLOCK_TIME = r"\d[:.]\d\d"
_AGO = (
    r"(?:an?|one|a few|\d+)\s*(?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|year|"
    r"[smhdwy])s?\.?(?: ago)?"
)
_WRITES = re.compile(
    rf"^(?P<name>{_NAME}?)(?:,? (?:in|from|of) (?P<place>[^:]{{2,60}}?))? (?:writes|wrote|says|"
    rf"said|commented|schreibt|a écrit|dice|escreveu)\s*(?::|\.\.\.|…)$"
)
_AGED = re.compile(
    rf"^(?P<name>{_NAME}?)\s*(?:[•·|,>–—-]\s*)?(?P<ago>{_AGO} ago)(?:\s*[•·|].{{0,20}})?$",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    rf"^(?:posted|comment|commented|submitted|written|left|reply)(?: "
    rf"by)?:?\s+(?P<name>{_NAME}?)\s*(?:[,•·|–—-]|\bon\b|\bat\b|$)",
    re.IGNORECASE,
)
_ONLY_AGE = re.compile(rf"^{_AGO} ago$", re.IGNORECASE)
_NAME_LINE = re.compile(rf"^{_NAME}$")
_CONNECTIVES = re.compile(
    r"\b(?:on|at|the|posted|by|and|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|"
    r"tue|wed|thu|fri|sat|sun)\b|[,•·|–—@:()#-]|" + _TIME,
    re.IGNORECASE,
)
_NO_NAMES = frozenset(
    "posted published updated modified added created filed uploaded aired about over almost "
    "last edited by on at from "
    "monday tuesday wednesday thursday friday saturday sunday today yesterday".split()
)
VOTES = re.compile(
    r"^[\W\d\s]*$|^\d+ (?:likes?|replies|reply|votes?|points?|people like this)$", re.IGNORECASE
)
"""Lines of votes and counts beside comments."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """The lines [first, last] of one head, and what they tell."""

    first: int
    last: int
    author: str | None
    found: tuple[FoundDate, str] | None
    strong: bool  # the wording alone makes it a comment's head
    dated: bool
    labelled: bool = False


def find_heads(lines: Sequence[str], prose: int, section: int | None) -> list[Head]:
    """The heads below the first line of prose; ``section`` is the line that announces comments."""
    heads: list[Head] = []
    taken = prose
    for index in range(prose + 1, len(lines)):
        line = lines[index]
        if not line or len(line) > 160 or index <= taken:
            continue
        announced = section is not None and index > section
        head = _head_at(lines, index, taken, announced)
        if head is not None:
            heads.append(head)
            taken = head.last
    labelled = [head for head in heads if head.labelled]
    if len(labelled) == 1 and len(heads) > 1:
        heads.remove(labelled[0])  # the post's own signature among comments of another form
    return heads


def _head_at(lines: Sequence[str], index: int, taken: int, announced: bool) -> Head | None:
    line = lines[index]
    writes = _WRITES.match(line)
    if writes is not None and _nameable(writes["name"]):
        first, found = _above(lines, index, taken)
        last = index
        if found is None:
            last, found = _below(lines, index)
        strong = writes["place"] is not None or found is not None
        return Head(
            first=first,
            last=last,
            author=writes["name"],
            found=found,
            strong=strong,
            dated=found is not None,
        )
    aged = _AGED.match(line)
    if aged is not None and _nameable(aged["name"]):
        return Head(
            first=index, last=index, author=aged["name"], found=None, strong=False, dated=True
        )
    found = _sole_date(line)
    labelled = _LABELLED.match(line)
    if labelled is not None and _nameable(labelled["name"]):
        last = index
        if found is None:
            last, found = _below(lines, index)
        return Head(
            first=index,
            last=last,
            author=clean_name(labelled["name"]),
            found=found,
            strong=False,
            dated=found is not None,
            labelled=True,
        )
    if found is not None and (announced or re.search(_CLOCK_TIME, line)):
        rest = _CONNECTIVES.sub(" ", line.replace(found[1], " ")).split()
        name = " ".join(rest)
        fits = 1 <= len(rest) <= 4 and _NAME_LINE.match(name) and line.startswith(rest[0])
        if fits and _nameable(name):
            return Head(first=index, last=index, author=name, found=found, strong=False, dated=True)
    if announced and _NAME_LINE.match(line) and not kind_of(line) and _nameable(line):
        last, below = _below(lines, index)
        if below is not None or last > index:
            return Head(
                first=index,
                last=last,
                author=clean_name(line),
                found=below,
                strong=True,
                dated=True,
            )
    return None


def _above(
    lines: Sequence[str], index: int, taken: int
) -> tuple[int, tuple[FoundDate, str] | None]:
    """The date, place and name that stand right above a head line."""
    row = index - 1
    if row > taken and not lines[row]:
        row -= 1
    if row <= taken or not lines[row]:
        return index, None
    found = _sole_date(lines[row])
    if found is None or len(lines[row].split()) > 8:
        return index, None
    first = row
    while first - 1 > taken and row - first < 3 and _small(lines[first - 1]):
        first -= 1
    return first, found


def _below(lines: Sequence[str], index: int) -> tuple[int, tuple[FoundDate, str] | None]:
    """The date or age on the next line that is not blank."""
    row = index + 1
    while row < len(lines) and row <= index + 2 and (not lines[row] or VOTES.match(lines[row])):
        row += 1
    if row >= len(lines) or len(lines[row].split()) > 9:
        return index, None
    found = _sole_date(lines[row])
    if found is not None:
        return row, found
    return (row, None) if _ONLY_AGE.match(lines[row]) else (index, None)


def _sole_date(line: str) -> tuple[FoundDate, str] | None:
    if len(line) > 120:
        return None
    found = find_dates(line)
    return (found[0], line[found[0].start : found[0].end]) if len(found) == 1 else None


def _small(line: str) -> bool:
    """A name or a place on a line of its own."""
    words = line.split()
    return (
        bool(words)
        and len(words) <= 5
        and len(line) <= 40
        and not (line[-1] in "!?:" or (line[-1] == "." and len(words[-1]) > 3))
    )


def _nameable(name: str) -> bool:
    words = name.casefold().split()
    return (
        bool(words)
        and len(name) <= 40
        and bare(name) not in wordings().exact
        and bare(name) not in wordings().comment_buttons
        and words[0] not in _NO_NAMES
        and not name.isdigit()
    )


def clean_name(name: str) -> str:
    """A name without the marks around it."""
    return name.strip(" :,-–—|•·")
