"""Who published an article: read from its address, its page title, its dateline or its promises.

A name counts only where a publisher's name stands: a segment of the page title ('… | News
| DW | 02.12.2015'), the brackets of a dateline ('BRUSSELS (Sputnik) -'), a copyright line,
a promise to readers ('Stay tuned to …', '… journalists report the news'), or the host of
the URL. A newspaper that a story merely quotes, or an agency that it credits, does not.
The names are data: ``data/outlets.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from urllib.parse import urlsplit

from rag.articles.furniture import wordings

_SEPARATORS = re.compile(r"\s+[|–—·•»:>-]\s+|\s*\|\s*")
_DATELINE = re.compile(
    r"^(?P<place>[A-ZÀ-ÞĀ-Ž][\w.'’ -]{1,40}(?:,\s[\w.,'’ -]{2,40}?)?)"
    r"\s*[\[(](?P<name>[^()\[\]]{2,40})[\])]\s*[-–—:]+\s*"
)
_TIGHT_DATELINE = re.compile(  # 'Ashford, England (CNN)The council'
    r"^(?:[A-Z][\w.'’ -]{1,40}(?:,\s[\w.'’ -]{2,40})?\s*)?"
    r"\((?P<name>[A-Z][^()]{1,30})\)\s*(?=[A-Z“\"])"
)
_PLAIN_DATELINE = re.compile(r"^[A-Z][A-Z .'’-]{2,30}(?:,\s[\w.,'’ -]{2,40}?)?\s*(?:--|[-–—])\s+")
_NOT_ALNUM = re.compile(r"[\W_]+")


@cache
def _names() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Wording -> name, squeezed wording -> name, host -> name."""
    text = resources.files("rag.articles").joinpath("data/outlets.toml").read_text("utf-8")
    exact: dict[str, str] = {}
    squeezed: dict[str, str] = {}
    hosts: dict[str, str] = {}
    for name, others in tomllib.loads(text)["outlets"].items():
        for wording in (name, *others):
            if "." in wording and " " not in wording and wording == wording.lower():
                hosts[wording] = name
                squeezed.setdefault(_squeeze(wording), name)
            else:
                exact[wording] = name
                squeezed.setdefault(_squeeze(wording), name)
    return exact, squeezed, hosts


def by_host(url: str) -> str | None:
    """The publisher that an address belongs to; for an unknown host the host itself."""
    host = (urlsplit(url).hostname or "").lower().rstrip(".")
    if not host:
        return None
    hosts = _names()[2]
    labels = host.split(".")
    for start in range(len(labels) - 1):
        known = hosts.get(".".join(labels[start:]))
        if known is not None:
            return known
    return host.removeprefix("www.")


def by_name(wording: str) -> str | None:
    """The publisher that a whole wording names, or None."""
    exact, squeezed, _ = _names()
    wording = wording.strip(" .,:;()[]©*")
    if wording in exact:
        return exact[wording]
    key = _squeeze(wording)
    return squeezed.get(key) if len(key) > 4 else None


def segments(line: str) -> list[str]:
    """The segments of a page title or breadcrumb line: 'A | News | DW' -> A, News, DW."""
    return [part.strip() for part in _SEPARATORS.split(line) if part.strip()]


def by_segments(line: str) -> str | None:
    """The publisher named by a segment of a page title or breadcrumb, the last one first.

    The first segment of two is the headline, and a path of names ('Home > Space > NASA')
    ends with its topic, so neither counts.
    """
    parts = segments(line)
    if len(parts) < 2:
        return None
    path = ">" in line or "»" in line
    candidates = parts[:1] if path else (parts if len(parts) > 2 else parts[1:])
    for part in reversed(candidates):
        name = by_name(part)
        if name is not None:
            return name
    return None


def by_dateline(paragraph: str) -> str | None:
    """The publisher in a dateline's brackets, known or not: 'KABUL (Pajhwok) -'."""
    match = _DATELINE.match(paragraph) or _TIGHT_DATELINE.match(paragraph)
    if match is None:
        return None
    inside = match["name"].split("/")[0]
    return by_name(inside) or by_name(match["name"])


def without_dateline(paragraph: str) -> str:
    """A paragraph without the dateline that it opens with."""
    match = _DATELINE.match(paragraph) or _PLAIN_DATELINE.match(paragraph)
    return paragraph[match.end() :] if match else paragraph


def by_promise(outside: Iterable[str], story: Iterable[str] = ()) -> str | None:
    """The publisher that speaks of itself, the most frequent name, the first on a tie.

    Lines outside the story count with every known wording; inside the story only plain
    promises to the reader do ('Stay tuned to …'), for stories tell of other outlets too.
    """
    found: dict[str, int] = {}
    for lines, inside in ((outside, False), (story, True)):
        for line in lines:
            for name in _speakers(line, inside=inside):
                found[name] = found.get(name, 0) + 1
    return max(found, key=lambda name: found[name]) if found else None


def names_itself(line: str) -> bool:
    """Whether a line tells of the outlet that publishes it ('RFE/RL journalists report …')."""
    return bool(_about(line))


def _speakers(line: str, *, inside: bool) -> list[str]:
    names = [] if inside else _about(line)
    for match in _promo(inside).finditer(line):
        name = _leading(line[match.end() : match.end() + 60])[0]
        if name is not None:
            names.append(name)
    return names


def _about(line: str) -> list[str]:
    """Names that open the line and go on with what outlets say of themselves."""
    name, length = _leading(line)
    if name is None:
        return []
    return [name] if wordings().about_outlet.match(line[length:].lstrip(" ,'’s")) else []


@cache
def _promo(inside: bool) -> re.Pattern[str]:
    known = wordings()
    pattern = known.promise if inside else known.promo
    return re.compile(r"(?<!\w)(?:" + pattern.pattern + r")\s+(?:the )?", re.IGNORECASE)


def _leading(text: str) -> tuple[str | None, int]:
    """The longest known name that the text opens with, and its length."""
    exact, squeezed, _ = _names()
    ends = [match.start() for match in re.finditer(r"(?!\w)(?<=\w)|(?<=[!.])", text[:60])]
    for end in reversed(ends):
        wording = text[:end]
        name = exact.get(wording)
        if name is None and len(wording) > 4 and wording.isupper():
            name = squeezed.get(_squeeze(wording))
        if name is not None:
            return name, end
    return None, 0


def _squeeze(wording: str) -> str:
    key = _NOT_ALNUM.sub("", wording.casefold())
    return key.removeprefix("www").removeprefix("the") if len(key) > 6 else key
