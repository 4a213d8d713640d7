"""What the readers of written dates share: names of months, the words around a match, `Found`.

No date is read here; `rag.retrieve.time_days` and `rag.retrieve.time_years` do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.retrieve.time_types import Period

MONTHS = {
    name: index
    for index, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH = r"(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY = r"(?:" + "|".join(WEEKDAYS) + r")"
WORDS_BEFORE_TIME = re.compile(
    r"\b(?:in|since|by|until|till|from|to|during|of|this|last|next|early|late|mid|and|or|through|"
    r"before|after|between|for|around|about|earlier|later|past|every|each|on|the)[\s-]+$",
    re.IGNORECASE,
)
QUANTITY_BEFORE = re.compile(
    r"(?:[$€£¥#№+]\s?|\b(?:about|some|than|nearly|almost|roughly|approximately|over|least|most|"
    r"up to|total of|only|another|all|no|nos|number|page|room|route|highway|flight|"
    r"resolution|boeing|article)\.?\s+)$",
    re.IGNORECASE,
)
UNIT_AFTER = re.compile(
    r"\s?(?:%|°|percent|per\s+cent|people|persons|men|women|children|troops|soldiers|fighters|militants|"
    r"civilians|refugees|migrants|members|voters|residents|homes|houses|cases|deaths|tons|tonnes|"
    r"miles?|km|kilomet\w+|metres?|meters?|feet|ft|kg|kilograms?|pounds|dollars|euros|yen|rubles|"
    r"million|billion|thousand|hundred|hours|minutes|seconds|days|weeks|months|years|hectares|acres|"
    r"square|mph|megawatts|mw|volts|watts|points|times|pages|words|votes|seats|jobs|workers|"
    r"employees|students|barrels|gallons|litres|liters|calories|copies|species|of\s+(?:the|them|its|"
    r"his|her|their|these|those))(?![a-z])",
    re.IGNORECASE,
)
ENDS_PHRASE = re.compile(
    r"\s*(?:$|[.,;:!?)\]\"'”’–—-]|(?:in|on|at|of|and|or|to|for|by|from|with|was|were|is|are|did|do|"
    r"does|has|have|had|will|when|that|which|who|between|during|after|before)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A match with its meaning; ``relative`` when the anchor supplied what the words left out."""

    start: int
    end: int
    period: Period
    relative: bool = False


def before_words(match: re.Match[str]) -> str:
    """The words just before a match: enough for every check here, and bounded."""
    return match.string[max(0, match.start() - 40) : match.start()]


def after_words(match: re.Match[str]) -> str:
    """The words just behind a match."""
    return match.string[match.end() : match.end() + 40]


def found_at(
    match: re.Match[str], period: Period | None, *, relative: bool = False
) -> Found | None:
    """A match with its meaning; None where it has none."""
    if period is None:
        return None
    return Found(start=match.start(), end=match.end(), period=period, relative=relative)
