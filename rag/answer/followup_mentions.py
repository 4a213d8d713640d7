"""Who and what an earlier turn speaks of: names and noun phrases with their place and number.

`mentions` reads one text; `salient` gathers those of a conversation and says how present
each still is. There is no parser behind it: capitals, articles and stop words mark the ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rag.answer.followup_names import Sort, gender_of, is_place, is_plural_noun, is_title, sort_of
from rag.retrieve.words import is_function, key
from rag.types import Turn

_WORD = re.compile(r"[^\W_](?:[\w.&'’-]*\w)?\.?", re.UNICODE)
_INNER = {
    "of",
    "the",
    "and",
    "de",
    "du",
    "la",
    "le",
    "von",
    "van",
    "der",
    "den",
    "bin",
    "ibn",
    "al",
    "el",
    "&",
    "for",
    "in",
    "on",
    "to",
}
_NEEDS_CAPITAL_AFTER = {"and", "in", "on", "to", "for", "the"}
_OPENERS = frozenset(
    """who what when where which why how whose whom is are was were do does did has have had will
    would can could should may might must and but so or if in on at by for from to with after
    before during since the a an this that these those there it he she they his her their its we
    you i my our your not no yes any some all most many much more other another besides also then
    while although because according about tell please give name list describe explain can't
    despite as of even only just one two three several both each every such meanwhile however
    later earlier today yesterday tomorrow sure really ok okay well now here unlike like once
    january february march april june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday""".split()
)
_BREAK = re.compile(r"[,;:?!()\[\]\"“”–—|/]|\.\s|['‘’]\s")
_DETERMINER = re.compile(
    r"\b(?:the|a|an|its|their|his|her|this|that|these|those|some|several|many|two|three|four|five|\d[\d,]*)"
    r"\s+((?:[a-z][\w'’-]*\s+){0,3}[a-z][\w'’-]*)"
)
_VERBISH = frozenset(
    """is are was were be been being do does did has have had will would can could should may might
    must said say says told tell get got go went gone come came take took make made see saw know
    knew give gave find found think thought become became leave left began begin started kept won
    lost met held led met sent put set ran run fell felt wrote written sang sung played""".split()
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """A name or noun phrase. ``words`` are comparable keys, titles left out."""

    text: str
    words: tuple[str, ...]
    sort: Sort
    gender: str | None
    plural: bool
    named: bool
    start: int
    score: float = 0.0


def mentions(text: str, known: frozenset[str] = frozenset()) -> list[Mention]:
    """Names first, then noun phrases, each in the order of the text.

    ``known`` are keys of names met before: they count as names in lower case too.
    """
    found = list(_names(text, known))
    found += _pairs(text, found)
    taken = [(m.start, m.start + len(m.text)) for m in found]
    for phrase in _phrases(text):
        if not any(a < phrase.start + len(phrase.text) and phrase.start < b for a, b in taken):
            found.append(phrase)
    return found


def _names(text: str, known: frozenset[str]) -> Iterator[Mention]:
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        word = match[0]
        breaks = (
            bool(run) and _BREAK.search(text[run[-1].end() - 1 : match.start() + 1]) is not None
        )
        if run and run[-1][0].endswith(".") and not (is_title(run[-1][0]) or len(run[-1][0]) <= 4):
            breaks = True
        if breaks:
            yield from _closed(text, run)
            run = []
        opener = not run and _stripped(word).lower() in _OPENERS
        if not opener and (_capital(word) or key(_stripped(word)) in known):
            run.append(match)
        elif run and word.lower() in _INNER:
            run.append(match)
        elif run:
            yield from _closed(text, run)
            run = []
    yield from _closed(text, run)


def _capital(word: str) -> bool:
    return word[:1].isupper() or bool(re.match(r"(?:al|el|bin|ibn|de|d|o)[-'’][A-Z]", word))


def _stripped(word: str) -> str:
    return re.sub(r"['’]s?$", "", word).rstrip(".'’")


def _closed(text: str, run: list[re.Match[str]]) -> Iterator[Mention]:
    """A run of words as one name, or as two where 'and' joins them."""
    while run and run[-1][0].lower() in _INNER and not _capital(run[-1][0]):
        run = run[:-1]
    parts: list[list[re.Match[str]]] = [[]]
    for index, match in enumerate(run):
        word = match[0].lower()
        if word in ("and", "in", "on", "to", "for", "&") and not _capital(match[0]):
            parts.append([])
        elif word == "the" and not (parts[-1] and parts[-1][-1][0].lower() == "of"):
            if parts[-1]:
                parts.append([])
        else:
            parts[-1].append(match)
        ends = re.search(r"['’]s?$", match[0])
        if ends and index + 1 < len(run):
            parts.append([])
    for part in parts:
        while part and part[-1][0].lower() in _INNER and not _capital(part[-1][0]):
            part = part[:-1]
        if part:
            yield _name(text, part)


def _name(text: str, part: list[re.Match[str]]) -> Mention:
    start = part[0].start()
    shown = text[start : part[-1].end()]
    shown = shown[: len(shown) - (len(part[-1][0]) - len(_stripped(part[-1][0])))]
    if re.fullmatch(r".*(?:[A-Z]\.){2,}", text[start : part[-1].end()]):
        shown = text[start : part[-1].end()]  # U.S. keeps its stop
    words = [_stripped(m[0]) for m in part]
    core = [w for w in words if not is_title(w)] or words
    last = words[-1]
    demonym = last[:1].isupper() and is_plural_noun(last) and not is_place(last) and len(words) == 1
    sort = sort_of(words)
    band = re.search(r"\b[Tt]he\s+$", text[:start]) is not None and is_plural_noun(last)
    return Mention(
        text=shown,
        words=tuple(key(w) for w in core if w.lower() not in _INNER),
        sort=Sort.GROUP if (demonym or band) and sort in (Sort.UNKNOWN, Sort.GROUP) else sort,
        gender=gender_of(words),
        plural=demonym or band,
        named=True,
        start=start,
    )


def _pairs(text: str, names: Sequence[Mention]) -> list[Mention]:
    """'Kerry and Barzani': two names side by side are also one plural."""
    found = []
    for one, two in zip(names, names[1:], strict=False):
        gap = text[one.start + len(one.text) : two.start]
        if re.fullmatch(r"\s+(?:and|&)\s+(?:the\s+)?", gap):
            found.append(
                Mention(
                    text=text[one.start : two.start + len(two.text)],
                    words=one.words + two.words,
                    sort=Sort.GROUP,
                    gender=None,
                    plural=True,
                    named=True,
                    start=one.start,
                )
            )
    return found


def _phrases(text: str) -> Iterator[Mention]:
    for match in _DETERMINER.finditer(text):
        words: list[str] = []
        for word in match[1].split():
            if is_function(word) or word in _VERBISH or (words and re.search(r"(?:ed|ing)$", word)):
                break
            words.append(word)
            if word.endswith(("'s", "’s")):
                break
        if not words or (len(words) == 1 and re.search(r"(?:ly|ed)$", words[0])):
            continue
        head = _stripped(words[-1])
        shown = " ".join(words)[: len(" ".join(words)) - (len(words[-1]) - len(head))]
        determiner = match[0].split()[0].lower()
        yield Mention(
            text=shown
            if determiner
            in (
                "a",
                "an",
                "some",
                "several",
                "many",
                "its",
                "their",
                "his",
                "her",
                "this",
                "that",
                "these",
                "those",
            )
            else f"{match[0].split()[0]} {shown}",
            words=tuple(key(w) for w in shown.split()),
            sort=sort_of([head])
            if sort_of([head]) in (Sort.GROUP, Sort.PLACE, Sort.WORK)
            else Sort.THING,
            gender=None,
            plural=is_plural_noun(head),
            named=False,
            start=match.start(),
        )


def salient(turns: Sequence[Turn]) -> list[Mention]:
    """Everything that the conversation speaks of, most present first, one entry each."""
    gathered: list[Mention] = []
    known: frozenset[str] = frozenset()
    for back, turn in enumerate(reversed(turns)):
        fade = 0.72**back
        asked = mentions(turn.effective_question, known)
        told = mentions(turn.answer)
        short = mentions(turn.short) if turn.short else []
        evidence = _evidence(turn)
        for rank, m in enumerate(asked):
            weight = 3.0 if rank == 0 else 2.2
            gender = m.gender or (evidence if m.named and not _holds(turn.question, m) else None)
            gathered.append(replace(m, score=fade * weight, gender=gender))
        for m in short:
            gathered.append(replace(m, score=fade * 2.4))
        for rank, m in enumerate(told):
            gathered.append(replace(m, score=fade * (1.8 if rank == 0 else 1.2)))
    return sorted(_merged(gathered), key=lambda m: -m.score)


def _holds(text: str, mention: Mention) -> bool:
    return mention.text.lower() in text.lower()


def _evidence(turn: Turn) -> str | None:
    """The pronoun that a name took the place of in this turn."""
    if turn.question == turn.effective_question:
        return None
    if re.search(r"\b(?:he|him|his)\b", turn.question, re.IGNORECASE):
        return "he"
    return "she" if re.search(r"\b(?:she|her|hers)\b", turn.question, re.IGNORECASE) else None


def _merged(found: Sequence[Mention]) -> list[Mention]:
    """One entry for all mentions of a thing: 'Kerry' and 'John Kerry' are one."""
    out: list[Mention] = []
    for mention in sorted(found, key=lambda m: -len(m.words)):
        for index, other in enumerate(out):
            if _same(other, mention):
                best = max(other.score, mention.score)
                out[index] = replace(
                    other,
                    score=best + 0.15 * min(other.score, mention.score),
                    gender=other.gender or mention.gender,
                    sort=other.sort if other.sort is not Sort.UNKNOWN else mention.sort,
                    plural=other.plural or mention.plural,
                )
                break
        else:
            out.append(mention)
    return out


def _same(longer: Mention, shorter: Mention) -> bool:
    if longer.words == shorter.words:
        return longer.named == shorter.named
    if not (longer.named and shorter.named) or longer.plural != shorter.plural:
        return False
    if longer.sort in (Sort.GROUP, Sort.PLACE, Sort.WORK) or len(longer.words) > 4:
        return False
    return len(shorter.words) == 1 and shorter.words[0] in (longer.words[-1], longer.words[0])
