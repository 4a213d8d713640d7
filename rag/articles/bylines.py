"""Finds who wrote an article and when it appeared, among the lines around its text.

A publication date is a date that a page says about itself: labelled ('Published:', 'Last
Modified:'), beneath a byline, in the page title, on a line of its own near the headline, or
in a dateline. Dates inside the story, clocks of the page, dates of comments and of lists of
other stories are never taken; neither is a date without a year. Where only 'last modified'
is told, it is taken and marked as such.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.articles.dates import FoundDate, find_dates
from rag.articles.draft import DraftDate
from rag.articles.furniture import Furniture, kind_of
from rag.articles.publisher import by_name, segments
from rag.types import DateOrigin

_PERSON = (
    r"(?:(?:[A-ZÀ-ÞĀ-ŽА-Я][\w.'’-]*|[A-Z]\.|de|da|van|von|der|den|bin|al|el|la|le|du|di|and|"
    r"with|und|et|y|e|&),?\s*){1,12}"
)
_BY = re.compile(
    rf"^(?:(?:[Pp]osted|[Pp]ublished|[Ww]ritten|[Rr]eported|[Ss]ubmitted|[Cc]reated)\s+by|[Bb]y|"
    rf"BY|[Aa]uthors?\s*:|[Rr]eporter\s*:|[Vv]on|[Pp]ar|[Pp]or|[Dd]oor|"
    rf"[Aa]utore?:)\s*:?\s+(?P<who>{_PERSON})"
)
_LABEL_NEW = re.compile(
    r"\b(?:first published|published(?: on| at)?|publiziert(?: am)?|posted(?: on| at)?|"
    r"date(?:line)?|issued|created|publish(?:ed)? date|publication date|date published|"
    r"veröffentlicht|publié(?: le)?|publicado(?: em| el)?|pubblicato|gepubliceerd|опубликовано|"
    r"datum|filed)\b\s*[:|-]?\s*(?:on )?",
    re.IGNORECASE,
)
_LABEL_OLD = re.compile(
    r"\b(?:last (?:modified|updated|changed|edited|update)|updated(?: on| at)?|modified|update|"
    r"aktualisiert|mis à jour(?: le)?|actualizado|atualizado(?: em)?|aggiornato|обновлено|"
    r"bijgewerkt)\b\s*[:|-]?",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thur?s?|fri|"
    r"sat|sun|at|on|by|am|pm|a\.m|p\.m|"
    r"\d{4} (?:GMT|UTC|[A-Z]{2,4}T)|\d+ (?:minute|hour|day|week|month|year)s? ago|"
    r"[A-Z]{2,4}T|HKT|GMT|UTC|ET|PT|CT|IST|CET|hrs?|local time|[ap]m|\d+ min(?:ute)?s? read|h|"
    r"uhr)\b|\d{1,2}[:.h]\d{2}(?::\d{2})?|[^\w]|T\d{2}",
    re.IGNORECASE,
)
_TRIM = re.compile(r"(?:[\s,|•·:–—-]+|\b(?:and|with|on|at|de|e|y)\b\s*)+$")
_ROLE = re.compile(
    r"\s*(?:,|\||•|·|–|—| - |/)\s*|\b(?:for|in|of|at|on)\b.*$|\b(?:Staff Writer|Staff Reporter|"
    r"Special to|Correspondent|Reporter|Associated Press|Updated|Published|Posted).*$"
)
_FULL_NAME = re.compile(r"[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ]\.?[\w'’-]*){1,3}")
_TIME = re.compile(
    r"\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?(?:\s*[A-Z]{2,4}\b)?|[/|•·]", re.IGNORECASE
)
_OUTER = re.compile(r"^\W+|\W+$")
_DATELINE_DATE = re.compile(
    r"^[A-ZÀ-Þ][\w.'’ ,-]{2,50}?[\s,(]+(?P<date>.{6,30}?)\)?\s*(?:\([\w /-]{2,30}\)\s*)?(?:--|"
    r"[-–—/])"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A date candidate: the line, its place, and how far it is to be trusted."""

    line: int
    date: DraftDate
    trust: int


def author_in(line: str) -> str | None:
    """The author that a byline names, or None where the line is no byline."""
    if len(line) > 200:
        return None
    match = _BY.match(line)
    if match is None:
        return _signed(line)
    who = match["who"]
    dates = find_dates(who)
    rest = line[match.end() :]
    if (
        not dates
        and re.match(r"\s*[a-z]{2,}", rest)
        and not re.match(r"\s*(?:on|at|for|in|of)\b", rest)
    ):
        return None  # 'By Monday the army had …' goes on as a sentence
    who = who[: dates[0].start] if dates else who
    who = _cut_at_month(who)
    who = _TRIM.sub(
        "", re.split(_ROLE, who, maxsplit=1)[0] if ", " in who or "|" in who else _ROLE.sub("", who)
    )
    who = " ".join(who.split())
    ends_like_prose = line.rstrip().endswith(".") and len(line.split()) > 8 and not find_dates(line)
    if not 2 <= len(who) <= 80 or ends_like_prose:
        return None
    return who.title() if who.isupper() and len(who) > 5 else who


def _signed(line: str) -> str | None:
    """The name in 'Jane Doe - Nov 19, 2019, 8:15 pm': a name, a date, and nothing else."""
    if not 12 <= len(line) <= 90:
        return None
    dates = find_dates(line)
    if len(dates) != 1 or dates[0].day is None or dates[0].start < 5:
        return None
    name = _TRIM.sub("", line[: dates[0].start])
    if _LABEL_NEW.match(name) or _LABEL_OLD.match(name):
        return None
    rest = _FILLER.sub("", line[dates[0].end :])
    return name if _FULL_NAME.fullmatch(name) and len(rest) <= 4 and by_name(name) is None else None


def names_only(line: str) -> bool:
    """Whether a line is nothing but one to four full names: 'Jo Doe, Sam Roe and Kim Poe'."""
    parts = re.split(r",\s*|\s+(?:and|&)\s+", line.strip())
    return len(parts) <= 4 and all(_FULL_NAME.fullmatch(part) for part in parts)


def is_date_line(line: str) -> bool:
    """Whether a line says a date, perhaps with a label, a weekday and a time, and nothing else."""
    if not 6 <= len(line) <= 120:
        return False
    dates = find_dates(line)
    if not dates:
        return False
    rest = line
    for found in reversed(dates):
        rest = rest[: found.start] + " " + rest[found.end :]
    rest = _LABEL_OLD.sub(" ", _LABEL_NEW.sub(" ", rest))
    return (
        len(_FILLER.sub("", rest)) <= 4 or by_name(_OUTER.sub("", _TIME.sub(" ", rest))) is not None
    )


def publication_date(
    lines: Sequence[str],
    *,
    head: Sequence[int],
    tail: Sequence[int],
    body_start: int,
    title: int | None,
) -> tuple[int, DraftDate] | None:
    """The most trustworthy date that the lines outside the story give, with its line.

    ``head`` are the lines before the story, ``tail`` those after it that still belong to
    the article (not to comments or lists); ``body_start`` is the story's first line.
    """
    found: list[Found] = []
    for index in (*head, *tail):
        found.extend(_candidates(lines, index, in_head=index in head, title=title))
    if body_start < len(lines):
        found.extend(_dateline(lines, body_start))
    if not found:
        return None
    best = max(found, key=lambda one: (one.trust, not one.date.modified, -one.line))
    return best.line, best.date


def _candidates(
    lines: Sequence[str], index: int, *, in_head: bool, title: int | None
) -> list[Found]:
    line = lines[index]
    if not line or len(line) > 250:
        return []
    dates = find_dates(line)
    if not dates:
        return []
    found = []
    for which, date in enumerate(dates):
        before = line[dates[which - 1].end if which else 0 : date.start]
        old, new = _last(_LABEL_OLD, before), _last(_LABEL_NEW, before)
        if old < 0 and new < 0 and not which and not before.strip(" ,.:|-") and index and in_head:
            above = lines[index - 1].strip()
            old = 0 if _LABEL_OLD.fullmatch(above) else -1
            new = 0 if _LABEL_NEW.fullmatch(above) else -1
        modified = old > new or (old == new == 0 and bool(_LABEL_OLD.search(before)))
        trust = _trust(
            lines,
            index,
            date,
            labelled=max(old, new) >= 0 and len(line) < 160,
            in_head=in_head,
            title=title,
        )
        if trust:
            found.append(
                Found(
                    line=index,
                    date=DraftDate.of(
                        date, line, DateOrigin.TEXT, modified=modified and trust >= 9
                    ),
                    trust=trust - (4 if modified else 0) - which,
                )
            )
    return found


def _trust(
    lines: Sequence[str],
    index: int,
    date: FoundDate,
    *,
    labelled: bool,
    in_head: bool,
    title: int | None,
) -> int:
    """How sure it is that a date in this place is the publication date; 0 rules it out."""
    line = lines[index]
    clock_first = kind_of(line) is Furniture.CLOCK
    if clock_first and (not in_head or title is None or index < title):
        return 0  # the clock of the page
    if labelled:
        return 11
    if author_in(line) is not None:
        return 10
    alone = is_date_line(line)
    if alone and _near_byline(lines, index):
        return 9
    parts = segments(line)
    if len(parts) > 1 and line[date.start : date.end].strip() in parts:
        return 8
    if not in_head:
        return 0
    if alone and title is not None and index > title:
        return 7
    return 5 if alone and not clock_first else 0


def _near_byline(lines: Sequence[str], index: int) -> bool:
    for step in (-1, 1, -2):
        row = index + step
        if 0 <= row < len(lines) and lines[row] and author_in(lines[row]) is not None:
            return True
    return False


def _dateline(lines: Sequence[str], index: int) -> list[Found]:
    match = _DATELINE_DATE.match(lines[index][:140])
    if match is None:
        return []
    dates = find_dates(match["date"])
    if len(dates) != 1 or dates[0].end - dates[0].start < len(match["date"].strip(" ,")) - 3:
        return []
    date = dates[0]
    evidence = match["date"][date.start : date.end]
    return [Found(line=index, date=DraftDate.of(date, evidence, DateOrigin.TEXT), trust=6)]


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def _cut_at_month(who: str) -> str:
    cut = re.search(
        r"\b(?:January|February|March|April|June|July|August|September|October|November|"
        r"December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?,?\s*$|\b(?:Mon|Tues|"
        r"Wednes|Thurs|Fri|Satur|Sun)day\b",
        who,
    )
    return who[: cut.start()] if cut else who
