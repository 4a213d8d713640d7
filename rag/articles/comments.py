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

from rag.articles.comment_heads import VOTES, Head, clean_name, find_heads
from rag.articles.draft import DraftComment, DraftDate
from rag.articles.features import is_prose
from rag.articles.furniture import Furniture, bare, kind_of, wordings
from rag.types import DateOrigin

_SECTION = re.compile(
    r"^(?:(?:view|show|read|see|all|load)\s+)?(?:\d[\d,]*|no)\s+(?:reader )?(?:comments?|"
    r"responses?|replies|thoughts?)(?: (?:on|to|so far)\b.*)?:?$"
    r"|^(?:comments?|responses|discussion|replies)\s*[(\[]\d+[)\]]:?$|^(?:comments|responses) "
    r"(?:on|to)\b.{2,120}$",
    re.IGNORECASE,
)
_POSTED = re.compile(r"^(?:posted|published|written|submitted)\s+(?:by|on)\b", re.IGNORECASE)
_LONGEST_AFTER = 1.5  # a single comment longer than this times the story's prose is none
_HEADLESS_SHARE = 0.5  # comments without heads with more than this of the story's prose are none
_ANNOUNCED = {"comments", "comment", "reader comments", "readers' comments", "user comments"}
_FEW = 3  # words that are no sentence yet
_MOST_AFTER = 3  # unannounced comments with more than this times the story's prose are none


@dataclass(frozen=True, kw_only=True, slots=True)
class CommentArea:
    """The comments of a page and the lines [start, end) that they take up."""

    start: int
    end: int
    comments: tuple[DraftComment, ...]


def find_comments(lines: Sequence[str]) -> CommentArea | None:
    """The comment area of a page's lines (blank ones included), or None."""
    prose = next((index for index, line in enumerate(lines) if is_prose(line)), None)
    if prose is None:
        return None
    section = next((i for i in range(prose + 1, len(lines)) if _is_section(lines[i])), None)
    heads = find_heads(lines, prose, section)
    if not heads or not _believable(lines, heads, section):
        return _headless(lines, section)
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
    if section is not None and section < start:
        # Announced words before the first head that was told apart are a reader's, too: an
        # odd name ('Reuters [1] says:') must not make them the newsroom's.
        early = [line for line in lines[section + 1 : start] if _is_said(line)]
        if sum(len(line.split()) for line in early) <= _HEADLESS_SHARE * _prose_words(
            lines[:section]
        ):
            comments[:0] = map(_by_nobody, early)
            start = section
    return CommentArea(start=start, end=end, comments=tuple(comments))


def _headless(lines: Sequence[str], section: int | None) -> CommentArea | None:
    """Comments that were announced but carry no heads: each paragraph one, by nobody known."""
    if section is None or bare(lines[section]) not in _ANNOUNCED:
        return None
    end = next(
        (i for i in range(section + 1, len(lines)) if kind_of(lines[i]) is Furniture.END),
        len(lines),
    )
    texts = [line for line in lines[section + 1 : end] if is_prose(line)]
    if not texts or _prose_words(texts) > _HEADLESS_SHARE * _prose_words(lines[:section]):
        return None  # rather a part of the story that is called so
    return CommentArea(start=section, end=end, comments=tuple(map(_by_nobody, texts)))


def _by_nobody(text: str) -> DraftComment:
    return DraftComment(author=None, date=None, head=(), text=text)


def _is_said(line: str) -> bool:
    """Prose, or a short whole sentence."""
    return is_prose(line) or (len(line.split()) > _FEW and line.endswith((".", "!", "?")))


def _prose_words(lines: Sequence[str]) -> int:
    return sum(len(line.split()) for line in lines if line and is_prose(line))


def _is_section(line: str) -> bool:
    return bool(_SECTION.match(line)) or (len(line) < 40 and kind_of(line) is Furniture.COMMENTS)


def _believable(lines: Sequence[str], heads: Sequence[Head], section: int | None) -> bool:
    if section is not None and any(head.first > section for head in heads):
        if _SECTION.match(lines[section]):
            return True  # '2 comments' announces them plainly; one head is enough
        return any(head.dated or head.strong for head in heads) or len(heads) > 1
    if any(head.strong and head.dated for head in heads):
        return True
    likely = [head for head in heads if head.strong or head.dated]
    return len(likely) >= 2


def _area_end(lines: Sequence[str], heads: Sequence[Head]) -> int:
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
        if not line or not (bare(line) in wordings().comment_buttons or VOTES.match(line))
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")


def _comment(lines: Sequence[str], head: Head, text: str) -> DraftComment:
    date = None
    if head.found is not None:
        date = DraftDate.of(head.found[0], head.found[1], DateOrigin.TEXT)
    return DraftComment(
        author=clean_name(head.author) if head.author else None,
        date=date,
        head=tuple(line for line in lines[head.first : head.last + 1] if line),
        text=text,
    )
