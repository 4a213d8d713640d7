"""What a follow-up leaves open: the kinds of words that point outside a question."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

AUX = (
    r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|may|might|must|"
    r"isn't|wasn't|aren't|weren't|don't|doesn't|didn't|hasn't|haven't|hadn't|won't|wouldn't|can't|couldn't)"
)


class Need(StrEnum):
    """What a hanging word may stand for."""

    HE = "he"
    SHE = "she"
    THEY = "they"
    IT = "it"
    THAT = "that"  # what was told, or the thing last spoken of
    PLACE = "place"
    TIME = "time"
    ONE = "one"  # one of those that were counted
    NOUN = "noun"  # 'that meeting', 'the band': something of the named kind


@dataclass(frozen=True, kw_only=True, slots=True)
class Hanging:
    """One hanging word or phrase: ``question[start:end]``."""

    start: int
    end: int
    need: Need
    possessive: bool = False
    head: str = ""  # the noun, for `Need.NOUN`
    definite: bool = False  # 'the band', which may also be meant generally
