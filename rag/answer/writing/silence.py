"""Tells when a model says that it does not know, in the usual forms.

A reply may use the constant that the prompt asks for, or words of its own; both become the
same structured refusal. The forms stand in ``silence.toml``. It judges no claim.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from rag.answer.compose import REFUSAL

# Longer sentences say more than that they do not know.
_MOST_WORDS = 32
_WORDS = re.compile(r"[^\W_]+")


def is_silence(sentence: str) -> bool:
    """Whether a sentence says no more than that the passages do not answer."""
    text = " ".join(sentence.replace("’", "'").lower().split()).lstrip("*-–—•_#>\"'“ ")
    if _bare(text).startswith(_bare(REFUSAL)):
        return True
    if len(_WORDS.findall(text)) > _MOST_WORDS:
        return False
    opening, form, claim = _patterns()
    led = opening.match(text)
    for rest in (text, text[led.end() :].lstrip()) if led else (text,):
        found = form.match(rest)
        if found and not claim.search(rest, found.end()):
            return True
    return False


def _bare(text: str) -> str:
    return " ".join(_WORDS.findall(text.lower()))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Openings, forms and claims, each as one pattern."""
    table = tomllib.loads(Path(__file__).with_name("silence.toml").read_text("utf-8"))
    opening, form, claim = (
        re.compile("|".join(f"(?:{one})" for one in table[name]))
        for name in ("openings", "forms", "claims")
    )
    return opening, re.compile(rf"(?:{form.pattern})(?!\w)"), claim
