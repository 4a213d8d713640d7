"""Questions joined by 'and': 'Who attended, and what did they decide?', 'When and where …?'.

`by_clause` cuts where a second question plainly begins: a question word with its verb, or a
bare 'and why?'. Relative clauses ('the man who … and who …') and indirect questions are not
cut. What the second leaves open is filled from the first, as a follow-up would be.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rag.answer.followup import understand
from rag.answer.followup_names import is_place
from rag.answer.followup_needs import AUX
from rag.answer.followup_replace import timeless
from rag.answer.parts_periods import LATER, later
from rag.answer.parts_types import Part, asked
from rag.answer.parts_verbs import VERB, passive
from rag.retrieve.time import parse_times
from rag.types import Turn

_PREPOSITION = r"(?:in|on|at|by|for|from|to|with|of|about|under|until|since|against)"
_WH = r"(?:who|whom|whose|what|which|when|where|why|how)"
_HEAD = re.compile(
    r"^(?:(?:please|ok|okay|so|well|hello|hi)[\s,]+)*"
    r"(?:(?:(?:can|could|would)\s+you\s+)?(?:please\s+)?tell\s+(?:me|us)\s+|do\s+you\s+know\s+)?"
    rf"(?=(?:{_PREPOSITION}\s+)?{_WH}\b|{AUX}\s)",
    re.IGNORECASE,
)
# 'Ties with Peru: who was ambassador in 2013, and what strained them?': said of every clause.
_TOPIC = re.compile(
    r"(?!.*\b(?:tell|answer|question|questions|ask|please|things?|say|know|explain)\b.*:)"
    r"[^:?!.]{3,60}:\s+(?=\w)",
    re.IGNORECASE,
)
_DIRECT = re.compile(rf"^(?:(?:{_PREPOSITION}\s+)?{_WH}|{AUX})\b", re.IGNORECASE)
_JOINT = re.compile(
    rf"\s*[,;]?\s+(?:and|but)\s+(?:also\s+)?(?:if\s+(?:so|yes|not)[\s,]+)?(?=(?:{_PREPOSITION}\s+)?{_WH}\b)"
    rf"|\s*[,;]?\s+and\s+(?=(?:did|do|does|has|have|had|will|would|can|could|is|are|was|were)\s+"
    r"(?:he|she|they|it)\s)",
    re.IGNORECASE,
)
# In a list only the last is joined by 'and': 'What was agreed, when does it start, and …?'.
_COMMA = re.compile(rf"\s*[,;]\s+(?={_WH}\b)", re.IGNORECASE)
_SENTENCE = re.compile(
    r"\?\s+(?:(?:and|but|also|so)[\s,]+)*(?:if\s+(?:so|yes|not)[\s,]+)?(?=\w)", re.IGNORECASE
)
# 'and what did they decide', 'and under what name was it founded': its verb comes first.
_TURNED = re.compile(
    rf"^(?:{_PREPOSITION}\s+)?{_WH}\b(?:\s+(?!{AUX}\b)[\w'’-]+){{0,4}}?\s+{AUX}\b(?=\s+\w)",
    re.IGNORECASE,
)
_ASKED_SUBJECT = re.compile(
    rf"^(?:who\s+[a-z]{{3,}}|(?:what|how\s+many(?:\s+[\w'’-]+){{0,3}}?|which\s+[\w-]+(?:\s+[\w-]+)?"
    rf"(?:\s+(?:with|in|of|on|from|at)\s+(?:the\s+|an?\s+)?[\w-]+)?)\s+(?:\w+ly\s+)?{VERB})\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(rf"{_TURNED.pattern}|{_ASKED_SUBJECT.pattern}|^{AUX}\s+\w+\s+\w", re.IGNORECASE)
_BARE = re.compile(
    r"^(?:why(?:\s+not)?|when|where|how(?:\s+(?:so|long))?|since\s+when|(?:by|with|to|from|for|against)\s+whom|"
    r"(?:in|at|on|for|by|under)\s+(?:which|what)\s+[\w-]+|for\s+(?:what|how\s+long))$",
    re.IGNORECASE,
)
_GAPPED = re.compile(
    r"^(?:(?:who|whom|what|where|how\s+many|how\s+much)\s+(?:in|on|at|during|after|before|since)\s+\S.*"
    r"|what\s+about\s+\S.*)$",
    re.IGNORECASE,
)
_ENDS_ASKING = re.compile(rf"\b{_WH}$", re.IGNORECASE)
_LATE = 8  # characters before a question word that can still lead the question ('against whom')
_RELATIVE = re.compile(r"^(?:which|whose|who|whom|where)\b", re.IGNORECASE)
_INNER = re.compile(rf"\b{_WH}\b", re.IGNORECASE)
_NOT_ASKED = re.compile(rf"^{_WH}\s+(?:to|else|not|ever)\b", re.IGNORECASE)
_ADVERB = (
    r"when|where|why|how|(?:by|with|to|from|for)\s+whom|"
    r"(?:in\s+)?(?:what|which)\s+(?:year|month|city|country|place)|on\s+(?:what|which)\s+(?:day|date)"
)
_DOUBLE = re.compile(
    rf"^(?P<one>{_ADVERB})(?:\s+exactly)?\s*,?\s+and\s+(?P<two>{_ADVERB})\s+"
    rf"(?P<rest>{AUX}\s+\S.*)$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]|\([^()]*\)")


def by_clause(text: str) -> tuple[Part, ...]:
    """The clauses of a question that ask for different things; empty where there is one."""
    topic = _TOPIC.match(text)
    text = text[topic.end() :] if topic else text
    head = _HEAD.match(text)
    if head is None:
        return ()
    body = text[head.end() :]
    if found := _DOUBLE.match(body.rstrip("?!. ")):
        one, two = found["one"], found["two"]
        if one.lower() == two.lower():
            return ()
        about = topic[0] if topic else ""
        return tuple(
            Part(question=asked(f"{about}{word} {found['rest']}"), lead=asked(word))
            for word in (one, two)
        )
    clauses = _clauses(body)
    alone = _standing_alone(_with_tails(clauses)) if len(clauses) > 1 else ()
    if topic is None:
        return alone
    return tuple(replace(part, question=f"{topic[0]}{part.question}") for part in alone)


def _clauses(body: str) -> list[str]:
    """The text cut at every place where another question begins."""
    shadow = _QUOTED.sub(lambda found: "x" * len(found[0]), body)
    out: list[str] = []
    start = 0
    joints = _joints(shadow)
    for place, match in enumerate(joints):
        right = shadow[match.end() :]
        if place + 1 < len(joints):
            right = shadow[match.end() : joints[place + 1].start()]
        left, right = shadow[start : match.start()], right.rstrip("?!. ")
        ended, listed = "?" in match[0], match.re is _COMMA
        if listed and not (_TURNED.match(right) and any(j.re is _JOINT for j in joints[place:])):
            continue
        if match.start() >= start and _begins(left, right, ended=ended):
            out.append(body[start : match.start()].strip(" ,;?"))
            start = match.end()
        elif ended:
            return []  # what stands behind a question mark is no question: told, not asked
    return [*out, body[start:].strip(" ,;?!.")]


def _joints(shadow: str) -> list[re.Match[str]]:
    """Where the text may be cut, in order, none overlapping another."""
    found = [m for rule in (_JOINT, _COMMA, _SENTENCE) for m in rule.finditer(shadow)]
    out: list[re.Match[str]] = []
    for match in sorted(found, key=lambda m: (m.start(), -m.end())):
        if not out or match.start() >= out[-1].end():
            out.append(match)
    return out


def _begins(left: str, right: str, *, ended: bool) -> bool:
    """Whether ``right`` is a question of its own beside ``left``."""
    if not _WHOLE.match(left) or _NOT_ASKED.match(right):
        return False
    if ended:
        return _DIRECT.match(right) is not None
    if LATER.match(right):
        return later(right, left) is not None
    if _BARE.match(right):
        return not _ENDS_ASKING.search(left)
    if _GAPPED.match(right):
        asks = [text.split(maxsplit=1)[0].lower() for text in (left, right)]
        return asks[0] == asks[1] or right.lower().startswith("what about")
    first = _INNER.search(left)
    inner = first is not None and (
        _INNER.search(left, first.end()) is not None or first.start() > 8
    )
    if re.match(AUX, right, re.IGNORECASE):
        return not inner
    if _TURNED.match(right):
        # 'the man who founded it and who is buried there' goes on describing the man.
        return not (inner and _RELATIVE.match(right)) and not re.match(
            rf"(?:which|whose)\s+{AUX}\b", right, re.IGNORECASE
        )
    return not inner and _ASKED_SUBJECT.match(right) is not None


_SAID = re.compile(
    rf"^(?P<asking>(?i:{_WH}\s+{AUX}))\s+(?P<who>[\w.'’-]+(?:\s+[A-Z][\w.'’-]+){{0,3}})\s+(?P<verb>[a-z]+)"
    r"(?P<tail>\s+(?:about|on|of|to|in|for|against)\b.*)?$"
)


def _with_tails(clauses: list[str]) -> list[str]:
    """'What did A say and what did B say about C?': the tail belongs to both."""
    found = [_SAID.match(clause) for clause in clauses]
    matched = [m for m in found if m is not None]
    if len(matched) != len(clauses) or len({m["verb"].lower() for m in matched}) != 1:
        return clauses
    tails = {m["tail"] for m in matched if m["tail"]}
    if len(tails) != 1 or any(m["who"].lower() in _PRONOUNS for m in matched):
        return clauses
    tail = tails.pop()
    return [c if m["tail"] else f"{c}{tail}" for c, m in zip(clauses, matched, strict=True)]


_PRONOUNS = frozenset({"he", "she", "they", "it", "you", "we", "i"})
_WHO_DID = re.compile(rf"^(?P<who>who)\s+(?P<did>(?!{AUX}\b)[a-z]+\b.*)$", re.IGNORECASE)
_SUBJECT_PRONOUN = re.compile(r"\b(?:they|he|she|them|him)\b", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?:he|him|his|she|hers?|they|them|theirs?|it|its|this|that|these|those|there|then)\b",
    re.IGNORECASE,
)
_WHERE = re.compile(r"\bin\s+(?P<place>[A-Z][\w-]+)\b")
_THERE = re.compile(r"(?<=\w )there(?=\s*$)")
_NAMELESS = re.compile(r"^[^A-Z]*\bthe\s+[a-z][\w-]*(?:\s+[a-z][\w-]*)?$")
_HAPPENED = re.compile(r"^what\s+happened(?P<rest>.*)$", re.IGNORECASE)
# 'Who was its head in 2013, and who is it now?'
_WHO_WAS = re.compile(
    r"^who\s+(?:is|was|are|were)\s+(?P<what>(?!(?:he|she|it|they)\b).+)$", re.IGNORECASE
)
_WHO_AGAIN = re.compile(r"^who\s+(?P<be>is|was|will)\s+(?:it|that)\b(?P<rest>.*)$", re.IGNORECASE)
# '…, and who was in 2018?'
_WHO_THEN = re.compile(
    r"^who\s+(?P<be>is|was|will\s+be)\s+(?P<when>(?:in|as\s+of|by|at|on|during|from)\s+.*\d.*|now|today)$",
    re.IGNORECASE,
)
# '…, and who held the post in 2018?'
_WHO_HELD = re.compile(
    r"^who\s+(?:held|holds|has|had|took(?:\s+over)?|takes|filled|fills)\s+(?:the|that|this)\s+"
    r"(?:same\s+)?(?:post|job|office|position|role|title)\b(?P<rest>.*)$",
    re.IGNORECASE,
)


def _standing_alone(clauses: list[str]) -> tuple[Part, ...]:
    """Each clause with what the ones before it supply; none where one cannot stand alone."""
    out: list[Part] = []
    turns: list[Turn] = []
    for clause in clauses:
        if turns and (after := later(clause, clauses[0])):
            out.append(after)
            continue
        whole = _completed(clause, clauses[0], turns)
        if whole is None:
            return ()
        out.append(Part(question=asked(whole), lead=asked(clause)))
        turns.append(Turn(question=clause, effective_question=asked(whole)))
    return tuple(out)


def _completed(clause: str, first: str, turns: list[Turn]) -> str | None:
    """A later clause with what the first supplies; None where it says too little."""
    if not turns:
        return clause
    made = _by_shape(clause, first)
    if made is not None:
        return made
    # A clause with a name of its own says what it is about; only a pronoun points back.
    if not _OPEN.search(clause) and not _BARE.match(clause) and not _GAPPED.match(clause):
        return _placed(clause, first)
    place = _WHERE.search(first)
    if place is not None:
        clause = _THERE.sub(place[0], clause)
    understood = understand(asked(clause), turns)
    if understood.changed:
        return understood.question
    return None if _BARE.match(clause) or _GAPPED.match(clause) else clause


def _by_shape(clause: str, first: str) -> str | None:
    """What two clauses of certain shapes make of each other; None for others."""
    if _BARE.match(clause):
        if (told := passive(first)) is not None:
            return f"{clause} {told}"
        happened = _HAPPENED.match(first)
        return f"{clause} did it happen{happened['rest']}" if happened else None
    if (again := _WHO_AGAIN.match(clause)) and (was := _WHO_WAS.match(first)):
        return f"who {again['be']} {timeless(was['what'])}{again['rest']}"
    then, was = _WHO_THEN.match(clause), _WHO_WAS.match(first)
    if then and was and parse_times(first) and _only_a_time(then["when"]):
        return f"who {then['be']} {timeless(was['what'])} {then['when']}"
    if (held := _WHO_HELD.match(clause)) and (was := _WHO_WAS.match(first)):
        return f"who was {timeless(was['what'])}{held['rest']}"
    subject, pronoun = _WHO_DID.match(first), _SUBJECT_PRONOUN.search(clause)
    if subject is None or pronoun is None:
        return None
    # 'Who attended, and what did they decide?': they are those who attended.
    those = "those who" if pronoun[0].lower() in ("they", "them") else "the one who"
    return f"{clause[: pronoun.start()]}{those} {subject['did']}{clause[pronoun.end() :]}"


def _only_a_time(text: str) -> bool:
    """Whether a phrase is a time and nothing else: 'in 2018', 'on 3 May', not 'on Flight 370'."""
    times = parse_times(text)
    if not times:
        return text.lower() in ("now", "today")
    return len(times) == 1 and times[0].end == len(text) and len(text[: times[0].start].split()) < 3


def _placed(clause: str, first: str) -> str:
    """'… killed in Peru, and who was the prime minister?': the one of Peru."""
    place = _WHERE.search(first)
    if place is not None and _NAMELESS.match(clause) and is_place(place["place"]):
        return f"{clause} in {place['place']}"
    return clause
