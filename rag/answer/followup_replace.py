"""Hanging words replaced by what they stand for, each once, in the words of the conversation."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.answer.followup_asked import (
    clause,
    counted_of,
    cut,
    deed_of,
    object_of,
    parts_of,
    subject_of,
    thing_of,
    work_of,
)
from rag.answer.followup_mentions import mentions
from rag.answer.followup_names import Mention, Sort, is_plural_noun
from rag.answer.followup_needs import AUX, Hanging, Need
from rag.answer.followup_pairs import pair, plural_of
from rag.answer.followup_resolve import of_noun, resolve, topic
from rag.retrieve.time import parse_times
from rag.retrieve.words import content, countries, is_function
from rag.types import Turn

SHORT = 5  # content words up to which a question may lean on the topic of the conversation


def replaced(
    text: str, found: Sequence[Hanging], present: Sequence[Mention], turns: Sequence[Turn]
) -> str:
    """The question with each hanging word replaced once; the same word again stays as it is."""
    text, found = _without_two_of(text, found)
    out, end = [], 0
    done: set[tuple[Need, str, bool]] = set()
    left = list(present)
    for h in found:
        # 'he' and 'him' of one question are two
        mark = (h.need, h.head, _OBJECT.fullmatch(text[h.start : h.end]) is not None)
        if h.need in (Need.IT, Need.THAT) and _is_deed(text[: h.start], text[h.end :]):
            told = deed_of(turns[-1])  # 'Has he done it?' keeps its words and says what
            text = f"{text.rstrip('?!. ')}: {told}?" if told and ":" not in text else text
            continue
        new = None if mark in done else _words_for(h, text, left, turns)
        if new is None:
            continue
        # Two different pronouns of one question mean two different things.
        left = [m for m in left if m.shown not in new]
        done.add(mark)
        out += [text[end : h.start], new]
        end = h.end
    return "".join(out) + text[end:]


_OBJECT = re.compile(r"him|her", re.IGNORECASE)
_DEED = re.compile(r"\b(?P<verb>do|doing|done|did)\s+$", re.IGNORECASE)


def _is_deed(before: str, after: str) -> bool:
    """Whether 'it' is what was done: in 'Has he done it?', not in 'When did it end?'."""
    verb = _DEED.search(before)
    if verb is None:
        return False
    return verb["verb"].lower() in ("doing", "done") or not re.match(r"\s+[a-z]", after)


_TWO_OF = re.compile(r"\b(?:the\s+two|both)\s+of\s+(?=them\b)", re.IGNORECASE)


def _without_two_of(text: str, found: Sequence[Hanging]) -> tuple[str, list[Hanging]]:
    """'The two of them' are 'they', here as at its place in ``found``."""
    if both := _TWO_OF.search(text):
        length = both.end() - both.start()
        moved = [
            replace(h, start=h.start - length, end=h.end - length) if h.start >= both.end() else h
            for h in found
        ]
        return text[: both.start()] + text[both.end() :], moved
    return text, list(found)


def _words_for(
    h: Hanging, text: str, present: Sequence[Mention], turns: Sequence[Turn]
) -> str | None:
    """What stands in the place of a hanging word, or None where it is better left alone."""
    simple: dict[Need, Callable[[], str | None]] = {
        Need.TIME: lambda: _time(turns, text[h.start : h.end].lower()),
        Need.ONE: lambda: counted_of(turns[-1]),
        Need.NOUN: lambda: _noun(h, present, text),
        Need.THAT: lambda: _told(h, text, present, turns),
    }
    if h.need in simple:
        return simple[h.need]()
    return _thing(h, text, present, turns)


def _thing(h: Hanging, text: str, present: Sequence[Mention], turns: Sequence[Turn]) -> str | None:
    """Who or what a pronoun or 'there' stands for."""
    if h.need is Need.THEY and not h.possessive:
        several = _of_those(text, h, turns) or plural_of(turns[-1]) or pair(text, turns, present)
        if several is not None:
            return several
    if (subject := _doer(h, text, present, turns[-1])) is not None:
        return subject
    if h.need is Need.IT and (work := work_of(turns[-1])):
        return work + ("'s" if h.possessive else "")
    thing = object_of(turns[-1]) if h.need is Need.IT else None
    if thing and _DETERMINED.match(thing) and not is_plural_noun(timeless(thing).split()[-1]):
        # 'Who led the league in 2013?', 'And who led it in 2017?': the league, at another time.
        thing = timeless(thing) if parse_times(text) else thing
        return thing + ("'s" if h.possessive else "")
    mention = resolve(h, present, text)
    if mention is None:
        return None
    if h.need is Need.PLACE and not _TO_PLACE.search(text[: h.start]):
        return f"in {mention.shown}"
    ending = "" if not h.possessive else "'" if mention.shown.endswith("s") else "'s"
    return mention.shown + ending


def _doer(h: Hanging, text: str, present: Sequence[Mention], turn: Turn) -> str | None:
    """The subject of the question before, for a pronoun that is the subject of this one."""
    if h.possessive or not _SUBJECT.search(text[: h.start]):
        return None
    if h.need is Need.IT:
        return thing_of(turn)
    if _BACK.search(text[h.end :]):
        return _spoken_to(h, turn)
    verb = re.match(r"\s+([a-z]+)", text[h.end :])
    if verb is None or h.need not in (Need.HE, Need.SHE):
        return None
    other = re.search(rf"\b{_OBJECTS[h.need]}\b", text[h.end :], re.IGNORECASE)
    # 'What did he tell him?': one of the two did something before, and does again.
    subject = subject_of(turn, verb[1]) or (subject_of(turn, "") if other else None)
    known = next((m for m in present if subject and m.text.endswith(subject)), None)
    return known.shown if known and known.gender in (None, h.need.value) else None


_OBJECTS = {Need.HE: "him", Need.SHE: "her"}
_BACK = re.compile(r"^\s+(?:say\s+back|answer|reply|respond|react)\b", re.IGNORECASE)


def _spoken_to(h: Hanging, turn: Turn) -> str | None:
    """'What did he answer?' after 'What did Weller tell Prado?': Prado."""
    subject, rest = cut(parts_of(turn.effective_question).rest)
    named = [m for m in mentions(rest) if m.named] if subject else []
    fitting = [m for m in named if m.gender in (None, h.need.value) and m.sort is not Sort.PLACE]
    return fitting[0].shown if fitting and h.need in (Need.HE, Need.SHE, Need.THEY) else None


_SUBJECT = re.compile(rf"\b{AUX}\s+$", re.IGNORECASE)
_DETERMINED = re.compile(r"the\b|.+['’]s\b", re.IGNORECASE)
_TO_PLACE = re.compile(r"\b(?:from|to|in|at|near|around|over|of)\s+$", re.IGNORECASE)
_SAYING = re.compile(
    r"\b(?:say|said|says|tell|told|think|know|claim|announce|believe|mean)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)


def _told(h: Hanging, text: str, present: Sequence[Mention], turns: Sequence[Turn]) -> str | None:
    """'that' is what was said, or what the question before had as its object, or its topic."""
    before = text[: h.start]
    if _SAYING.search(before):
        told = clause(turns[-1])
        return f"that {told}" if told else None
    verb = re.search(r"([\w'’-]+)\s+$", before)
    if verb is None:
        return None
    if verb[1].lower() in ("on", "about", "of", "with"):
        about = topic(present)
        return about.shown if about is not None and len(content(text)) <= 2 else None
    return None if is_function(verb[1]) else object_of(turns[-1])


def _noun(h: Hanging, present: Sequence[Mention], text: str) -> str | None:
    """'that meeting' becomes what it was called, or gets the name that the talk is about."""
    if h.head.lower() in ("country", "nation"):
        return next((m.shown for m in present if m.named and countries(m.text)), None)
    mention = of_noun(h.head, present)
    headed = mention is not None and (mention.named or mention.the)
    if mention is not None and headed and mention.text.lower().endswith(h.head.lower()):
        return f"the {mention.text}"
    if mention is not None and mention.named:
        return f"the {h.head} {mention.text}"
    if mention is not None and len(mention.words) > 1:
        return mention.shown
    about = topic(present)
    # A long question names what it needs; only a short one leans on the topic.
    if about is None or len(content(text)) > SHORT:
        return None
    return f"the {h.head} of {about.shown}"


_COUNTED = re.compile(r"^\s*how\s+many\s+(?P<what>[^?]+?)\??\s*$", re.IGNORECASE)


def _of_those(text: str, h: Hanging, turns: Sequence[Turn]) -> str | None:
    """'how many of them …' after 'How many people were killed …': 'the people killed …'."""
    counted = _COUNTED.match(turns[-1].effective_question)
    if counted is None or not re.search(r"\bof\s+$", text[: h.start], re.IGNORECASE):
        return None
    parts = parts_of(turns[-1].effective_question)
    noun = re.sub(r"^how\s+many\s+", "", parts.wh, flags=re.IGNORECASE)
    return f"the {noun} {parts.rest}" if parts.aux and noun else f"the {counted['what']}"


def _time(turns: Sequence[Turn], pointing: str) -> str | None:
    """The time last told, for 'then' and 'that year'; as fine as the words that point at it."""
    for turn in reversed(turns[-2:]):
        for source in (turn.short or "", turn.effective_question, turn.answer):
            times = parse_times(source)
            if len(times) != 1 or times[0].relative:
                continue  # of several dates none is plainly meant
            told = times[0]
            if "year" in pointing and told.first:
                return f"in {told.first // 10000}"
            if ("month" in pointing and not told.month) or (
                re.search(r"\b(?:day|week)\b", pointing) and not told.day
            ):
                return None
            return ("on " if told.day else "in ") + told.text
    return None


_TIME_LEAD = re.compile(r"\s+(?:back\s+)?(?:in|on|during|at)(?:\s+the)?$", re.IGNORECASE)


def timeless(what: str) -> str:
    """A phrase as far as its time: 'the league' of 'the league in 2013'."""
    times = parse_times(what)
    return _TIME_LEAD.sub("", what[: times[0].start].rstrip()) if times else what
