"""The lines with which many a paper opens its story: the writers' names, then whom they write for.

    Jo Doe and Sam Roe
    Special to The Harbour News

A name alone is no byline, for it may as well be a heading. It is one where the next line tells
whose writer that is: an outlet, an agency, a role, an address of theirs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.articles.bylines import author_in, names_only
from rag.articles.publisher import by_name

_LONGEST = 100
_STORY = 60  # characters that the first line of a story has at least; a list's lines are shorter
_HOUSE = (
    # what only papers, agencies and their desks are called …
    r"(?:The\s+\([^()]+\)\s+)?(?:[A-Z0-9][\w./&'’-]*\s+|of\s+|and\s+|[|/—–-]\s+){0,5}(?:[A-Z]\w+-)?"
    r"(?:Press|News|Times|Post|Journal|Tribune|Herald|Gazette|Republic|Register|Observer|Enquirer|Inquirer|"
    r"Examiner|Courier|Chronicle|Sentinel|Dispatch|Guardian|Telegraph|TODAY|Network|NETWORK|Sports|Magazine|"
    r"Agency|Tennessean|Oregonian|Californian|Scotsman)(?:\s*[-—–]\s*[A-Z][a-z]+)?$"
    # … and what much else is called as well
    r"|The\s+(?:\([^()]+\)\s+)?(?:[A-Z]\w+\s+){0,3}(?:Star|Sun|Globe|Mail|Record|Review|Bee|Blade|Advocate|"
    r"Argus|Ledger|Citizen|Democrat|Leader|Messenger|Banner|Beacon|Pilot|Eagle|Independent|Mirror|Express|"
    r"Standard|Economist|Spectator|Monitor|Bulletin|Week|Conversation)$"
    r"|(?:Center|Centre|Institute|University|Council)\s+(?:for|of|on)\s+[A-Z]"
    r"|[\w-]+\.(?:com|net|org|co\.uk)$|[^|]{2,40}\|\s*[\w-]+\.(?:com|net|org)$"
)
_AFFILIATION = re.compile(
    r"(?:Special|Contributing)\s+(?:to|for)\s+(?:the\s+)?[A-Z0-9]"
    rf"|For\s+(?:the\s+)?(?:{_HOUSE})|{_HOUSE}"
    # an address, or a name as networks write it
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+$|@\w{2,30}$"
    # a role: 'Opinion columnist', 'AP Entertainment Writer'
    r"|(?:[A-Z][\w.&]*\s+|of\s+the\s+|[a-z]+\s+(?=\w+$)){0,3}(?:[Cc]ontributors?|[Cc]olumnists?|[Cc]orrespondents?|"
    r"[Rr]eporters?|[Ww]riters?|[Ee]ditors?|[Ss]taff|[Cc]ritics?|[Bb]ureau)$"
)
# Of these a name consists that is no person's.
_BODY = re.compile(
    r"\b(?:Press|News|Times|Post|Journal|Tribune|Herald|Gazette|Enquirer|Network|Sports|Media|Staff|Board|Team|"
    r"Desk|Editors?|Today|TODAY|Report|Update[sd]?|Live|Inc|LLC|University|Court|House|Party|Department|Street|"
    r"City|County|State|States|Bank|Republic|Writers?|Reporters?|Columnists?|Contributors?|Critics?|Bureau|"
    r"Group|Company|League|Association|Council|Committee|Agency|Service|Review|Cup|Numbers|Detective|Officer|"
    r"January|February|March|April|June|July|August|September|October|November|December|\w*day)\b"
)
_CAPITALS = re.compile(r"[A-Z]{2,}(?=\s|$)")
_AGENCY = re.compile(
    r"(?:The\s+)?(?:Associated Press|AP|Reuters|AFP|Agence France-Presse|dpa|Xinhua|UPI|EFE|ANSA|"
    r"TASS|PA Media|Bloomberg(?: News)?|Kyodo(?: News)?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """Who wrote a story, the line that says so, and the lines that it takes of the story.

    ``agency`` tells that the author is an agency, whose writer may be named elsewhere.
    """

    author: str
    byline: str
    lines: tuple[int, ...]
    agency: bool = False


def opening(lines: Sequence[str], rows: Sequence[int]) -> Opening | None:
    """The byline with which the story opens; None where it opens with none.

    ``rows`` are the lines of the story, the first of them first; blank ones are passed over.
    """
    told = [row for row in rows[:8] if lines[row].strip()][:3]
    if len(told) < 3:
        return None  # of two lines the second is the story
    first, second, third = (lines[row].strip() for row in told)
    if len(first) > _LONGEST:
        return None
    if persons(first) and _is_affiliation(second) and len(third) >= _STORY:
        byline = f"{first}, {second}"
        return Opening(author=_in_small(first), byline=byline, lines=tuple(told[:2]))
    if len(second) < _STORY:
        return None
    named, _, house = first.rpartition(", ")
    by = author_in(first)
    if by is not None and persons(by):
        return Opening(author=by, byline=first, lines=(told[0],))
    if named and persons(named) and _is_affiliation(house):
        return Opening(author=_in_small(named), byline=first, lines=(told[0],))
    agency = first.rstrip("—–- ")  # 'Reuters —'
    if _AGENCY.fullmatch(agency):
        return Opening(author=agency, byline=first, lines=(told[0],), agency=True)
    return None


def _in_small(names: str) -> str:
    return names.title().replace(" And ", " and ") if names.isupper() else names


def persons(line: str) -> bool:
    """Whether a line holds nothing but names that can be persons'."""
    as_written = line.title() if line.isupper() else line
    return (
        names_only(as_written)
        and _BODY.search(as_written) is None
        and (line.isupper() or _CAPITALS.search(line) is None)
        and by_name(line) is None
    )


def _is_affiliation(line: str) -> bool:
    line = line.rstrip(";, ")
    if by_name(line) is not None:
        return True
    prose = line.endswith((".", "!", "?", ":"))
    return len(line) <= _LONGEST and not prose and _AFFILIATION.match(line) is not None
