"""The lines with which many a paper opens its story: the writers' names, then whom they write for.

    Jo Doe and Sam Roe
    Special to The Harbour News

A name alone is no byline, for it may as well be a heading. It is one where the next line tells
whose writer that is (an outlet, an agency, a role, an address of theirs) or begins the story with
its dateline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.articles.bylines import author_in, names_only
from rag.articles.publisher import by_dateline, by_name

_LONGEST = 100
_AFFILIATION = re.compile(
    # 'Special to USA TODAY', 'For The Courier'
    r"^(?:Special\s+(?:to|for)|For|Contributing\s+to)\s+(?:the\s+)?[A-Z0-9]"
    # an address, or a name as networks write it
    r"|^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$|^@\w{2,30}$"
    # a role
    r"|\b(?:[Cc]ontributors?|[Cc]olumnists?|[Cc]orrespondents?|[Rr]eporters?|[Ww]riters?|[Ee]ditors?|"
    r"[Ss]taff|[Cc]ritics?|[Bb]ureau)$"
    # what papers, agencies and houses are called
    r"|^(?:The\s+\([^()]+\)\s+)?(?:[A-Z0-9][\w./&'’-]*\s+|of\s+|the\s+|and\s+|[|/—–-]\s+){0,5}(?:[A-Z]\w+-)?"
    r"(?:Press|News|Times|Post|Journal|Tribune|Herald|Gazette|Republic|Register|Observer|Enquirer|Inquirer|"
    r"Examiner|Courier|Chronicle|Star|Sun|Sentinel|Dispatch|Globe|Guardian|Telegraph|Mail|Record|Review|Daily|"
    r"Weekly|Today|TODAY|Network|NETWORK|Sports|Media|Radio|Wire|Magazine|Agency|Bee|Blade|Advocate|Argus|Ledger|"
    r"Citizen|Democrat|Leader|Messenger|Banner|Beacon|Pilot|Eagle|Independent|Mirror|Express|Standard|Economist|"
    r"Spectator|Monitor|Bulletin|Tennessean|Oregonian|Californian|Scotsman|Irishman|Street|St\.|Institute|"
    r"Foundation|University|Alliance)(?:\s*[-—–]\s*[A-Z][a-z]+)?$"
    r"|^(?:Center|Centre|Institute|University|Council)\s+(?:for|of|on)\s"
    r"|^[\w-]+\.(?:com|net|org|co\.uk)$|\|\s*[\w-]+\.(?:com|net|org)$"
)
# Of these a name consists that is no person's.
_BODY = re.compile(
    r"\b(?:Press|News|Times|Post|Journal|Tribune|Herald|Gazette|Enquirer|Network|Sports|Media|Staff|Board|Team|"
    r"Desk|Editors?|Today|TODAY|Report|Update[sd]?|Live|Inc|LLC|University|Court|House|Party|Department|Street|"
    r"City|County|State|States|Bank|Republic|Writers?|Reporters?|Columnists?|Contributors?|Critics?|Bureau|Group|Company|League|Association|Council|Committee|Agency|Service|Review|"
    r"January|February|March|April|June|July|August|September|October|November|December|\w*day)\b"
)
_CAPITALS = re.compile(r"[A-Z]{2,}(?=\s|$)")


_AGENCY = re.compile(
    r"(?:The\s+)?(?:Associated Press|AP|Reuters|AFP|Agence France-Presse|dpa|Xinhua|UPI|EFE|ANSA|"
    r"TASS|PA Media|Bloomberg(?: News)?|Kyodo(?: News)?)",
    re.IGNORECASE,
)
# Readers are bidden to follow Jo Doe on Twitter, or to reach the reporter Jo Doe at her address.
_REACH = re.compile(
    r"(?:^|[.;]\s+)(?:You can\s+)?(?:[Ff]ollow|[Cc]ontact|[Ee]mail|[Rr]each)\s+"
    r"(?:[A-Z][\w. ]{1,30}['’]s\s+(?:[a-z]+\s+){0,3}?|"
    r"(?:the\s+|our\s+)?(?:[A-Z][\w.]*\s+){0,3}?(?:[a-z]+\s+){0,3}?)?"
    r"(?P<who>[A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ]\.?[\w'’-]*){1,2})\s*"
    r"(?=(?:\(|at\s+\S+@|on\s+(?:Twitter|X|Instagram|Facebook)\b|@|by e-?mail))"
)

_ROLE = re.compile(r"^.*\b(?:Writer|Reporter|Columnist|Editor|Correspondent|Critic)\s+")


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
    first, second = (lines[row].strip() for row in told[:2])
    if len(first) > _LONGEST:
        return None
    named, _, house = first.rpartition(", ")
    if (author := author_in(first)) is not None:
        return Opening(author=author, byline=first, lines=(told[0],))
    if named and _persons(named) and _is_affiliation(house):
        return Opening(author=_in_small(named), byline=first, lines=(told[0],))
    if _AGENCY.fullmatch(first) and len(lines[told[1]]) > _LONGEST:
        return Opening(author=first, byline=first, lines=(told[0],), agency=True)
    if _persons(first):
        return _by_the_next(first, second, told)
    return None


def _by_the_next(first: str, second: str, told: Sequence[int]) -> Opening | None:
    """Names as a byline, where the line behind them makes them one."""
    if _is_affiliation(second):
        return Opening(author=_in_small(first), byline=f"{first}, {second}", lines=tuple(told[:2]))
    if by_dateline(second) is not None or _DATELINE.match(second):
        return Opening(author=_in_small(first), byline=first, lines=(told[0],))
    return None


def _in_small(names: str) -> str:
    return names.title().replace(" And ", " and ") if names.isupper() else names


_DATELINE = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ .'’-]{3,30}(?:,\s[\w.,'’ -]{2,40}?)?\s*(?:--|[–—])\s+\S")


def _persons(line: str) -> bool:
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
    prose = line.endswith((".", "!", "?", ":")) and not line.endswith(" St.")
    return len(line) <= _LONGEST and not prose and _AFFILIATION.search(line) is not None


def reachable(lines: Sequence[str]) -> str | None:
    """Whom the last lines of a story bid its readers to follow or write to, where it is one person.

    That is who wrote it: among the stories of a large crawl that name their writer as well, the
    two were the same (docs/experiments.md).
    """
    told = [line for line in lines if line.strip()][-4:]
    names = {_ROLE.sub("", m["who"]) for line in told for m in _REACH.finditer(line)}
    persons = {name for name in names if _persons(name)}
    return persons.pop() if len(persons) == 1 else None
