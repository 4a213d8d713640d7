"""Who and what an earlier turn speaks of: names and noun phrases with their place and number.

`mentions` reads one text. There is no parser behind it: capitals, articles and stop words
mark where a phrase begins and ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from rag.answer.followup_joined import headed, pairs_of
from rag.answer.followup_names import (
    INNER,
    OPENERS,
    VERBS,
    Mention,
    Sort,
    gender_of,
    is_place,
    is_plural_noun,
    is_title,
    sort_of,
)
from rag.retrieve.words import is_function, key

WORD = re.compile(r"[^\W_](?:[\w.&'’-]*\w)?\.?", re.UNICODE)
_BREAK = re.compile(r"[,;:?!()\[\]\"“”–—|/]|\.\s|['‘’]\s")
_DETERMINER = re.compile(
    r"\b(the|a|an|its|their|his|her|this|that|these|those|some|several|many|two|three|four|five|\d[\d,]*)"
    r"\s+(?=((?:[A-Za-z][\w'’-]*\s+){0,3}[a-z][\w'’-]*))"  # looked at, not taken: phrases may nest
)
# What stands before a noun and is none: a word in -ing or -ed behind it is part of the phrase.
_ADJECTIVES = frozenset(
    """new old big small large first second third last next final major joint special national
    own current former recent whole long short so-called""".split()
)
_KEPT = frozenset(
    {"the", "two", "three", "four", "five"}
)  # said with the noun; 'a' and 'its' are not


def mentions(text: str, known: frozenset[str] = frozenset()) -> list[Mention]:
    """Names first, then noun phrases, each in the order of the text.

    ``known`` are keys of names met before: they count as names in lower case too.
    """
    return list(_mentions(text, known))


@lru_cache(maxsize=1024)  # the turns of a conversation are read again at each question
def _mentions(text: str, known: frozenset[str]) -> tuple[Mention, ...]:
    text = _recased(text)
    found = list(_names(text, known))
    pairs = pairs_of(text, found)
    # 'the Turkey earthquake' is spoken of rather than Turkey
    found = sorted([*headed(text, found), *found], key=lambda m: (m.start, m.named))
    found += pairs
    taken = [(m.start, m.start + len(m.text)) for m in found]
    for phrase in _phrases(text):
        if not any(a < phrase.start + len(phrase.text) and phrase.start < b for a, b in taken):
            found.append(phrase)
    return tuple(found)


def _recased(text: str) -> str:
    """A question typed in lower case with capitals where a given name or a place stands."""
    if any(c.isupper() for c in text[1:]):
        return text
    out, after_name = list(text), False
    for match in WORD.finditer(text):
        word = stripped(match[0])
        given = gender_of([word]) is not None and len(word) > 3 and not is_function(word)
        if (given or is_place(word) or after_name) and word.lower() not in OPENERS:
            out[match.start()] = text[match.start()].upper()
        after_name = given and not after_name and not is_title(word)
        if after_name:
            following = WORD.match(text, match.end() + 1)
            after_name = following is not None and not is_function(following[0])
    return "".join(out)


def _names(text: str, known: frozenset[str]) -> Iterator[Mention]:
    run: list[re.Match[str]] = []
    for match in WORD.finditer(text):
        word = match[0]
        breaks = (
            bool(run) and _BREAK.search(text[run[-1].end() - 1 : match.start() + 1]) is not None
        )
        if run and run[-1][0].endswith(".") and not (is_title(run[-1][0]) or len(run[-1][0]) <= 4):
            breaks = True
        if breaks:
            yield from _closed(text, run)
            run = []
        opener = not run and (
            stripped(word).lower() in OPENERS or _begins_plainly(text, match, known)
        )
        if (not opener and (is_capital(word) or key(stripped(word)) in known)) or (
            run and word.lower() in INNER
        ):
            run.append(match)
        elif run:
            yield from _closed(text, run)
            run = []
    yield from _closed(text, run)


# A word is a name at the head of a sentence only when what follows treats it as one.
_AFTER_NAME = re.compile(
    r"['’]s\b|\s+(?:(?:of\s+|the\s+|and\s+|&\s+|d[aei]\s+|dos\s+|del\s+|v[ao]n\s+|bin\s+|al-)?[A-Z0-9]|(?:is|are|was|were|has|had|have|will|would|can|"
    r"could|does|did|said|says|told|then|also|later|met|won|left|made|took|went|became|began|held|"
    r"wrote|and|or|in|on|at|from|to|who|\w+ed)\b)|\s*[,.;:?!)\"”]|\s*$"
)
_DEMONYM = re.compile(r"(?:ish|ese|ian|ean|can|ench|ani|aqi|eek|utch|man|ern)$")


def _begins_plainly(text: str, match: re.Match[str], known: frozenset[str]) -> bool:
    """A capital that only the start of a sentence, or an adjective of a country, explains."""
    word, after = stripped(match[0]), text[match.end() : match.end() + 24]
    if key(word) in known or not match[0][:1].isupper():
        return False
    if _DEMONYM.search(word) and re.match(r"\s+[a-z]", after) and not _AFTER_NAME.match(after):
        return True
    before = text[: match.start()].rstrip(" \"“‘'(")
    if before and before[-1] not in ".!?:\n":
        return False
    ends = text[match.end() - 2 : match.end()] if match[0].endswith(("'s", "’s")) else ""
    return not ends and _AFTER_NAME.match(after) is None


def is_capital(word: str) -> bool:
    """Whether a word is written as a name: 'Kerry', 'al-Maliki'."""
    return word[:1].isupper() or bool(re.match(r"(?:al|el|bin|ibn|de|d|o)[-'’][A-Z]", word))


def stripped(word: str) -> str:
    """A word without its possessive ending and its stop."""
    return re.sub(r"['’]s?$", "", word).rstrip(".'’")


def _closed(text: str, run: list[re.Match[str]]) -> Iterator[Mention]:
    """A run of words as one name, or as two where 'and' joins them."""
    while run and run[-1][0].lower() in INNER and not is_capital(run[-1][0]):
        run = run[:-1]
    parts: list[list[re.Match[str]]] = [[]]
    for index, match in enumerate(run):
        word = match[0].lower()
        if word in ("and", "in", "on", "to", "for", "&") and not is_capital(match[0]):
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
        while part and part[-1][0].lower() in INNER and not is_capital(part[-1][0]):
            part.pop()
        if part:
            yield _name(text, part)


def _name(text: str, part: list[re.Match[str]]) -> Mention:
    start = part[0].start()
    shown = text[start : part[-1].end()]
    the = re.search(r"\b[Tt]he\s+$", text[:start]) is not None
    shown = shown[: len(shown) - (len(part[-1][0]) - len(stripped(part[-1][0])))]
    if re.fullmatch(r".*(?:[A-Z]\.){2,}", text[start : part[-1].end()]):
        shown = text[start : part[-1].end()]  # U.S. keeps its stop
    words = [stripped(m[0]) for m in part]
    core = [w for w in words if not is_title(w)] or words
    last = words[-1]
    demonym = last[:1].isupper() and is_plural_noun(last) and not is_place(last) and len(words) == 1
    sort = sort_of(words)
    band = the and is_plural_noun(last)
    return Mention(
        text=shown,
        words=tuple(key(w) for w in core if w.lower() not in INNER),
        sort=Sort.GROUP if (demonym or band) and sort in (Sort.UNKNOWN, Sort.GROUP) else sort,
        gender=gender_of(words),
        plural=demonym or band,
        named=True,
        start=start,
        the=the and not text[part[-1].start() :].startswith(last + "'"),
    )


def _phrases(text: str) -> Iterator[Mention]:
    for match in _DETERMINER.finditer(text):
        words: list[str] = []
        for word in match[2].split():
            if is_function(word) or word in VERBS:
                break
            if words and re.search(r"(?:ed|ing)$", word) and words[-1] not in _ADJECTIVES:
                break  # 'a man running for office', but 'a new training mission'
            words.append(word)
            if word.endswith(("'s", "’s")):
                break
        if not words or (len(words) == 1 and re.search(r"(?:ly|ed)$", words[0])):
            continue
        head = stripped(words[-1])
        shown = " ".join(words)[: len(" ".join(words)) - (len(words[-1]) - len(head))]
        determiner = match[1].lower()
        kept = determiner in _KEPT or determiner[0].isdigit()
        yield Mention(
            text=f"{match[1]} {shown}" if kept else shown,
            words=tuple(key(w) for w in shown.split()),
            sort=sort_of([head])
            if sort_of([head]) in (Sort.GROUP, Sort.PLACE, Sort.WORK)
            else Sort.THING,
            gender=None,
            plural=is_plural_noun(head),
            named=False,
            start=match.start(),
        )
