"""Verbs, as far as cutting a question needs them: which words are one, and 'was founded'."""

from __future__ import annotations

import re

# Past forms that are also participles: 'who led it' becomes 'was it led'.
_SAME = (
    "led won held met left lost told said made built bought sold sent shot paid brought caught "
    "fought found founded kept killed struck hit put set read spent taught thought understood "
    "broadcast cast cut beat dealt dug felt fled hurt laid lent let meant quit sought shut split "
    "spread stuck swept swung"
).split()
_OTHER = {
    "began": "begun", "broke": "broken", "chose": "chosen", "did": "done", "drew": "drawn",
    "drove": "driven", "forgave": "forgiven", "gave": "given", "hid": "hidden", "knew": "known",
    "rode": "ridden", "sang": "sung", "saw": "seen", "shook": "shaken", "sank": "sunk",
    "spoke": "spoken", "stole": "stolen", "swore": "sworn", "threw": "thrown", "took": "taken",
    "tore": "torn", "withdrew": "withdrawn", "wore": "worn", "wrote": "written",
}  # fmt: skip
_PLAIN = (
    "came went became fell rose ran stood sat lay grew flew slept swam began happens happened "
    "caused"
).split()
VERB = rf"(?:\w{{2,}}ed|{'|'.join([*_SAME, *_OTHER, *_PLAIN])})"
"""A pattern for a verb of the past; 'what happened', 'who led', not 'what year'."""

_DID = re.compile(
    rf"^(?:who|what|which\s+[\w-]+)\s+(?P<verb>{VERB})\s+(?P<thing>\S.*)$", re.IGNORECASE
)
# 'put out the story': the verb is of two words, and its object stands behind them.
_PHRASAL = re.compile(
    r"^(?P<particle>out|up|down|off|away)\s+(?=(?:the|an?|its|his|her|their)\s|[A-Z])(?P<thing>\S.*)$"
)
_NO_OBJECT = re.compile(
    r"^(?:in|on|at|by|for|from|to|with|of|about|after|before|during|that|up|down|out|off|over|"
    r"against|into|as|when|because|him|her|them|us|me)\b",
    re.IGNORECASE,
)


def passive(question: str) -> str | None:
    """'Who founded the colony' as 'was the colony founded'; None for any other question."""
    match = _DID.match(question.rstrip("?!. "))
    if match is None:
        return None
    verb = match["verb"].lower()
    participle = _OTHER.get(verb, verb)
    if phrasal := _PHRASAL.match(match["thing"]):
        return f"was {phrasal['thing']} {participle} {phrasal['particle']}"
    return None if _NO_OBJECT.match(match["thing"]) else f"was {match['thing']} {participle}"
