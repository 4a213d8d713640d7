"""What a turn wants of the answer before it: to be sure of it, to have it shorter, or in full.

    act_of("are you sure?")  # Act.SURE

These are no questions for the search. `rag.answer.again` answers them from what was cited.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Act(StrEnum):
    """What is asked of the answer before."""

    SURE = "sure"
    SHORTER = "shorter"
    LONGER = "longer"


_POLITE = r"(?:and|but|so|ok|okay|well|please|hm+|,|\s)*"
_CAN = "(?:(?:can|could) you )?"
_THAT = "(?:that|this|it)"
_CERTAIN = "(?:sure|certain|serious|positive)"
_BRIEFER = "(?:shorter|briefer|more briefly|more concise(?:ly)?|briefly|in short)"
# A blank is any white space.
_WORDINGS = {
    Act.SURE: (
        f"are (?:you|u) (?:\\w+ )?{_CERTAIN}(?: (?:about|of) {_THAT})?",
        f"(?:is|was) {_THAT} (?:really )?(?:true|right|correct|so|certain|a fact|sure)",
        "really|seriously|prove it|says who|according to who(?:m)?",
        "how (?:do|can) you (?:know|tell)(?: (?:that|this))?",
        f"(?:how|where) did you (?:get|find|read) {_THAT}",
        "(?:what(?:['’]s| is| are) (?:the|your) )?(?:source|sources|evidence|proof)",
        "where (?:does|do|did) (?:it|that|they) say (?:that|so|this)",
        f"how {_CERTAIN} are you(?: (?:about|of) {_THAT})?",
        f"(?:can|could) you (?:confirm|verify|check|prove) {_THAT}",
        "i (?:doubt|don['’]t believe) (?:that|it|this|you)",
    ),
    Act.SHORTER: (
        f"{_CAN}(?:(?:make|say|put) (?:it|that) )?{_BRIEFER}",
        "(?:a )?shorter (?:answer|version)|too long|tl;?dr|in one (?:word|sentence)",
        "(?:just|only) the (?:short )?answer|keep it short|cut it short",
    ),
    Act.LONGER: (
        f"{_CAN}(?:tell me |(?:explain|say) (?:that |it )?)?in (?:more|greater|full) detail",
        f"{_CAN}(?:give me |i (?:want|need) )?more (?:details?|context)",
        f"{_CAN}(?:make it )?(?:longer|elaborate(?: on {_THAT})?)",
        "(?:a )?longer (?:answer|version)|the (?:full|whole) (?:passage|context)",
    ),
}


def _pattern(wordings: tuple[str, ...]) -> re.Pattern[str]:
    spaced = "|".join(wordings).replace(" ", r"\s+")
    return re.compile(rf"^{_POLITE}(?:{spaced})(?:[\s,]*please)?\s*[?!.]*$", re.IGNORECASE)


_PATTERNS = {act: _pattern(wordings) for act, wordings in _WORDINGS.items()}


def act_of(question: str) -> Act | None:
    """The act that a turn is, or None where it is a question of its own."""
    return next((act for act, pattern in _PATTERNS.items() if pattern.match(question)), None)
