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
PARTICIPLE = rf"(?:\w{{2,}}ed|{'|'.join([*_SAME, *_OTHER.values()])})"
"""A pattern for what somebody was: 'arrested', 'chosen'."""
PERSONS = (
    r"(?:(?:m[ae]n|wom[ae]n|person|people|minister|president|premier|chancellor|senator|governor|mayor|politician|"
    r"lawmaker|candidate|leader|chief|official|officer|envoy|ambassador|diplomat|secretary|commander|general|"
    r"soldier|colonel|judge|lawyer|prosecutor|witness|suspect|victim|survivor|king|queen|prince|princess|pope|"
    r"bishop|actor|actress|singer|rapper|musician|director|author|writer|poet|novelist|journalist|reporter|"
    r"columnist|editor|artist|painter|scientist|researcher|professor|teacher|student|doctor|nurse|surgeon|"
    r"player|striker|goalkeeper|midfielder|defender|quarterback|pitcher|captain|coach|manager|referee|athlete|"
    r"runner|sprinter|swimmer|skier|boxer|golfer|cyclist|driver|pilot|astronaut|champion|winner|star|"
    r"billionaire|executive|founder|owner|boss|banker|economist|activist|protester|employee|worker|farmer|"
    r"fisherman|sailor|neighbo[u]?r|mother|father|son|daughter|brother|sister|wife|husband|widow|child|boy|girl)"
    r"(?:s|es)?)"
)
"""A pattern for a word that is somebody's, of whom 'he' or 'she' is said."""

_DID = re.compile(
    rf"^(?:who|what|which\s+[\w-]+)\s+(?P<verb>{VERB})\s+(?P<thing>\S.*)$", re.IGNORECASE
)
# 'put out the story': the verb is of two words, and its object stands behind them.
_PHRASAL = re.compile(
    r"^(?:(?:put|set|cut|sold|paid|carried|handed|wiped|shut|laid|took|brought|broke|called|turned|gave|made|"
    r"picked|pulled|knocked|held|shot|blew|ruled|rolled|signed|kicked)\s+(?:out|up|down|off|over|away)|took\s+over)"
    r"\s+(?=(?:the|an?|its|his|her|their)\s|[A-Z])",
    re.IGNORECASE,
)
_NO_OBJECT = re.compile(
    r"^(?:in|on|at|by|for|from|to|with|of|about|after|before|during|that|up|down|out|off|over|"
    r"against|into|as|when|because|him|her|them|us|me)\b",
    re.IGNORECASE,
)


def passive(question: str) -> str | None:
    """'Who founded the colony' as 'was the colony founded'; None for any other question."""
    match = _DID.match(question.rstrip("?!. "))
    if match is None or match["verb"].lower() == "did":
        return None  # 'What did the bank sell': it only helps another verb
    verb, thing = match["verb"].lower(), match["thing"]
    participle = _OTHER.get(verb, verb)
    if _PHRASAL.match(f"{verb} {thing}"):
        particle, thing = thing.split(maxsplit=1)
        return f"was {thing} {participle} {particle}"
    return None if _NO_OBJECT.match(thing) else f"was {thing} {participle}"
