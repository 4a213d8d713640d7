"""The lines with which many a paper ends its story, and which tell who wrote it.

    Jo Doe covers the harbour for The Harbour News. Follow Sam Roe on Twitter: @samroe

Two forms are known: readers are bidden to follow or to reach somebody, and somebody is told to
cover a beat or to be a writer, in a line that opens with the name. Either counts where the story
tells of them nowhere else; a large crawl was read to choose the forms (docs/experiments.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.articles.opening import persons

_LAST = 4  # lines in which a story tells it
_NAME = r"[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ]\.?[\w'’-]*){1,2}"
_WRITES = r"(?:[Ww]riters?|[Rr]eporters?|[Cc]olumnists?|[Ee]ditors?|[Cc]orrespondents?|[Cc]ritics?)"
_BEFORE = r"(?:[A-Z][\w. ]{1,30}['’]s\s+)?(?:(?:the|our)\s+)?(?:[\w.]+\s+){0,4}?"
_REACH = re.compile(
    r"(?:^|[.;]\s+)(?:You can\s+)?(?:[Ff]ollow\s+"
    rf"(?:[A-Z][\w. ]{{1,30}}['’]s\s+|{_BEFORE}{_WRITES}\s+)?"
    rf"(?P<followed>{_NAME})\s*(?=\(@|on\s+(?:Twitter|X|Instagram|Facebook)\b|@)"
    rf"|(?:[Cc]ontact|[Ee]mail|[Rr]each)\s+{_BEFORE}{_WRITES}\s+(?P<reached>{_NAME})"
    r"\s+(?:at|by|on)\b)"
)
_BEAT = re.compile(
    rf"(?:^|[.;]\s+|\band\s+)(?P<name>{_NAME})\s+"
    r"(?:covers\s|writes\s+(?:about|on|for)\b|reports\s+(?:on|for|from)\b|"
    r"is\s+(?:an?|the|our)\s+(?:[\w&'’.,-]+\s+){0,8}?"
    r"[\w-]*(?:[Ww]riter|[Jj]ournalist|[Rr]eporter|[Cc]olumnist|[Ee]ditor|[Cc]orrespondent|"
    r"[Cc]ritic|[Pp]roducer|[Cc]ontributor)\b)"
)
# 'More from Jo Doe:' heads a list of other stories and tells nothing of them.
_MORE = re.compile(r"(?:Read |See )?[Mm]ore (?:from|by)\b")


def closing(lines: Sequence[str]) -> str | None:
    """Who wrote the story, as its last lines tell it; None where they tell nobody or several."""
    told = [line.strip() for line in lines if line.strip()]
    apart = [line for line in told if not _MORE.match(line)]
    last = apart[-_LAST:]
    return _only(_beats(last), apart, last) or _only(_bidden(last), apart, last)


def _beats(last: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Who is told to write, with the line; what stands behind another sentence tells of others."""
    for line in last:
        for found in _BEAT.finditer(line):
            yield found["name"], line if found.start() == 0 else ""


def _bidden(last: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Whom readers are bidden to follow or to reach, with the line."""
    for line in last:
        for found in _REACH.finditer(line):
            yield found["followed"] or found["reached"], line


def _only(found: Iterator[tuple[str, str]], told: Sequence[str], last: Sequence[str]) -> str | None:
    """The one person found, if no line but those tells of them."""
    pairs = list(found)
    names = {name for name, _ in pairs}
    name = names.pop() if len(names) == 1 else ""
    if not persons(name) or not all(line for _, line in pairs):
        return None
    own = {line for _, line in pairs} | {line for line in last if _REACH.search(line)}
    surname = re.compile(rf"\b{re.escape(name.split()[-1])}\b")
    return None if any(surname.search(line) for line in told if line not in own) else name
