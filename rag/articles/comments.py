"""Tells readers' comments from the article above them, by the heads that comments carry.

Known heads: 'Eric in New Mexico writes:', 'Name says:', 'Name • 3 days ago', 'Posted by
Name on March 3, 2012', 'Name, March 3, 2012 at 4:15 pm', and, below a line such as '12
Comments', a name and a date on lines of their own. Dates and places that stand directly
above a head belong to it. One head alone is not believed unless a comment section was
announced or the head is dated: an interview, too, has lines such as 'Kerry says:'.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.articles.dates import FoundDate, find_dates
from rag.articles.draft import DraftComment, DraftDate
from rag.articles.features import is_prose
from rag.articles.furniture import Furniture, bare, kind_of, wordings
from rag.types import DateOrigin

_NAME = r"[\w@][\w.@'’-]*(?: [\w@(][\w.@'’()-]*){0,4}"
_TIME = r"(?:\s*(?:,|at|@|-|–)?\s*\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,4}\)?)?)"
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
_VOTES = re.compile(
    r"^[\W\d\s]*$|^\d+ (?:likes?|replies|reply|votes?|points?|people like this)$", re.IGNORECASE
)
_SECTION = re.compile(
    r"^(?:(?:view|show|read|see|all|load)\s+)?(?:\d[\d,]*|no)\s+(?:reader )?(?:comments?|"
    r"responses?|replies|thoughts?)(?: (?:on|to|so far)\b.*)?:?$"
    r"|^(?:comments?|responses|discussion|replies)\s*[(\[]\d+[)\]]:?$|^(?:comments|responses) "
    r"(?:on|to)\b.{2,120}$",
    re.IGNORECASE,
)
_POSTED = re.compile(r"^(?:posted|published|written|submitted)\s+(?:by|on)\b", re.IGNORECASE)
_CONNECTIVES = re.compile(
    r"\b(?:on|at|the|posted|by|and|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|"
    r"tue|wed|thu|fri|sat|sun)\b|[,•·|–—@:()-]|" + _TIME,
    re.IGNORECASE,
)
_NO_NAMES = frozenset(
    "posted published updated modified added created filed uploaded aired about over almost "
    "last edited by on at from "
    "monday tuesday wednesday thursday friday saturday sunday today yesterday".split()
)
_LONGEST_AFTER = 1.5  # a single comment longer than this times the story's prose is none
_MOST_AFTER = 3  # unannounced comments with more than this times the story's prose are none


@dataclass(frozen=True, kw_only=True, slots=True)
class CommentArea:
    """The comments of a page and the lines [start, end) that they take up."""

    start: int
    end: int
    comments: tuple[DraftComment, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Head:
    first: int
    last: int
    author: str | None
    found: tuple[FoundDate, str] | None
    strong: bool  # the wording alone makes it a comment's head
    dated: bool
    labelled: bool = False


def find_comments(lines: Sequence[str]) -> CommentArea | None:
    """The comment area of a page's lines (blank ones included), or None."""
    prose = next((index for index, line in enumerate(lines) if is_prose(line)), None)
    if prose is None:
        return None
    section = next((i for i in range(prose + 1, len(lines)) if _is_section(lines[i])), None)
    heads = _heads(lines, prose, section)
    if not heads or not _believable(heads, section):
        return None
    end = _area_end(lines, heads)
    heads = [head for head in heads if head.first < end]
    comments = []
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        stop = following.first if following is not None else end
        text = _text(lines[head.last + 1 : stop])
        if text:
            comments.append(_comment(lines, head, text))
    if not comments:
        return None
    if (
        section is None
        and sum(len(comment.text.split()) for comment in comments) / len(comments) < 8
    ):
        return None  # a list of other stories with their authors looks like this
    before = _prose_words(lines[: heads[0].first])
    longest = max(_prose_words(comment.text.split("\n")) for comment in comments)
    if longest > _LONGEST_AFTER * before:
        return None  # one "comment" is the story: its byline was taken for a head
    if section is None and _prose_words(lines[heads[0].first : end]) > _MOST_AFTER * before:
        return None  # what looked like heads stood before the story
    start = heads[0].first
    if section is not None and section < start and not any(map(is_prose, lines[section:start])):
        start = section
    return CommentArea(start=start, end=end, comments=tuple(comments))


def _prose_words(lines: Sequence[str]) -> int:
    return sum(len(line.split()) for line in lines if line and is_prose(line))


def _is_section(line: str) -> bool:
    return bool(_SECTION.match(line)) or (len(line) < 40 and kind_of(line) is Furniture.COMMENTS)


def _heads(lines: Sequence[str], prose: int, section: int | None) -> list[_Head]:
    heads: list[_Head] = []
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


def _head_at(lines: Sequence[str], index: int, taken: int, announced: bool) -> _Head | None:
    line = lines[index]
    writes = _WRITES.match(line)
    if writes is not None and _nameable(writes["name"]):
        first, found = _above(lines, index, taken)
        last = index
        if found is None:
            last, found = _below(lines, index)
        strong = writes["place"] is not None or found is not None
        return _Head(
            first=first,
            last=last,
            author=writes["name"],
            found=found,
            strong=strong,
            dated=found is not None,
        )
    aged = _AGED.match(line)
    if aged is not None and _nameable(aged["name"]):
        return _Head(
            first=index, last=index, author=aged["name"], found=None, strong=True, dated=True
        )
    found = _sole_date(line)
    labelled = _LABELLED.match(line)
    if labelled is not None and _nameable(labelled["name"]):
        last = index
        if found is None:
            last, found = _below(lines, index)
        return _Head(
            first=index,
            last=last,
            author=_clean_name(labelled["name"]),
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
            return _Head(
                first=index, last=index, author=name, found=found, strong=False, dated=True
            )
    if announced and _NAME_LINE.match(line) and not kind_of(line) and _nameable(line):
        last, below = _below(lines, index)
        if below is not None or last > index:
            return _Head(
                first=index,
                last=last,
                author=_clean_name(line),
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
    while row < len(lines) and row <= index + 2 and (not lines[row] or _VOTES.match(lines[row])):
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
        and words[0] not in _NO_NAMES
        and not name.isdigit()
    )


def _clean_name(name: str) -> str:
    return name.strip(" :,-–—|•·")


def _believable(heads: Sequence[_Head], section: int | None) -> bool:
    if section is not None and any(head.first > section for head in heads):
        return any(head.dated or head.strong for head in heads) or len(heads) > 1
    if any(head.strong and head.dated for head in heads):
        return True
    likely = [head for head in heads if head.strong or head.dated]
    return len(likely) >= 2


def _area_end(lines: Sequence[str], heads: Sequence[_Head]) -> int:
    """Where the comments stop: at the foot of the page or the signature of the post."""
    last = heads[-1].last
    labelled = any(head.labelled for head in heads)
    for index in range(last + 1, len(lines)):
        line = lines[index]
        if not line:
            continue
        kind = kind_of(line)
        if bare(line) not in wordings().comment_buttons and kind in (
            Furniture.END,
            Furniture.LEGAL,
            Furniture.COMMENTS,
        ):
            return index
        if not labelled and _POSTED.match(line) and len(line.split()) <= 12:
            first = index
            while first - 1 > last and lines[first - 1] and not is_prose(lines[first - 1]):
                first -= 1
            return first
    return len(lines)


def _text(lines: Sequence[str]) -> str:
    kept = [
        line
        for line in lines
        if not line or not (bare(line) in wordings().comment_buttons or _VOTES.match(line))
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")


def _comment(lines: Sequence[str], head: _Head, text: str) -> DraftComment:
    date = None
    if head.found is not None:
        date = DraftDate.of(head.found[0], head.found[1], DateOrigin.TEXT)
    return DraftComment(
        author=_clean_name(head.author) if head.author else None,
        date=date,
        head=tuple(line for line in lines[head.first : head.last + 1] if line),
        text=text,
    )
