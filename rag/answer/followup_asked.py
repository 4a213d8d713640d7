"""What the question of a turn asked, cut at its words: its subject, its deed, its object.

A follow-up's 'it', 'that' and 'one' are such pieces of the question before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.answer.followup_mentions import mentions
from rag.answer.followup_needs import AUX
from rag.retrieve.words import is_function, key
from rag.types import Turn

_QUESTION = re.compile(
    rf"^(?P<lead>(?:(?:and|but|so|in|on|at|by|for|from|to|with|of|about)\s+)*)"
    rf"(?P<wh>(?:who|whom|whose|what|which|when|where|why|how)\b(?:(?!\s+{AUX}\b)\s+[^\s?]+){{0,5}})"
    rf"\s+(?P<aux>{AUX})\s+(?P<rest>[^?]+)\??\s*$",
    re.IGNORECASE,
)
_YES_NO = re.compile(
    rf"^(?:and\s+|but\s+|so\s+)?(?P<aux>{AUX})\s+(?P<rest>[^?]+)\??\s*$", re.IGNORECASE
)
_SUBJECT = re.compile(
    r"^(?P<wh>who|what|how\s+many\s+[\w'’-]+|which\b(?:\s+[\w'’-]+){1,2}?)\s+(?P<rest>[^?]+)\??\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Parts:
    """A question cut at its question word and auxiliary; either may be empty."""

    lead: str
    wh: str
    aux: str
    rest: str


def parts_of(question: str) -> Parts:
    """Cut a question; one that cannot be cut has all of it in ``rest``."""
    text = re.sub(r"^(?:and|but|so)\s+", "", question.strip(), flags=re.IGNORECASE)
    if match := _QUESTION.match(text):
        return Parts(
            lead=match["lead"], wh=match["wh"], aux=match["aux"], rest=match["rest"].strip()
        )
    if match := _YES_NO.match(text):
        return Parts(lead="", wh="", aux=match["aux"], rest=match["rest"].strip())
    if match := _SUBJECT.match(text):
        return Parts(lead="", wh=match["wh"], aux="", rest=match["rest"].strip())
    return Parts(lead="", wh="", aux="", rest=text.rstrip("?!. "))


def clause(turn: Turn) -> str:
    """What the question of a turn was about, as a clause: 'al-Maliki will form a government'."""
    parts = parts_of(turn.effective_question)
    if not parts.aux:
        who = noun_of(parts.wh) if parts.wh.lower().startswith("how") else turn.short or ""
        return f"{who} {parts.rest}".strip() if parts.wh and who else parts.rest
    subject, rest = cut(parts.rest)
    counted = noun_of(parts.wh)
    if counted and not subject:
        which = turn.short if turn.short and not parts.wh.lower().startswith("how") else counted
        return f"{which} {parts.aux} {rest}"
    rest = with_object(rest, counted)
    aux = "" if parts.aux.lower() in ("do", "does", "did") or not subject else f"{parts.aux} "
    return f"{subject} {aux}{rest}".strip()


def subject_of(turn: Turn, verb: str) -> str | None:
    """Who did, in the question of a turn, what is asked about again: 'Why did he fire him?'.

    An empty ``verb`` asks for the subject, whatever it did.
    """
    parts = parts_of(turn.effective_question)
    subject, rest = cut(parts.rest)
    if not (subject and parts.aux and rest):
        return None
    again = not verb or (key(rest.split()[0]) == key(verb) and not is_function(verb))
    return subject if again else None


def thing_of(turn: Turn) -> str | None:
    """The plain thing that a turn asked about: 'the train' of 'did the train derail'."""
    parts = parts_of(turn.effective_question)
    found = _DID_ALONE.match(parts.rest) if parts.aux.lower() in ("do", "does", "did") else None
    return found["subject"] if found else None


# 'the train derail', 'the new law cost in Ohio': a subject and the verb behind it.
_DID_ALONE = re.compile(
    r"(?P<subject>the(?:\s+[a-z][\w-]*){1,2}?)\s+(?!(?:of|in|on|at|for|to|from|with|by)\b)[a-z]+"
    r"(?:\s+(?:in|on|at|for|to|from|with|by|during|after|before)\b.*)?$"
)


def object_of(turn: Turn) -> str | None:
    """What was done, supported, signed … in the question of a turn, or the answer if it asked that.

    'Who supported dialogue between the two?' gives 'dialogue between the two'.
    """
    parts = parts_of(turn.effective_question)
    subject = ""
    if re.match(r"what\b|which\b", parts.wh, re.IGNORECASE) and turn.short:
        return re.sub(r"^an?\s+", "the ", turn.short, flags=re.IGNORECASE)
    if parts.aux:
        subject, rest = cut(parts.rest)
        if not subject and _OWNED.fullmatch(f"{parts.wh} {parts.aux}"):
            rest = f"{parts.aux} {parts.rest}"  # 'Who had the first …': the verb of the question
        elif not subject:
            return None
    else:
        rest = parts.rest
        if not parts.wh:
            return None
    _, _, found = rest.partition(" ")
    words = found.split()
    if not 1 <= len(words) <= 8 or (is_function(words[0]) and words[0].lower() not in _STARTS):
        return None
    if subject and words[0].lower() in ("its", "their", "his", "her"):
        return f"{subject}'s {found.partition(' ')[2]}"
    return re.sub(r"^an?\s+", "the ", found, flags=re.IGNORECASE)


_OWNED = re.compile(r"(?:who|(?:what|which)(?:\s+\w+){1,3})\s+ha(?:s|d|ve)", re.IGNORECASE)
_STARTS = frozenset({"the", "a", "an", "its", "their", "his", "her", "more", "no", "some"})


# 'What is The House at the Lake about?': a title, small words and all, up to a capital word.
_WORK = re.compile(
    r"^[Ww]hat\s+(?:is|was)\s+(?P<work>(?:the\s+)?[\"“‘]?[A-Z][^\s?]*(?:\s+(?:[A-Z0-9][^\s?]*|of|the|a|an|and|at|"
    r"in|on|for|to|from|with|&))*)(?<=[\w\"”’!])\s+about\s*\??$"
)


def work_of(turn: Turn) -> str | None:
    """The book, film or story whose content the question of a turn asked for."""
    found = _WORK.match(turn.effective_question.strip())
    last = found["work"].split()[-1] if found else ""
    return found["work"] if found and not last.islower() else None


def counted_of(turn: Turn) -> str | None:
    """One of those that the question of a turn counted: 'one stormy day' of 'How many …?'."""
    parts = parts_of(turn.effective_question)
    noun = noun_of(parts.wh)
    if not re.match(r"how\s+many\b", parts.wh, re.IGNORECASE) or _UNSURE_PLURAL.search(noun):
        return None
    for ending, single in _SINGULAR:
        if ending.search(noun):
            return f"one {ending.sub(single, noun)}"
    return None


_SINGULAR = (
    (re.compile(r"(?<=ch|sh|ss)es$"), ""),
    (re.compile(r"(?<=[^aeiou])ies$"), "y"),
    (re.compile(r"(?<=[^s])s$"), ""),
)
# Plurals that no such rule turns back.
_UNSURE_PLURAL = re.compile(r"(?:movies|cookies|ties|series|species|means|news|[xzo]es|ves|us|is)$")


def noun_of(wh: str) -> str:
    """The noun that a question word asks for: 'people' of 'How many people'."""
    found = re.match(r"(?:how\s+many|which|what)\s+(.+)", wh, re.IGNORECASE)
    return found[1] if found else ""


def with_object(rest: str, noun: str) -> str:
    """'send to Iraq' asked of 'how many advisers' is 'send advisers to Iraq'."""
    verb, _, tail = rest.partition(" ")
    if noun and (chain := _INFINITIVE.match(rest)):
        verb, tail = chain.group(), rest[chain.end() :]
    return " ".join(f"{verb} {noun} {tail}".split()) if noun else rest


# 'claim to have captured' takes its object behind the last verb; 'send to schools' does not.
_INFINITIVE = re.compile(
    r"(?:claim|want|plan|hope|agree|promise|try|expect|refuse|threaten|offer|decide|vow|fail|"
    r"manage|seek|intend|pledge|aim|need|order|attempt)\s+to\s+(?:have\s+)?(?!be\b|been\b|not\b)[a-z]+"
)


def deed_of(turn: Turn) -> str:
    """What the subject of the question before did or will do: 'form a new government'."""
    parts = parts_of(turn.effective_question)
    subject, rest = cut(parts.rest)
    return rest if parts.aux and subject else ""


def cut(rest: str) -> tuple[str, str]:
    """The named subject at the head of a question's rest, and what follows it."""
    known = frozenset(key(w) for w in re.findall(r"[A-Z][\w-]+", rest))
    named = [m for m in mentions(rest, known) if m.named and m.start <= 4]
    if not named:
        return "", rest
    # 'Kerry and Barzani' begins where 'Kerry' does: the longest is the subject.
    end = max(m.start + len(m.text) for m in named if m.start == named[0].start)
    return rest[:end].strip(), rest[end:].strip()
