"""Questions joined by 'and': 'Who attended, and what did they decide?', 'When and where …?'.

`by_clause` cuts where a second question plainly begins: a question word with its verb, or a
bare 'and why?'. Relative clauses ('the man who … and who …') and indirect questions are not
cut. What the second leaves open is filled from the first, as a follow-up would be.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rag.answer.followup_needs import AUX
from rag.answer.parts_filled import BARE, GAPPED, around, completed, counted
from rag.answer.parts_periods import LATER, later
from rag.answer.parts_types import Part, asked
from rag.answer.parts_verbs import VERB
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
    r"(?:[^:?!.]|\.(?=\s[a-z]|\w)|(?<=\bvs)\.){3,60}:\s+(?=\w)",
    re.IGNORECASE,
)
# 'By the time of the report, how many … and how many …?'
_SETTING = re.compile(
    r"(?:by|in|at|on|during|after|before|since|as\s+of|according\s+to|under|for|when|while)\s"
    rf"(?:(?!{_WH}\b)[^,:?!]){{2,60}},\s+(?={_WH}\b)",
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
_ENDS_ASKING = re.compile(rf"\b{_WH}$", re.IGNORECASE)
_LATE = 8  # characters before a question word that can still lead the question ('against whom')
_RELATIVE = re.compile(r"^(?:which|whose|who|whom|where)\b", re.IGNORECASE)
# 'The man who founded it and who …'; 'when the king died, and who …' is another question.
_KINDS = ({"who", "whom", "whose"}, {"which", "whose"}, {"where", "which"})
_INNER = re.compile(rf"\b{_WH}\b", re.IGNORECASE)
_NOT_ASKED = re.compile(rf"^{_WH}\s+(?:to|else|not|ever)\b", re.IGNORECASE)
# 'When and where did …', 'What kind of boat, and for how many years, did …': one verb for both.
_ADVERB = (
    r"when|where|why|how|(?:by|with|to|from|for)\s+whom|"
    r"(?:in\s+)?(?:what|which)\s+(?:year|month|city|country|place)|on\s+(?:what|which)\s+(?:day|date)|"
    # with a preposition it can be nothing that is named beside the first
    r"(?:in|on|at|by|under|for|with|from)\s+(?:what|which|how\s+many)\s+[\w-]+"
)
_FIRST = (
    r"(?:what|which)\s+[\w-]+(?:\s+of\s+[\w-]+)?"
    r"(?=\s*,?\s+and\s+(?:in|on|at|by|under|for|with|from)\s)"
)
_DOUBLE = re.compile(
    rf"^(?P<one>{_ADVERB}|{_FIRST})(?:\s+exactly)?\s*,?\s+and\s+(?P<two>{_ADVERB})\s*,?\s+"
    rf"(?P<rest>{AUX}\s+\S.*)$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]|\([^()]*\)")


def by_clause(text: str) -> tuple[Part, ...]:
    """The clauses of a question that ask for different things; empty where there is one."""
    topic = _TOPIC.match(text) or _SETTING.match(text)
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
    return tuple(
        replace(
            part,
            question=topic[0] + _inside(part.question),
            around=part.around and (topic[0] + _inside(part.around[0]), part.around[1]),
        )
        for part in alone
    )


def _inside(question: str) -> str:
    """A question as it stands behind its topic: its first word, a question word, in small."""
    return f"{question[:1].lower()}{question[1:]}"


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
    if BARE.match(right):
        return not _ENDS_ASKING.search(left)
    if GAPPED.match(right):
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
        return not (inner and _goes_on(left, right)) and not re.match(
            rf"(?:which|whose)\s+{AUX}\b", right, re.IGNORECASE
        )
    return not inner and _ASKED_SUBJECT.match(right) is not None


def _goes_on(left: str, right: str) -> bool:
    """Whether a clause can go on describing what a clause inside the one before describes."""
    word = _RELATIVE.match(right)
    kinds = [kind for kind in _KINDS if word and word[0].lower() in kind]
    inner = [found[0].lower() for found in _INNER.finditer(left)][1:]
    return any(one in kind for one in inner for kind in kinds)


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


def _standing_alone(clauses: list[str]) -> tuple[Part, ...]:
    """Each clause with what the ones before it supply; none where one cannot stand alone."""
    out: list[Part] = []
    turns: list[Turn] = []
    for said in clauses:
        clause = counted(said, clauses[0]) if turns else said
        if turns and (after := later(clause, clauses[0])):
            out.append(after)
            continue
        whole = completed(clause, clauses[0], turns)
        if whole is None:
            return ()
        named = around(clause, clauses[0], whole) if turns else None
        out.append(Part(question=asked(whole), lead=asked(said), around=named))
        turns.append(Turn(question=clause, effective_question=asked(whole)))
    return tuple(out)
