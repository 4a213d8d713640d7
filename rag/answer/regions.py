"""'Which Baltic country …?': the region says of what kind the answer is.

An article that names a country seldom tells where it lies, so nothing in it need hold the
region's name; but a country of another part of the world is no answer.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from rag.retrieve.words import countries

OUTSIDE = 0.2  # what is left of a probability where the short answer lies in another region

_NOT_LAND = r"sea|coast|american|games?|cup|league|union|war|ocean|stream"
_SEVERAL = r"(?:other|another|two|three|four|five|small|big|large|former|major|poor|rich)"
_LANDS = (
    r"(?:countr(?:y|ies)|nations?|states?|republics?|kingdoms?|lands?|members?|neighbou?rs?|"
    r"powers?|governments?|capitals?|cit(?:y|ies)|towns?|ports?)"
)


def region(question: str) -> re.Match[str] | None:
    """The region (group ``region``) from which the question wants a country or a place."""
    return _asking().search(question)


def outside(question: str, answer: str) -> bool:
    """Whether the answer names countries, and none of the region that is asked for."""
    asked = region(question)
    if asked is None:
        return False
    wanted = _regions()[_folded(asked["region"])]
    told = countries(answer)
    return bool(told) and not told & wanted


@cache
def _regions() -> Mapping[str, frozenset[str]]:
    """Each region with the seats of government of its countries."""
    path = Path(__file__).with_name("regions.toml")
    table: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: frozenset(countries(", ".join(lands))) for name, lands in table.items()}


@cache
def _asking() -> re.Pattern[str]:
    names = "|".join(re.escape(name).replace(r"\ ", r"[\s-]+") for name in _regions())
    return re.compile(
        rf"\b(?:which|what)\s+(?:{_SEVERAL}\s+)*(?P<region>{names})\s+"
        rf"(?:(?!(?:{_NOT_LAND})\b)[a-z]+\s+)?{_LANDS}\b",
        re.IGNORECASE,
    )


def _folded(name: str) -> str:
    return " ".join(name.lower().replace("-", " ").split())
